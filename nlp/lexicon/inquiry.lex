# What customers say when they ask. A line holds words divided by "|".
# "~" stands for up to twelve characters of the same clause, "*" for any ending of an English word.

[ask.price]
多少钱 | 什么价 | 啥价 | 几多钱 | 多钱 | 价格表 | 报价 | 询价 | 报个价 | 报一下价 | 怎么卖 | 咋卖 | 价差 | 差多少 | 加多少 | 价钱 | 怎么收费 | 收费吗 | 怎么算 | 便宜点 | 优惠 | 折扣 | 打折 | 最低价 | 底价 | 含税价 | 核价 | 议价 | 降价 | 涨价 | 偏高 | 单价多少 | 单价抓 | 单价怎么 | 运费多少 | 运费谁 | 什么价位 | 价位 | 多少费用 | 费用多少 | 费用大概 | 报个 | 请报 | 开模费 | 阶梯价 | 贵不贵 | 报价单 | 请报价 | 协助报价 | 估价 | 预算 | 另外收费 | 另收费 | 要加钱 | 加钱吗
how much | price for | price? | best price | pricing | quote for | please quote | pls quote | quotation for | rfq | request for quotation | enquiry | inquiry | cost? | what price | price list | unit price | ballpark | estimate | best offer | your offer | price and | price difference | cheaper | discount* | rates? | how expensive | price per | what would it cost | what does it cost | price pls | send price | offer for
[ask.price.word]
价格 | 单价 | 费用 | 价 | price | prices | cost | quote | quotation | offer
[ask.can]
能不能 | 能否 | 可否 | 可不可以 | 可以吗 | 行不行 | 行吗 | 行不 | 能做吗 | 能做不 | 能做到 | 能做不 | 做不做 | 能~吗 | 能~不 | 可以~吗 | 会~吗 | 可唔可以 | 能量不 | 能不 | 是否可以 | 是否能 | 是否支持 | 是否具备 | 是否有 | 有没有 | 有~吗 | 有~没 | 有冇 | 有不 | 做网板不 | 做~不 | 支持~吗 | 接不接 | 配合吗 | 能配合 | 做得到 | 办得到 | 能达到 | 能保证 | 能满足 | 能提供~吗 | 可以做 | 能做 | 接受吗 | 能接受 | 承接 | 承制 | 做过 | 有做 | 是不是可以
can you | could you confirm | could you tell | could you share | could you supply | can u | could u | do you have | do u have | do you | do u | does the | does your | are you able | is it possible | would it be possible | would you be able | will you be able | are you in a position | able to supply | able to offer | do your | can this | can it | can we | is there | are there | have you | do they | does it | possible to | would you consider | doable | any chance | got any | u got | u have | have or not | available? | willing to
[ask.word]
请问 | 想问 | 问一下 | 问下 | 问个 | 咨询 | 请教 | 想了解 | 了解一下 | 了解下 | 想确认 | 想知道 | 请确认 | 帮忙确认 | 帮我确认 | 确认一下 | 确认下 | 请告知 | 告知 | 请回复 | 盼复 | 征询 | 摸底 | 评估 | 请评估 | 可行性 | 资料 | 请说明 | 澄清 | 谘询 | 诺询 | 兹询 | 问问 | 打听 | 麻烦告知 | 请示 | 函复 | 惠寄 | 速告 | 想请教 | 征求意见 | 是否 | 想请问 | 询问 | 来电问 | 来电咨询 | 客户问
please confirm if | please confirm whether | please advise | please let me know | let me know | wondering | i wonder | question* | would like to know | want to know | would like to understand | like to understand | asks if | asked if | asked whether | asks whether | asking | asked how | asked about | wants to know | clarif* | kindly advise | kindly clarify | tell me | any idea | curious | looking for | we are looking | interested in | we need a | in need of | please explain | advise
[ask.how]
多少 | 几天 | 几个 | 几片 | 几年 | 几级 | 几档 | 多久 | 多长 | 多大 | 多厚 | 多重 | 哪天 | 哪家 | 哪个 | 哪款 | 哪种 | 哪些 | 哪里 | 怎么 | 咋 | 什么时候 | 啥时候 | 几时 | 几点 | 什么 | 啥 | 谁 | 为什么 | 有啥 | 吗 | 呢 | 么 | 多不多 | 大不大 | 好不好 | 是不是 | 要不要 | 几多
how long | how many | how soon | how do | how to | how are | how is | when will | when can | when is | what is | what are | whats | what's | what | which | where is | where | who | why | is the | are the | is this | is your | are your | does
[ask.mark]
? | ？
[ask.stock]
现货 | 有货 | 库存 | 有现成 | 还有多少 | 有卖 | 在售 | 还有吗 | 还有没 | 停产了吗 | 还做吗 | in stock | stock? | availability | available | do you stock | do you still | do u still | left over | leftover | still make | ex stock | still hv | any left
[ask.leadtime]
货期 | 交货期 | 多久能 | 多久交 | 多久发 | 最快 | 最早 | 排期 | 交付时间 | 打样要几 | lead time | leadtime | lead-time | how fast | delivery time | earliest | turnaround | how many days
[ask.status]
进度 | 到哪 | 哪一步 | 哪道工序 | 哪个工序 | 排到 | 发货了吗 | 发了吗 | 发了没 | 出货了吗 | 什么时候发 | 什么时候出 | 什么时候到 | 啥时候到 | 哪天能出 | 预计哪天 | 何时 | 好了没 | 好了吗 | 做好了吗 | 怎么样了 | 开出来了吗 | 快递单号 | 物流单号 | 运单号 | 还没来呀 | 评估完 | 回下 | 催 | 跟催 | 现在status | 有消息
status | eta | tracking number | where is | stands | any update | any news | update on | shipped yet | still on for | on schedule | when will it ship | awb | air waybill | already left
[ask.documents]
目录 | 样本册 | 产品手册 | 画册 | 规格书 | 承认书 | 说明书 | 证书 | 检测报告 | 测试报告 | 资质 | 营业执照 | 业绩表 | 图纸 | 3d图 | 电子版 | 发一份 | 发我一份 | 发份 | 给一份 | 报告有 | 黄卡 | 案例 | 样品 | 样件 | 打样 | 送样 | 寄样
catalog* | datasheet* | data sheet | brochure | spec sheet | certificate* | copy of certificate | sample* | file number | questionnaire | drawing* | company profile | send pdf | references | test report | price list | manual
[ask.visit]
参观 | 看厂 | 来访 | 拜访 | 审核 | 验厂 | 稽核 | 会议 | 见面 | 预约 | 考察 | 约个时间 | 接待 | audit* | visit* | showroom | meeting | appointment | factory tour | come by | stop by | on-site visit
[ask.moq]
起订 | 最小起订 | 起订量 | 最小批量 | 最低订量 | 起批 | 零卖 | 零售 | 一个也 | 少量 | 试试 | moq | minimum order | minimum quantity | smaller moq
[ask.policy]
营业执照 | 厂家还是 | 贸易商 | 开票 | 专票 | 付款方式 | 账期 | 质保 | 保修 | 保几年 | 退换 | 上班 | 几点关门 | 营业时间 | 周末 | 地址在哪 | 在哪 | 包邮 | 含税 | 不含税 | 代理 | 经销 | 招聘 | 起运港 | opening hours | warranty | guarantee | payment terms | terms | drop ship* | dealer* | distributor | reseller | deliver to | based in
[ask.tech]
推荐 | 合适 | 适合 | 区别 | 兼容 | 替代 | 代换 | 能用 | 怎么用 | 怎么配 | 怎么接 | 怎么装 | 怎么改 | 怎么选 | 参数 | 规格 | 型号 | 功率 | 能不能用 | 通用 | 耐温 | 能放多久 | 保质期 | 正常吗 | 配得上 | 匹配 | 选型 | 最大 | 技术问题 | 请推荐 | 方案
recommend* | suitable | compatible | difference between | alternative | equivalent | spec* | which one | fits | work with | handle | should i | enough for | rated | safe | is it ok
[ask.project]
新项目 | 项目 | 年用量 | 年需求 | 年需 | 寻源 | 定点 | 打算 | 准备 | 计划 | 想找 | 想做 | 考虑 | 开发 | 第二货源 | 第二供应商 | 投标 | 招标 | 初步 | 意向 | 合作意向 | 生命周期 | 预计年 | 比价 | 备选 | 初次 | 经推荐 | 同行推荐 | 展会 | 展台 | 阿里巴巴上看到 | 官网看到 | 看到你们
annual volume | annual need | annual quantity | per year | new project | programme | tender | bidding | second source | sourcing | nominat* | we plan | planning | considering | project | we found you | came across | trade fair | exhibition | evaluate | qualify | new supplier | potential
[ask.before]
再下单 | 再定 | 再买 | 合适再 | 确认后 | 再发正式 | 谈妥 | 可以的话 | 合适的话 | 能的话 | 如果可以 | 有的话 | 满意再 | 先了解 | 先问 | 先看看 | 先报 | 不一定 | 考虑一下 | 如果能 | 若能 | 若可以 | 先打 | 回头再 | 就定 | 就下单 | 下单前 | 定点前 | before we place | before ordering | before we order | if yes | if so | if possible | if you can | before i order | before we go | if ok | might order | may order | thinking of | would order | then we | if the price | if cheap | planning to buy

[ask.word]
能否告知 | 麻烦看下 | 帮忙看看 | 帮我看下 | 帮忙查 | 帮我查 | 查一下 | 问问 | 想打听 | 求购 | 采购意向 | 采购咨询 | 拟采购 | 想采购 | 拟添置 | 惠赐 | 赐知 | 请惠 | 请提供 | 请报含税 | 来电咨询 | 电话咨询 | 来电问 | 客户想知道 | 客户问 | 想约 | 约下周 | 反馈可接待 | 有没有合适 | 哪款合适
please offer | please quote | kindly send your best | kindly quote | just checking | checking whether | check if | quote request | could we get | may i ask | a question | quick question | questions | could someone tell | do you run | do you carry | do you hold | do you sell | do you make | do you offer | hello, is | hi, is | still available | what would be the | we are searching | looking to buy | we require | would need

[ask.can]
能~写进 | 能不能 | 能够 | 过得了吗 | 做得到不 | 做得了吗 | 能做到不 | 能配合 | 会不会 | 肯不肯 | 愿不愿 | 要钱不 | 收费不 | 装上不 | 发货不 | 有人收不 | 借~行不行 | 可以~不 | 方便~吗 | 是不是要 | 单卖吗 | 单卖 | 单买 | 零卖不 | 卖不卖 | 还卖吗 | 用不用 | 含不含 | 包不包 | 管不管 | 保不保 | 冻不冻 | 行不行
can do | can make | can u make | can print | can pay | can match | can be packed | can run on | could anyone | could you possibly | could your | can your | do you still sell | do you ship | do you repair | do u repair | do u make | u make | u do | r u | are u | is it ok to | would your | would you take | willing | may we | may i | might we | is anyone | is somebody | will it | will this | will the | would it | would this | does this | does anyone | does that | has it | has this | which of | whose
[ask.word]
想跟您核实 | 是否属实 | 请教 | 冒昧 | 冒昧请教 | 请问下 | 想了解 | 征询 | 函询 | 兹询 | 拟购 | 拟购置 | 拟更换 | 拟采 | 想找 | 想做 | 想长期 | 请技术回电 | 请回电 | 回个电话 | 给我回 | 请报方案 | 哪里看 | 在哪看 | 怎么看 | 怎么买 | 怎么订 | 怎么联系 | 需要什么手续 | 什么手续 | 如何缴纳 | 如何办理 | 如何申请 | 要不要 | 用不用 | 咨询电话 | 问能否 | 问能不能 | 问我们能否 | 问有没有 | 客户咨询 | 有兴趣 | 感兴趣
we seek | solicit | solicit your | invites offers | invites manufacturers | invite you to quote | invited to quote | invitation to treat | invitation to quote | prospective bidders | pre-qualification | call for tenders | request for proposal | proposal request | rfp | rfi | please state | kindly state | please indicate | please reply with | caller asks | caller from | asks whether | asks if | asked for a price | telephone enquiry | phone enquiry | call back after | ring back | could it be that | could you check | check on your side | who looks after | who is responsible for | how is it | how does | how big | how heavy | how thick | how old | how far | what size | what colour | what color | what is the difference | whats the diff | last price | ur last price | rough price | price please | price pls | drawing n price | and price | offers by | offers until
[ask.policy]
停车 | 早餐 | 房价 | 门票 | 有发票吗 | 满减 | 优惠券 | 会员价 | 要登录 | 学生价 | 邀请函 | 签证
invitation letter | visa | coupon | voucher | parking | pool | breakfast | corporate rate* | student discount | return policy | can i return | gift wrap

# Asked, not only named.
[ask.leadtime]
交期多 | 什么交期 | 交期呢 | 交期能 | 交期最快 | 交期大概 | 交期几 | 生产周期 | 交货周期 | 周期多
[ask.policy]
能开票 | 开专票吗 | 能开发票 | 售后怎么 | 有售后
