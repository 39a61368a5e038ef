"""The words by which machines give themselves away, in a subject or in a short letter, zh and en."""

import re

_I = re.IGNORECASE

# what stands behind the words tells a machine from a product (自动回弹闭门器) or an order (office desks)
_AUTO_SUBJECT = re.compile(
    r"\W*(?:(?:re|回复)\s*[:：]\s*)?\W*"
    r"(?:(?:休假|假期|外出|离线|系统)?自[动動](?:回[复覆復信]|答[复覆復]|应答|應答)|自動(?:応答|返信)"
    r"|자동 ?(?:회신|응답)|автоответ"
    r"|auto(?:matic|mated|matische)?[- ]?(?:reply|respon(?:se|s|der)|answer|antwort)"
    r"|(?:i am |i'm )?out[- ]of[- ](?:the[- ])?office|away from (?:the|my) (?:office|desk)"
    r"|vacation (?:reply|notice|response|message)|不在(?:办公室|辦公室)|外出通知|休假通知"
    r"|abwesenheit(?:snotiz)?|réponse automatique|respuesta automática|risposta automatica"
    r"|resposta automática|automatisch antwoord|odpowiedź automatyczna|otomatik yanıt|oo[of](?=\s*:|\s+re:))"
    r"\s*(?:$|[:：\-–—()（）\[\]【】!！,，]|(?:re|fwd?)\b"
    r"|auto|reply|message|until|from|till|notification|回复|答复|通知)",
    _I,
)
_AUTO_SUBJECT_END = re.compile(r"[(（\[【]自[动動]回[复覆復][)）\]】]\s*$")
_BOUNCE_SUBJECT = re.compile(
    r"\W*(?:undeliver(?:ed|able)|undelivrable|unzustellbar|nondeliverable|non recapitabile|failure notice"
    r"|returned (?:mail|to sender)|failed delivery|mail system error|no se puede entregar|postmaster notify"
    r"|(?:mail |message )?delivery (?:status|fail(?:ure|ed)|system|subsystem|notification|report|problem)"
    r"|(?:mail |message )?delivery has failed|notice: mail delivery|loop alert"
    r"|message (?:you sent|could not)|could not (?:send|deliver)|warning: (?:message|could not)"
    r"|there was an error sending your mail|sorry, your message could not be delivered"
    r"|来自.{1,60}的退信|(?:邮件|郵件)?(?:系统|系統)?退信(?:通知)?(?:$|[^\w]|/)|(?:邮件)?(?:投递|发送)失败|邮件(?:失败|退回)|郵件(?:無法|退回)"
    r"|(?:无法|未能)(?:投递|送达)|未送达|無法傳遞|无法传递|未[传傳][递遞]|未送達"
    r"|(?:邮件)?(?:投递延迟|延迟投递)|配信不能|non remis)",
    _I,
)
_FORWARDED = re.compile(r"\W*(?:fwd?|转发|轉寄)\s*[:：]\s*", _I)
_RECEIPT_SUBJECT = re.compile(
    r"\W*(?:(?:邮件)?(?:已读|阅读)(?:回执)?|未读|已讀(?:回條)?|回执"
    r"|(?:not )?read|(?:read|return) receipt|gelesen)"
    r"\s*(?:[:：(]|$)",
    _I,
)
_SAYS_READ = re.compile(
    r"已于.{1,40}(?:阅读|閱讀|查看)|邮件已被阅读|回执只(?:表明|说明)|的邮件的(?:回执|收条)"
    r"|(?:was|has been) (?:read|displayed) (?:on|at)|receipt for (?:the|your) (?:e-?mail|mail|message)",
    _I,
)
_RECALL = re.compile(r"\W*(?:召回|撤回|recall)\s*[:：]", _I)
_SAYS_RECALL = re.compile(r"(?:将撤回|要撤回|希望撤回|想召回).{0,4}邮件|would like to recall the message", _I)

_SAYS_AUTOMATIC = re.compile(
    r"(?:这|這|此|本)(?:是|为|為|封|邮件|郵件|信|由|系|统|統|一|自|动|動){1,10}"
    r"(?:回[复覆復]|发送|發送|发出|發出|生成|答[复覆復])(?!.{0,4}[吗嗎?？])"
    r"|(?:这|這)(?:是|封).{0,16}自[动動](?:回[复覆復]|答[复覆復])(?:邮件|郵件|信)?[。，！.,!\s]"
    r"|^\W*[(（\[【]?自[动動]回[复覆復][)）\]】:：]"
    r"|this is an? auto(?:matic|mated)?[- ]?(?:reply|response|(?:generated )?(?:e-?mail|message))(?!\?)",
    re.IGNORECASE | re.MULTILINE,
)
_ABSENT = re.compile(
    r"休假|年假|年休|产假|婚假|病假|放假|出差|外出|不在(?:办公室|辦公室|公司)"
    r"|i(?: am|'m| will be|'ll be) (?:currently )?"
    r"(?:away|out of (?:the )?office|on (?:\w{1,20} )?(?:leave|vacation|holiday)|travell?ing)",
    _I,
)
_UNTIL_THEN = re.compile(
    r"(?:不能|无法|無法|未能|不便)(?:及时|及時|立即|马上)?.{0,8}(?:回[复覆復]|处理|處理|查[看阅]|答复)"
    r"|(?:急件|急事|紧急|緊急|如有急).{0,12}(?:联系|聯[繫絡]|联络|致电|致電|拨打|洽|找)"
    r"|(?:返回|回来|回來|返岗|上班)(?:后|後).{0,12}(?:回[复覆復]|处理|處理)"
    r"|(?:limited|no) access to (?:my )?e-?mail|return(?:ing)? (?:to the office )?on"
    r"|will (?:respond|reply|answer|get back).{0,40}(?:return|back|possible)"
    r"|(?:urgent|immediate).{0,60}(?:contact|call|reach|e-?mail)",
    _I,
)
_RECEIVED = re.compile(
    r"(?:邮件|来信|郵件|來信|e-?mail|message)\W?.{0,6}(?:已经?|已經|has been |was )(?:收到|收悉|received)", _I
)
_LEFT = re.compile(
    r"(?:我|本人)(?:现)?已经?(?:从.{1,12})?(?:离职|離職)"
    r"|\bi (?:(?:am )?no longer (?:work|with|employed)|have left)",
    _I,
)
# what only somebody who is there says, also when going away tomorrow
_ASKS = re.compile(
    r"[?？吗]|请(?:按|报|提供|确认|告知|安排|发|寄|尽快(?:发|报|寄|安排))"
    r"|please (?:confirm|quote|ship|advise|make|arrange)",
    _I,
)
_LONGEST_ABSENCE = 400
_LONGEST_RECEIVED = 80


def is_auto_subject(subject: str) -> bool:
    """`自动回复: 支座报价`, `Out of Office: PO 771`; not `自动回弹闭门器`."""
    return bool(_AUTO_SUBJECT.match(subject[:120]) or _AUTO_SUBJECT_END.search(subject[-20:]))


def is_receipt_subject(subject: str) -> bool:
    """`已读: 支座报价`."""
    return bool(_RECEIPT_SUBJECT.match(subject[:80]))


def says_read(subject: str, words: str) -> bool:
    """A receipt or a recall that says so in its subject and its words; some programs send no header."""
    words = words[:_LONGEST_ABSENCE]
    return bool(
        (is_receipt_subject(subject) and _SAYS_READ.search(words))
        or (_RECALL.match(subject[:80]) and _SAYS_RECALL.search(words))
    )


def is_bounce_subject(subject: str) -> bool:
    """`系统退信`, `Undeliverable: …`."""
    return bool(_BOUNCE_SUBJECT.match(subject[:200]))


def is_forwarded_bounce(subject: str, text: str) -> bool:
    """A bounce that somebody passes on whole, with the machine's report in its text."""
    forwarded = _FORWARDED.match(subject[:200])
    return bool(forwarded and is_bounce_subject(subject[forwarded.end() :]) and "Final-Recipient:" in text)


def says_automatic(words: str) -> bool:
    """A machine that sends no header but says what it is, is away, or has received: short letters only."""
    if len(words) > _LONGEST_ABSENCE:
        return False
    if _SAYS_AUTOMATIC.search(words):
        return True
    if _ASKS.search(words):
        return False
    if _LEFT.search(words) or (_ABSENT.search(words) and _UNTIL_THEN.search(words)):
        return True
    return len(words) <= _LONGEST_RECEIVED and bool(_RECEIVED.search(words))
