# What customers say when they commit.

[order.number]
采购订单 | 订单号 | 合同号 | 订购函 | 订单确认 | 采购合同 | 订货单 | 订购单 | 正式订单 | 试产订单 | 采购单 | 购销合同 | 订单合同 | 滚动订单 | 追加订单 | 样件订单 | purchase order | our order | order confirmation | order no | order number | order form | po attached | attached po | p.o. | our po | po number
[order.place]
下单 | 落单 | 订购 | 兹订 | 订货 | 下个单 | 下订单 | 要货 | 下达 | 订单见附件 | 请生产 | 请安排生产 | 安排生产 | 请安排 | 安排一下 | 请备 | 请制作 | 请投产 | 投产 | 开始生产 | 开工 | 排产 | 可以排产 | 排上 | 备料 | 开模吧 | 锁模架 | 释放 | 放行生产 | 转批量 | 转量产 | 大货了 | 可以大货 | 做大货 | 正式下 | 确认订单 | 订单如下 | 采购如下 | 补货 | 补单 | 翻单 | 返单 | 复购 | 续单 | 续订 | 追加 | 加订 | 加单 | 再订 | 增订 | 再加 | 再补 | 再来 | 再弄 | 再做 | 再要 | 加做 | 再拍 | 多订 | 请签章 | 请盖章 | 盖章回传 | 回签 | 签回 | 同意向贵公司订购 | 同意签署 | 请予执行 | 按附件执行 | 按此执行 | 拟采购 | 拟向 | 决定采购 | 采购贵 | 定购 | 请供 | 请发 | 订了 | 订~套 | 订~件 | 订~个 | 订~台 | 预订 | 预定
please supply | pls supply | please produce | please book | please deliver | please proceed | go ahead | release | call-off | call off | we order | i order | we would like to order | would like to place | place an order | placing | placed | order for | reorder | re-order | repeat order | same as last | same as before | another batch | another | more of | more of the same | please send another | we confirm the | we accept | accept the quote | accept your | accept our | order confirmed | confirmed | please accept our | buy | i'll take | ill take | we'll take | we will take | i take | take the | let's do | lets do | let's go | go with | please schedule | book | please find attached po | please find our order | attached is | please acknowledge | return the confirmation | signed confirmation | order acknowledgement | wanted in | replenish* | add to my order | trial order | pilot order | please make | please start production | start production | kick off | charge card | charge my card | release order | tool order | first order
[order.want]
我要 | 要了 | 就要 | 给我来 | 给我做 | 给我发 | 帮我发 | 帮我做 | 做~套 | 做~个 | 做~张 | 开~张 | 拍下 | 已拍 | 刚拍 | 定了 | 就定 | 定下 | 做吧 | 发吧 | 买吧 | 就这么定 | 就按 | 按~做 | 老样子 | 照下 | 照做 | 照上次 | 跟上次 | 同上次 | 上次那个 | 还是上次 | 同款 | 原价 | 同价 | 先来 | 先做 | 先下 | 先发 | 先给我 | 直接做 | 现货直接 | 可以发了 | 可以做 | 确认了 | 敲定 | 拍板 | 同意做 | 成交 | 价格可以 | 没问题就做 | 送到 | 送货 | 发到 | 要~台 | 要~只 | 要~件 | 要~箱 | 要~套 | 需要~个 | 加~台 | 多加 | 那款 | 付了 | 现在付 | 怎么付款 | 立刻付 | 开票 | 收件人 | 自提 | 来拿 | 来拉 | 款到发货 | 货到付款 | 占产线
i want | i need | we need | need | pls send | please send | send me | send pi | send the pi | ship to | ship | deliver | same address | same spec | same price | ok for | ok go | ok lets | fine | want them | how to pay | tell me how to pay | pay now | paying now | check out | checkout | invoice to | by courier | approved
[order.change]
改成 | 改为 | 改到 | 改期 | 变更 | 更改 | 取消 | 撤单 | 撤销 | 作废 | 推迟 | 延后 | 延到 | 延至 | 顺延 | 暂缓 | 暂停 | 先压住 | 先别送 | 先别发 | 先不要发 | 别送 | 不要了 | 不用做 | 提前到 | 提前 | 改下 | 改一下 | 减为 | 减少 | 下调 | 调整为 | 数量调整 | 由~改 | 从~改 | 从~提前 | 更新pi | 改pi | 重出pi | 改合同 | 换成 | 分批 | 分两批 | 分三批 | 分三次 | 升版 | 改丝印 | 合并 | 拆单 | 多要 | 少要 | 原订 | 原定
cancel | cancelled | cancellation | postpone | postponement | push back | pull in | pull-in | bring forward | move the date | move po | change line | change the | amendment | amend | instead of | hold | on hold | reduce | increase to | revise pi | revised pi | split | partial | put ~ on hold | not needed | change of address | new address | close the | ahead by | reschedule to | add | correct the order
[order.paid]
水单 | 已付款 | 付款了 | 转你 | 转了 | 钱转 | 订金 | 定金 | 首款 | 预付 | 打款 | 已打 | 截图 | 红包给你 | 已支付 | 付好了 | 微信转账 | 全款 | 汇款 | 付过了 | 货款已 | 尾款 | wired | deposit | down payment | already paid | paid by | payment sent | remitted | first instalment | paypal | bank slip | payment done | transferred
[order.paper]
合同 | 订单 | 协议 | 一式两份 | 一式 | 生效 | 盖章 | 签章 | 签字 | 附件po | pi | po | 形式发票 | proforma | contract | order | 首批 | 单价 | 交期 | 交货 | 料号 | 品名 | 送至 | 到货 | 月底 | 前送 | 前交 | 号交 | 号前 | 交清 | 务必 | 备注 | 其余照旧 | 其他照旧 | 其他不变 | 其余不变 | ship by | delivery date | delivery week | ex works | fob | ddp | cif | quantity | per unit | attached | qty | as quoted | as per your quotation | per quote
[order.blanket]
每周~送 | 每天~送 | 每月~送 | 分批送 | 滚动 | blanket | call-offs | every monday | every week | schedule | weekly

[order.place]
开单 | 开单吧 | 下吧 | 订吧 | 就定 | 定下来 | 订下 | 签了 | 签好 | 已签 | 合同已 | 合同盖好 | 已确认 请 | 据此安排 | 请据此 | 开裁 | 请开裁 | 印吧 | 再印 | 再叫 | 再拿 | 再订 | 先拉 | 先拿 | 先送 | 先订 | 照着做 | 可以开始 | 开始做 | 上机 | 请排 | 尽快安排 | 马上安排 | 送过来 | 送来 | 送两 | 送一 | 带两 | 中标 | 请于~前送 | 请于~送 | 请出货 | 安排出货 | 要三 | 要两 | 要五 | 要十 | 来三 | 来十 | 来五 | 来一箱 | 来两箱 | 来点 | 买两 | 买一 | 买三 | 付了 | 付款了 | 电话订货 | 订货：| 采购来电 | 要货
please proceed | herewith our order | our order | we hereby order | signed contract | contract signed | accepted | renewal accepted | please renew | please ship | ship release | release | please schedule | please arrange production | need 8 more | more asap | take 20 | send 20 | add 10 | add two | same again | repeat of | as last time | go for | we go with | deal
[order.change]
先别做 | 先不做 | 先放 | 放你那 | 等我通知 | 等通知 | 再核一下 | 别做了 | 不做了 | 全换 | 换颜色 | 颜色更改 | 更改为 | 改为米 | 加急改 | 往后推 | 往后挪 | 挪到 | 延一周 | 晚一周 | 早一周 | 数量改 | 减半 | 加到
kindly move | please move | please bring | bring po | forward from | change quantity | remains | everything else remains | amendment | call it off | drop line | delete line | reduce to
