"""Where the quoted history of a mail begins: header blocks, separators and "X wrote:" of mail programs."""

import re

_LABELS = {
    "from": "from 发件人 發件人 寄件者 寄件人 发送人 发信人 差出人 von de da от 보낸사람",
    "sent": "sent 发送时间 發送時間 发件时间 发送日期 寄件日期 傳送時間 已发送 gesendet envoyé enviado"
    " enviadoel enviadaem inviato отправлено 送信日時 보낸날짜",
    "date": "date 日期 时间 時間 日付 datum",
    "to": "to 收件人 收件者 宛先 an à a para кому 받는사람",
    "other": "cc bcc reply-to importance attachments kopie 抄送 抄送人 密送 副本 重要性 附件",
    "subject": "subject 主题 主題 主旨 标题 件名 betreff objet asunto assunto oggetto тема 제목",
}
_KIND = {word: kind for kind, words in _LABELS.items() for word in words.split()}
_LABEL = re.compile(r"[>\s*_]*([^\s:：*][^:：*]{0,18}?)[*\s]*[:：]")

_ORIGINAL = (
    r"original(?: message| appointment)?|原始(?:邮件|郵件|信息|訊息|消息)(?:信息)?|原(?:邮件|郵件)"
    r"|邮件原件|邮件原文"
    r"|回复的?(?:原)?邮件(?:信息)?|回复邮件信息|ursprüngliche nachricht|message d'origine|mensaje original"
    r"|元のメッセージ"
)
_FORWARDED = (
    r"forwarded (?:message|mail)(?: from .{0,80})?|(?:已|原始)?转发的?(?:邮件|信息|消息)?(?:信息)?"
    r"|(?:轉寄|轉發)的?(?:郵件|訊息|信件|信息)|weitergeleitete nachricht|message transféré"
)
_FORWARD_WORDS = (
    r"begin forwarded message|(?:以下|下面)是被?转发的?邮件|开始转发的?邮件"
    r"|開始轉寄郵件|以下為轉寄郵件"
)
_RULED = r"[\s>*]*[-_=—]{{2,}}(?:\s|&nbsp;)*(?:{words})(?:\s|&nbsp;)*[-_=—]*[\s*]*$"
_NOTES_SAID = r"[^-].{0,80}(?:wrote|写道|寫道)\s*[:：]"  # Lotus: -----Yuan/Factory wrote: -----
_SEPARATOR = re.compile(_RULED.format(words=f"{_ORIGINAL}|{_NOTES_SAID}"), re.IGNORECASE)
_BARE_SEPARATOR = re.compile(rf"[\s*]*(?:{_ORIGINAL})[\s*:：]*$", re.IGNORECASE)
_FORWARD = re.compile(
    rf"{_RULED.format(words=_FORWARDED)}|[\s*]*(?:{_FORWARD_WORDS})[\s*]*[:：]?[\s*]*$", re.IGNORECASE
)
_FORWARD_SUBJECT = re.compile(r"\s*(?:fwd?|转发|轉寄|轉發|转|wg|tr|rv|i)\s*[:：]", re.IGNORECASE)
_RULE = re.compile(r"[\s>]*[-_=—*]{3,}\s*$")

_SAID = re.compile(
    r"(?:wrote|(?<![中里上])(?:写道|寫道)|schrieb|a écrit|escribió|ha scritto|napisał"
    r"|пишет|のメール)\s*[:：]?[\s*]*$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"[\s*]*(?:(?:on|at|am|le|el|il)\b|在|於|于|\d{4}\s*[年/.-])", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")
_WHEN = re.compile(r"\d{1,2}[:：]\d{2}|\d{4}\s*[年/.-]\s*\d{1,2}|\b(?:19|20)\d{2}\b")
_DATE_NAME_ADDRESS = re.compile(r"\s*\d{4}\s*[年/-]\s*\d{1,2}\s*[月/-].{1,80}<[^<>\s]{3,100}>\s*[:：]\s*$")

_QUOTED = re.compile(r"\s{0,3}>(?:\s|>|$)")
_TIGHTLY_QUOTED = re.compile(r"\s{0,3}>")
_LEAKED_QUOTE = re.compile(r"\s*</?(?:blockquote|includetail)\b", re.IGNORECASE)

_LONGEST_LINE = 500
_MOST_HEAD_LINES = 14
_MOST_WRAPPED_LINES = 4


def is_forward_subject(subject: str) -> bool:
    """Whether the first prefix of a subject says that the mail passes another one on."""
    return bool(_FORWARD_SUBJECT.match(subject[:20]))


def is_forward_line(line: str) -> bool:
    """`---------- 转发的邮件 ----------` and the like: what follows is what the writer wants us to read."""
    return len(line) <= _LONGEST_LINE and bool(_FORWARD.match(line))


def is_quoted(line: str) -> bool:
    """A line behind `>`; not `>5 mm`, which is a requirement."""
    return bool(_QUOTED.match(line))


def is_tightly_quoted(line: str) -> bool:
    """A line behind `>`, with or without a space."""
    return bool(_TIGHTLY_QUOTED.match(line))


def is_leaked_quote(line: str) -> bool:
    """Some programs leave the HTML tags of a quotation in the plain form."""
    return bool(_LEAKED_QUOTE.match(line))


def head_length(lines: list[str], at: int) -> int:
    """How many lines from `at` are the head of a quoted mail; 0 when none begins there."""
    line = lines[at]
    if not line.strip() or len(line) > _LONGEST_LINE:
        return 0
    if _SEPARATOR.match(line):
        return 1
    if _RULE.match(line) or _BARE_SEPARATOR.match(line):
        below = _next_filled(lines, at + 1)
        block = _block_length(lines, below)
        return below - at + block if block else 0
    return _block_length(lines, at)


def _block_length(lines: list[str], at: int) -> int:
    """How many lines from `at` are From/Sent/To/Subject. Delivery details (收件人：老周) look so, too: only
    a sender together with a time of sending, or with a subject and one label more, makes a mail's head."""
    if at >= len(lines) or _label(lines[at]) in (None, "other"):
        return 0
    kinds: set[str] = set()
    end = at
    for offset in range(at, min(at + _MOST_HEAD_LINES, len(lines))):
        line = lines[offset]
        if kind := _label(line):
            kinds.add(kind)
            end = offset + 1
        elif line.strip() and not (kinds & {"to", "other"} and "@" in line):
            break  # blank lines stand between in HTML mails, a long list of recipients runs over several
    is_head = "from" in kinds and ("sent" in kinds or ("subject" in kinds and len(kinds) >= 3))
    return end - at if is_head else 0


def _label(line: str) -> str | None:
    found = _LABEL.match(line[:80])
    return _KIND.get("".join(found[1].split()).lower()) if found else None


def attribution_start(lines: list[str], at: int) -> int | None:
    """Where the "X wrote:" that ends on line `at` begins: programs wrap it over several lines."""
    line = lines[at]
    if len(line) > _LONGEST_LINE:
        return None
    if not _SAID.search(line[-40:]):
        return at if _DATE_NAME_ADDRESS.match(line) else None
    said = ""
    for start in range(at, max(-1, at - _MOST_WRAPPED_LINES), -1):
        begin = lines[start]
        if not begin.strip() or len(begin) > _LONGEST_LINE or is_tightly_quoted(begin):
            break
        said = f"{begin} {said}"
        if _WHEN.search(said) and (_OPENS.match(begin) or _names_sender(begin)):
            return start
    return at if "@" in line or (_WHEN.search(line) and line.rstrip().endswith((":", "："))) else None


def attribution_above(lines: list[str]) -> int | None:
    """Where the attribution at the end of `lines` begins, when a quotation follows: `小袁写道：`, or in any
    language a time and an address: `вт, 11 июн. 2024 г. в 10:21, Yuan <y@factory.example>:`."""
    last = next((at for at in range(len(lines) - 1, max(-1, len(lines) - 3), -1) if lines[at]), None)
    if last is None or len(lines[last]) > _LONGEST_LINE or not lines[last].endswith((":", "：")):
        return None
    if _SAID.search(lines[last][-40:]):
        return last
    said = ""
    for start in range(last, max(-1, last - _MOST_WRAPPED_LINES), -1):
        if not lines[start] or len(lines[start]) > _LONGEST_LINE:
            break
        said = f"{lines[start]} {said}"
        if _CLOCK.search(said) and ("@" in said or " schrieb " in said):
            return start
    return None


def _names_sender(line: str) -> bool:
    """`小袁 <yuan@factory.example> 于2024年6月11日`: name, address, then the time."""
    return 0 < line.find("@") < 100 and not line.lstrip().startswith("<")


def _next_filled(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at
