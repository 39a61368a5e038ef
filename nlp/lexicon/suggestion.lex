[suggest.word]
建议 | 提议 | 倡议 | 提个建议 | 小建议 | 小想法 | 想法 | 提个想法 | 一点感想 | 小念头 | 念头 | 仅供参考 | 供参考 | 抛砖引玉 | 提个意见 | 改进意见 | 顺带提 | 提一嘴 | 个人觉得 | 个人建议 | 私心 | 随口一说 | 希望贵司能 | 呼吁 | 期待能 | 小小的期望 | 提点建议 | 合理化
suggest* | suggestion | suggestions | propose* | proposed | idea | ideas | thought | just a thought | two cents | 2 cents | wish | wishlist | feature request | feedback for | food for thought | thinking aloud | small proposal | pilot | would love
[suggest.wish]
要是能 | 要是~就好 | 如果能 | 若能 | 能~就好 | 就好了 | 就更好 | 更好了 | 就完美 | 更完美 | 更方便 | 更省事 | 省事 | 方便多 | 能不能加 | 能否增加 | 能加个 | 加个 | 增加~功能 | 加一个 | 希望能 | 希望可以 | 希望增加 | 可以考虑 | 能否考虑 | 考虑一下 | 不妨 | 何不 | 可以做 | 做个 | 出一款 | 开发一款 | 出个 | 多出 | 做成 | 改成 | 换成 | 可以改 | 会更 | 更臻 | 更清楚 | 更好看 | 更好找 | 更省 | 更环保 | 双方都 | 两家都 | 少走弯路 | 有空时 | 有空可以 | 试点 | 循环使用 | 一键 | 自动推送 | 功能
would be nice | would be great | would be lovely | would be wonderful | would be handy | would be helpful | would help | be good if | better if | nice if | great if | if you ever | why not | why don't you | have you considered | have you thought | consider | perhaps you could | maybe you could | could be | could the | would you ever | you should | you could | it would save | would save | if you offered | add a | please add | offer it as | welcome | more useful | easier to | make it easier | how about
[suggest.soft]
不急 | 没有也 | 不影响合作 | 不是嫌弃 | 别的都 | 整体 | 挺好 | 很好用 | 好用 | 顺手 | 不用回复 | 不用正式 | 成不成 | 无问题 | 聊天性质 | 很受欢迎 | 质量稳定 | 一直很好 | 别的没毛病 | 其他都好 | 用着不错 | 已经不错 | 都很满意
no hurry | no rush | no action needed | not a problem | not urgent | only an idea | only if | works well | works fine | pleasure | excellent | we love | love your | great product | happy with | very good | feel free to | if you find time | keep up | thanks for considering | friendly | for next revision | fans of
[suggest.place]
官网 | 网站 | 小程序 | 公众号 | app | 页面 | 按钮 | 下单系统 | 门户 | 朋友圈 | 群公告 | 看板 | 二维码 | 说明书 | 网页 | 样品盒 | 目录 | website | web page | portal | catalogue | newsletter | online | button | packaging | download

[suggest.wish]
就好了 | 就方便多了 | 方便多了 | 就方便 | 更便 | 谨此建言 | 建言 | 再大一点 | 再大一号 | 能再 | 若能再 | 可以讲讲 | 可以出 | 出个小包装 | 弄个 | 搞个 | 搞一个 | 开通 | 增加晚上 | 多几种 | 能配个 | 能不能出 | 能不能把 | 不妨考虑 | 是否考虑 | 考虑改成 | 能否考虑改 | 换成更 | 会不会更好 | 顺手加 | 希望以后能 | 希望将来 | 期待 | 盼着能 | 小期待
make it perfect | would make it | would be even | even better | could also work | could you add | could you one day | pls add | please consider | you might want | might be worth | worth considering | cheap improvement | small improvement | nice touch | refill | an option for | offline mode | dark mode | how about adding | maybe add | maybe a | i'd love | we'd love | would thank you | one small wish | small request for the future | it would help
[suggest.soft]
不是找茬 | 不勉强 | 只是随口 | 随口提议 | 现在也能用 | 没别的事 | 产品满意 | 很满意 | 坐着舒服 | 挺喜欢 | 口感好 | 大家都喜欢 | 一直用你们 | 老客户 | 老顾客 | 有机会可以聊聊 | 很精致 | 很感激 | 先谢过
love the | love your | how good | keep telling us how good | is great | are great | perfect otherwise | otherwise it's perfect | only an idea | an idea | just a thought | no need to answer | no need to reply | thanks in advance for listening | whenever you have time

[suggest.wish]
会方便些 | 方便些 | 会好些 | 会更好 | 更好用 | 更顺手 | 更有数 | 更直观 | 更省心 | 省得 | 就省 | 省事了 | 出个~的呗 | 下次出 | 做大一号 | 再大一点 | 再宽 | 再长一点 | 再小一点 | 再高一点 | 能再 | 自动带出来 | 自动填 | 能存 | 能记住 | 能显示 | 放个小图 | 旁边放 | 字大一点 | 字体大 | 夜光 | 加个提醒 | 加个开关 | 搞个群 | 出一期 | 多开一 | 如能 | 若能 | 倘能 | 可否考虑 | 是否可以考虑 | 设想 | 几点设想 | 愿先出一份草案 | 不作硬性 | 采纳与否 | 仅作为改进
would be cool | would be good | would be welcome | would be welcomed | would be glad if | would be easier | would be wonderful | be lovely | be handy | be helpful | be cool if | be welcomed | it struck me | struck me that | thinking aloud | maybe print | maybe put | maybe make | perhaps offer | perhaps print | perhaps a | might the | might it | might you | might the next | some day | one day | could some day | could be larger | a little larger | a red handle | would sell well | sell well | would order more if | if the web page | if the site | if you printed | if you put | if you made | if it had | if there were | if it came in | how about putting | easier for me | save as well | you would save | offer it as an option | as an option | also be offered | be offered in | in the catalogue | could you possibly put | possibly put | would you care to | only a thought | a suggestion from | from a small customer | feel free to bin | noted for marketing
