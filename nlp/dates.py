"""Finds days as people write them, and tells which day they mean for a message of a given day."""

import datetime as dt
import re
from itertools import islice

from nlp.scanning import begins_word, scan

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?:\.(?=\s?\d))?"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAY = r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)day"
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_HAN = "[一二三四五六七八九十廿]"
_HOUR = r"(?:[0-9一二三四五六七八九十]{1,2}(?:[点时](?:半|钟)?|:\d\d))?"
_PART = rf"(?:的?(?:一?早上?|凌晨|上午|中午|下午|傍晚|晚上?|早晨|下班)?{_HOUR})"
_EVENTS = (
    "元旦|春节|过年|年|国庆节?|十一|中秋节?|五一|劳动节|端午节?|元宵节?|清明节?|圣诞节?|双十一|双11|双十二|双12|618|六一|儿童节|三八|妇女节|情人节|七夕|母亲节"
    "|父亲节|教师节|重阳节?|腊八|小年|除夕|国庆中秋|节|放假|开学|开业|开张|开幕|开工|开盘|开馆|开园|开机|开展|布展|汛期|雨季|梅雨|入冬|入夏|供暖|采暖|婚礼|婚期|高考|中考|展会"
    "|广交会|运动会|年会|比赛|试营业|封航|封顶|通车|投产|开播|首发|上市|发车|装修|交房|交付|验收|揭牌|剪彩|收割|播种|收货期|春耕|麦收|开海|暑假|寒假|毕业典礼|典礼|活动"
    "|立春|雨水|惊蛰|春分|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒"
)
_EVENTS_EN = (
    r"christmas|xmas|easter|thanksgiving|ramadan|eid|diwali|chinese new year|lunar new year|cny"
    r"|new year(?:'s)?(?: eve)?|golden week"
    r"|black friday|halloween|national day|mid-autumn|the (?:holidays?|opening|show|fair|exhibition|event"
    r"|wedding|launch|season|weekend|harvest|festival|inspection|summer break)"
).replace(" ", r"\s")
_COUNT_EN = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|ten|fourteen|a|the next|the coming)"
# A branch of its own for each kind of beginning; the first one that fits a place counts.
_HAN_DAYS = rf"""
     (?P<iso>20\d\d\s?[-/.年]\s?\d{{1,2}}\s?[-/.月]\s?\d{{1,2}}(?!\d)[日号]?{_PART})
    |(?P<month_day>(?:明年|今年)?(?<!\d)(?:\d{{1,2}}|{_HAN}{{1,2}})月份?(?:\d{{1,2}}
        |{_HAN}{{1,3}})[日号]?{_PART}(?!个|台|周))
    |(?P<month_part>(?:明年|今年|次年)?(?:\d{{1,2}}|{_HAN}{{1,2}}|本|这个?|当|下下?个?|次|)月份?(?:上?中?下?旬|半|底|初|末
        |中(?=[前旬要交到再发送出装给，,。;]|之前|$)))
    |(?P<month>(?:\d{{1,2}}|{_HAN}{{1,2}}|本|这个?|下个?)月份?(?=[内里前要送用装]|之前|以前|之内|交|发|到货
        |出货|给))
    |(?P<weekday>(?:每个?|本|这个?|下下个?|下个?|上个?)?(?:周|星期|礼拜)[一二三四五六日天末](?!期){_PART})
    |(?P<week>(?:本|这个?|下个?)(?:周|星期|礼拜)(?!期)|(?:(?:\d{{1,2}}|{_HAN}{{1,2}})月)?第(?:\d{{1,2}}
        |[一二三四五])周)
    |(?P<lunar>(?:腊月|正月|大年|农历(?:\S{{1,2}}月)?)(?:初?{_HAN}{{1,3}}))
    |(?P<term>年底|年内|年中|季度[末底]|周末)
    |(?P<near>(?:今天|明天|后天|大后天|今晚|明晚|明早|今早|今日|明日|后日|后晚|当天|当日|次日|隔天
        |连夜){_PART})
    |(?P<day>(?<![\d#\-/.a-z第〕])(?:\d{{1,2}}
        |{_HAN}{{1,3}})[号日](?![线楼机位仓门厂炉车店院柜色生模库夜桌包厅棚罐角码]){_PART})
    |(?P<within>(?:\d{{1,3}}|[一二两三四五六七八九十半]{{1,3}})\s?个?半?(?:天|日|周|星期|礼拜|月|工作日|小时
        |钟头)(?:之?[内后]|以内|左右|(?=到货
        |交货|交齐|发货|出货|送到))|[一二两三四五六七八九十半\d]{{1,2}}个?(?:小时|钟头)内)
    |(?P<span>(?:(?<=期)|(?<=期[:为是]))(?:\d{{1,3}}|{_HAN}{{1,3}}|两)\s?个?(?:天|日|周|星期|礼拜|月|工作日))
    |(?P<hour>(?:凌晨|早上?|上午|中午|下午|傍晚|晚上?)(?:[0-9一二三四五六七八九十]{{1,2}})[点时:](?:半
        |\d\d)?钟?(?=之?前))
    |(?P<slash>(?<![\d/.\-a-z])(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\d/%a-z])(?!\s?(?:inch|寸|"))
        |(?<![\d/.\-a-z])(?:1[0-2]|0?[1-9])\.(?:3[01]|[12]\d|0?[1-9])(?=号?(?:之?前|交|到货|发货|要|送)))
"""
_LATIN_DAYS = rf"""
     (?P<iso>\b20\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b)
    |(?P<european>(?<![\d.\-/])(?:3[01]|[12]\d|0?[1-9])[./](?:1[0-2]|0?[1-9])[./](?:20)?\d\d(?!\d))
    |(?P<slash>(?<![\d/.\-])(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\d/%a-z])(?!\s?(?:inch|")))
    |(?P<the_day>\b(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)\b(?:\s(?:of\s)?{_MONTH})?(?!\s(?:time|batch|shipment
        |delivery|order|floor|row|line|party|sept|reminder|street|avenue|st\b|set|lot|generation)))
    |(?P<day_month>\b\d{{1,2}}(?:st|nd|rd|th)?[\s-](?:of\s)?{_MONTH}(?:[,\s-]{{1,2}}20\d\d)?)
    |(?P<month_day_en>\b{_MONTH}\s(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d|:)(?:,?\s20\d\d)?)
    |(?P<month_en>\b(?:(?:mid(?:dle)?|(?:the\s)?(?:end|beginning|middle|start|first\shalf|second\shalf
        |first\sweek|last\sweek|second\sweek|third\sweek|(?:first|second|last)\sthird)|early|late)(?:\sof|-|\s)\s?(?:the\s)?(?:{_MONTH}
        |(?:this|next|the)?\s?month|(?:the\s)?(?:year|quarter))|month[-\s]end|year[-\s]end|end[-\s]{_MONTH}
        |(?:by|in|before|for|during)\s{_MONTH}(?!\s?\d)|q[1-4]))
    |(?P<week_en>\b(?:calendar\s)?(?:week|wk|cw|kw)\s?\.?(?:no\.?\s)?\d{{1,2}}\b)
    |(?P<weekday_en>\b(?:(?:every|next|this|coming|following|each)\s)?{_WEEKDAY}s?\b(?:\s(?:noon|morning
        |afternoon|evening|night|next\sweek|week))?)
    |(?P<weekday_short>\b(?:by|on|next|this|before)\s(?:mon|tues?|wed|thurs?|thu|fri|sat)\b)
    |(?P<hour_en>\bby\s\d{{1,2}}(?::\d\d)?\s?(?:am|pm|a\.m|p\.m|o'clock)\b)
    |(?P<near_en>\b(?:tmrw?|tmw|the\sday\safter\stomorrow|today|tomorrow|tonight|(?:the\s)?(?:end|middle
        |beginning|start)\sof\s(?:this\s|next\s|the\s|following\s)?week|(?:next|this|following)\s(?:week
        |month|weekend)|eow|eom|eod)\b
        (?:\s(?:noon|morning|afternoon|evening|night))?)
    |(?P<within_en>\b(?:within|in|inside)\s(?:the\snext\s)?{_COUNT_EN}(?:\s?(?:-|to|or)\s?(?:\d{{1,2}}|two
        |three|four|six))?[\s-](?:working\s|business\s|calendar\s|full\s)?(?:hours?|days?|weeks?|months?
        |fortnight)\b(?:'?\s(?:time|from\snow))?)
    |(?P<event_en>\b(?:before|by|for|in\stime\sfor|ahead\sof)\s(?:{_EVENTS_EN})\b)
"""
# 国庆前, 开业当天: without 前 or 当 there is none, so that few messages are searched for so many words.
_EVENT = re.compile(rf"(?P<event>(?:{_EVENTS})(?=之?以?前|当[天日]))")
_HAN_BEGINS = re.compile(
    "[0-9一二三四五六七八九十廿两半凌早晚上中下傍今明后大当次隔连本这每周星礼年月腊正农季第](?<![0-9].)"
    "(?:(?<=[0-9])(?=[0-9]{0,3} ?[-/.:年月日号天周星礼个半工小钟点时])|(?<![0-9])"
    "(?=[0-9 一二三四五六七八九十廿两半年月日号天周星期礼拜个工小钟点时晚早晨午上下底末内中后历夜度份旬初]))"
)
_HAN_DATE = re.compile(f"(?a)(?:{_HAN_DAYS})", re.VERBOSE)
# What may stand behind "by": a month, a weekday, an hour, a feast.
_SOME = "[a-hj-oq-tw-x0-9]"
_LATIN_BEGINS = begins_word(
    rf"[0-9]|a(?:pr|ug|head(?= of ))|b(?:y(?= {_SOME})|efore(?= {_SOME})|eginning)|c(?:w|oming(?= )|alendar)"
    rf"|d(?:ec|uring(?= {_SOME}))|e(?:o[dwm]|nd(?=[ -])|arly|(?:very|ach)(?= [mtwfs]))"
    rf"|f(?:eb|ri|or(?= {_SOME})|irst(?= [hwt])|ollowing(?= [mtwfs]))"
    r"|in(?:side)?(?= [adefjmnost0-9])|j(?:an|u[nl])|kw|la(?:te|st(?= [hwt]))|m(?:a[ry]|on|id)"
    r"|n(?:ov|ext(?= [mtwfs]))|o(?:ct|n(?= [mtwfs]))|q[1-4]|s(?:at|ep|un|econd(?= [hwt])|tart)"
    r"|w(?:e[de]|k|ithin)|year(?=[ -]end)"
    r"|t(?:h(?:u|e(?= (?:[0-9]|day|end|beg|mid|start|fir|las|sec|thi))|is(?= [mtwfs])|ird(?= [hwt]))|ue|m"
    r"|o[mnd])"
)
_LATIN_DATE = re.compile(f"(?a)(?:{_LATIN_DAYS})", re.VERBOSE)
# 搬家前送到: some event that no list has, where the goods are plainly wanted before it.
_OWN_EVENT = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<own_event>(?!发货|出货|付款|交货|装箱|送货|确认|生产|安装|下单|验货|开票|装车)"
    r"[\u4e00-\u9fff]{2,5}?(?=之?以?前(?:必须|务必|一定|要|得|就|全部|能|再)?[送交到发运装完备给拿赶]))"
)
# Words side by side: without them, or a name of a day, there is no English date.
_LATIN = re.compile(r"(?a)[a-z]{2}\.? [a-z0-9]|[a-z]day|tmrw?|tomorrow")


def dates_in(folded: str, at_most: int = 40) -> list[re.Match[str]]:
    """Every day named, in reading order; at the same place the longer words."""
    found: list[re.Match[str]] = []
    if not folded.isascii():
        begins = [begun.start() for begun in _HAN_BEGINS.finditer(folded)]
        found += islice(scan(begins, _HAN_DATE, folded), at_most)
        if "前" in folded or "当" in folded:
            found += islice(_EVENT.finditer(folded), at_most)
        if "前" in folded:
            found += islice(_OWN_EVENT.finditer(folded), at_most)
    if (" " in folded or "day" in folded) and _LATIN.search(folded):
        begins = [begun.start() + 1 for begun in _LATIN_BEGINS.finditer(folded)]
        found += islice(scan(begins, _LATIN_DATE, folded), at_most)
    if len(found) < 2:
        return found
    found.sort(key=lambda one: (one.start(), -one.end()))
    kept: list[re.Match[str]] = []
    for one in found:
        if not kept or one.start() >= kept[-1].end():
            kept.append(one)
    return kept


def resolve(found: re.Match[str], written: dt.date | None) -> dt.date | None:
    """The day a match means for a message written on a given day; None when it cannot be told for sure."""
    text, sort = found[0].strip(), found.lastgroup or ""
    numbers = [int(number) for number in re.findall(r"\d+", text.partition(":")[0])]
    try:
        if sort == "iso":
            return dt.date(*numbers[:3])
        if sort in ("day_month", "month_day_en") and len(numbers) == 2:
            return dt.date(numbers[1], _month_of(text), numbers[0])
        if sort == "european" and (numbers[0] > 12 or "." in text):
            return dt.date(numbers[2] % 100 + 2000, numbers[1], numbers[0])
        return _relative(text, sort, numbers, written) if written else None
    except (ValueError, OverflowError):
        return None


def _relative(text: str, sort: str, numbers: list[int], written: dt.date) -> dt.date | None:
    match sort:
        case "month_day":
            month, day = _han_numbers(text)[:2]
            return _coming(written, month, day, next_year=text.startswith("明年"))
        case "slash":
            return _coming(written, numbers[0], numbers[1])
        case "day_month" | "month_day_en":
            return _coming(written, _month_of(text), numbers[0])
        case "day" | "the_day":
            if sort == "the_day" and re.search(_MONTH, text):
                return _coming(written, _month_of(text), numbers[0])
            return _day_to_come(written, numbers[0] if numbers else _han_numbers(text)[0])
        case "month_part" | "month_en":
            return _end_of_month(text, numbers, written)
        case "near" | "near_en":
            return _near(text, written)
        case "weekday" | "weekday_en" | "weekday_short":
            return _weekday(text, written)
        case "week" | "week_en":
            return None
        case "within" | "within_en" | "span":
            return _within(text, written)
        case "event" | "event_en" | "term":
            return _event(text, written)
    return None


def _coming(written: dt.date, month: int, day: int, *, next_year: bool = False) -> dt.date:
    """That day this year, or next year when it is long gone."""
    found = dt.date(written.year + next_year, month, day)
    return found if (written - found).days < 60 else found.replace(year=written.year + 1)


def _day_to_come(written: dt.date, day: int) -> dt.date:
    start = written.replace(day=1)
    start = start if day >= written.day else (start + dt.timedelta(days=31)).replace(day=1)
    return start.replace(day=day)


def _end_of_month(text: str, numbers: list[int], written: dt.date) -> dt.date | None:
    """The last day, if the text says end of a month; 上旬 or "mid" mean no single day."""
    if not (text.endswith(("底", "末")) or text.startswith(("end", "the end", "month"))):
        return None
    if text in ("月底", "月末", "本月底", "本月末", "这个月底", "这月底", "当月底") or re.fullmatch(
        r"(?:the )?end of (?:this |the )?month|month[- ]end", text
    ):
        return _last_day(written.year, written.month)
    if text.startswith(("下月", "下个月", "次月")) or text.endswith("next month"):
        return _last_day(written.year + written.month // 12, written.month % 12 + 1)
    if "quarter" in text or "year" in text:
        return dt.date(written.year, 12, 31) if "year" in text else None
    months = numbers[:1] or ([_month_of(text)] if re.search(_MONTH, text) else _han_numbers(text)[:1])
    if not months:
        return None
    return _last_day(written.year + (months[0] < written.month or text.startswith("明年")), months[0])


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def _month_of(text: str) -> int:
    return next(_MONTHS.index(name) + 1 for name in re.findall(r"[a-z]{3}", text) if name in _MONTHS)


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
        "当": 0,
        "连夜": 0,
        "明": 1,
        "次": 1,
        "隔": 1,
        "后": 2,
        "大后": 3,
        "the day after": 2,
        "today": 0,
        "tonight": 0,
        "eod": 0,
        "tomorrow": 1,
        "tm": 1,
    }
    for name in sorted(steps, key=len, reverse=True):
        if text.startswith(name):
            return written + dt.timedelta(days=steps[name])
    friday = written + dt.timedelta(days=(4 - written.weekday()) % 7)
    if text == "eom":
        return _last_day(written.year, written.month)
    if "end of" in text or text == "eow":
        return friday + dt.timedelta(days=7 * ("next" in text or "following" in text))
    return None


def _weekday(text: str, written: dt.date) -> dt.date | None:
    if text.startswith(("每", "every", "each", "上")) or "末" in text:
        return None
    monday = written - dt.timedelta(days=written.weekday())
    if text[0].isascii():
        day = next(place for place, name in enumerate(_WEEKDAYS) if name in text)
        if "next" in text:
            return monday + dt.timedelta(days=7 + day)
        return (
            written + dt.timedelta(days=(day - written.weekday()) % 7) if day != written.weekday() else None
        )
    named = re.search(r"(?:周|星期|礼拜)(.)", text)
    if named is None:
        return None
    day = "一二三四五六日".index(named[1].replace("天", "日"))
    weeks = 2 if text.startswith("下下") else 1 if text.startswith("下") else 0
    found = monday + dt.timedelta(days=day + 7 * weeks)
    if found == written:
        return None
    # A bare 周三 written on a Friday is the coming one.
    return found if weeks or found >= written else found + dt.timedelta(days=7)


_EN_COUNT = {"a": 1, "fourteen": 14} | dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        range(1, 11),
        strict=True,
    )
)


def _within(text: str, written: dt.date) -> dt.date | None:
    """三天内 from the message's day on; working days and ranges are left to a person."""
    if "工作日" in text or "working" in text or "business" in text or "半" in text or "左右" in text:
        return None
    if text[0].isascii() and text[0].isalpha():
        counts = [
            int(word) if word.isdigit() else _EN_COUNT[word]
            for word in re.findall(r"\d+|[a-z]+", text)
            if word.isdigit() or word in _EN_COUNT
        ]
    else:
        counts = _han_numbers(text.replace("两", "二"))
    if len(counts) != 1:
        return None
    if "月" in text or "month" in text:
        return None
    if "小时" in text or "钟头" in text or "hour" in text:
        return written + dt.timedelta(days=counts[0] // 24) if counts[0] % 24 == 0 else None
    weeks = 14 if "fortnight" in text else 7 if re.search("周|星期|礼拜|week", text) else 1
    return written + dt.timedelta(days=counts[0] * weeks)


# Holidays on the same day each year; "before" means by the day before.
_FIXED = {
    "元旦": (1, 1),
    **dict.fromkeys(("五一", "劳动节"), (5, 1)),
    **dict.fromkeys(("六一", "儿童节"), (6, 1)),
    "618": (6, 18),
    **dict.fromkeys(("国庆", "十一"), (10, 1)),
    **dict.fromkeys(("双十一", "双11"), (11, 11)),
    **dict.fromkeys(("双十二", "双12"), (12, 12)),
    **dict.fromkeys(("圣诞", "christmas", "xmas"), (12, 25)),
}


def _event(text: str, written: dt.date) -> dt.date | None:
    if text == "年底":
        return dt.date(written.year, 12, 31)
    for name, (month, day) in sorted(_FIXED.items(), key=lambda item: -len(item[0])):
        if name in text and "国庆中秋" not in text:
            found = _coming(written, month, day)
            found = found if found > written else found.replace(year=found.year + 1)
            return found - dt.timedelta(days=1)
    return None
