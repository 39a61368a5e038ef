# How serious a complaint is. What is not named here is decided by how often, how much and what is asked back.

[severe.safety]
安全事故 | 安全隐患 | 安全通报 | 触电 | 电击 | 漏电 | 起火 | 着火 | 冒烟 | 冒火 | 火灾 | 失火 | 烧起来 | 爆炸 | 炸了 | 爆开 | 烧毁 | 焦味 | 燃烧 | 自燃 | 烫伤 | 烧伤 | 割伤 | 划伤手 | 割手 | 割破 | 受伤 | 工伤 | 砸伤 | 砸到 | 夹伤 | 伤人 | 伤到 | 缝了 | 送医 | 送眼科 | 住院 | 急诊 | 中毒 | 食物中毒 | 过敏 | 红肿 | 呕吐 | 拉肚子 | 腹泻 | 晕倒 | 窒息 | 受困 | 救护 | 无人受伤 | 所幸 | 幸亏没 | 差点砸 | 刹不住 | 撞护栏 | 刹车失灵 | 失控 | 坠落 | 人身 | 伤亡 | 死亡 | 医药费 | 流血 | 骨折 | 有毒 | 甲醛超标 | 异物卡喉 | 噎
injur* | ambulance | caught fire | flames | smoking | burnt | scorch* | explod* | explosion | electric shock | electrocut* | unsafe | burned his | cut his | cut her | cut on | stitches | bleeding | medical attention | poison* | allergic | rash | vomit* | accident | hurt | fell on | melted | casualt* | choking | choked | first aid | firefighters | fire brigade
[severe.stop]
停线 | 停产 | 停机 | 停工 | 停摆 | 停下来 | 全部停 | 全线停 | 停了线 | 停着 | 停住 | 停止生产 | 线停 | 断线生产 | 断产 | 停业 | 关店 | 停炉 | 停炉 | 停台 | 停转 | 急停 | 停车等 | 停班 | 开不了工 | 开不了机生产 | 没法开工 | 生产线停 | 产线停 | 机器全停 | 趴窝 | 杵着 | 停摆 | 无法生产 | 没法生产 | 停航 | 停诊 | 停演 | 演出时黑屏 | 停发车 | 被迫停 | 线体停止 | 撑到今晚 | 只够到 | 停止运行 | 停止营业 | 动不了 | 没活干
line down | line is down | line stop | line stopped | line-down | stopped the line | stopped our line | production stopped | production has stopped | production is stopped | standstill | stand still | shut down | shutdown | stoppage | stopped production | halted | is not running | not running | down since | is stopped | are stopped | stood from | stood still | stands still | plant is down | machine is down | machines are down | idle line | downtime | came to a halt | ground to a halt | will stop | out of production | had to close | had to stop | unable to operate | out of service | grounded
[severe.recall]
召回 | 下架 | 撤回产品 | 撤架 | 停售 | 回收产品 | 收回产品 | 市场通报 | recall* | withdraw* | withdrawn | field action | taken off the shelves | pulled from | stop sale | stopped shipping | back to the workshops
[severe.legal]
律师 | 律师函 | 起诉 | 诉讼 | 法院 | 仲裁 | 法律责任 | 法律途径 | 诉诸 | 追究 | 追索 | 告你们 | 报警 | 公安 | 工商局 | 12315 | 市监局 | 市场监管 | 监管部门 | 立案 | 维权 | 举报 | 违约责任 | 走法律 | 消协 | 解除合同 | 终止合同 | 追责
lawyer* | attorney* | solicitor* | legal action | legal steps | take legal | lawsuit | sue | arbitration | litigation | legal department | our legal | counsel will | damages | breach of contract | authorities | trading standards | consumer protection | report you | regulator* | police | ombudsman | legal proceedings
[severe.media]
媒体 | 曝光 | 记者 | 抖音 | 微博 | 小红书 | 发网上 | 发到网上 | 全网 | 热搜 | 舆情 | 电视台 | 栏目组 | 播放量 | 阅读量 | 网上见 | 发帖 | 帖子 | 直播曝 | 视频发 | 转发过万 | 大众点评
social media | linkedin | twitter | tiktok | reddit | go public | post this | post them | post it | journalist* | newspaper | reporter | viral | review site | broadcast
[severe.claim]
索赔 | 赔偿 | 赔付 | 赔钱 | 理赔 | 扣款 | 扣减 | 冲减 | 抵扣货款 | 从货款 | 从你们账上 | 从~货款中扣 | 直接扣 | 划扣 | 逕行扣 | 罚款 | 违约金 | 滞纳金 | 承担~损失 | 承担~费用 | 贵司承担 | 你们承担 | 你们出 | 费用由你 | 费用由贵 | 损失由 | 我司损失 | 我方损失 | 我们的损失 | 工时费 | 挑选费 | 返工费 | 空运费 | 算你们的 | 找你们报销 | 报销 | 记在你们 | 这个钱你 | 这笔费用 | 这笔钱 | 账单寄 | 开出索赔 | 误工费 | 打水漂
claim this | claim for | claim of | claim from you | we claim | hereby claim | our claim | file a claim | compensat* | damages | deduct* | deduction | debit note | debit memo | charge you | charged to you | charge back | chargeback | back charge | invoicing you | invoice you for | we are invoicing | bill you | billing you | netted from | set off | penalt* | liquidated | reimburse* | at your expense | for your account | cost you | pay for the | recover the cost | withhold the | liable | indemni* | charges for | settle within | send you the bill
[severe.hazard]
rohs超标 | 铅含量 | 铅超标 | 六价铬 | 邻苯 | 超标 | 重金属 | 违反rohs | 违反reach | 多溴联苯 | 石棉 | dehp | 禁用物质 | 环保不合格 | 环保超标 | 塑化剂 | 致癌 | 双酚a | 检出 | 阳性
cadmium | lead content | hexavalent | phthalate* | above the limit | rohs non-conform* | rohs violation | reach violation | exceeds the rohs | banned substance | asbestos | formaldehyde | heavy metal* | sds missing | non-compliant
[severe.customs]
海关 | 扣留 | 扣柜 | 暂扣 | 扣押 | 被扣 | 虚假认证 | 假证 | customs held | detained | held at customs | seized | impounded
[affected.customer]
主机厂 | 终端客户 | 业主 | 消费者 | 我客户 | 我们客户 | 甲方 | 门店 | 顾客 | 市场上 | 用户 | field | end customer | our customer | consumer* | patients | guests

[moderate.ask]
8d | capa | 纠正措施 | 改善报告 | 书面说明 | 书面报告 | 书面承诺 | 书面答复 | 书面解释 | 整改报告 | 整改措施 | 改善措施 | 改善计划 | 5why | 原因分析 | 分析报告 | 根因 | 说明原因 | 正式回复 | 正式答复 | 写清楚 | 两页纸 | 写个 | 改善说明 | 原因说明 | root cause | corrective action | written | recovery plan | 8-d | action plan | containment | report on | in writing | explanation
[moderate.return]
退货 | 退回 | 换货 | 更换 | 换新 | 退换 | 补发 | 补送 | 重做 | 返工 | 返修 | 重工 | 退款 | 全退 | 派人 | 派员 | 挑选 | 换一批 | 重印 | replace* | refund | swap | exchange | rework | repair | remake | credit note | send the missing
[moderate.batch]
整批 | 整箱 | 全批 | 都这样 | 普遍 | 大面积 | 全部 | 批量 | 抽检 | 全数隔离 | 无法使用 | 不能用 | 装不上 | whole shipment | entire | all of | every single | blocked | quarantin* | cannot use | unusable
[moderate.schedule]
排期全乱 | 打乱 | 计划全乱 | 排产 | 换产 | 重排 | 加班 | 等了一天 | 白来一趟 | 误了 | 耽误 | 排程 | 人手 | 返修台 | reschedul* | schedule | replan | overtime | idle | waiting for | crew | come back on | build plan | moving people
[moderate.payment]
暂不付款 | 货款先不走 | 暂停付款 | 停止付款 | 扣住 | 押款 | 月底结不了账 | 付款先 | 先不付 | 暂缓付款 | payment will be held | hold payment | withhold payment | not pay | payment is on hold | won't pay | payment blocked
[moderate.review]
差评 | 一星 | 评价我 | 给评价 | 换供应商 | 换一家 | 别家 | 找别人 | 终止合作 | 暂停~资格 | 黄牌 | 评分 | one star | bad review | other supplier* | another supplier | look elsewhere | switch supplier | reconsider

[severe.safety]
caught fire | on fire | a fire | fire broke | set fire | electric shock | a shock | safety issue | safety risk | safety matter | safety incident | safety concern | safety hazard | at the hospital | in hospital | to hospital | to the hospital | hospitalised | hospitalized | full of smoke | started smoking | smoke came | smoke from | brake failure | brakes failed | brake assist | broken bone | broken collarbone | fractur* | burned her | burnt her | skin burn | food poisoning | fell ill | got sick | made sick | sick after | children sick | piece of glass | glass in | metal in | life-threatening | could have killed | killed | near miss | swallow*
送医院 | 在医院 | 进医院 | 医院检查 | 就医 | 缝针 | 烫伤 | 消防队 | 消防大队 | 报消防 | 出人命 | 吞下去 | 误吞 | 吃坏 | 食物中毒 | 满脸起疹 | 起疹 | 灼伤 | 溅到 | 打火 | 电人 | 麻手 | 电到 | 跌落砸 | 摔下 | 摔伤 | 摔倒 | 骨裂 | 困人 | 被困 | 断裂伤人 | 差点砸 | 险些 | 安监 | 不良事件 | 玻璃渣 | 玻璃碴 | 碎玻璃 | 划破 | 扎伤 | 扎手 | 崩伤 | 出血 | 流血 | 休克 | 住进 | 险情 | 危及 | 生命
[severe.stop]
停炉 | 停窑 | 停泵 | 停船 | 停播 | 停课 | 停手术 | 停电半天 | 停半天 | 全停了 | 停半个 | 停工半 | 停业一 | 营业不了 | 没法营业 | 没法开门 | 没法开业 | 关门 | 干不了活 | 开不了工 | 产线趴 | 整条线 | 线上停 | 被迫关停 | 停摆 | 停滞 | 两条线都停 | 停机六小时 | 无法开机
lines are down | line has been down | is at a standstill | production stop | had to halt | closed the shop | shop is closed because | kitchen is closed | machine stopped | machines stopped | stopped the press | press is down | cannot produce | can't produce | not able to produce | running out tonight | will stand | lost production | oven is down | shut the line
[severe.legal]
法院见 | 走司法 | 依法 | 起诉 | 报警 | 市场监督 | 市场监管局 | 行政处罚 | 处罚 | 消委会 | 终止协议
in court | small claims | take you to court | see you in court | terminate the agreement | terminate the contract | will terminate | health authority | food authority | inspectors fined | fined | consumer protection | my lawyer | our lawyer | legal claim
[severe.media]
曝光 | 上抖音 | 发抖音 | 发朋友圈 | 发小红书 | 发网上 | 让大家看看 | 见报 | 博主 | 网红 | 探店 | 评测视频 | 转载 | 电视 | 民生 | 晚报 | 日报记者 | 热帖 | 评论区
the press | the media | newspapers | go to the media | local paper | post it online | post this online | posted online | posting the | publish the photos | leave reviews everywhere
[severe.claim]
赔我 | 赔给 | 要赔 | 得赔 | 不赔 | 你们赔 | 照价赔 | 损失由 | 损失约 | 经济损失 | 损失共计 | 直接抵扣 | 抵扣 | 货款中抵 | 从~扣除 | 将从~扣 | 扣你们 | 货款里扣 | 费用我不会认 | 费用你们 | 谁来承担 | 你们出钱 | 你们付 | 承担赔偿 | 双倍 | 三倍 | 假一赔
loss of | our losses | our loss | losses amount | bill for | will be charged | shall be charged | charged back | deducted from | will deduct | we deduct | debit note | be offset | set against your invoice | credit us for the costs | cover the costs | cover our costs | compensation for | pay us | owe us | refund plus
[severe.hazard]
甲醛超标 | 农残超标 | 重金属超标 | 荧光剂超标 | 铅含量超 | 镉超标 | 检测出 | 含铅 | 含镉 | 含汞 | 塑化剂超 | 菌落超标 | 大肠杆菌 | 沙门氏菌 | 黄曲霉 | 致敏物 | 禁用染料 | 偶氮超标
salmonella | listeria | e. coli | undeclared allergen | allergen | above the legal limit | exceeds the limit | over the limit | banned | prohibited | failed the rohs | failed reach | non compliant with

# Somebody was hurt, nearly hurt, or had to leave.
[severe.safety]
头晕 | 恶心 | 吐了 | 上吐下泻 | 诊所 | 卫生院 | 医院 | 急救 | 医生说 | 打破伤风 | 破伤风 | 刺伤 | 戳伤 | 压伤 | 撞伤 | 烧伤 | 冻伤手 | 烫到 | 烫了 | 割了 | 割到 | 扎到 | 扎进 | 刺进 | 夹到手 | 夹了手 | 砸中 | 砸下 | 砸着 | 砸坏 | 砸了脚 | 掉下来~砸 | 掉~嘴里 | 噎着 | 呛到 | 卡喉 | 疏散 | 撤离 | 麻了一下 | 带电 | 漏电 | 打到手 | 火花 | 冒火花 | 着了火 | 烧着 | 起了火 | 火苗 | 烧焦 | 烧穿 | 熔化起 | 弹出~伤 | 飞出来 | 飞出 | 崩飞 | 崩到 | 炸裂 | 爆胎 | 刹不住 | 翻车 | 脱轨 | 倒塌 | 坍塌 | 塌下来 | 侧翻 | 人没事 | 好在没人 | 幸好没人 | 万幸 | 没伤到人 | 未造成人员 | 人员伤害 | 无人在旁 | 长疹子 | 发炎 | 灼痛 | 刺痛 | 眼睛~睁不开 | 孩子~吞 | 孕妇 | 出事 | 出了事故 | 事故 | 隐患
hospital | clinic | emergency room | doctor says | doctor said | saw a doctor | went to the doctor | nurse | faint* | fainted | dizzy | nausea | sick after eating | fell sick | became ill | taken ill | broken arm | broken leg | broken wrist | sprain* | concussion | suspected broke | flew past | flew off | nearly hit | almost hit | narrowly missed | just missed | no one was hurt | nobody was hurt | no one was injured | nobody was injured | no man was struck | luckily nobody | luckily no one | thank god | evacuat* | tyre burst | tire burst | toppled | gave way | tipped over | sparks | sparked | spark | went up in | burned through | burns on | burned | burning | scald* | crushed his | crushed her | trapped | pinned | punctured his | lost a finger | splinter in | swallowed | choke | choking hazard | asthma | hives | blisters on | eye injury | danger to | dangerous | hazardous to | life threatening
# Work at the customer's stands still, or soon will.
[severe.stop]
停运 | 停到 | 停到现在 | 停了~小时 | 停了~天 | 停了一 | 停了两 | 停了半 | 停~小时 | 停下 | 停在那 | 全停 | 停滞 | 停掉 | 跳停 | 跳车 | 降负荷 | 甩负荷 | 撑到 | 只能撑 | 只够~用 | 只够用 | 就断 | 断料 | 断粮 | 没料~停 | 没米下锅 | 等米下锅 | 线上~没 | 开不起来 | 开不了线 | 整条~等 | 整条线等 | 产线等 | 全厂等 | 放假~天 | 工人放假 | 歇业 | 打烊 | 没法营业 | 营业不成 | 生意做不成 | 没法出餐 | 没法发车 | 瘫痪 | 系统瘫 | 死机~收银 | 收银~用不了 | 开天窗 | 停水 | 停气 | 停暖
stood for | stood still | stood idle | standing still | standing idle | stops of | stoppages | stopped for | stopped since | stopped twice | stops the line | stopped our | stopped the | stand idle | sit idle | machine dead | dead since | since this morning | since last night | cannot run | can't run | could not run | unable to run | cannot operate | could not operate | cannot open | had to send home | sent home | pour away | lost a shift | lost the shift | lost two shifts | lost hours | hours lost | lost an hour | without ~ tonight | run out tonight | run dry | will run out | runs out at | enough until | lasts until | starved | bottleneck stopped | system down | server down | website down | tills down | site down | outage | offline since | kitchen closed | shop closed
[severe.claim]
罚了我们 | 罚我们 | 被罚 | 客户罚 | 罚了~块 | 扣了你们 | 扣了~元 | 扣了 | 扣掉 | 扣除 | 要我赔 | 让我赔 | 要我们赔 | 让我们赔 | 叫我赔 | 赔了客户 | 赔客户 | 赔了~块 | 赔付了 | 算谁的 | 谁的责任谁 | 谁赔 | 谁出这个钱 | 谁来买单 | 买单 | 损失算 | 损失怎么算 | 直接抵 | 抵货款 | 抵账 | 冲账 | 冲抵 | 在货款中体现 | 货款中体现 | 从尾款 | 从应付 | 从押金 | 从质保金 | 折价 | 减价~元 | 你们报一下 | 费用~由你 | 费用~贵司 | 人工费 | 人工合计 | 人工及材料 | 材料费合计 | 运费你们 | 运费由你 | 找补 | 补我~块 | 补我~元 | 赔~元 | 赔~块 | 赔个 | 赔一 | 赔两 | 赔三 | 退一赔
against your account | booked ~ against | have booked eur | our costs | costs to you | pass on the cost | passed on to you | cut ~ from | short paid | short-paid | underpaid | our allowance | as our allowance | we shall remit | will remit only | pay me back | pay us back | pay back our | who pays | who will pay | who is going to pay | you pay | u pay | you owe | paid by you | bear the cost | bear the costs | bear all | at your cost | on your account | to your account | fine of | fined us | was fined | were fined | penalised | penalized | price reduction of | reduce the invoice by | knocked off | took off the invoice | keep the deposit | made good | damages of | lost sales | lost profit | lost income
[severe.legal]
质监 | 市监局 | 市监 | 监督局 | 监察 | 投诉到局 | 起诉状 | 当事人委托 | 告上 | 打官司 | 公证 | 鉴定 | 仲裁委 | 上诉 | 传票
solicitors | we are solicitors | counsel | notary | court | tribunal | sued | suing | prosecut* | legal letter | legal notice | notice of claim | without prejudice | rights reserved | reserve all rights | reserve our rights | reserves the right | law firm | barrister
[severe.media]
视频放 | 放网上 | 放到网上 | 放抖音 | 晚报 | 早报 | 日报 | 读者来信 | 记者说 | 采访 | 报道 | 直播间
put video | put the video | make a video | everybody will see | blog | blogger | youtube | instagram | facebook | the paper | the papers | the local news | on the news | asks for comment | for comment | columnist
[severe.recall]
从货架 | 撤柜 | 全部下柜 | 停止销售 | 不让卖 | 通知~停用 | 追回 | 流向
taken off sale | off sale | removed from sale | pulled all | pulled the | stop selling | stopped selling | off our shelves | from all branches | withdrawn from | field replacement
[severe.hazard]
ppm | 芳香胺 | 超出gb | 超出~限值 | 超过限值 | 高于限值 | 限值 | 致癌物 | 甲醇超 | 铬超 | 镍超 | 荧光 | 农残 | 兽残 | 抗生素 | 瘦肉精 | 菌落 | 霉菌超
ppm lead | lead paint | limit is | above limit | over limit | nickel release | contains lead | contains asbestos | antibiotic* | pesticide residue* | aflatoxin | coliform*
# Back to what is not severe.
[moderate.return]
补一箱 | 补~箱 | 补~只 | 补~件 | 补~个 | 补来 | 补过来 | 补齐 | 补足 | 再发一 | 重发 | 重寄 | 重出 | 换一 | 换几 | 换~过来 | 换回 | 换掉 | 给换 | 给个新 | 给我换 | 拉回 | 拉走 | 收走 | 退了 | 退给 | 能退 | 退不退 | 拆走 | 重装 | 重来 | 重刷 | 重喷 | 重裁 | 重新送 | 来人 | 来看看 | 来看一下 | 来修 | 来处理 | 派师傅 | 安排师傅 | 安排人
send new | send me new | send ~ good ones | send another | send again | u take back | take back | collect them | collect the | pick it up | come and see | come and fix | want change | want new | new ones | good ones | make it good | put it right | free of charge | one that works | look into it | what shall we do | what should we do
[moderate.schedule]
全乱 | 乱套 | 白跑 | 白跑一趟 | 空等 | 空跑 | 等到 | 等到现在 | 追我 | 天天追 | 天天催 | 客户催 | 客户追 | 往后推 | 往后拖 | 推迟开业 | 推迟婚 | 误了 | 赶不上 | 来不及 | 没法交 | 交不了 | 交不上 | 拖期 | 误期 | 停工待料 | 窝工 | 人等 | 工人等 | 工人干等 | 吊车等 | 泵车等
site plan | crane is booked | wedding | opening day | exhibition opens | our customer is waiting | my customer waiting | customer chases | chasing us | missed the vessel | missed the boat | missed the season | too late for | in vain | for nothing | stood waiting | waited all day | men waiting | waste of a day | lost a day | rearrange | had to rearrange | plan has to be changed | changed for the second time
[moderate.payment]
暂不安排 | 不予付款 | 先扣着 | 先压着 | 尾款~不 | 尾款收不回 | 款先 | 先不结 | 结不了 | 不给结 | 不签字 | 不验收
pending your | until resolved | until this is resolved | payment stopped | stop payment | stopped payment | not release payment | will not be paid until | on hold until

# What trouble touched: alone these say nothing, together with trouble they tell how grave it is.
[affected.body]
手指 | 手掌 | 手臂 | 胳膊 | 手上 | 脚 | 脚背 | 腿 | 头部 | 头上 | 脸上 | 脸 | 眼睛 | 眼 | 皮肤 | 嘴里 | 嘴 | 牙 | 喉咙 | 肚子 | 腰 | 肋骨 | 膝盖 | 伤口 | 拍片 | 拍片子 | 住院 | 检查身体
arm | forearm | hand | hands | finger | fingers | thumb | wrist | foot | feet | toe | leg | knee | head | face | eye | eyes | skin | mouth | tooth | teeth | throat | stomach | rib | x-ray* | x-rayed | doctor | bandage
[affected.person]
孩子 | 小孩 | 娃 | 宝宝 | 婴儿 | 学生 | 老人 | 我妈 | 我爸 | 工人 | 师傅 | 员工 | 操作工 | 司机 | 乘客 | 病人 | 患者 | 住户 | 居民 | 食客 | 客人 | 路人
child | children | kid | kids | baby | pupil* | student | worker | workers | fitter | mechanic | operator | driver | passenger* | patient | guest | resident* | customer's | nurse | mother | father
[affected.money]
元 | 块钱 | 万元 | ￥ | ¥ | 人民币 | 美金 | 美元 | 欧元 | 港币 | 货款 | 结算 | 账上 | 账单 | 核减 | 扣减额
eur | usd | gbp | € | $ | £ | rmb | dollars | euros | pounds | invoice | account | bill | per cent | costs
[affected.machine]
产线 | 生产线 | 流水线 | 整条线 | 整线 | 机器 | 机台 | 设备 | 锅炉 | 窑 | 炉子 | 高炉 | 釜 | 灌装线 | 包装线 | 冷库 | 电梯 | 吊机 | 收银 | 系统 | 服务器 | 网站 | 厨房 | 车间 | 全厂 | 门店
our line | the line | assembly line | the plant | the machine | machine | machines | oven | kiln | boiler | furnace | press | filler | capper | robot | cell | conveyor | elevator | lift | crane | kitchen | shop | tills | server | website | dairy | brewery | bakery
[affected.time]
小时 | 半天 | 一上午 | 一下午 | 一整天 | 整天 | 一晚上 | 通宵 | 至今 | 从早上 | 从昨天 | 从今早 | 凌晨 | 今晚 | 班次 | 一个班
hours | an hour | minutes | all day | all night | overnight | since six | since four | since 6 | since yesterday | since monday | off since | since this | until now | this shift | short time | night shift
[severe.safety]
掉下来 | 砸下来 | 吊着~掉 | 离~米 | 捡回 | 命大 | 老天保佑 | 吓坏 | 吓得 | 吓哭 | 差一点 | 差点 | 险 | 摔 | 拍片子 | 困在 | 关在里面
came down on | fell down on | fell onto | dropped on | landed on | crashed down | load fall | fall on | stuck with | stuck inside | people inside | god saved | lucky | luckily | frightened | scared | could have been worse | might have been worse | gave up and | gave out | came off while | let go of
[severe.stop]
停釜 | 停槽 | 停磨 | 停泵 | 停料 | 停梭 | 趴窝 | 出不了货 | 坐着玩 | 没活 | 闲着 | 恢复投料 | 恢复生产 | 才恢复 | 停播 | 停演 | 开不了门 | 开不了伙 | 没法开饭
off since | been off | is off | on short time | come to a stop | at a stop | out of action | without power | could not bake | cannot bake | cannot brew | cannot print | nothing runs | nothing is running | lost production | down for
[severe.claim]
核减 | 已核减 | 扣下 | 扣留~款 | 少付 | 只付 | 不付剩 | 余款不付 | 抵作 | 作为补偿
we keep | keep eur | keep usd | keep gbp | from your bill | from your invoice | from the invoice | off your invoice | off the bill | off our next payment | retain | retention of | hold you liable | holds you liable | insurers | insurer | surveyor's report | invoice you | we have deducted | minus our
