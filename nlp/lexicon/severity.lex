# How serious a complaint is. What is not named here is decided by how often, how much and what is asked back.

[severe.safety]
安全事故 | 安全隐患 | 安全通报 | 触电 | 电击 | 漏电 | 起火 | 着火 | 冒烟 | 冒火 | 火灾 | 失火 | 烧起来 | 爆炸 | 炸了 | 爆开 | 烧毁 | 焦味 | 燃烧 | 自燃 | 烫伤 | 烧伤 | 割伤 | 划伤手 | 割手 | 割破 | 受伤 | 工伤 | 砸伤 | 砸到 | 夹伤 | 伤人 | 伤到 | 缝了 | 送医 | 送眼科 | 住院 | 急诊 | 中毒 | 食物中毒 | 过敏 | 红肿 | 呕吐 | 拉肚子 | 腹泻 | 晕倒 | 窒息 | 受困 | 救护 | 无人受伤 | 所幸 | 幸亏没 | 差点砸 | 刹不住 | 撞护栏 | 刹车失灵 | 失控 | 坠落 | 人身 | 伤亡 | 死亡 | 医药费 | 流血 | 骨折 | 有毒 | 甲醛超标 | 异物卡喉
injur* | ambulance | caught fire | flames | smoking | burnt | scorch* | explod* | explosion | electric shock | electrocut* | unsafe | burned his | cut his | cut her | stitches | bleeding | medical attention | poison* | allergic | rash | vomit* | accident | hurt | fell on | melted | casualt* | choking | choked | first aid | firefighters | fire brigade
[severe.stop]
停线 | 停产 | 停机 | 停工 | 停摆 | 停下来 | 全部停 | 全线停 | 停了线 | 停着 | 停住 | 停止生产 | 线停 | 断线生产 | 断产 | 停业 | 关店 | 停炉 | 停台 | 停转 | 急停 | 停车等 | 停班 | 开不了工 | 开不了机生产 | 没法开工 | 生产线停 | 产线停 | 机器全停 | 趴窝 | 无法生产 | 没法生产 | 停航 | 停诊 | 停演 | 停发车 | 被迫停 | 线体停止 | 撑到今晚 | 只够到 | 停止运行 | 停止营业 | 动不了 | 没活干
line down | line is down | line stop | line stopped | line-down | stopped the line | stopped our line | production stopped | production has stopped | production is stopped | standstill | stand still | shut down | shutdown | stoppage | stopped production | halted | is not running | not running | down since | is stopped | are stopped | stood from | stood still | stands still | plant is down | machine is down | machines are down | idle line | downtime | came to a halt | ground to a halt | will stop | out of production | had to close | had to stop | unable to operate | out of service | grounded
[severe.recall]
召回 | 下架 | 撤回产品 | 撤架 | 停售 | 回收产品 | 收回产品 | 市场通报 | recall* | withdrawn | field action | taken off the shelves | pulled from | stop sale | stopped shipping
[severe.legal]
律师 | 律师函 | 起诉 | 诉讼 | 法院 | 仲裁 | 法律责任 | 法律途径 | 诉诸 | 追究 | 追索 | 告你们 | 报警 | 公安 | 工商局 | 12315 | 市监局 | 市场监管 | 监管部门 | 立案 | 维权 | 举报 | 违约责任 | 走法律 | 消协 | 解除合同 | 终止合同 | 追责
lawyer* | attorney* | solicitor* | legal action | legal steps | take legal | lawsuit | sue | arbitration | litigation | legal department | our legal | counsel will | damages | breach of contract | authorities | trading standards | consumer protection | report you | regulator* | police | ombudsman | legal proceedings
[severe.media]
媒体 | 曝光 | 记者 | 抖音 | 微博 | 小红书 | 发网上 | 发到网上 | 全网 | 热搜 | 舆情 | 电视台 | 栏目组 | 网上见 | 发帖 | 帖子 | 直播曝 | 视频发 | 转发过万 | 大众点评
social media | linkedin | twitter | tiktok | reddit | go public | post this | post them | post it | journalist* | newspaper | reporter | viral | review site | broadcast
[severe.claim]
索赔 | 赔偿 | 赔付 | 赔钱 | 理赔 | 扣款 | 扣减 | 冲减 | 抵扣货款 | 从货款 | 从你们账上 | 从~货款中扣 | 直接扣 | 划扣 | 逕行扣 | 罚款 | 违约金 | 滞纳金 | 承担~损失 | 承担~费用 | 贵司承担 | 你们承担 | 费用由你 | 费用由贵 | 损失由 | 我司损失 | 我方损失 | 我们的损失 | 工时费 | 挑选费 | 返工费 | 空运费 | 算你们的 | 找你们报销 | 报销 | 记在你们 | 这个钱你 | 这笔费用 | 这笔钱 | 账单寄 | 开出索赔 | 误工费
claim this | claim for | claim of | claim from you | we claim | hereby claim | our claim | file a claim | compensat* | damages | deduct* | deduction | debit note | debit memo | charge you | charged to you | charge back | chargeback | back charge | invoicing you | invoice you for | we are invoicing | bill you | billing you | netted from | set off | penalt* | liquidated | reimburse* | at your expense | for your account | recover the cost | withhold the | liable | indemni* | send you the bill
[severe.hazard]
rohs超标 | 铅含量 | 铅超标 | 六价铬 | 邻苯 | 超标 | 违反rohs | 违反reach | 多溴联苯 | 石棉 | dehp | 禁用物质 | 环保不合格 | 环保超标 | 塑化剂 | 致癌 | 双酚a | 阳性
lead content | hexavalent | above the limit | rohs non-conform* | rohs violation | reach violation | exceeds the rohs | banned substance | asbestos | sds missing | non-compliant
[severe.customs]
海关 | 扣留 | 扣柜 | 暂扣 | 扣押 | 被扣 | 虚假认证 | 假证 | customs held | detained | held at customs | seized | impounded
[affected.customer]
主机厂 | 终端客户 | 业主 | 消费者 | 我客户 | 我们客户 | 甲方 | 门店 | 顾客 | 市场上 | 用户 | field | end customer | our customer | consumer* | patients | guests

[moderate.ask]
8d | capa | 纠正措施 | 改善报告 | 书面说明 | 书面报告 | 书面承诺 | 书面答复 | 书面解释 | 整改报告 | 整改措施 | 改善措施 | 改善计划 | 5why | 原因分析 | 分析报告 | 根因 | 说明原因 | 正式回复 | 正式答复 | 改善说明 | 原因说明 | root cause | corrective action | written | recovery plan | 8-d | action plan | containment | in writing | explanation
[moderate.return]
退货 | 退回 | 换货 | 更换 | 换新 | 退换 | 补发 | 补送 | 重做 | 返工 | 返修 | 重工 | 退款 | 全退 | 派人 | 派员 | 挑选 | 换一批 | 重印 | replace* | refund | swap | exchange | rework | repair | remake | credit note | send the missing
[moderate.batch]
整批 | 整箱 | 全批 | 都这样 | 普遍 | 大面积 | 抽检 | 全数隔离 | 无法使用 | 不能用 | 装不上 | whole shipment | entire | all of | every single | blocked | quarantin* | cannot use | unusable
[moderate.schedule]
排期全乱 | 打乱 | 计划全乱 | 换产 | 重排 | 加班 | 等了一天 | 白来一趟 | 误了 | 耽误 | 排程 | reschedul* | replan | overtime | idle | waiting for | come back on | build plan
[moderate.payment]
暂不付款 | 货款先不走 | 暂停付款 | 停止付款 | 扣住 | 押款 | 月底结不了账 | 付款先 | 先不付 | 暂缓付款 | payment will be held | hold payment | withhold payment | not pay | payment is on hold | won't pay | payment blocked
[moderate.review]
差评 | 一星 | 评价我 | 给评价 | 换供应商 | 换一家 | 别家 | 找别人 | 终止合作 | 暂停~资格 | 黄牌 | 评分 | one star | bad review | other supplier* | another supplier | look elsewhere | switch supplier | reconsider

[severe.safety]
on fire | fire broke | set fire | a shock | safety issue | safety risk | safety matter | safety incident | safety concern | safety hazard | at the hospital | in hospital | to hospital | to the hospital | hospitalised | hospitalized | full of smoke | started smoking | smoke came | smoke from | brake failure | brakes failed | brake assist | broken bone | broken collarbone | fractur* | burned her | burnt her | skin burn | food poisoning | fell ill | got sick | made sick | sick after | children sick | piece of glass | glass in | metal in | life-threatening | could have killed | killed | near miss | swallow*
送医院 | 在医院 | 进医院 | 医院检查 | 就医 | 缝针 | 消防队 | 消防大队 | 报消防 | 出人命 | 吞下去 | 误吞 | 吃坏 | 满脸起疹 | 起疹 | 灼伤 | 溅到 | 麻手 | 电到 | 跌落砸 | 摔下 | 摔伤 | 摔倒 | 骨裂 | 困人 | 被困 | 断裂伤人 | 险些 | 安监 | 不良事件 | 玻璃渣 | 玻璃碴 | 碎玻璃 | 划破 | 扎伤 | 扎手 | 崩伤 | 出血 | 休克 | 住进 | 险情 | 危及
[severe.stop]
停窑 | 停泵 | 停船 | 停播 | 停课 | 停手术 | 停电半天 | 停半天 | 全停了 | 停半个 | 停工半 | 停业一 | 营业不了 | 没法营业 | 没法开门 | 没法开业 | 干不了活 | 产线趴 | 整条线 | 线上停 | 被迫关停 | 停滞 | 两条线都停 | 停机六小时 | 无法开机
lines are down | line has been down | is at a standstill | production stop | had to halt | closed the shop | shop is closed because | kitchen is closed | machine stopped | machines stopped | stopped the press | press is down | cannot produce | can't produce | not able to produce | running out tonight | will stand | lost production | oven is down | shut the line
[severe.legal]
法院见 | 走司法 | 市场监督 | 市场监管局 | 行政处罚 | 处罚 | 消委会 | 终止协议
in court | small claims | take you to court | see you in court | terminate the agreement | terminate the contract | will terminate | health authority | food authority | inspectors fined | fined | my lawyer | our lawyer | legal claim
[severe.media]
上抖音 | 发抖音 | 发朋友圈 | 发小红书 | 让大家看看 | 见报 | 探店 | 晚报 | 日报记者 | 热帖 | 评论区
the press | the media | newspapers | go to the media | local paper | post it online | post this online | posted online | posting the | publish the photos | leave reviews everywhere
[severe.claim]
赔我 | 赔给 | 要赔 | 得赔 | 不赔 | 你们赔 | 照价赔 | 损失约 | 经济损失 | 损失共计 | 直接抵扣 | 货款中抵 | 从~扣除 | 将从~扣 | 扣你们 | 货款里扣 | 费用我不会认 | 费用你们 | 谁来承担 | 你们出钱 | 承担赔偿 | 假一赔
our losses | our loss | losses amount | will be charged | shall be charged | charged back | deducted from | will deduct | we deduct | be offset | set against your invoice | credit us for the costs | cover the costs | cover our costs | compensation for | pay us | owe us | refund plus
[severe.hazard]
甲醛超标 | 农残超标 | 重金属超标 | 荧光剂超标 | 铅含量超 | 镉超标 | 塑化剂超 | 菌落超标 | 大肠杆菌 | 沙门氏菌 | 黄曲霉 | 禁用染料 | 偶氮超标
salmonella | listeria | e. coli | undeclared allergen | above the legal limit | exceeds the limit | over the limit | banned | failed the rohs | failed reach | non compliant with

# Somebody was hurt, nearly hurt, or had to leave.
[severe.safety]
头晕 | 恶心 | 吐了 | 上吐下泻 | 诊所 | 急救 | 医生说 | 打破伤风 | 破伤风 | 刺伤 | 戳伤 | 压伤 | 撞伤 | 冻伤手 | 烫到 | 烫了 | 割了 | 割到 | 扎到 | 扎进 | 刺进 | 夹到手 | 夹了手 | 砸中 | 砸下 | 砸着 | 砸坏 | 砸了脚 | 掉下来~砸 | 掉~嘴里 | 噎着 | 呛到 | 卡喉 | 疏散 | 撤离 | 麻了一下 | 打到手 | 火花 | 冒火花 | 着了火 | 烧着 | 起了火 | 火苗 | 烧焦 | 烧穿 | 熔化起 | 弹出~伤 | 飞出来 | 飞出 | 崩飞 | 崩到 | 炸裂 | 爆胎 | 翻车 | 脱轨 | 倒塌 | 坍塌 | 塌下来 | 侧翻 | 人没事 | 好在没人 | 幸好没人 | 万幸 | 没伤到人 | 未造成人员 | 人员伤害 | 无人在旁 | 长疹子 | 发炎 | 灼痛 | 刺痛 | 眼睛~睁不开 | 孩子~吞 | 出事 | 出了事故 | 事故 | 隐患
emergency room | doctor says | doctor said | saw a doctor | went to the doctor | faint* | fainted | dizzy | nausea | sick after eating | fell sick | became ill | taken ill | broken arm | broken leg | broken wrist | sprain* | concussion | suspected broke | flew past | flew off | nearly hit | almost hit | narrowly missed | no one was hurt | nobody was hurt | no one was injured | nobody was injured | no man was struck | luckily nobody | luckily no one | evacuat* | tyre burst | tire burst | toppled | gave way | tipped over | sparks | sparked | spark | went up in | burned through | burns on | burned | burning | scald* | crushed his | crushed her | trapped | punctured his | lost a finger | splinter in | swallowed | choke | choking hazard | asthma | hives | blisters on | eye injury | danger to | dangerous | hazardous to | life threatening
# Work at the customer's stands still, or soon will.
[severe.stop]
停运 | 停到现在 | 停了~小时 | 停了~天 | 停了一 | 停了两 | 停了半 | 停~小时 | 停下 | 停在那 | 全停 | 停掉 | 跳停 | 跳车 | 降负荷 | 甩负荷 | 撑到 | 只能撑 | 只够~用 | 断料 | 断粮 | 没料~停 | 没米下锅 | 等米下锅 | 线上~没 | 开不起来 | 开不了线 | 整条~等 | 整条线等 | 产线等 | 全厂等 | 工人放假 | 歇业 | 营业不成 | 生意做不成 | 没法出餐 | 没法发车 | 瘫痪 | 系统瘫 | 死机~收银 | 收银~用不了 | 开天窗 | 停水 | 停气 | 停暖
stood for | stood idle | standing still | standing idle | stoppages | stopped for | stopped since | stopped twice | stops the line | stopped our | stopped the | stand idle | sit idle | machine dead | dead since | since this morning | since last night | cannot run | can't run | could not run | unable to run | cannot operate | could not operate | cannot open | had to send home | sent home | pour away | lost a shift | lost the shift | lost two shifts | lost hours | hours lost | lost an hour | without ~ tonight | run out tonight | run dry | will run out | runs out at | enough until | starved | bottleneck stopped | system down | server down | website down | tills down | site down | outage | offline since | kitchen closed | shop closed
[severe.claim]
罚了我们 | 罚我们 | 被罚 | 客户罚 | 罚了~块 | 扣了你们 | 扣了~元 | 扣了 | 扣掉 | 扣除 | 要我赔 | 让我赔 | 要我们赔 | 让我们赔 | 叫我赔 | 赔了客户 | 赔客户 | 赔了~块 | 赔付了 | 算谁的 | 谁的责任谁 | 谁赔 | 谁出这个钱 | 谁来买单 | 买单 | 损失算 | 损失怎么算 | 直接抵 | 抵货款 | 抵账 | 冲账 | 冲抵 | 在货款中体现 | 货款中体现 | 从尾款 | 从应付 | 从押金 | 从质保金 | 减价~元 | 你们报一下 | 费用~由你 | 费用~贵司 | 人工合计 | 人工及材料 | 材料费合计 | 运费你们 | 运费由你 | 补我~块 | 补我~元 | 赔~元 | 赔~块 | 赔个 | 赔一 | 赔两 | 赔三 | 退一赔
against your account | booked ~ against | have booked eur | our costs | costs to you | pass on the cost | passed on to you | short paid | short-paid | underpaid | our allowance | as our allowance | we shall remit | will remit only | pay me back | pay us back | pay back our | who will pay | who is going to pay | you owe | paid by you | bear the cost | bear the costs | bear all | on your account | to your account | fine of | fined us | was fined | were fined | penalised | penalized | price reduction of | reduce the invoice by | knocked off | took off the invoice | keep the deposit | made good | damages of | lost sales | lost profit | lost income
[severe.legal]
质监 | 市监 | 监督局 | 投诉到局 | 起诉状 | 当事人委托 | 打官司 | 仲裁委 | 传票
solicitors | we are solicitors | counsel | notary | tribunal | sued | suing | prosecut* | legal letter | legal notice | notice of claim | without prejudice | rights reserved | reserve all rights | reserve our rights | reserves the right | law firm | barrister
[severe.media]
视频放 | 放网上 | 放到网上 | 放抖音 | 早报 | 读者来信 | 记者说 | 采访 | 报道 | 直播间
put video | put the video | make a video | everybody will see | blog | blogger | youtube | instagram | facebook | the local news | on the news | asks for comment | columnist
[severe.recall]
从货架 | 撤柜 | 全部下柜 | 停止销售 | 不让卖 | 通知~停用 | 追回
taken off sale | off sale | removed from sale | pulled all | pulled the | stop selling | stopped selling | off our shelves | from all branches | withdrawn from | field replacement
[severe.hazard]
芳香胺 | 超出gb | 超出~限值 | 超过限值 | 高于限值 | 致癌物 | 甲醇超 | 铬超 | 镍超 | 兽残 | 抗生素 | 瘦肉精 | 菌落 | 霉菌超
ppm lead | lead paint | limit is | above limit | over limit | nickel release | contains lead | contains asbestos | antibiotic* | pesticide residue* | aflatoxin | coliform*
# Back to what is not severe.
[moderate.return]
补一箱 | 补~箱 | 补~只 | 补~件 | 补~个 | 补来 | 补过来 | 补齐 | 补足 | 再发一 | 重发 | 重寄 | 重出 | 换一 | 换几 | 换~过来 | 换回 | 换掉 | 给换 | 给个新 | 给我换 | 拉回 | 拉走 | 收走 | 退了 | 退给 | 能退 | 退不退 | 拆走 | 重装 | 重来 | 重刷 | 重喷 | 重裁 | 重新送 | 来人 | 来看看 | 来看一下 | 来修 | 来处理 | 派师傅 | 安排师傅 | 安排人
send new | send me new | send ~ good ones | send another | send again | u take back | take back | collect them | collect the | pick it up | come and see | come and fix | want change | want new | new ones | good ones | make it good | put it right | one that works | look into it | what shall we do | what should we do
[moderate.schedule]
全乱 | 乱套 | 白跑 | 白跑一趟 | 空等 | 空跑 | 等到 | 等到现在 | 追我 | 天天追 | 天天催 | 客户催 | 客户追 | 往后推 | 往后拖 | 推迟开业 | 推迟婚 | 赶不上 | 来不及 | 没法交 | 交不了 | 交不上 | 拖期 | 误期 | 停工待料 | 窝工 | 人等 | 工人等 | 工人干等 | 吊车等 | 泵车等
crane is booked | wedding | opening day | exhibition opens | our customer is waiting | my customer waiting | customer chases | chasing us | missed the vessel | missed the boat | missed the season | too late for | in vain | for nothing | stood waiting | waited all day | men waiting | waste of a day | lost a day | rearrange | had to rearrange | plan has to be changed | changed for the second time
[moderate.payment]
暂不安排 | 不予付款 | 先扣着 | 先压着 | 尾款~不 | 尾款收不回 | 先不结 | 结不了 | 不给结 | 不签字 | 不验收
pending your | until resolved | until this is resolved | payment stopped | stop payment | stopped payment | not release payment | will not be paid until | on hold until

# What trouble touched: alone these say nothing, together with trouble they tell how grave it is.
[affected.body]
手指 | 手掌 | 手臂 | 胳膊 | 手上 | 脚 | 脚背 | 腿 | 头部 | 头上 | 脸上 | 脸 | 眼睛 | 眼 | 皮肤 | 嘴里 | 嘴 | 牙 | 喉咙 | 肚子 | 腰 | 肋骨 | 膝盖 | 伤口 | 拍片 | 拍片子 | 住院 | 检查身体
arm | forearm | hand | hands | finger | fingers | thumb | wrist | foot | feet | toe | leg | knee | head | face | eye | eyes | skin | mouth | tooth | teeth | throat | stomach | rib | x-ray* | x-rayed | doctor | bandage
[affected.person]
孩子 | 小孩 | 娃 | 宝宝 | 婴儿 | 学生 | 老人 | 我妈 | 我爸 | 工人 | 师傅 | 员工 | 操作工 | 司机 | 乘客 | 病人 | 患者 | 住户 | 居民 | 食客 | 客人 | 路人
child | children | kid | kids | baby | pupil* | student | worker | workers | fitter | mechanic | operator | driver | passenger* | patient | guest | resident* | mother | father
[affected.money]
元 | 块钱 | 万元 | ￥ | ¥ | 人民币 | 美金 | 美元 | 欧元 | 港币 | 货款 | 结算 | 账上 | 账单 | 核减 | 扣减额
eur | usd | gbp | € | $ | £ | rmb | dollars | euros | pounds | invoice | account | bill | per cent | costs
[affected.machine]
产线 | 生产线 | 流水线 | 整条线 | 整线 | 机台 | 设备 | 锅炉 | 窑 | 炉子 | 高炉 | 釜 | 灌装线 | 包装线 | 冷库 | 电梯 | 吊机 | 收银 | 系统 | 服务器 | 网站 | 厨房 | 车间 | 全厂 | 门店
our line | the line | assembly line | the plant | the machine | machine | machines | oven | kiln | boiler | furnace | filler | capper | robot | conveyor | elevator | crane | kitchen | shop | tills | server | website | brewery | bakery
[affected.time]
小时 | 半天 | 一上午 | 一下午 | 一整天 | 整天 | 一晚上 | 通宵 | 至今 | 从早上 | 从昨天 | 从今早 | 凌晨 | 今晚 | 班次 | 一个班
hours | an hour | minutes | all day | all night | overnight | since six | since four | since 6 | since yesterday | since monday | off since | since this | until now | this shift | short time | night shift
[severe.safety]
掉下来 | 砸下来 | 吊着~掉 | 捡回 | 命大 | 老天保佑 | 吓坏 | 吓得 | 吓哭 | 差点 | 拍片子 | 困在 | 关在里面
came down on | fell down on | fell onto | dropped on | landed on | crashed down | load fall | fall on | stuck inside | people inside | luckily | frightened | scared | could have been worse | might have been worse | gave up and | gave out | came off while | let go of
[severe.stop]
停釜 | 停槽 | 停磨 | 停料 | 停梭 | 出不了货 | 恢复投料 | 恢复生产 | 才恢复 | 开不了门 | 开不了伙 | 没法开饭
off since | been off | on short time | come to a stop | at a stop | out of action | without power | could not bake | cannot bake | cannot brew | cannot print | nothing runs | nothing is running | down for
[severe.claim]
核减 | 已核减 | 扣下 | 扣留~款 | 少付 | 只付 | 不付剩 | 余款不付 | 抵作 | 作为补偿
from your invoice | from the invoice | off your invoice | off the bill | off our next payment | retention of | hold you liable | holds you liable | insurers | insurer | surveyor's report | invoice you | we have deducted | minus our

# The same in other words.
[severe.safety]
去医院 | 进了医院 | 到医院 | 上医院 | 医院缝 | 送卫生院 | 去卫生院 | 看医生 | 看急诊 | 包扎 | 掉皮 | 起泡疹 | 皮疹 | 瘙痒 | 晕了 | 晕过去 | 憋气 | 喘不上 | 呼吸困难 | 咳血 | 淌血 | 划了手 | 划到手 | 割了手 | 夹手 | 挤伤 | 摔了一跤 | 磕破 | 电伤 | 被电 | 电了一下 | 电着 | 触了电 | 外壳带电 | 壳体带电 | 机壳带电 | 冒烟了 | 冒黑烟 | 浓烟 | 一股烟 | 糊味 | 烧焦味 | 煤气味 | 漏煤气 | 漏燃气 | 泄漏有毒 | 短路起 | 打火花 | 拉弧 | 鼓包起火 | 爆燃 | 爆裂伤 | 差一点砸 | 差一点伤 | 差点伤 | 差点出人命 | 差点着 | 差点起火 | 人命 | 好险 | 真险 | 脱落砸 | 踩空 | 误食 | 吞下 | 中招住院 | 救护车 | 消防来 | 消防车 | 叫了消防 | 报了火警 | 安全阀失效
the hospital with | to the clinic | at the clinic | to a doctor | the doctor | wounded | burns to | burn on | burnt hand | burnt his | cut his hand | cut her hand | cut finger | cut his finger | cut on the hand | bled | lacerat* | fracture* | bruise on | fire started | started a fire | fire department | smoke coming | smell of burning | burning smell | smell of gas | gas leak | gas smell | short circuit | short-circuit | sparking | arcing | shocked | got a shock | gave a shock | gets a shock | tingling | live casing | housing is live | blew up | exploded | near-miss | fell from | fell off the | collapsed under | collapsed on | knocked down | knocked unconscious | unconscious | suffocat* | breathing problem* | could not breathe | rash on | skin reaction | were sick | risk of fire | fire hazard | lost time accident
[severe.stop]
停了生产 | 生产停 | 停线了 | 停掉了线 | 线停了 | 线都停 | 线又停 | 产线停摆 | 机器停 | 机器停了 | 机器停着 | 机器坏在 | 设备停 | 设备停了 | 设备瘫 | 设备停摆 | 机床停 | 机台停 | 全车间停 | 车间停 | 车间都停 | 工厂停 | 厂里停 | 停产待 | 停机待 | 停机~小时 | 停产~小时 | 停产~天 | 停线~小时 | 待料停 | 缺料停 | 无料可用 | 没料可用 | 等料停 | 断货停 | 关门停业 | 关了门 | 店都关 | 店关了 | 不能营业 | 没法做生意 | 停电停产 | 无法开工 | 无法运行 | 无法投产 | 中断生产 | 生产中断 | 产线中断 | 马上停线 | 就要停线 | 要停线 | 面临停 | 将停 | 快停了 | 再不到~停 | 不到就停
line has stopped | lines down | our line stands | line stands | line standing | machine stands | machines stand | machine has stopped | plant stopped | plant stands | factory stopped | whole plant | shop is closed | shop was closed | shop had to | store closed | had to shut | forced to stop | forced to close | brought to a halt | brought to a standstill | came to a standstill | production halt* | production is down | production down | halt production | stop production | stopping production | unable to produce | cannot work | nobody can work | no production | lost production hours | stopped working for hours | interruption of production | production interrupted | stop tomorrow | will go down | line will stop | line stops | we run out | out of stock at the line
[severe.claim]
你们出这 | 费用你们出 | 钱你们出 | 你们出费用 | 运费你们出 | 由你们出 | 由贵司承担 | 由贵方承担 | 由贵公司承担 | 贵方承担 | 贵公司承担 | 供方承担 | 责任方承担 | 承担全部 | 承担由此 | 造成~损失 | 直接损失 | 间接损失 | 损失合计 | 损失共 | 损失达 | 合计损失 | 赔损失 | 赔我们 | 赔客人 | 赔了人 | 双倍赔 | 要求赔 | 给予赔 | 补偿我 | 补偿金 | 经济补偿 | 扣钱 | 扣你 | 扣贵司 | 扣贵方 | 扣回 | 扣在 | 已扣 | 予以扣 | 将扣 | 先扣 | 货款中扣 | 尾款里扣 | 从尾款扣 | 从下批 | 从下笔 | 从下一笔 | 抵掉 | 抵减 | 冲销 | 红冲货款 | 开扣款单 | 扣款单 | 扣款通知 | 借项 | 借记 | 索偿 | 追偿 | 追讨 | 讨个损失 | 照合同罚 | 按合同罚 | 考核扣 | 罚金 | 质量罚 | 罚单 | 停线费 | 停机费 | 停产损失 | 停工损失 | 误工损失 | 人工损失 | 挑选工时 | 返工工时
set-off | setting off | setoff | offset against | offset from | off-set | taken off your | take it off | take off the invoice | withheld from | hold back from | debit | debited | debiting | debit you | we debit | back-charge | backcharge | back charged | charging you | charge of eur | charge to you | invoiced to you | our invoice to you | we will bill | pay our | pay us for | pay for our | pay for this | pay the damage | you pay for this | u pay for this | compensate | reimbursement | plus our costs | cost of sorting | sorting costs | sorting cost | rework costs | line stop costs | downtime costs | costs incurred | costs amount | loss amounts | loss of eur | loss of usd | financial loss | consequential | at your charge | to your debit | for your cost | on your bill | you bear | must bear | hold you responsible | holding you responsible | held liable | money back plus | we want compensation | insurance claim | contractual penalty | late delivery penalty | penalty of | credit us for our
[severe.legal]
告到法院 | 告上法 | 上法院 | 法庭 | 法务 | 法律部 | 司法鉴定 | 司法途径 | 诉讼程序 | 诉前 | 发律师 | 委托律师 | 我们的律师 | 律师会 | 律师联系 | 向~举报 | 向~投诉 | 投诉到 | 平台投诉 | 平台介入 | 申请平台 | 平台仲裁 | 投诉平台 | 黑猫投诉 | 12345 | 12365 | 消费者协会 | 消保委 | 质检局 | 食药监 | 药监局 | 安监 | 应急管理局 | 环保局 | 劳动局 | 保留~权利 | 保留追 | 法律后果
to court | the court | go to court | court case | legal counsel | our lawyers | our attorney* | our solicitor* | lawyers will | take you to | formal notice | final notice | letter before action | default notice | notice of default | termination of the contract | rescind | health inspector* | safety authority | market surveillance | report this to | reported to the | reporting you | file a dispute | open a dispute | dispute on | dispute with the platform | platform complaint | complain to alibaba | alibaba dispute | paypal dispute | consumer council
[severe.media]
曝出去 | 曝光你 | 爆料 | 发朋友圈曝 | 发视频曝 | 拍视频曝 | 发出去让 | 让全网 | 公众号曝 | 快手 | 知乎 | 论坛曝 | 登报 | 上电视 | 电视报道 | 新闻媒体 | 新闻报道 | 上新闻 | 大v
in the paper | to the paper | to the papers | in the papers | to the press | media have | on tv | tv crew | tv station | news channel | all over the internet | all over facebook | go viral | went viral | public review | trustpilot | google review*
[severe.recall]
全部召回 | 主动召回 | 紧急召回 | 撤回市场 | 从市场撤 | 撤市 | 全线下架 | 强制下架 | 紧急下架 | 勒令停售 | 停用通知
withdrawal from the market | product withdrawal | market withdrawal | pulled off the shelves | taken from the shelves | take back from market | safety notice | stop-sale | quarantine in the field | field campaign
[severe.hazard]
农残超 | 重金属超 | 荧光超 | 检出~超 | 检出铅 | 检出镉 | 检出邻苯 | 检出甲醛 | 超过欧盟 | 超过国标 | 超欧标 | 镉超 | 甲醛超 | 有害物质超 | 不符合rohs | 不符合reach | rohs不合格 | reach不合格
cadmium above | cadmium content | formaldehyde above | phthalates above | phthalates found | heavy metals above | exceed the limit | exceeded the limit | exceeding the limit | over the legal limit | fails rohs | failed rohs | fails reach | restricted substance found
[moderate.ask]
书面原因 | 书面材料 | 给个书面 | 正式说明 | 情况说明 | 盖章说明 | 出个说明 | 出份说明 | 出份报告 | 给份报告 | 写份 | 写一份 | 检讨 | 整改方案 | 整改计划 | 分析原因 | 查明原因 | written explanation | written statement | formal reply | formal answer | formal explanation | corrective measures | preventive | 5 why | 5-why | 4d | 3d report | fishbone | failure analysis | analysis report | explain in writing
[moderate.return]
换货处理 | 调换 | 调货 | 换好的 | 换合格 | 重新发 | 重新做 | 重新生产 | 重新寄 | 重开 | 拿回去 | 拉回去 | 收回去 | 退回去 | 退掉 | 退给你们 | 全部退 | 退货处理 | 安排退 | 安排换 | 补寄 | 上门修 | 上门维修 | 免费维修 | 寄回维修 | 返厂 | 挑货 | 现场挑 | 派人挑 | 更换新 | re-send | resend | send replacements | replacement parts | replacement goods | come and collect | arrange collection | arrange pickup | return them | return the goods | return the batch | send them back | sending them back | send back | sent back | exchange them | remade | redo | redone | re-make | new batch | new lot | sort them | sort the | 100 % sorting | send someone to sort
[moderate.batch]
一整批 | 这整批 | 全批次 | 整托 | 整柜 | 整车 | 每箱都 | 每个都 | 每件都 | 没一个好 | 没一个能 | 一半都 | 一大半 | 大部分 | 多数 | 超过一半 | 成批 | whole batch | the whole lot | whole lot | whole consignment | whole delivery | entire batch | entire lot | all pieces | every piece | every one of | more than half | most of them | the majority | not one of | none of them | every carton | every box | all cartons
[moderate.schedule]
改期 | 计划被 | 排期被 | 打乱计划 | 计划泡汤 | 重新安排 | 重新排 | 临时改 | 临时调 | 只能改期 | 延误工期 | 工人闲 | 工人在等 | 工人都在等 | 师傅在等 | 人都在等 | 十几个人等 | 干等着 | 停手等 | 白等 | 客户在等 | 我客户等 | 催了 | people waiting | workers waiting | men are waiting | men stand | sit waiting | people are waiting | team waiting | fitters waiting | installers waiting | workers idle | idle workers | idle labour | customer is waiting | customers waiting | our schedule | upset our | upsets our | behind schedule | delays our | delayed our | missed our | miss our | postponed our
[moderate.payment]
款暂不 | 货款暂缓 | 货款先扣 | 尾款先 | 尾款暂 | 暂不结 | 不结款 | 不结账 | 付款暂停 | 货款暂停 | 未解决前~付 | 解决了再付 | 解决前不付 | 处理完再付 | 处理好再付 | 暂缓支付 | 停止支付 | holding payment | held payment | payment held | hold the payment | hold your payment | hold your invoice | invoice on hold | invoice is blocked | invoice blocked | block the invoice | suspend payment | payment is suspended | no payment until | not be paid | balance is held | keep the balance back | withholding payment
[severe.safety]
会电人 | 电人了 | 一股刺鼻 | 起了大火 | 威胁生命 | 生命危险
[severe.claim]
双倍赔偿 | 三倍赔偿 | 抵扣损失 | 抵扣费用 | 由你们付 | 你们付这
[severe.hazard]
检测出铅 | 检测出镉 | 含铅超 | 含镉超
