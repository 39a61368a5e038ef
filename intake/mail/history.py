"""Where the quoted history of a mail begins: the header blocks, separators and "X wrote:" lines of mail programs."""

import re

_LABELS = {
    "from": ("from", "发件人", "發件人", "寄件者", "寄件人", "发送人", "发信人", "差出人", "von", "de", "da"),
    "sent": ("sent", "发送时间", "發送時間", "发件时间", "寄件日期", "傳送時間", "发送日期", "已发送", "送信日時", "gesendet",
             "envoyé", "enviado"),
    "date": ("date", "日期", "时间", "時間", "日付", "datum"),
    "to": ("to", "收件人", "收件者", "宛先", "an", "à", "para"),
    "cc": ("cc", "抄送", "副本", "抄送人", "密送", "bcc", "reply-to", "importance", "重要性", "attachments", "附件", "kopie"),
    "subject": ("subject", "主题", "主題", "主旨", "标题", "件名", "betreff", "objet", "asunto", "oggetto"),
}  # fmt: skip
_LABEL = {word: kind for kind, words in _LABELS.items() for word in words}
_LABELLED = re.compile(r"^[>\s*_]*([^\s:：*][^:：*\n]{0,18}?)[*\s]*[:：][*\s]*(\S?)")

_SEPARATOR = re.compile(
    r"^[\s>*]*(?:[-_=—]{2,}\s*)(?:original\s*(?:message|appointment)?|原始邮件(?:信息)?|原始郵件|原郵件|邮件原件|原邮件|回复的原邮件|"
    r"回复的邮件(?:信息)?|原始信息|原始訊息|ursprüngliche nachricht|message d'origine|mensaje original|元のメッセージ)\s*(?:[-_=—]{2,})?[\s*]*$",
    re.I,
)
_BARE_SEPARATOR = re.compile(r"^[\s*]*(?:原始邮件|原始郵件|original message|original)[\s*:：]*$", re.I)
_FORWARD = re.compile(
    r"^[\s*]*(?:[-_=—]{2,}\s*)(?:forwarded (?:message|mail)(?: from .{0,80})?|转发的?(?:邮件|信息|消息)(?:信息)?|轉寄(?:的)?(?:郵件|訊息|信件)|"
    r"轉發(?:的)?(?:郵件|訊息)|原始转发邮件|已转发邮件|转发邮件信息|weitergeleitete nachricht|message transféré|转发)\s*(?:[-_=—]{2,})?[\s*]*$"
    r"|^[\s*]*(?:begin forwarded message|以下是转发的?邮件|下面是被?转发的?邮件|开始转发的?邮件|開始轉寄郵件|开始转发邮件)[\s*]*[:：]?[\s*]*$",
    re.I,
)
_FORWARD_SUBJECT = re.compile(r"^\s*(?:fwd?|转发|轉寄|轉發|转|wg|tr|rv|i)\s*[:：]", re.I)
_RULE = re.compile(r"^[\s>]*[-_=—*]{3,}\s*$")

_SAID = re.compile(
    r"(?:wrote|写道|寫道|写到|寫到|写信说|schrieb|a écrit|escribió|ha scritto|napisał\(a\)|napisał|пишет)\s*[:：]?[\s*]*$", re.I
)
_SAID_WITHOUT_VERB = re.compile(r"^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.{0,60}<[^<>\s@]+@[^<>\s]+>\s*[:：]?\s*$")
_OPENS = re.compile(r"^[\s>*]*(?:on|at|am|le|el|il|在|於|于|\d{4}\s*[年/.-])(?=\W|\d|[^\x00-\x7f]|\s)", re.I)
_SENDER = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_WHEN = re.compile(r"\d{1,2}[:：]\d{2}|\d{4}\s*[年/.-]\s*\d{1,2}|[12]\d{3}")
_LONGEST_LINE = 500
_QUOTED = re.compile(r"^\s{0,3}>(?:\s|>|$)")
_TIGHT = re.compile(r"^\s{0,3}>")
_BLOCKQUOTE = re.compile(r"^\s*</?(?:blockquote|includetail)\b", re.I)


def is_forward_subject(subject: str) -> bool:
    """Whether the first prefix of a subject says that the mail passes another one on."""
    return bool(_FORWARD_SUBJECT.match(subject[:_LONGEST_LINE]))


def is_forward_line(line: str) -> bool:
    """`---------- 转发的邮件 ----------` and the like: what follows is what the writer wants us to read."""
    return len(line) <= _LONGEST_LINE and bool(_FORWARD.match(line))


def is_quoted(line: str) -> bool:
    """A line behind `>`; not `>5 mm`, which is a requirement."""
    return bool(_QUOTED.match(line[:20]))


def is_tightly_quoted(line: str) -> bool:
    return bool(_TIGHT.match(line[:20]))


def begins_leaked_blockquote(line: str) -> bool:
    """Some programs leave HTML tags in the plain form."""
    return bool(_BLOCKQUOTE.match(line[:60]))


def separator_length(lines: list[str], at: int) -> int:
    """How many lines from `at` are the head of a quoted mail; 0 when none begins there."""
    line = lines[at]
    if len(line) > _LONGEST_LINE or not line.strip():
        return 0
    if _SEPARATOR.match(line):
        return 1 + header_block_length(lines, _next_filled(lines, at + 1))
    if _RULE.match(line) or _BARE_SEPARATOR.match(line):
        following = _next_filled(lines, at + 1)
        block = header_block_length(lines, following)
        return following - at + block if block else 0
    return header_block_length(lines, at)


def header_block_length(lines: list[str], at: int) -> int:
    """How many lines from `at` are From/Sent/To/Subject. Delivery details (收件人：老周) also look like labels:
    only a sender together with a subject or a time of sending makes a mail's head."""
    kinds: set[str] = set()
    end = at
    first = True
    for offset in range(at, min(at + 14, len(lines))):
        line = lines[offset]
        kind = _label(line)
        if first and kind not in ("from", "sent", "date", "subject", "to"):
            return 0
        first = False
        if kind is None:
            # a long list of recipients runs over lines; blank lines stand between in HTML mails
            if not line.strip() or (kinds & {"to", "cc"} and "@" in line):
                continue
            break
        kinds.add(kind)
        end = offset + 1
    is_head = "from" in kinds and ("sent" in kinds or ("subject" in kinds and kinds & {"to", "date", "cc"}))
    return end - at if is_head else 0


def _label(line: str) -> str | None:
    found = _LABELLED.match(line[:80])
    return _LABEL.get(re.sub(r"\s", "", found[1]).lower()) if found else None


def attribution_start(lines: list[str], at: int) -> int | None:
    """Where the "X wrote:" that ends on line `at` begins (programs wrap it over up to three lines)."""
    line = lines[at]
    if len(line) > _LONGEST_LINE:
        return None
    if not _SAID.search(line[-80:]):
        return at if _SAID_WITHOUT_VERB.match(line) else None
    joined = ""
    for start in range(at, max(-1, at - 4), -1):
        if not lines[start].strip() or len(lines[start]) > _LONGEST_LINE or (start < at and is_quoted(lines[start]) != is_quoted(line)):
            break
        joined = lines[start] + " " + joined
        if _WHEN.search(joined) and (_OPENS.match(lines[start]) or _starts_with_sender(lines[start])):
            return start
    return at if _SENDER.search(line) or (_WHEN.search(line) and line.rstrip()[-1:] in ":：") else None


def _starts_with_sender(line: str) -> bool:
    """`小袁 <yuan@factory.example> 于2024年6月11日`: name, address, then the time."""
    found = _SENDER.search(line)
    return bool(found and found.start() < 60 and not line.lstrip().startswith("<") and not _SAID.search(line))


def _next_filled(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at
