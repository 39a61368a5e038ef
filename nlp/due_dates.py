"""When the goods are wanted: the words that say so, and the day they mean."""

import datetime as dt
import re
from dataclasses import dataclass

from nlp.dates import dates_in, resolve
from nlp.reading import Kind

_LIMIT = re.compile(r"(?a)^\s?(?:之前|以前|前|之内|以内|内|里|起每天|起|(?=必须|务必|一定|要到|latest))")
_BY = re.compile(
    r"(?a)(?:\b(?:by|before|no later than|not later than|latest(?: by)?|until|for|due|on|in|eta|etd|arriv\w+"
    r"|deliver\w*|ship\w*|to|around|after|in week|delivery date|date)|交货?期|交货日期|交付日期|货期|日期"
    r"|时间|最[晚迟]|不晚于"
    r"|不迟于"
    r"|于|在|赶在|务必|必须|截止|到|至|限|争取|定|改[到成为]|提前到|推迟到|延[到至]"
    r"|提到)[\s:：]{0,2}(?:the\s|this\s|about\s)?$"
)
_FROM = re.compile(
    r"(?a)(?:从|由|原定?|原来|本来|\bfrom|not \w+ before|\bnot before|自|instead of)\s?(?:the\s)?$"
)
_ENDS = ("。", ";", "\n", ",", "!", "?", ". ", "(", ")")
_DELIVERY = re.compile(
    r"(?a)交|送|到货|到|发货|发|要|进仓|出货|装船|上船|入库|入仓|给我|给到|来拿|来拉|来取|取货|提货|自提|进场"
    r"|运抵|完成|完工|做好|抵|装车|收货|用|安装|装好|上门|赶|备好|弄好"
    r"|搞定|出齐|出完|寄|补|换|摆|上架"
    r"|deliver|ship|need|want|requir|arriv|dock|\betd|\beta|ex-factory|ex works|release|load|reach|at our"
    r"|in our|on site|collect|pick|install|ready|dispatch|receive them|send|replac|have (?:it|them)"
    r"|here\b|drop|fit"
)
_OTHER_MATTER = re.compile(
    r"(?a)回复|答复|回签|签回|报价|函复|复函|提交|拜访|来访|审核|开会|会议|付款|打款|尾款|首款|定金|预付|结清"
    r"|8d|休假|放假|昨|上周|上个?月|去年|前天|告知|回传|验厂|参观|评审"
    r"|审厂|安排人|稽核|投产"
    r"|收到|之前说|回电|回话|答应|对账|说明(?!书)|反馈|确认函|合同日期|生产日期|批次|参展|有效|签订|签的"
    r"|下的单|订的|买的|到的货|送的|发的|开始|开票|发票|联系|致电|来电"
    r"|通知|调查|整改|分析|给个|答案|方案|上涨|涨价|生效|盘点|赔|支付|派[人员遣]|到场|别[送发]|不要[送发]"
    r"|不送|未按|约定|应于|本应|承诺|延误|拖"
    r"|\b(?:quote|quotation|reply|respond|response|answer|visit|meet|meeting|payment|deposit|wire|since"
    r"|dated|mail of|call of|your mail|offer|valid|audit|budget|opens|sign|confirm|acknowledg\w*|closed"
    r"|came|arrived|received(?! (?:by|before|no|on))|delivered(?! (?:by|before|no|on))|ordered|bought"
    r"|feedback|yesterday|last|ago|letter|invoice"
    r"|let us know|tell us|get back|decide|planned|promised|was due|were due|should have)\b"
)
_EVENT = re.compile(
    r"(?a)(?:^|[,。;\s在]|务必|必须|最[晚迟])(?P<event>(?!发货|出货|付款|交货|装箱|送货|确认|生产|安装|下单"
    r"|验货|开票|装车)[\u4e00-\u9fff]{2,4}?之?前)"
    r"(?=(?:必须|务必|一定|要|得|就|全部)?(?:送|交|到货|到位|运到|装好|完工|完成|备齐|给我|拿到|赶出))"
)
_PAST_CLAUSE = re.compile(r"(?a)\s?(?:寄|下|发|买|订|做|提|交|送|签|收|到)(?:来|到)?的")
_DEMANDS_GOODS = re.compile(
    r"(?a)补|换|重[做发新]|到货|送[到来货达]|发货|交货|交付|运[到来]|拿来|到位|给我们?[发补换送]|replac"
    r"|deliver|ship|send"
    r"|new ones|remake|redo|missing|rest of|\bneed|must have|bring|swap|exchange"
)
SURE = 2.0
_LOOSE = frozenset(
    (
        "near",
        "near_en",
        "weekday_en",
        "slash",
        "day",
        "within",
        "the_day",
        "week",
        "weekday",
        "span",
        "term",
        "hour",
        "hour_en",
    )
)


@dataclass(frozen=True, slots=True)
class DueDate:
    """The words at a place of the page, and the day if it can be told."""

    start: int
    end: int
    day: dt.date | None


def due_date_of(folded: str, kind: Kind, written: dt.date | None) -> DueDate | None:
    """The delivery date demanded; None for replies, meetings, payments and days gone by."""
    if kind not in (Kind.ORDER, Kind.INQUIRY, Kind.COMPLAINT):
        return None
    if kind is Kind.COMPLAINT and not _DEMANDS_GOODS.search(folded):
        return None
    best: tuple[float, re.Match[str], int] | None = None
    for place, found in enumerate(dates_in(folded)):
        limit = _LIMIT.match(folded[found.end() : found.end() + 6])
        end = found.end() + (limit.end() if limit else 0)
        worth = _worth(folded, found, end, kind, bool(limit)) - 0.1 * place
        if worth >= SURE and (best is None or worth > best[0]):
            best = worth, found, end
    if not best:
        return _before_event(folded) if kind is Kind.ORDER else None
    _, found, end = best
    return DueDate(found.start(), end, resolve(found, written))


def _before_event(folded: str) -> DueDate | None:
    """搬家前送到: some event that no list of holidays has, when the goods are plainly wanted before it."""
    found = _EVENT.search(folded) if "前" in folded else None
    return DueDate(found.start("event"), found.end("event"), None) if found else None


_KIND_WORTH = {Kind.ORDER: 1.7, Kind.INQUIRY: 0.85, Kind.COMPLAINT: -0.4}


def _worth(folded: str, found: re.Match[str], end: int, kind: Kind, limit: bool) -> float:
    start = found.start()
    left = max(folded.rfind(mark, max(0, start - 40), start) for mark in _ENDS)
    before = folded[max(left + 1, start - 40, 0) : start]
    rights = [place for mark in _ENDS if (place := folded.find(mark, end, end + 30)) >= 0]
    after = folded[end : min(rights, default=end + 30)]
    sort = found.lastgroup or ""
    worth = _KIND_WORTH[kind]
    by = bool(_BY.search(before)) or sort in ("within_en", "event_en", "span", "weekday_short", "hour_en")
    worth += 1.0 * limit + 1.2 * by - 1.5 * bool(_FROM.search(before))
    # "6月25日，" alone in a list of order terms is the date wanted.
    alone = not before.strip() and not after.strip()
    worth += 1.2 * bool(alone or _DELIVERY.search(after) or _DELIVERY.search(before))
    if kind is Kind.COMPLAINT:
        worth += 1.0 * bool(_DEMANDS_GOODS.search(before) or _DEMANDS_GOODS.search(after))
    # 周五前收到 wants the goods; without the limit they were received.
    later = after.removeprefix("收到") if limit else after
    worth += 1.2 * (later is not after)
    # A bare weekday or "today" is often talk.
    if sort in _LOOSE:
        worth -= 0.5
    if worth < SURE:
        return worth
    worth -= 1.5 * after.startswith("的") + 2.5 * bool(_PAST_CLAUSE.match(after))
    return worth - 3.0 * bool(_OTHER_MATTER.search(before) or _OTHER_MATTER.search(later[:20]))
