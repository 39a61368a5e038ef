# Mail and talk that is no business matter of the customer.

[other.auto]
自动回复 | 自动答复 | 系统自动 | 此为系统 | 本邮件由系统 | 系统发送 | 请勿直接回复 | 请勿回复 | 无需回复 | 无需处理 | 外出期间 | 休假期间 | 正在休假 | 休假 | 出差中 | 出差期间 | 无法及时回复 | 请联系同事 | 不在办公室 | 邮件已收到 | 已收到您的来信 | 已由~打开 | 被阅读 | 已读 | 已阅 | 自动转发 | 自动关闭 | 自动变更
automatic reply | auto-reply | autoreply | auto reply | out of office | out of the office | on leave | parental leave | annual leave | limited access | away from | generated automatically | automatically generated | do not reply | no reply required | no action is required | no further action | was recorded | were recorded | will reply when | i am travelling | read receipt | was read | was displayed
[other.bounce]
未能送达 | 退信 | 投递失败 | 用户不存在 | 无法投递 | 邮箱已满 | 邮箱容量 | undeliverable | undelivered | delivery failed | delivery failure | delivery status | could not be delivered | couldn't be delivered | mailbox is full | returned mail | address not found | user unknown | mailer-daemon | postmaster
[other.spam]
代开 | 验后付款 | 点数优惠 | 贷款 | 利率 | 招聘 | 直招 | 日结 | 加微信 | 加v | 加我微信 | 滴我 | 广告 | 高价回收 | 求购呆滞 | 我司代理 | 本公司专业 | 专业生产 | 厂家直销 | 欢迎来电 | 欢迎洽谈 | 欢迎选购 | 欢迎订购 | 名额有限 | 报名从速 | 海外仓 | 一件代发 | 展销会 | 诚邀 | 邀请函 | 凭此邮件 | 免费领 | 展览会 | 参展 | 展位 | 点击链接 | 点击下方 | 立即验证 | 邮箱即将 | 验证您的 | 中奖 | 恭喜您 | 优惠活动 | 限时 | 特价促销 | 我司供应 | 现货供应 | 量大价优 | 量大从优 | 推广 | 刷单 | 兼职 | 培训班 | 理财 | 短信群发 | 网站优化 | 公司注册 | 商标注册 | 办证 | 发票代 | 高仿 | 博彩 | 彩票 | 免费试用
we are manufacturer | we are a manufacturer | we are professional | we are factory | we are a leading | we are leading | our company is | our factory | we specialize | we specialise | we supply | we offer | best price and quality | seo | ranking | visitors per day | reply yes | crypto | bitcoin | loan | lottery | winner | you have won | click here | click the link | verify your | unsubscribe | limited offer | promotion* | newsletter | webinar | hiring | cv | resume | curriculum | candidate* | apply for | application for | free audit | invite you | invitation | booth | increase your sales | cheap flights | dear owner | dear purchasing manager | cooperate with you | establish business
[other.notice]
放假 | 放假通知 | 放假安排 | 正常上班 | 暂停收货 | 对账单 | 请核对 | 账户变更 | 银行账户 | 收款账户 | 开户行 | 谨防诈骗 | 付款通知 | 汇款通知 | 已付清 | 搬迁 | 乔迁 | 更名 | 电话变更 | 门禁 | 例会 | 议题 | 误抄送 | 误发 | 证件照片 | 满意度调查 | 调查表 | 服务评价 | 打分 | 几颗星 | 仿冒 | 冒用 | 安全提醒 | 价格调整通知
office closed | closed from | will be closed | holiday | public holiday | payment advice | remitted today | has been paid | paid this morning | value date | remittance | statement of account | new bank | bank details | fax number changes | phone number changes | we have moved | change of ownership | new number | amend your records | satisfaction survey | survey | quality 4 | stars | out of 5 | 4/5 | 5/5 | 3/5 | 2/5 | please disregard | sent to the wrong | sent by accident | fyi only | inspection by | scheduled maintenance
[other.thanks]
谢谢 | 感谢 | 多谢 | 辛苦了 | 收到了 | 收到 | 好的 | 好滴 | 太棒了 | 点赞 | 锦旗 | 谨致谢忱 | 致谢 | 表扬 | 明白 | 知道了 | 了解了 | 嗯嗯 | 谢了 | thanks | thank you | thx | tks | noted | well received | got it | great job | appreciate* | cheers | received everything | much obliged | ok noted | well done
[other.greeting]
你好 | 您好 | 在吗 | 亲在吗 | 在不在 | 早上好 | 早安 | 晚上好 | 下午好 | 周末愉快 | 节日快乐 | 新年快乐 | 春节快乐 | 恭喜发财 | 中秋快乐 | 国庆快乐 | 端午安康 | 生意兴隆 | 发财 | 祝您 | 祝 | 拜年 | 粽子 | 月饼 | 生日快乐 | 安康 | 周末好
hello | hi | hi there | hey | good morning | happy new year | merry christmas | season's greetings | happy diwali | eid mubarak | happy holidays | have a nice weekend | congratulations | anniversary | best wishes | gm | good day
[other.talk]
转人工 | 机器人 | 人工客服 | 打错 | 发错群 | 找错 | 不是找你们 | 非客户 | 哈哈 | 男朋友 | 女朋友 | 吃饭 | 不回家 | 晚点回 | 收款码 | 语音通话 | 未接听 | 表情 | 撤回 | 加好友 | 你是谁 | 在干嘛 | 听不清 | 挂断 | 已挂断 | 消防支队 | 推销 | 快递员 | 送外卖 | 面试 | 应聘 | 简历 | 招人 | 还招 | 饮茶 | 老婆 | wifi | 红包
testing | asdf | lol | real person | are you a bot | robot | wrong chat | wrong number | wrong person | wrong group | not for you | my plumber | santa | lunch | sandwich | call me later | in a meeting | brb | who is this | haha | dinner | mom | courier dropped | password | thank-you card

[other.notice]
放假期间 | 春节期间 | 照常营业 | 已搬迁 | 迁至 | 启用新 | 地址变更 | 号码变更 | 传真号 | 账号变更 | 对公账户 | 已支付 | 已汇出 | 请查收货款 | 已开具 | 特此告知 | 特此通知 | 敬请谅解 | 会议改 | 会议室 | 准时参加 | 问卷 | 总体评价 | 满意度 | 冒充 | 防诈骗 | 自愿参加 | 提现 | 群公告 | 加入群聊 | 登录验证码 | 验证码 | 订阅 | 推广 | 周年 | 庆典
we close from | closed on | our offices are closed | christmas closing | new account | our new account | survey results | feedback form | your answers | webinar | agenda | minutes attached for your information
[other.talk]
打错了 | 拨错 | 误拨 | 无人说话 | 不是找 | 找错人 | 发错群了 | 发错人 | 发错了 不好意思 | 那条发错 | 别管 | 真人 | 陪我聊 | 无聊 | 蹭饭 | 年会 | 吃个饭 | 你家在哪 | 叫啥名字 | 歌叫啥 | 群聊 | 稍等 | 在忙 | 晚点说 | 回头说 | 上门推销 | 推销 | 婉拒 | 劝离 | 已拒绝 | 无业务 | 送花篮 | 私聊 | 老板看过来
wrong window | wrong chat | not you | ignore that | ignore my last | misclick | who dis | you there? | are you human | are you real | just testing | hello?
[other.thanks]
干得漂亮 | 帮大忙 | 连夜支援 | 感谢信 | 表示感谢 | 衷心感谢 | 谨代表 | 谢谢你们 | 太客气 | 破费
special thanks | many thanks for | thank you for the tour | enjoyed | warm thanks | well done
[other.greeting]
开业大吉 | 乔迁 | 恭喜 | 新春 | 生意红火 | 财源广进 | 一路顺风

[other.talk]
不问了 | 算了 不 | 找到了 | 我自己找到 | 没事了 | 不用了 | 误触 | 点错 | 手滑 | 按错 | 好友申请 | 开始聊天 | 有事找 | 今天休息 | 明天休息 | 移出 | 退群 | 已离职 | 离职了 | 换号 | 换人了 | 头像 | 真可爱 | 送快递的 | 送餐 | 放下包裹 | 实习 | 参观学习 | 社会实践 | 校刊 | 借厕所 | 问路 | 避雨 | 闲聊 | 聊家常 | 家常 | 送了两盒 | 在线等 | 有人吗 | 人呢在 | 喂 | 哈喽
never mind | nevermind | nvm | found it | i found it | bye | ok bye | helloooo | anyone | anyone there | sorry wrong | dont write me | don't write me | use this number | my number | i call u | call u later | later i | tell u tomorrow | will check | i'll check | wfh | off today | out today | day off | wrong chat sorry | taxi | dentist | pizza | lost dog | apprentice | school magazine | asked for directions | parcel for | neighbour
[other.notice]
付款明细 | 付款批次 | 已代缴 | 请留存 | 请存档 | 仅供留存 | 予以关闭 | 现予关闭 | 通知书送达 | 无需回复 | 不必回复 | 无须回复 | 邀约 | 约稿 | 专访 | 采访 | 刊登 | 日历 | 评分 | 评价 | 打分 | 颗星 | 星好评 | 默认好评 | 积分 | 到期提醒
payment run | details of today's payment | value tomorrow | has been settled | was settled | settled | for your records | keep for your records | for your files | is closed on our side | verified and | no answer needed | no reply needed | editor | editorial | photo competition | customer answer | free text | points expire | generated by | do not answer
[other.spam]
劳务派遣 | 输送普工 | 上门回收 | 现金收购 | 高价收购 | 二手设备回收 | 门票 | 莅临 | 莅临参观 | 莅临我司展台 | 展台 | 博览会 | 峰会 | 培训课程 | 课程报名 | 公开课 | 代办 | 代理记账 | 认证代办 | 商标 | 专利代理 | 贷款产品 | 授信 | 低息 | 引流 | 拓客 | 获客 | 涨粉 | 我们是专业 | 我们是一家 | 专注于 | 贵厂是否需要 | 如有需要 | 如有需求
we buy used | we pay cash | buy your | qualified buyers | first page | our team can | shall i send the plan | we help companies | we can help you | our services | our solution | our software | our products include | we produce | we export | we are one of | dear sir/madam we | mailing list | free consultation | book a demo | demo call | webinar
[other.thanks]
谨致 | 特致谢意 | 致谢意 | 十分喜欢 | 非常满意 | 全部到位 | 帮了大忙 | 暖心 | 点个赞 | 手动点赞
a joy | fitted everyone | is on your wall | for your wall | wonderful work | we are delighted | delighted with | thanks again for | just wanted to say | a big thank
[other.greeting]
year of working together | wish you and your | wishes for | health and | happy easter | happy new | prosperous | greetings from all of us

# Said as such, not only named.
[other.talk]
测试一下 | 这是测试 | 测试消息 | 测试邮件 | test message
[other.greeting]
元宵快乐 | 元宵节快乐 | 圣诞快乐 | 中秋节快乐 | 端午节快乐
[other.thanks]
夸一下 | 夸夸 | 夸一句
