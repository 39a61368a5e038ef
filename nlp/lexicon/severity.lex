# How serious a complaint is. What is not named here is decided by how often, how much and what is asked back.

[severe.safety]
安全事故 | 安全隐患 | 安全问题 | 安全通报 | 触电 | 电击 | 漏电 | 起火 | 着火 | 冒烟 | 冒火 | 火灾 | 失火 | 烧起来 | 爆炸 | 炸了 | 爆开 | 烧毁 | 焦味 | 燃烧 | 自燃 | 烫伤 | 烧伤 | 割伤 | 划伤手 | 割手 | 割破 | 受伤 | 工伤 | 砸伤 | 砸到 | 夹伤 | 伤人 | 伤到 | 缝了 | 送医 | 医院 | 送眼科 | 住院 | 急诊 | 中毒 | 食物中毒 | 过敏 | 红肿 | 呕吐 | 拉肚子 | 腹泻 | 晕倒 | 窒息 | 受困 | 救护 | 消防 | 无人受伤 | 所幸 | 幸亏没 | 差点砸 | 刹不住 | 撞护栏 | 刹车失灵 | 失控 | 坠落 | 掉落砸 | 人身 | 伤亡 | 死亡 | 医药费 | 流血 | 骨折 | 有毒 | 甲醛超标 | 异物卡喉 | 噎
injur* | hospital | ambulance | fire | caught fire | flames | smoke | smoking | burnt | scorch* | explod* | explosion | electric shock | shock | electrocut* | safety | hazard* | unsafe | burn | burned his | cut his | cut her | cut on | stitches | bleeding | medical attention | poison* | allergic | rash | sick | vomit* | doctor | accident | hurt | fell on | melted | brake | casualt* | choking | choked | first aid | firefighters | fire brigade
[severe.stop]
停线 | 停产 | 停机 | 停工 | 停摆 | 停下来 | 全部停 | 全线停 | 停了线 | 停着 | 停住 | 停止生产 | 线停 | 断线生产 | 断产 | 停业 | 关店 | 停炉 | 停炉 | 停台 | 停转 | 急停 | 停车等 | 停班 | 开不了工 | 开不了机生产 | 没法开工 | 生产线停 | 产线停 | 机器全停 | 趴窝 | 杵着 | 停摆 | 无法生产 | 没法生产 | 停航 | 停诊 | 停演 | 演出时黑屏 | 停发车 | 被迫停 | 线体停止 | 撑到今晚 | 只够到 | 停止运行 | 停止营业 | 动不了 | 没活干
line down | line is down | line stop | line stopped | line-down | stopped the line | stopped our line | production stopped | production has stopped | production is stopped | standstill | stand still | shut down | shutdown | stoppage | stopped production | halted | is not running | not running | down since | is stopped | are stopped | stood from | stood still | stands still | plant is down | machine is down | machines are down | idle line | downtime | came to a halt | ground to a halt | will stop | out of production | had to close | had to stop | unable to operate | out of service | grounded
[severe.recall]
召回 | 下架 | 撤回产品 | 撤架 | 停售 | 回收产品 | 收回产品 | 市场通报 | recall* | withdraw* | withdrawn | field action | taken off the shelves | pulled from | stop sale | stopped shipping | back to the workshops
[severe.legal]
律师 | 律师函 | 起诉 | 诉讼 | 法院 | 仲裁 | 法律责任 | 法律途径 | 法务 | 诉诸 | 追究 | 追索 | 告你们 | 报警 | 公安 | 工商局 | 12315 | 市监局 | 市场监管 | 监管部门 | 立案 | 维权 | 举报 | 违约责任 | 走法律 | 消协 | 315 | 解除合同 | 终止合同 | 追责
lawyer* | attorney* | solicitor* | legal action | legal steps | take legal | lawsuit | sue | court | arbitration | litigation | legal department | our legal | counsel will | damages | terminate | breach of contract | authorities | authority | trading standards | consumer protection | report you | regulator* | police | ombudsman | legal proceedings
[severe.media]
媒体 | 曝光 | 记者 | 抖音 | 微博 | 朋友圈 | 小红书 | 发网上 | 发到网上 | 全网 | 热搜 | 舆情 | 电视台 | 栏目组 | 播放量 | 阅读量 | 网上见 | 发帖 | 帖子 | 论坛 | 直播曝 | 视频发 | 转发过万 | 播出 | 大众点评
social media | linkedin | twitter | facebook | instagram | tiktok | youtube | reddit | go public | post this | post them | post it | post the | press | journalist* | newspaper | reporter | media | tv | viral | publish | review site | broadcast
[severe.claim]
索赔 | 赔偿 | 赔付 | 赔 | 赔钱 | 理赔 | 扣款 | 扣除 | 扣减 | 冲减 | 抵扣货款 | 从货款 | 从你们账上 | 从~货款中扣 | 直接扣 | 划扣 | 逕行扣 | 罚款 | 违约金 | 滞纳金 | 承担~损失 | 承担~费用 | 贵司承担 | 你们承担 | 你们出 | 费用由你 | 费用由贵 | 损失由 | 我司损失 | 我方损失 | 我们的损失 | 工时费 | 挑选费 | 返工费 | 空运费 | 算你们的 | 找你们报销 | 报销 | 记在你们 | 这个钱你 | 这笔费用 | 这笔钱 | 账单寄 | 开出索赔 | 误工费 | 打水漂
claim this | claim for | claim of | claim from you | we claim | hereby claim | our claim | file a claim | compensat* | damages | deduct* | deduction | debit note | debit memo | debit | charge you | charged to you | charge back | chargeback | back charge | invoicing you | invoice you for | we are invoicing | bill you | billing you | offset | netted from | set off | penalt* | liquidated | reimburse* | at your expense | for your account | cost you | pay for the | recover the cost | withhold the | liable | indemni* | charges for | settle within | send you the bill
[severe.hazard]
rohs超标 | 铅含量 | 镉 | 铅超标 | 六价铬 | 邻苯 | 超标 | 重金属 | 有害物质 | 违反rohs | 违反reach | 多溴联苯 | 石棉 | 农残 | 甲醛 | 荧光剂 | dehp | 禁用物质 | 环保不合格 | 环保超标 | 塑化剂 | svhc | 致癌 | 双酚a | 检出 | 阳性
cadmium | lead content | ppm | hexavalent | phthalate* | above the limit | rohs non-conform* | rohs violation | reach violation | exceeds the rohs | banned substance | azo | asbestos | formaldehyde | mercury | pfas | heavy metal* | sds missing | non-compliant
[severe.customs]
海关 | 扣留 | 扣柜 | 暂扣 | 扣押 | 被扣 | 虚假认证 | 假证 | customs held | detained | held at customs | seized | impounded
[severe.end_customer]
主机厂 | 终端客户 | 业主 | 消费者 | 我客户 | 我们客户 | 甲方 | 门店 | 顾客 | 市场上 | 用户 | field | end customer | our customer | consumer* | patients | guests

[moderate.ask]
8d | capa | 纠正措施 | 改善报告 | 书面说明 | 书面报告 | 书面承诺 | 书面答复 | 书面解释 | 整改报告 | 整改措施 | 改善措施 | 改善计划 | 5why | 原因分析 | 分析报告 | 根因 | 说明原因 | 正式回复 | 正式答复 | 写清楚 | 两页纸 | 写个 | 改善说明 | 原因说明 | root cause | corrective action | written | recovery plan | 8-d | action plan | containment | report on | in writing | explanation
[moderate.return]
退货 | 退回 | 换货 | 更换 | 换新 | 退换 | 补发 | 补送 | 重做 | 返工 | 返修 | 重工 | 退款 | 全退 | 派人 | 派员 | 挑选 | 换一批 | 补 | 换 | 退 | 重印 | 修 | replace* | return | refund | swap | exchange | rework | repair | remake | sort | collect | credit note | send the missing
[moderate.batch]
整批 | 整箱 | 全批 | 都这样 | 普遍 | 大面积 | 全部 | 批量 | 抽检 | 全数隔离 | 无法使用 | 不能用 | 装不上 | whole shipment | entire | all of | every single | blocked | quarantin* | cannot use | unusable
[moderate.schedule]
排期全乱 | 打乱 | 计划全乱 | 排产 | 换产 | 重排 | 加班 | 等了一天 | 白来一趟 | 误了 | 耽误 | 排程 | 人手 | 返修台 | reschedul* | schedule | replan | overtime | idle | waiting for | crew | come back on | build plan | moving people
[moderate.payment]
暂不付款 | 货款先不走 | 暂停付款 | 停止付款 | 扣住 | 押款 | 月底结不了账 | 付款先 | 先不付 | 暂缓付款 | payment will be held | hold payment | withhold payment | not pay | payment is on hold | won't pay | payment blocked
[moderate.review]
差评 | 一星 | 评价我 | 给评价 | 换供应商 | 换一家 | 别家 | 找别人 | 终止合作 | 暂停~资格 | 黄牌 | 评分 | one star | bad review | other supplier* | another supplier | look elsewhere | switch supplier | reconsider
