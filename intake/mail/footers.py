"""What stands below a letter and is no part of it: signature cards, program footers, legal notices."""

import re

_DEVICES = (
    "iphone ipad ios android windows mac outlook foxmail thunderbird yahoo gmail mail samsung huawei xiaomi"
    " honor vivo oppo redmi oneplus nokia blackberry mymail dingtalk wecom lark protonmail qq 139 189"
    " 小米 华为 華為 荣耀 三星 魅族 红米 一加 手机 wps 联想 网易 钉钉 飞书 企业微信 腾讯 阿里 新浪 雅虎"
)
_DEVICE = "(?:" + "|".join(_DEVICES.split()) + ")"
_PROGRAM_FOOTERS = (
    r"(?:发自|發自|来自|來自|发送自|傳送自|从|從)\s*我的?\s*.{1,30}",
    rf"(?:发自|發自|来自|來自|发送自|傳送自)\s*{_DEVICE}.{{0,40}}",
    rf"(?:从|從|由|使用|用|通过)\s*(?:我的?\s*)?{_DEVICE}.{{0,20}}(?:发送|傳送|寄出|发出).{{0,10}}",
    r"签名由\s*.{1,20}\s*定制|從我的 .{1,20} 傳送",
    rf"sent (?:from|via|with|by|using) (?:my |a |an |the )?{_DEVICE}[^,，。!?！？]{{0,50}}",
    r"sent (?:from|via) (?:my|a) [^,，。.!?！？]{1,50}",
    rf"(?:get|download) {_DEVICE} for .{{1,30}}|{_DEVICE} for (?:ios|android).{{0,40}}",
    r"(?:获取|取得|下载|下載).{0,20}outlook.{0,30}",
    r"von meinem .{1,30} gesendet|envoyé de(?:puis)? mon .{1,30}|enviado desde mi .{1,30}|iphoneから送信",
)
_PROGRAM_FOOTER = re.compile(rf"[\s\-—_*<]*(?:{'|'.join(_PROGRAM_FOOTERS)})[\s\-—_*.>]*$", re.IGNORECASE)
_NETEASE = re.compile(r"\s*签名由\s*网易邮箱大师\s*定制")
_BARS = re.compile(r"[\s|]*\|[\s|]*$")

_SIGNATURE = re.compile(r"\s?(?:--|——|- -)\s*$")
_NAME_BEHIND_DASH = re.compile(r"-{1,2}[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,3}\s*$")
_RULE = re.compile(r"\s*[-_=—*·~]{4,}\s*$")
_CLOSING = re.compile(
    r"谢谢|謝謝|多谢|祝好|祝商祺|顺祝|此致|敬礼|thanks|thank you|(?:best |kind )?regards|sincerely",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(r"[\d:：,，。?？]|.{41}")
_CONTACT = re.compile(
    r"@|\+?\d(?:[ ()-]?\d){6,}|电话|電話|手机|手機|传真|傳真|邮箱|郵箱|地址|网址|網址|公司|有限|微信|座机"
    r"|\b(?:tel|phone|mobile|mob|cell|fax|e-?mail|www|https?|address|co|ltd|inc|gmbh|llc|wechat|whatsapp|list)\b",
    re.IGNORECASE,
)

_NOTICE_OPENS = re.compile(
    r"(?:此|本)(?:邮件|郵件|电邮|電郵|电子邮件|電子郵件|信件|e-?mail)"
    r"|(?:免责|免責|保密|法律|机密|機密|重要)?(?:声明|聲明|条款)[:：]|(?:保密|免责|法律)(?:提示|须知|通知)"
    r"|this (?:e-?mail|message|communication|transmission)|confidentiality (?:notice|note)|disclaimer"
    r"|the (?:information|contents?) (?:contained |transmitted )?(?:in|of) (?:this|the)|legal notice"
    r"|diese e-?mail|ce (?:message|courriel)",
    re.IGNORECASE,
)
# only what no customer writes: 保密 and 严禁 are also requirements
_NOTICE_SAYS = re.compile(
    r"错收|误收|誤收|错误接收|錯誤接收|非(?:指定|预期|預期|阁下)|(?:不是|并非|並非).{0,12}收件|未经授权|未經授權"
    r"|(?:请|請)立即.{0,20}(?:删除|刪除)|(?:删除|刪除)(?:本|此|该|該)(?:邮件|郵件|信)"
    r"|intended (?:only|solely|recipient|addressee)|in error|notify (?:the|us)|unauthori[sz]ed",
    re.IGNORECASE,
)
_SMALL_PRINT = re.compile(
    r"virus-free|不含病毒|scanned (?:by|for) (?:virus|avast|avg|mcafee)|before printing"
    r"|打印(?:本|此|该)?邮件前|打印前请|减少打印|列印前",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"\W{0,4}(?:external\b|caution|warning|注意|警告|提醒|安全提示|外部邮件)\W{0,4}.{0,40}?"
    r"(?:from outside|outside (?:of )?(?:the|your|our)|external (?:sender|e-?mail|source)"
    r"|来自.{0,6}外部|外部邮件)",
    re.IGNORECASE,
)

_LONGEST_LINE = 500
_LONGEST_CARD_LINE = 120
_MOST_CARD_LINES = 14
_MOST_NOTICE_LINES = 30
_MOST_FOOTERS = 12


def without_footers(lines: list[str]) -> list[str]:
    """The lines of a letter without what stands below it. A bare typed name is of the letter and stays."""
    lines = _without_banner(lines)
    lines = lines[: _signature_start(lines)]
    for _ in range(_MOST_FOOTERS):
        kept = _without_last_footer(_without_blank_end(lines))
        if len(kept) == len(lines):
            break
        lines = kept
    return lines


def _without_banner(lines: list[str]) -> list[str]:
    """A mail gateway puts a warning on top: CAUTION: this email originated from outside."""
    for at, line in enumerate(lines):
        if line.strip():
            return lines[at + 1 :] if _BANNER.match(line[:_LONGEST_LINE]) else lines
    return lines


def _signature_start(lines: list[str]) -> int:
    return next((at for at, line in enumerate(lines) if _SIGNATURE.match(line[:20])), len(lines))


def _without_blank_end(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def _without_last_footer(lines: list[str]) -> list[str]:
    if not lines:
        return lines
    last = lines[-1]
    if len(last) <= _LONGEST_CARD_LINE and _PROGRAM_FOOTER.match(last):
        return _without_barred_card(lines[:-1]) if _NETEASE.match(last) else lines[:-1]
    if _NAME_BEHIND_DASH.match(last) and not "".join(lines[-2:-1]).strip():
        return lines[:-1]
    if (notice := _notice_start(lines)) is not None:
        return lines[:notice]
    return lines[: _card_start(lines)]


def _without_barred_card(lines: list[str]) -> list[str]:
    """NetEase Mail Master draws its card as a table, of which bars remain in the plain form."""
    lines = _without_blank_end(lines)
    first = max(0, len(lines) - _MOST_CARD_LINES)
    return lines[: next((at for at in range(first, len(lines)) if _BARS.match(lines[at])), len(lines))]


def _notice_start(lines: list[str]) -> int | None:
    """A legal notice at the end, never the first line: it opens like one and says what such notices say."""
    for at in range(max(1, len(lines) - _MOST_NOTICE_LINES), len(lines)):
        line = lines[at]
        if _SMALL_PRINT.search(line[:_LONGEST_LINE]) and len(lines) - at <= 2:
            return at
        if _NOTICE_OPENS.search(line[:60]) and _NOTICE_SAYS.search(" ".join(lines[at:])[: 8 * _LONGEST_LINE]):
            return at
    return None


def _card_start(lines: list[str]) -> int:
    """A line of dashes below an empty one or a closing, then a few short lines: a name first, a telephone or
    company among them. A table of goods or a delivery address below a line is part of the letter."""
    for at in range(len(lines) - 1, max(-1, len(lines) - _MOST_CARD_LINES), -1):
        if _RULE.match(lines[at][:_LONGEST_LINE]):
            above = lines[at - 1].strip() if at else ""
            ends_letter = not above or bool(_CLOSING.match(above[:40]))
            return at if ends_letter and _is_card(lines[at + 1 :]) else len(lines)
    return len(lines)


def _is_card(lines: list[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    if not filled:
        return True
    if _NOT_A_NAME.search(filled[0]) or any(len(line) > _LONGEST_CARD_LINE for line in filled):
        return False
    return any(map(_CONTACT.search, filled))
