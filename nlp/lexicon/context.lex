# Words that change what the words around them mean.

[no]
没有 | 没 | 无 | 未 | 不是 | 并非 | 并无 | 不会 | 毫无 | 从未 | 非 | 没出现 | 没啥 | 未见 | 未发现 | 没发现 | 不 | 別 | 别 | no | not | never | without | none | nothing | isn't | aren't | wasn't | don't | doesn't | didn't | hasn't | haven't | zero
[fine]
没有不良 | 无不良 | 没有问题 | 没问题 | 无问题 | 无异常 | 没有异常 | 一切正常 | 都ok | 都正常 | 没毛病 | 不是投诉 | 不算投诉 | 不作为投诉 | 并非投诉 | 不是抱怨 | 不是来投诉 | 没有投诉 | 零缺陷 | 没有新的不良 | 不是质量问题 | 不是嫌弃 | 绝不是嫌弃 | 并无新的 | 没有特殊要求 | 质量正常 | 质量稳定 | 停产该模 | 停止使用 | 不用停线 | 没有停线 | 未造成停线 | 没停线
no complaint* | not a complaint | not complaining | no issue | no issues | no problem | no problems | no issue with you | nothing wrong | without problem* | no defects | no nonconformity | is fine | are fine | all good | all ok | no injury | not an issue | no fault | no damage
[closed]
已经结案 | 已结案 | 结案 | 已关闭 | 已解决 | 解决了 | 处理得很及时 | 处理好了 | 上次的问题 | 上次~处理 | 翻篇 | 以前的事 | 已经处理 | 换得真快 | 已妥善 | 上回的问题 | 整改到位 | 验证有效 | has been closed | is closed | was closed | been resolved | was resolved | solved | happy with the fix | thanks for fixing | now fixed | sorted out quickly | case closed | all settled
[supposing]
如果 | 假如 | 要是 | 若 | 万一 | 通常 | 平时 | 怎么处理 | 如何处理 | 评估表 | 问卷 | 导入表 | 要填 | 填写 | 竞争对手 | 别家 | 其他供应商 | 上家 | 我们自己 | 我们目前 | 现在用的 | if | in case | what if | normally | usually | policy | questionnaire | competitor | other supplier | another vendor | our current | how do you handle | how are ~ recorded | suppose
[past]
上次 | 上回 | 以前 | 之前 | 去年 | 前年 | 上个月 | 几年前 | 曾经 | 那次 | last time | last year | previously | in the past | years ago | earlier | from march
[but]
但 | 但是 | 不过 | 可是 | 只是 | 然而 | 就是 | 惟 | 可 | but | however | although | though | except | still | only | yet
[forward]
以后 | 今后 | 往后 | 后续 | 下批起 | 下一批起 | 从下批 | 从下一批 | 下次起 | 从今往后 | 每批 | 逐批 | 即日起 | 之后每 | 后面每 | 下次 | 下批 | 下一批 | 再发一律 | 接下来 | 自下一批 | 此后 | 再次发货 | 凡 | 务必 | 必须 | 一律 | 起每 | 重做的这批 | 补的这批 | 往後 | from now on | going forward | in future | in the future | future | for all following | next shipment | every lot | each lot | every delivery | each shipment | every shipment | henceforth | next lot | next time | from next | must | effective from | on every | make sure the next | as of | all further
[demand]
必须 | 须 | 需 | 需要 | 务必 | 要求 | 要 | 不得 | 不许 | 不准 | 不可 | 不能 | 不接受 | 禁止 | 严禁 | 请 | 应 | 得 | 只认 | 限用 | 只能 | 指定 | 满足 | 符合 | 达到 | 保证 | 控制在 | 不低于 | 不小于 | 不大于 | 不超过 | 以上 | 以内 | 以下 | 附 | 随货 | 提供 | 出具 | 带 | 配 | 别 | 不要 | 记得 | 一定 | 统一 | 加贴 | 按 | 能过 | 过 | 做到 | 点名 | 规定 | 希望 | 能不能 | 能否 | 是否 | 有吗 | 有没有 | 有
must | shall | should | need | needs | needed | require* | has to | have to | to be | only | no more than | not exceed | minimum | at least | max | maximum | min | please | pls | with | include* | provide | supply | attach | enclosed | insist* | per | according to | as per | compliant | comply | conform | certified | below | above | within | ask for | want | can you | do you have | does it
[own_policy]
你们一般 | 贵司一般 | 你们通常 | 你们客户投诉 | 你们目前 | 贵司目前 | 你们有没有 | 你们用的 | 你们现在用 | 目前使用的 | 你们的证书 | 贵公司有 | 有效期 | 你们怎么 | 你们保 | 保修几年 | 保几年 | 质保多久 | how do you | what is your | your standard | do you usually | your policy | what terms | what warranty
# What kind of note it is: no record that is demanded.
[note]
电话记录 | 来电记录 | 通话记录 | 走访记录 | 拜访记录 | 来访记录 | 会议记录 | 聊天记录 | call note | phone note | telephone note | visit note | visit report | trip report
