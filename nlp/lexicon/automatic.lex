# What only machines write. Found in a mail, it makes the mail an automatic one.

[automatic.reply]
自动回复 | 自动答复 | 此为系统自动回复 | 休假期间 | 外出期间 | 不在办公室 | 期间不便查看邮件 | 无法及时回复您 | automatic reply | auto-reply | autoreply | out of office | out of the office | i am on leave | on parental leave | on annual leave | limited access to mail | limited access to email | no access to email
[automatic.receipt]
已被阅读 | 被阅读 | 已读回执 | 阅读回执 | 已阅： | 已读: | 已读： | was read on | your message was read | read receipt | was displayed on | delivery receipt
[automatic.bulk]
本邮件由系统 | 系统自动发出 | 本邮件由系统自动发出 | 请勿直接回复 | do not reply to this | this is an automatic message | this message was generated automatically | unsubscribe | 退订请回复 | 您收到此邮件是因为 | you are receiving this because
[automatic.bounce]
未能送达 | 系统退信 | 退信 | 投递失败 | 用户不存在 | 无法投递 | undeliverable | delivery status notification | couldn't be delivered | could not be delivered | mail delivery failed | returned mail | user unknown | mailbox is full
