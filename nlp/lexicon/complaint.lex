# What customers say when something is wrong.

[wrong.word]
投诉 | 抱怨 | 客诉 | 质量异常 | 品质异常 | 质量问题 | 品质问题 | 质量通知 | 质量反馈 | 异常反馈 | 异常通知 | 不良反映 | 问题反馈 | 严正 | 交涉 | 质量事故 | 不合格 | 不良 | 不良品 | 不良率 | 不符合 | 不达标 | 未达标 | 不满足 | 超标 | 超差 | 超限 | 判退 | 拒收 | 退货 | ng | 次品 | 残次 | 瑕疵 | 缺陷 | 毛病 | 有问题 | 出问题 | 出了问题 | 又出 | 异常 | 失效 | 预警 | 整改 | 通报 | 复测 | 低于下限 | 高于上限 | 超过约定 | 受控发运 | 扣分
complaint* | complain* | non-conform* | nonconform* | ncr | scar | defect* | faulty | reject* | out of spec | out of tolerance | out of window | off spec | not acceptable | unacceptable | does not meet | do not meet | did not meet | not to spec | issue with | issues with | problem with | problems with | failed | fails | failure* | failing | below the limit | above the limit | quarantin* | blocked | unusable | cannot use | can't use | not usable | poor quality | bad quality | substandard | quality issue | quality problem | something wrong | scorecard
[wrong.broken]
断裂 | 开裂 | 裂开 | 裂纹 | 裂了 | 一压就裂 | 裂一个 | 破了 | 破损 | 破裂 | 碎了 | 摔坏 | 坏了 | 坏的 | 又坏 | 断了 | 断掉 | 折断 | 掉下来 | 掉落 | 脱落 | 松动 | 松了 | 散架 | 开胶 | 脱胶 | 脱焊 | 虚焊 | 空焊 | 连锡 | 漏焊 | 少锡 | 偏位 | 爆开 | 爆裂 | 鼓包 | 变形 | 压扁 | 踩扁 | 压瘪 | 塌了 | 磕碰 | 磕坑 | 撞坏 | 漏水 | 漏油 | 漏气 | 渗漏 | 泄漏 | 漏了 | 漏电 | 渗水 | 进水 | 淋湿 | 受潮 | 湿了 | 砂眼 | 缩孔 | 气孔 | 报废 | 散了 | 炸了 | 崩了 | 崩口 | 断针 | 断线 | 脱线 | 开线 | 掉漆 | 磨损 | 烂了 | 裂缝
broke | broken | breaks | crack | cracks | cracked | cracking | split | snapped | shattered | smashed | damaged | damage | dented | dent | bent | crushed | collapsed | torn | loose | came off | fell off | peel* | delaminat* | leak | leaks | leaked | leaking | wet | soaked | deformed | warped | burst | fell apart | chipped | flaking | swollen | wrinkle* | crumpled | detached | let go | came apart
[wrong.surface]
划痕 | 划伤 | 刮花 | 刮伤 | 擦伤 | 色差 | 偏色 | 偏红 | 偏暗 | 颜色不 | 色温不一致 | 不一致 | 发黄 | 变色 | 掉色 | 褪色 | 掉漆 | 起泡 | 起皮 | 起球 | 脱皮 | 毛刺 | 毛边 | 飞边 | 披锋 | 缩水 | 亮点 | 白斑 | 白点 | 斑点 | 流痕 | 熔接线 | 生锈 | 锈蚀 | 锈了 | 锈斑 | 氧化 | 发黑 | 污渍 | 油污 | 脏 | 脏污 | 印歪 | 印错 | 印成 | 墨色 | 套印 | 模糊 | 不清 | 重影 | 不平 | 不均 | 缺口 | 压痕 | 折痕 | 起皱 | 有点歪 | 歪了 | 歪的 | 针孔 | 露底
scratch* | scuff* | burr* | flash on | stain* | discolor* | discolour* | faded | yellowed | color mismatch | colour mismatch | spots | rust | rusty | rusted | corro* | oxidi* | pitting | blister* | uneven | blurred | smudged | misprint* | sink marks | short shots | rough | dirty | contaminated
[wrong.size]
尺寸不 | 尺寸偏 | 装不上 | 装不进 | 装不了 | 无法装配 | 插不进 | 拧不进 | 拧不上 | 对不上 | 配不上 | 卡滞 | 卡死 | 卡住 | 太松 | 太紧 | 偏紧 | 偏松 | 偏大 | 偏小 | 偏薄 | 偏厚 | 偏软 | 偏硬 | 偏低 | 偏高 | 短了 | 长了 | 短0 | 大了 | 小了 | 薄了 | 厚度不 | 厚度不足 | 硬度不 | 克重不 | 重量不足 | 错位 | 公差外 | 实测
does not fit | do not fit | don't fit | doesn't fit | won't fit | did not fit | undersize* | oversize* | too soft | too hard | too tight | too loose | too short | too long | too thin | too thick | too small | too big | out of round | off by | wrong size | misaligned | jam | jams | jammed | stuck
[wrong.works]
不亮 | 不转 | 没反应 | 无反应 | 不能用 | 用不了 | 不好用 | 无法使用 | 无法点亮 | 不工作 | 不通电 | 打不开 | 开不了 | 开不了机 | 死机 | 黑屏 | 花屏 | 暗线 | 死灯 | 闪屏 | 闪烁 | 闪退 | 重启 | 报错 | 提交失败 | 罢工 | 趴窝 | 失灵 | 误判 | 误动作 | 不灵 | 充不进 | 充不上 | 充不饱 | 不充电 | 没吸力 | 不回弹 | 刷不进 | 连不上 | 断电 | 掉线 | 没声音 | 有杂音 | 异响 | 发烫 | 过热 | 扫不出 | 没信号 | 不制冷 | 不加热 | 不出水 | 不粘 | 粘不住 | 结块 | 沉淀 | 浑浊 | 分层 | 变质 | 发霉 | 霉 | 长霉 | 馊 | 酸了 | 臭 | 异味 | 有味道 | 有虫 | 胀袋 | 胀气 | 不新鲜 | 异物 | 铁屑 | 塑料丝 | 吃出 | 虫眼 | 干瘪 | 发软 | 串味 | 堵塞 | 乱码 | 404 | 不通 | 不弹 | 不准 | 不稳定 | 通不过 | 通规不过 | 过不去 | 一次通过 | 烧坏 | 烧了 | 烧毁 | 焦味 | 冒烟 | 失败 | 锁不上 | 关不上
does not work | doesn't work | do not work | don't work | not working | stopped working | did not work | won't | wont | dead | died | flicker* | does not light | no power | doesn't open | doesnt open | malfunction* | error code | overheat* | too hot | noise | noisy | smell | smells | odor | odour | mould | mold on | mouldy | moldy | expired | spoiled | rotten | stale | rancid | insects | weevil* | hair in | foreign | clog* | clump* | lumps | not trigger | did not trigger | not charging | won't charge | no sound | unreadable | not readable | scan as | cuts off | closed while | can't open | cannot open | broken link | burnt | burned | smoke
[wrong.short]
少了 | 少一 | 少发 | 漏发 | 少件 | 缺件 | 少配 | 少寄 | 欠料 | 短少 | 数量差 | 差一箱 | 实收 | 短装 | 缺少 | 缺货 | 缺了 | 没有附 | 没附 | 没放 | 没贴 | 漏贴 | 没配 | 没收到 | 未收到 | 漏签 | 缺检验 | 丢件 | 丢了 | 不见了 | 缺斤 | 多发 | 漏装 | 没有标 | 没有批号
missing | short shipped | shortage | short again | short by | incomplete | not included | without the | came without | no manual | lacks | forgot | forgotten | lost | one extra | count is off | only received | instead of 50 | were 25 | not in the box | not inside
[wrong.item]
发错 | 发错货 | 送错 | 寄错 | 错发 | 混料 | 混有 | 混装 | 混了 | 错装 | 错料 | 贴错 | 写错 | 打错 | 开错 | 填错 | 标错 | 印错 | 错误 | 搞错 | 弄错 | 版本错 | 旧版 | 上一版 | 不是我要 | 不是我们要的 | 货不对板 | 与~不符 | 不符 | 不对 | 型号不对 | 方向相反 | 反了 | 装反 | 贴反 | 单号写 | 写成 | 错一位 | 重复扣 | 多扣 | 算错 | 重开 | 左右件 | 名字打错 | 对不上
wrong | wrong item | wrong product | wrong part | wrong version | wrong drawing | wrong address | incorrect | mixed up | mixed | mislabel* | mislabelled | typo | mirror image | not what | not the one | sent 24v | mistake | shows our | spelled | swapped parts | corrected copy | duplicate* | overcharged | charged twice
[wrong.late]
说好 | 答应 | 拖了 | 拖到 | 拖延 | 迟迟 | 迟到 | 晚到 | 晚了 | 延误 | 延期 | 延迟 | 逾期 | 没到货 | 没到 | 还没到 | 未到 | 没见车 | 没见到 | 没发 | 还没发 | 没有发 | 没收到货 | 未交货 | 交不出 | 交不齐 | 断供 | 没货了 | 等了 | 干等 | 白等 | 白来 | 一拖再拖 | 一再顺延 | 改了~次 | 又delay | delay | 人影都没 | 没准信 | 到底发 | 到底到 | 再不发 | 再不到 | 再不 | 何时才 | 影响生产 | 耽误 | 误工 | 误期 | 错过 | 放鸽子 | 爽约 | 变卦 | 超期
late | delayed | delays | overdue | behind schedule | weeks behind | deliveries behind | days late | not arrived | did not arrive | didn't arrive | hasn't arrived | has not arrived | still waiting | still not | not shipped | no shipment | did not leave | as promised | you promised | promised | missed | backlog | was supposed | should have | where the hell | nothing arrived | never arrived | never came | waited | no show | on time in full | overrun | after the confirmed | two weeks ago
[wrong.service]
没人接 | 没人回 | 没人理 | 没回 | 不回 | 不理 | 不接电话 | 不回复 | 没回复 | 联系不上 | 态度 | 态度差 | 态度不好 | 挂我电话 | 推诿 | 敷衍 | 踢皮球 | 忽悠 | 没下文 | 石沉大海 | 没动静 | 说话不算 | 口头承诺 | 服务差 | 体验差 | 体验有点差 | 太差 | 差劲 | 怠慢 | 无人跟进 | 没人管 | 不管 | 白填 | 重来一遍 | 找了~次 | 打了~电话 | 催了~次 | 报了~次 | 流于形式 | 没落实 | 不接受
nobody answer* | nobody wrote | no one answer* | no answer | no reply | no response | nobody | not reply* | ignored | ignore | rude | unfriendly | impolite | unprofessional | hung up | run around | runaround | support has gone | without an answer | poor service | bad service | keep waiting | kept waiting | left waiting | slow response | never called back | hold music
[wrong.again]
又是 | 又 | 再次 | 第二次 | 第三次 | 第四次 | 第二台 | 第三批 | 两次了 | 三次了 | 两回 | 三回 | 几次了 | 多次 | 屡次 | 反复 | 重复 | 一直 | 每次都 | 次次 | 老是 | 总是 | 老问题 | 同样的问题 | 同一个问题 | 同样的位置 | 还是有 | 还是那样 | 依旧 | 仍然 | 仍有 | 连续 | 接二连三 | 屡教不改 | 三番五次 | 一而再 | 上回 | 上次也 | 又来了 | 断断续续
again | once again | second time | third time | fourth time | twice | repeatedly | repeated | recurring | same issue | same problem | same fault | same error | every time | each time | keep getting | still have | still fails | third shipment | last two shipments | second batch | in a row | yet another | another shipment | month running | reopen* | once more | time and again
[wrong.batch]
整批 | 全批 | 整箱 | 整包 | 全部 | 全都 | 都这样 | 每根都 | 每个都 | 个个 | 都有 | 普遍 | 大面积 | 大批 | 同一批 | 同批 | 抽检 | 抽了 | 抽测 | 一百多 | 好几 | 一半 | 十个里 | 个里
whole shipment | whole lot | whole batch | entire | all of them | every single | half the | all three
[wrong.demand]
换货 | 更换 | 换新 | 换个 | 换吧 | 换掉 | 给换 | 退换 | 调换 | 换一批 | 换了 | 退款 | 退钱 | 退回 | 退掉 | 全退 | 退吧 | 拿回去 | 收回去 | 取回 | 拉回去 | 补发 | 补送 | 补寄 | 补货 | 补来 | 补给 | 补~来 | 重做 | 重印 | 重新做 | 重新出 | 返工 | 返修 | 重工 | 维修 | 修一下 | 派人 | 来人 | 派员 | 派车 | 挑选 | 全检 | 8d | 纠正 | 改善报告 | 改善 | 整改 | 5why | 根本原因 | 原因分析 | 分析原因 | 查原因 | 查清 | 查一下 | 查查 | 说明原因 | 书面说明 | 书面 | 解释 | 说法 | 交代 | 给个说法 | 答复 | 处理 | 解决 | 遏制 | 围堵 | 隔离 | 冻结 | 封存 | 停止 | 先别再发 | 对策 | 措施 | 杜绝 | 避免 | 咋退 | 怎么退
replace | replacement* | replaced | exchange | exchanged | swap | refund | credit note | returned | return label | rma | send one that | send the missing | re-send | resend | rework | re-work | repair | remake | re-tape* | repaint | 8-d | corrective | root cause | containment | recovery plan | action plan | investigat* | explanation | explain | written commitment | find out | sorting | analyse | analysis | take back | call me back | make sure | sort it out
[wrong.feeling]
失望 | 气死 | 生气 | 无语 | 受不了 | 忍无可忍 | 愤怒 | 恼火 | 着急 | 急死 | 坑人 | 太离谱 | 离谱 | 过分 | 可真行 | 杠杠的 | 呵呵 | 是摆设 | 有没有人 | 到底 | 难道 | 故意 | 真的是 | 搞什么 | 什么情况 | 怎么回事 | 咋回事 | 怎么搞的 | 说真的 | 最后一次 | 最后说一次 | 严重 | 没面子 | 交代不了 | 不敢 | 算什么 | 怎么跟客户交代 | 难受 | 遗憾 | 影响
disappoint* | frustrat* | angry | upset | annoyed | annoying | unhappy | dissatisf* | fed up | tired of | wow great | oh brilliant | seriously | ridiculous | joke | terrible | awful | horrible | worst | regret | sorry to say | unfortunately | hate to | embarrass* | not happy | concerned | concern | worry | worried | confused | reluctan* | come on | shame | silly | pathetic | troubled | inconvenien*
[wrong.found]
发现 | 出现 | 反映 | 反馈 | 检出 | 检验发现 | 测出 | 挑出 | 查出 | 拆开 | 开箱 | 收到 | 到货 | 来料 | 上线 | 上机 | 装机 | 装上 | 产线 | 客户退 | 隔离 | iqc | 照片 | 见照片 | 附件照片 | 不良照片
we found | we noticed | noticed | noted that | discovered | received | arrived | upon opening | incoming inspection | our inspectors | our line | photos attached | pictures | on opening | turned out | reports that | customer says | operator*
[wrong.minor]
不影响 | 没事 | 没关系 | 不要紧 | 小问题 | 小事 | 没大碍 | 问题不大 | 已自行 | 自己处理 | 已手工 | 自己补 | 自己弄 | 自己锁 | 拧上了 | 修好了 | 不用补 | 不必重发 | 不用换 | 不着急 | 不急 | 跟你说声 | 说一声 | 讲一声 | 说声 | 提醒一下 | 提醒下 | 留意 | 注意下 | 下次注意 | 下回 | 下次 | 以后注意 | 多看一眼 | 算了 | 还好 | 尚可 | 没坏 | 其他都好 | 其他都ok | 没别的 | 就这事 | 告知一下 | 特此告知 | 知会 | 反映一下 | 一点点 | 有点 | 个别 | 不太 | 挑出来扔了
minor | no harm | not a big deal | no big deal | no drama | no rush | no hurry | just passing | just so you | just to let you know | fyi | for your information | nothing that stops | never mind | it's fine | its fine | no action | only want you | for next time | next time | please remind | small thing | tiny | cosmetic | otherwise fine | we fixed | had to search it myself | corrected it myself | i have mended | works fine otherwise | be aware | heads up
[wrong.cannot]
没法 | 没法用 | 没法卖 | 没法裁 | 无法 | 不能用 | 用不成 | 不敢用 | 不敢卖 | 卖不出去 | 怎么卖 | 没得卖 | 装不平 | 装不起 | 打不着 | 开不动 | 关不严 | 合不上 | 对不齐 | 粘不牢 | 撕不开 | 拧不动 | 拔不出 | 插不上 | 上不去 | 下不来 | 走不动 | 吸不上 | 抽不上 | 压不住 | 锁不住 | 不粘 | 不牢 | 不稳 | 不平 | 不匀 | 不齐 | 不严 | 不熟 | 不甜 | 不脆 | 不香 | 不鲜 | 不纯 | 不净 | 不平整 | 洗不掉 | 擦不掉 | 磨不动 | 割不动 | 切不动 | 烧不着 | 点不着 | 搅不开 | 化不开 | 不出水 | 不上水 | 不起泡 | 不发芽 | 不坐果 | 不显色 | 不凝固 | 不成型 | 过不了 | 验不过 | 测不过 | 不让用 | 停用
cannot be used | can't be used | couldn't use | could not use | unable to use | not fit for | no use | useless | cannot sell | can't sell | will not sell | refuse to | refuses | not safe to use | had to throw | had to scrap | thrown away | scrapped | discard*
[wrong.just]
一拉就 | 一碰就 | 一摸就 | 一压就 | 一拧就 | 一洗就 | 一用就 | 一开就 | 一装就 | 一拽就 | 一掰就 | 一撕就 | 一踩就 | 一晒就 | 一下雨就 | 一插就 | 没几天 | 没用几 | 才用 | 刚用 | 用了~就 | 用~次就 | 才买 | 刚买 | 刚换 | 才换 | 才~就 | 第二天就 | 当天就 | 洗一次 | 用三回 | 买回来~就 | 装上~就 | 装完 | 到手就 | 开箱就
after a week | after two days | after one use | after the first wash | the first time | within days | within a week | within a month | as soon as | on first use | out of the box | only lasted | lasted | days old | barely | after only
[wrong.less]
越来越差 | 差远了 | 差太多 | 太差 | 太烂 | 不如 | 不一样 | 跟样品不 | 和样品不 | 跟样品 | 两回事 | 货不对版 | 缩水了 | 偷工减料 | 以次充好 | 掺假 | 假货 | 冒充 | 说好的 | 不是说好 | 根本不是 | 不是我要 | 不是我们订 | 不符合约定 | 与合同不符 | 与样品不符 | 与描述不符 | 搞混 | 弄混 | 拿错 | 装错 | 配错 | 发成 | 送成 | 印反 | 绣错 | 刻错 | 剪错 | 裁歪 | 缝错 | 拼错 | 看不清 | 不足 | 仅有 | 全偏 | 全歪 | 全错 | 窄了 | 宽了 | 高了 | 矮了 | 轻了 | 重了 | 粗了 | 细了 | 深了 | 浅了 | 淡了 | 浓了 | 稀了 | 咸了 | 甜了 | 硬了 | 软了 | 倒了 | 洒了 | 撒了 | 塌了 | 化了 | 蔫了 | 死了 | 枯了 | 黄了 | 黑了 | 糊了 | 焦了 | 塞了 | 翘了 | 鼓了 | 瘪了 | 卷边 | 翘边 | 起毛 | 起翘 | 翘曲 | 脱色 | 串色 | 抽丝 | 跳线 | 跳针 | 破洞 | 破边 | 缩码 | 缩水严重 | 起球 | 线头 | 异响 | 松脱 | 掉齿 | 掉粉 | 掉渣 | 掉毛 | 掉漆 | 掉色 | 掉了 | 崩边 | 崩瓷 | 釉裂 | 空鼓 | 开缝 | 渗色 | 返潮 | 返碱 | 鼓泡 | 分层 | 断管 | 断芯 | 断墨 | 卡纸 | 渗墨 | 蹭墨 | 缺页 | 倒页 | 错页 | 错字 | 白页 | 漏印 | 混色 | 混批 | 色号不 | 两个色 | 缸差 | 萎蔫 | 打蔫 | 腐烂 | 发芽率低 | 黄化 | 死苗 | 药害 | 死亡率 | 干裂 | 黑心 | 空心 | 冻伤 | 解冻 | 化冻 | 融化 | 冰化 | 碎裂 | 破碎 | 压碎 | 渗液 | 漏液 | 析出 | 返黄 | 返锈 | 起霜 | 长毛 | 哈味 | 馊味 | 酸味 | 腥味 | 焦糊 | 刺鼻 | 油哈 | 呛
wobbl* | bleed* | bled | shrunk | shrank | fray* | unravel* | pilling | sagging | sags | curdl* | mould* | off taste | tastes | soggy | melted | thawed | wilted | withered | dead on arrival | flake | flakes | flaked | chalky | tacky | sticky | runny | cloudy | sediment | hardened | too thin | too thick | uneven | crooked | lopsided | upside down | backwards | unlabelled | unlabeled | washed off | fell out | came loose | came undone | drops out | drooping | streaks | streaky | spots on | holes in | hole in | tear in | ripped | unglued | delaminated | knocks | rattles | squeak* | grinding | whining | stalls | tripping | blown | blew | cuts out | crashes | crashed | times out | time out | timeouts | lagging | wrong colour | wrong color | wrong size | wrong quantity | not the same | different shades | differs from | nothing like | not as agreed | not as ordered | not as described | below standard | short of | fewer than | less than ordered | only half | underfilled | underweight | stain | stained | scuffed | nicked | gouged | warping | splinter* | rotting | bruised | infested | contaminated | cross-threaded | stripped thread
[wrong.what_now]
咋办 | 怎么办 | 咋整 | 怎么弄 | 怎么搞 | 怎么解释 | 怎么交代 | 怎么处理 | 给个说法 | 给我个说法 | 说说怎么 | 你看怎么 | 看着办 | 快想办法 | 到底谁管 | 谁负责 | 怎么赔 | 怎么补偿 | 补偿 | 货呢 | 人呢 | 车呢 | 结果呢 | 都这样 | 正常吗 | 这也叫 | 这都能 | 就这 | 这叫 | 有意思吗 | 是不是不想 | 还让不让 | 凭什么 | 不像话 | 服了 | 醉了 | 好家伙 | 真牛 | 谢谢你们全家 | 道歉 | 退单 | 退钱 | 求解决 | 跟进一下 | 投诉一堆 | 纷纷 | 来退
now what | what now | what can you do | what will you do | what do you intend | what are you going to do | how will you | how do you intend | how do you propose | what do you suggest | still no | is anybody there | anybody there | you said | you told | you assured | you confirmed | not what we agreed | not good enough | explain to me | how is this possible | how can this | furious | apolog* | compensation | make this right | put this right | put it right | sort this out | resolve this | responsible person | come and look | please inspect | call and inspect | needs to be redone | redo | redone | reprint | re-print | re-make | take them back | taken back | pick them up | come and get | send someone | send a technician | send an engineer | someone needs to

# What makes a matter small.
[wrong.minor]
不碍事 | 无伤大雅 | 无大碍 | 不打紧 | 没什么大不了 | 不算事 | 幸好没 | 好在 | 自己缝 | 自己擦 | 自己粘 | 自己贴 | 自己改 | 自己掰 | 已改正 | 按实物 | 不用重寄 | 不用寄 | 不用赔 | 不用管 | 不用回 | 不必 | 无需补 | 无需换 | 提一嘴 | 顺口 | 顺便说 | 顺带一提 | 留个意 | 留个神 | 供参考 | 下次印刷 | 改一下吧 | 改下吧 | 往后注意 | 能看懂 | 能认 | 看得懂 | 照样用 | 照常用 | 凑合 | 将就 | 先用着 | 其余都好 | 其他没问题 | 别的都好 | 质量没问题 | 东西没问题 | 运行正常 | 小毛病 | 小瑕疵 | 小误 | 小错 | 笔误 | 小遗憾 | 轻微
all well otherwise | the rest are | the rest is | rest fine | all the rest | just letting you know | only i inform | only to inform | only for u | for u to know | only wants | do not need another | need no | nothing needed | nothing to do | in passing | i mention it | mention it | thought you should know | thought you might | might want to know | wants him to know | wants you to know | one remark | small remark | small matter | small note | quick note | little thing | tiny thing | small dent | slight* | a bit | only one | just one | one of them | just a small | corrected by pen | we corrected | fixed it myself | fixed it ourselves | straighten | straightened | glued it | sewed it | wiped it | still sell | can still | still usable | still works | still fine | works anyway | finds us anyway | no worries | no matter | do not worry | don't worry | no hard feelings | not sorry | for next print | for the next one | when you reprint | keep an eye | already less | good otherwise | perfect otherwise | ok no prob | no prob | no biggie
[wrong.late]
说好~没 | 说好~才 | 说好~现在 | 说~号到 | 说好的~呢 | 还在路上 | 还不见 | 不见车 | 不见货 | 不见人 | 一直没 | 一直不 | 等到 | 等了~天 | 等了~小时 | 空等 | 白跑 | 没人开门 | 赶不上 | 来不及了 | 误了
still are not here | still not here | are not here | is not here | not here yet | not come | did not come | didn't come | nobody came | no truck | no sign of | where are my | where is my order | again on monday | on the wrong day | later than promised | later than agreed | not on time | weeks ago | ten days ago | since two weeks | how much longer | outside the window
[wrong.works]
跳闸 | 跳了 | 又跳 | 罢工了 | 歇菜 | 卡顿 | 卡壳 | 转不动 | 不吸 | 不喷 | 不出风 | 不出热水 | 不出纸 | 不升 | 不降 | 不停机 | 关不掉 | 停不下来 | 不识别 | 认不出 | 识别不了 | 读不出 | 进不去 | 登不上 | 登录不了 | 加载不出 | 打不上 | 打印不了 | 显示不全 | 黑了 | 蓝屏 | 白屏 | 漏雨 | 漏风 | 漏光 | 晃 | 摇晃 | 一高一低 | 不稳 | 吱吱 | 嗡嗡 | 咔咔 | 嘎吱 | 响得 | 声音大 | 太吵 | 发热 | 烫手 | 忽高忽低 | 结霜 | 结冰 | 返水 | 堵了 | 卡纸 | 起白霜 | 起霜 | 起疙瘩 | 结成疙瘩 | 结团 | 板结 | 成块 | 硬得像 | 稀了 | 变稀 | 变味 | 变硬 | 变软 | 变脆 | 发粘 | 发涩 | 发苦 | 不熟 | 夹生 | 有沙 | 有头发 | 有毛 | 有石子 | 蹭花 | 磨花 | 掉了一
hum | hums | humming | loud | loudly | stiff | squeaky | squeaking | creak* | vibrat* | shak* | wobble | drip* | drips | blocked up | tripped | trips the | skipping | won't open | won't close | won't turn on | does not close | does not open | does not turn | does not heat | does not hold | did not hold | will not stay | does not stay | not hold | not stick | not seal | not tight | not dry | hard like stone | like stone | caked | gritty | watery | bitter | sour | smelly | smells of | stink* | reek* | lumpy | powdery | hole | holes | threadbare | loose thread | worn out | wore out | out of order | illegible | dead pixel | page missing | missing page | link is dead | dead link | finds nothing | not load | doesn't load | won't load | log in fails | captcha
[wrong.item]
写反 | 图~反了 | 印成 | 标成 | 当成 | 拿成 | 错色 | 错码 | 错号 | 左右不 | 配错了 | 另一款 | 别的型号 | 变成了 | 换了料 | 偷换 | 偷偷换 | 换配方 | 没告知 | 未告知 | 没通知 | 未经~同意 | 笔误 | 少印 | 错一个字
swapped | have been swapped | were swapped | reversed | the other way round | instead of | not the colour | not the color | other colour | another colour | different from the sample | unlike the sample | not like the sample | which the sample did not | misspel* | spelt | lost an | shows five | should be | should read | supposed to be | charged my card twice | charged for | wrongly charged | billed for | billed twice | not ours | someone else's | somebody else's
[wrong.short]
缺~个 | 缺~件 | 缺~只 | 缺角 | 少~个 | 少~只 | 少~箱 | 少~颗 | 少放 | 少了一 | 少给 | 只到了 | 只发了 | 只来了 | 只收到 | 来了一 | 没装完 | 空盒 | 空箱 | 空包 | 不够数 | 不够秤 | 分量不够 | 份量 | 短斤 | 缺斤少两 | 漏了 | 落了 | 没给
lacks one | lacks the | lacking | one short | two short | were only | there were only | only came | empty box | box was empty | count was | counted only | we counted | not all | only part | came with no | came with its | left out | no screws | no instructions | not enclosed | was not in
[wrong.service]
等~才理 | 才理我 | 没人理我 | 没人说话 | 不打电话 | 也不打 | 放门口 | 乱扔 | 乱放 | 堵门 | 停我家 | 吼 | 爱理不理 | 装死 | 拉黑 | 不认账 | 赖账 | 推来推去 | 互相推 | 没准 | 没说法 | 无回音 | 没回音 | 没结果 | 没结论 | 尚无结论 | 没个 | 让我多试 | 多试几次 | 自己想办法 | 没人跟
have had no reply | had no reply | not heard | have heard nothing | heard nothing | no news | never answer | never answered | you people | your people told | knows nothing | says it knows nothing | nobody knows | passed around | sent in circles | left the gate | in the road | blocked our | drove off | dumped | shouted | swore | arrogant | wrote three times | written twice | i wrote | second letter | third letter | fourth time of writing | remind you again

# Longer words for what a short one says by chance.
[wrong.minor]
跟您说一声 | 给你们提个醒 | 提个醒 | 我们自己处理 | 我们自己修 | 我们自己解决 | 还能用 | 不影响使用
[wrong.found]
现场发现 | 车间反映 | 工人反映 | 仓库反映 | 客户反映 | 用户反映 | 仓库发现 | in the lab | on our line | photo attached | see photo
[wrong.feeling]
坑我 | 坑爹 | 被坑 | 很不满 | 表示不满 | 强烈不满 | 不满意 | 垃圾货 | 太垃圾 | 真垃圾 | 挨骂 | 被骂 | 骂我
[wrong.surface]
有黑点 | 全是黑点 | 刮花了 | 磨花了
[wrong.size]
间隙大 | 间隙过大 | 间隙太大 | 平面度超 | 平面度不 | 通规不过 | 止规通过
[wrong.works]
噪音大 | 有噪音 | 噪音很 | 已过期 | 过期了 | 过期的 | 是生的 | blank screen
[wrong.short]
数量不对 | 数量不足 | 数量不符 | 数量不够 | 对不上数
[wrong.late]
承诺的 | 承诺过 | 承诺~没 | 当初承诺
[wrong.word]
at fault | your fault | fault found | develops a fault | 低于标准 | 低于约定 | 低于要求 | 良率低 | 直通率掉
[wrong.batch]
half of them | 好多都 | 好多个 | 三成都
[wrong.demand]
credit us | credit me | 派人上门 | 上门处理 | 上门看 | 你们负责
[wrong.again]
keeps happening | keeps falling | keeps coming | always the same
