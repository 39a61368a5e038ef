"""When the goods are wanted: the words that say so, and the day they mean."""

import datetime as dt
import re
from dataclasses import dataclass

from nlp.reading import Kind

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)day"
_HAN = "[一二三四五六七八九十廿]"
_PART = r"(?:一?早上?|上午|中午|下午|晚上?|\d{1,2}[点时](?:半|前)?)?"
_DATE = re.compile(
    rf"""(?=[\d一二三四五六七八九十廿今明后当连本这下每周星礼元春国中年端清圣双开汛腊正大月a-z])
    (?:(?P<iso>20\d\d\s?[-/.年]\s?\d{{1,2}}\s?[-/.月]\s?\d{{1,2}}日?)
    |(?P<month_day>(?:明年|今年)?(?:\d{{1,2}}|{_HAN}{{1,2}})月(?:份)?(?:\d{{1,2}}|{_HAN}{{1,3}})[日号]?{_PART}(?!个|台|周))
    |(?P<month_part>(?:\d{{1,2}}|{_HAN}{{1,2}}|本|这个?|下个?|上个?)?月(?:上旬|中旬|下旬|底|初|末))
    |(?P<weekday>(?:每个?|本|这个?|下下|下个?)?(?:周|星期|礼拜)[一二三四五六日天末](?:之?前)?{_PART})
    |(?P<holiday>(?:元旦|春节|国庆|中秋|五一|年|端午|元宵节?|清明|圣诞节?|双十一|开学|汛期)(?:之?前|底))
    |(?P<lunar>(?:腊月|正月)(?:初?{_HAN}{{1,3}}))
    |(?P<near>(?:今天|明天|后天|大后天|今晚|明晚|明早|今日|明日|后日|当天|连夜){_PART})
    |(?P<day>(?<![\d#\-/.a-z])(?:\d{{1,2}}|{_HAN}{{1,3}})[号日](?!线|楼|机|位|仓|门|厂|炉|车|店|院|柜|色|生|模|库|夜))
    |(?P<within>(?:\d{{1,2}}|[一二两三四五六七八九十半]{{1,2}})\s?个?(?:天|周|星期|礼拜|月|工作日)之?内)
    |(?P<the_day>\bthe\s\d{{1,2}}(?:st|nd|rd|th)\b(?!\s(?:time|batch|shipment|delivery|order)))
    |(?P<slash>(?<![\d/.\-a-z])(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\d/%a-z]))
    |(?P<day_month>\b\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s{_MONTH}(?:,?\s20\d\d)?)
    |(?P<month_day_en>\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s20\d\d)?)
    |(?P<month_en>\b(?:mid|end\sof|early|late|beginning\sof)[-\s]{_MONTH})
    |(?P<week_en>\b(?:calendar\s)?(?:week|wk|cw|kw)\s?\d{{1,2}}\b)
    |(?P<weekday_en>\b(?:every\s|next\s|this\s|coming\s)?{_WEEKDAY}s?\b)
    |(?P<near_en>\b(?:today|tomorrow|tonight|end\sof\s(?:this\s|next\s)?(?:week|month)|next\sweek)
        (?:\s(?:noon|morning|afternoon|evening))?))
    """,
    re.VERBOSE,
)
_LIMIT = re.compile(r"^\s?(?:之前|以前|前|之内|内|起每天|起)")
_BY = re.compile(
    r"(?:\bby|before|no later than|latest|until|for|due|on|eta|etd|arriv\w+|deliver\w*|ship\w*|交期|交货"
    r"|于|到|至|to|for|pull in 到)[\s:]?(?:the\s|this\s)?$"
)
_FROM = re.compile(r"(?:从|由|原定?|from|not \w+ before|before)\s?(?:the\s)?$")
_ENDS = ("。", ";", "；", "\n", "，", ",", "!", "?", "！", "？", ". ")
_DELIVERY = re.compile(
    r"交|送|到货|到|发货|发|要|进仓|出货|装船|上船|入库|入仓|给我|给到|来拿|来拉|自提|进场|运抵|完成"
    r"|抵|装车|收货|用"
    r"|deliver|ship|need|want|requir|arriv|dock|etd|eta|ex-factory|ex works|release|load|reach"
    r"|at our|in our|collect|pick"
)
_OTHER_MATTER = re.compile(
    r"回复|答复|回签|签回|报价|函复|提交|拜访|来访|审核|开会|会议|付款|打款|尾款|首款|8d|休假|放假"
    r"|昨|上周|上个?月|去年|告知|回传"
    r"|验厂|参观|评审|审厂|安排人|到厂|稽核|投产|收到|之前说|回电|答应|对账|说明|反馈|确认函"
    r"|合同日期|生产日期|批次|参展"
    r"|quote|reply|respond|answer|visit|meet|payment|deposit|wire|since|dated|quotation of|mail of"
    r"|call of|your mail|offer|valid"
    r"|audit|budget|received|opens|sign|confirm|acknowledg|closed|came|arrived"
)


@dataclass(frozen=True, slots=True)
class DueDate:
    """The words at a place of the page, and the day if it can be told."""

    start: int
    end: int
    day: dt.date | None


def due_date_of(folded: str, kind: Kind, written: dt.date | None) -> DueDate | None:
    """The delivery date demanded; None for replies, meetings, payments and days gone by."""
    if kind not in (Kind.ORDER, Kind.INQUIRY):
        return None
    best: tuple[float, re.Match[str], int] | None = None
    for place, found in enumerate(_DATE.finditer(folded)):
        if place > 40:
            break
        limit = _LIMIT.match(folded[found.end() : found.end() + 6])
        end = found.end() + (limit.end() if limit else 0)
        worth = _worth(folded, found, end, kind, bool(limit)) - 0.1 * place
        if worth >= 2 and (best is None or worth > best[0]):
            best = worth, found, end
    if not best:
        return None
    _, found, end = best
    return DueDate(found.start(), end, resolve(found, written))


def _worth(folded: str, found: re.Match[str], end: int, kind: Kind, limit: bool) -> float:
    start = found.start()
    left = max(folded.rfind(mark, max(0, start - 40), start) for mark in _ENDS)
    before = folded[max(left + 1, start - 40, 0) : start]
    rights = [place for mark in _ENDS if (place := folded.find(mark, end, end + 30)) >= 0]
    after = folded[end : min(rights, default=end + 30)]
    worth = 1.5 if kind is Kind.ORDER else 0.4
    worth += 1.0 * limit + 1.2 * bool(_BY.search(before)) - 1.5 * bool(_FROM.search(before))
    # "6月25日，" alone in a list of order terms is the date wanted.
    alone = not before.strip() and not after.strip()
    worth += 1.2 * bool(alone or _DELIVERY.search(after) or _DELIVERY.search(before))
    worth -= 3.0 * bool(_OTHER_MATTER.search(before) or _OTHER_MATTER.search(after))
    # A bare weekday or "today" is often talk.
    if found.lastgroup in ("near", "near_en", "weekday_en", "slash", "day", "within", "the_day"):
        worth -= 0.5
    return worth


def resolve(found: re.Match[str], written: dt.date | None) -> dt.date | None:
    """The day a match of this module means, for a message written on a given day."""
    text, sort = found[0].strip(), found.lastgroup or ""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    try:
        if sort == "iso":
            year, month, day = numbers[:3]
            return dt.date(year, month, day)
        if sort in ("day_month", "month_day_en") and len(numbers) == 2:
            return dt.date(numbers[1], _month_of(text), numbers[0])
        return _relative(text, sort, numbers, written) if written else None
    except ValueError:
        return None


def _relative(text: str, sort: str, numbers: list[int], written: dt.date) -> dt.date | None:
    match sort:
        case "month_day":
            month, day = (_han_numbers(text) if len(numbers) < 2 else numbers)[:2]
            return _coming(written, month, day)
        case "slash":
            return _coming(written, numbers[0], numbers[1])
        case "day_month" | "month_day_en":
            return _coming(written, _month_of(text), numbers[0])
        case "day" | "the_day":
            number = numbers[0] if numbers else _han_numbers(text)[0]
            start = written.replace(day=1)
            start = start if number >= written.day else (start + dt.timedelta(days=31)).replace(day=1)
            return start.replace(day=number)
        case "month_part" if text in ("月底", "本月底", "这个月底", "这月底", "月末", "本月末"):
            return _month_end(written.year, written.month)
        case "month_part" if text in ("下月底", "下个月底"):
            return _month_end(written.year + written.month // 12, written.month % 12 + 1)
        case "month_part" if numbers and text.endswith(("底", "末")):
            return _month_end(written.year + (numbers[0] < written.month), numbers[0])
        case "near" | "near_en":
            return _near(text, written)
        case "weekday" | "weekday_en":
            return _weekday(text, written)
    return None


def _coming(written: dt.date, month: int, day: int) -> dt.date:
    """That day this year, or next year when it is long gone."""
    found = dt.date(written.year, month, day)
    return found if (written - found).days < 60 else found.replace(year=written.year + 1)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def _month_of(text: str) -> int:
    names = re.findall(r"[a-z]{3}", text)
    return next(_MONTHS.split().index(name) + 1 for name in names if name in _MONTHS.split())


def _han_numbers(text: str) -> list[int]:
    digits = {character: number for number, character in enumerate("一二三四五六七八九", start=1)}
    found = []
    for part in re.findall(rf"\d+|{_HAN}+", text):
        if part.isdigit():
            found.append(int(part))
            continue
        tens, ten, ones = part.replace("廿", "二十").rpartition("十")
        found.append((digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0))
    return found


def _near(text: str, written: dt.date) -> dt.date | None:
    steps = {
        "今": 0,
        "当天": 0,
        "连夜": 0,
        "明": 1,
        "后": 2,
        "大后": 3,
        "today": 0,
        "tonight": 0,
        "tomorrow": 1,
    }
    for name in sorted(steps, key=len, reverse=True):
        if text.startswith(name):
            return written + dt.timedelta(days=steps[name])
    friday = written + dt.timedelta(days=(4 - written.weekday()) % 7)
    ends = {
        "end of this week": friday,
        "end of week": friday,
        "end of next week": friday + dt.timedelta(days=7),
    }
    return ends.get(text)


def _weekday(text: str, written: dt.date) -> dt.date | None:
    if text.startswith(("每", "every")) or "末" in text:
        return None
    monday = written - dt.timedelta(days=written.weekday())
    if found := re.search(r"(?:周|星期|礼拜)([一二三四五六日天])", text):
        weekday = min("一二三四五六日天".index(found[1]), 6)
        weeks = 2 if text.startswith("下下") else 1 if text.startswith("下") else 0
        day = monday + dt.timedelta(days=weekday, weeks=weeks)
        return day if weeks or day >= written else day + dt.timedelta(weeks=1)
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    weekday = next(place for place, name in enumerate(names) if name in text)
    ahead = (weekday - written.weekday()) % 7 or 7
    return written + dt.timedelta(days=ahead)
