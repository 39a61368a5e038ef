"""What stands below a letter without being part of it: signature cards, program footers, legal notices."""

import re

_CLIENT = re.compile(
    r"^[\s\-—_*]*(?:"
    r"(?:发自|發自|来自|來自|从|從|由)\s*我的?\s*(?:.{1,30})|(?:发自|發自|发送自|傳送自|來自|来自)\s*(?:(?:win|mac|i|an|vivo|oppo|小米|华为|華為|荣耀|三星|魅族|红米|一加|"
    r"网易|QQ|foxmail|outlook|钉钉|飞书|企业微信|雅虎|yahoo|新浪|139|189|腾讯|阿里|thunderbird|samsung|huawei).{0,40})"
    r"|从\s*windows.{0,20}(?:发送|邮件.{0,10})|从(?:网易|QQ|outlook|钉钉|飞书|企业微信).{0,20}发送"
    r"|签名由\s*.{1,20}\s*定制|由\s*.{1,15}邮箱\s*发送"
    r"|sent (?:from|via|with|by|using) (?:my |a |an |the |yahoo|outlook|mail\b|samsung|huawei|xiaomi|iphone|ipad|dingtalk|proton|gmail|foxmail|windows|nokia|blackberry|mobile|myMail|aquamail)[^,，。.!?！？]{0,60}"
    r"|sent from (?:mail|outlook|yahoo).{0,40}"
    r"|get outlook for .{1,30}|(?:获取|取得|下载)\s*(?:适用于\s*)?.{0,20}outlook.{0,30}|outlook for (?:ios|android).{0,40}"
    r"|von meinem .{1,30} gesendet|envoyé de(?:puis)? mon .{1,30}|enviado desde mi .{1,30}|iphoneから送信"
    r")[\s\-—_*.]*$",
    re.I,
)
_NETEASE = re.compile(r"^\s*(?:签名由\s*网易邮箱大师\s*定制|<?\s*签名由)", re.I)
_PIPES = re.compile(r"^[\s|]*\|[\s|]*$")
_SIGNATURE = re.compile(r"^\s?(?:--|——|— ?—|- -)\s*$")
_NAME_BEHIND_DASH = re.compile(r"^-{1,2}[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,3}\s*$")
_RULE = re.compile(r"^\s*[-_=—*·~]{4,}\s*$")
_CONTACT = re.compile(
    r"电话|電話|手机|手機|传真|傳真|邮箱|郵箱|信箱|地址|网址|網址|公司|有限|微信|座机|分机|\b(?:tel|phone|mobile|mob|cell|fax|email|e-mail|mail|www|http|add|address|"
    r"co\.|ltd|inc|gmbh|llc|wechat|whatsapp|skype|qq|list)\b|@|\+?\d[\d\s()-]{6,}",
    re.I,
)
_NOTICE = re.compile(
    r"(?:此|本)(?:邮件|郵件|电邮|電郵|电子邮件|電子郵件|信件|e-?mail|email)|(?:免责|免責|保密|法律|机密|機密|重要)?(?:声明|聲明|条款)[:：]|(?:保密|免责|法律)(?:提示|须知|声明|通知)"
    r"|this (?:e-?mail|message|communication|transmission)|the (?:information|contents?) (?:contained |transmitted )?(?:in|of) (?:this|the)"
    r"|confidentiality (?:notice|note|statement)|disclaimer|legal notice|diese e-?mail|ce (?:message|courriel)",
    re.I,
)
_NOTICE_SAYS = re.compile(
    r"错收|错误接收|误收|誤收|非(?:指定|预期|預期)|(?:不是|并非)(?:指定|预期|该|本邮件).{0,8}收件|仅限于|僅限|禁止任何|严禁|未经授权|未經授權|请立即.{0,20}(?:删除|通知)|請立即|(?:删除|刪除)(?:本|此|该|該)"
    r"|intended (?:only|solely|recipient|for|addressee)|confidential|privileged|in error|notify (?:the|us)|unauthori[sz]ed|not necessarily|virus",
    re.I,
)
_ANTIVIRUS = re.compile(r"virus-free|不含病毒|scanned (?:by|for) (?:virus|avast|avg|mcafee)|before printing|打印(?:本|此|该)?邮件前|打印前请|保护环境.{0,12}打印|環保.{0,10}列印", re.I)
_BANNER = re.compile(
    r"^\W{0,4}(?:\[?external\]?|caution|warning|注意|警告|提醒|外部邮件|【外部邮件】)\W{0,4}.{0,30}(?:originated (?:from )?outside|from outside|external (?:sender|email|source)|来自(?:公司|组织|企业)?外部|外部邮件)",
    re.I,
)
_LONGEST_LINE = 500
_LONGEST_CARD = 14
_LONGEST_CARD_LINE = 120


def without_footers(lines: list[str]) -> list[str]:
    """The lines of a letter without what stands below it. A bare typed name is part of the letter and stays."""
    lines = _without_banner(lines)
    lines = lines[: _signature_start(lines)]
    while True:
        kept = _without_last_footer(_without_blank_end(lines))
        if len(kept) == len(lines):
            return kept
        lines = kept


def _without_blank_end(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def _without_banner(lines: list[str]) -> list[str]:
    """A warning that a mail gateway put on top."""
    for at, line in enumerate(lines):
        if line.strip():
            return lines[at + 1 :] if _BANNER.search(line[:_LONGEST_LINE]) else lines
    return lines


def _signature_start(lines: list[str]) -> int:
    for at, line in enumerate(lines):
        if _SIGNATURE.match(line[:20]) and at + 1 < len(lines):
            return at
    return len(lines)


def _without_last_footer(lines: list[str]) -> list[str]:
    if not lines:
        return lines
    if _CLIENT.match(lines[-1][:_LONGEST_LINE]) and len(lines[-1]) < _LONGEST_CARD_LINE:
        return _without_card_above(lines[:-1]) if _NETEASE.match(lines[-1]) else lines[:-1]
    if _NAME_BEHIND_DASH.match(lines[-1]) and (len(lines) == 1 or not lines[-2].strip()):
        return lines[:-1]
    start = _last_paragraph(lines)
    paragraph = " ".join(lines[start:])[: 4 * _LONGEST_LINE]
    if start and _ANTIVIRUS.search(paragraph):
        return lines[:start]
    if (notice := _notice_start(lines)) is not None:
        return lines[:notice]
    return _without_card_below_rule(lines)


def _last_paragraph(lines: list[str]) -> int:
    start = len(lines)
    while start and lines[start - 1].strip():
        start -= 1
    return start


def _notice_start(lines: list[str]) -> int | None:
    """A legal notice: the last lines, beginning like one and saying what such notices say."""
    for at in range(max(0, len(lines) - 30), len(lines)):
        if at and len(lines[at]) > 20 and _NOTICE.search(lines[at][:60]):
            rest = " ".join(lines[at:])[: 8 * _LONGEST_LINE]
            if _NOTICE_SAYS.search(rest):
                return at
    return None


def _without_card_above(lines: list[str]) -> list[str]:
    """NetEase Mail Master draws its card as a table, which leaves bars."""
    at = _without_blank_end(lines)
    start = len(at)
    for offset in range(len(at) - 1, max(-1, len(at) - _LONGEST_CARD), -1):
        if _PIPES.match(at[offset]):
            start = offset
    return at[:start]


def _without_card_below_rule(lines: list[str]) -> list[str]:
    """A line of dashes and below it a few short lines with name, company and telephone, or a mailing list's name."""
    for at in range(len(lines) - 1, max(-1, len(lines) - _LONGEST_CARD), -1):
        if _RULE.match(lines[at][:_LONGEST_LINE]):
            card = lines[at + 1 :]
            short = all(len(line) <= _LONGEST_CARD_LINE for line in card)
            return lines[:at] if short and (not card or any(map(_CONTACT.search, card))) else lines
    return lines
