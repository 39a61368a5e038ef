"""How many: the numbers of a message that may be the quantity of its main item, with their units."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice

from nlp.choosing import AT_MOST, Candidate, Span, around, candidate, placed
from nlp.measures import HAN_UNITS, LATIN_UNIT, LATIN_UNITS, MEASURED
from nlp.numbers import HAN_NUMERALS, WRITTEN_OUT, value_of
from nlp.reading import Kind
from nlp.scanning import begins_word, scan

LONGEST_NUMBER = 20
MOST_GOODS = 50_000_000
_GOODS = (
    # 65w is watts, 1.2w pcs twelve thousand.
    r"(?P<times>\s?k(?![a-z0-9])|\s?w(?! ?(?!pcs|pieces|sets|units)[a-z0-9])|[kw](?=pcs|ea\b|sets?|units?)"
    r"|\s(?:thousand|million|hundred)\b)?"
    rf"(?:余|来|多|几|\+)?(?:[\s-]?(?:(?P<han>{HAN_UNITS})|(?P<latin>{LATIN_UNIT})(?![a-z0-9])))?"
)
_NO_GOODS = (
    r"[年月日号天周点期成倍折级层次秒岁度]|小时|分钟|个(?:小时|工作日|月|星期|礼拜|百分点|季度)"
    r"|(?:hours?|hrs?|days?|weeks?|months?|years?|minutes?|mins?|am|pm|percent|mm|cm|mpa|working|business"
    r"|calendar|st|nd|rd|th)\b"
)
# Not a part of a code, a size, a price; one character class in front lets the search skip the rest quickly.
_NUMBER = re.compile(
    rf"(?P<number>[0-9{HAN_NUMERALS}](?<![0-9.±/+φ~<>=≤≥$€£¥#@∅ø_第^a-z].)(?<!(?:usd|eur|rmb|gbp) .)"
    rf"(?:[0-9{HAN_NUMERALS}]|\.(?=[0-9])|,(?=[0-9]{{3}}(?![0-9])))*+)"
    rf"(?![:\-./]\d|\s?(?:[%‰°℃元$€]|{_NO_GOODS})){_GOODS}"
)
_WRITTEN = re.compile(rf"(?P<number>{WRITTEN_OUT})\b{_GOODS}")
_WRITTEN_BEGINS = begins_word("e(?:ig|le)|f(?:i[fv]|o[ru])|nin|one|s(?:ev|ix)|t(?:en|h[ir]|w[eo])")
# 3 in 2-3件, a limit, what one pack holds.
_NO_GOODS_BEFORE = re.compile(
    r"(?a)(?:[a-z0-9][-–:]|\d ?[-–~至到]"
    r"|(?:[每一][个箱包盒袋桶托板卷柜车件套组瓶罐筐捆]|起订量?是?|最小|\bmoq:?|\bper)\s?)$"
)
# How such words end: most numbers stand behind something else, and need no closer look.
_MAY_BE_NO_GOODS = frozenset(" -–:~至到个箱包盒袋桶托板卷柜车件套组瓶罐筐捆订量是小qr")
# 100双里有7双, "of the 60 pcs": the whole, of which some are bad.
_WHOLE_BEHIND = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:里|中|当中)[\u4e00-\u9fff]{0,2}[0-9一二三四五六七八九十两]"
)
_WHOLE_BEFORE = re.compile(
    r"(?:\bof (?:the|our|these)|\bout of|received|(?:delivery|order|lot|shipment) of)\s$"
)
# 6支装 says how it is packed, 500套以上 is a step of a price list.
_NO_COUNT_BEHIND = re.compile(
    "装(?![车箱运配货完好])|以[上下]|起[订批]|及以上| ?(?:or more|and up|and above)\\b"
)
# 三吨半, but neither 一套半成品 nor 3箱半价.
_AND_HALF = re.compile("半(?![成价年天自导夜数月个路圆截])")
_YEAR = re.compile(r"(?a)(?:19\d\d|20[0-3]\d)$")


def quantities_in(text: str, kind: str) -> Sequence[Candidate]:
    """Every number that may count goods, in reading order; `source` is where its unit stands."""
    found = sorted(_candidates(text, kind))
    if kind == Kind.COMPLAINT and len(found) > 1:
        found = [one for one in found if not _is_whole(text, one)] or found
    return placed(found, kind)


def _is_whole(text: str, one: Candidate) -> bool:
    """Is it that of which only a part is bad?"""
    before = _WHOLE_BEFORE.search(text, max(0, one.start - 14), one.start)
    return bool(before or _WHOLE_BEHIND.match(text, one.end))


def _candidates(text: str, kind: str) -> Iterator[Candidate]:
    words = [begun.start() + 1 for begun in _WRITTEN_BEGINS.finditer(text)]
    for found in islice(chain(_NUMBER.finditer(text), scan(words, _WRITTEN, text)), AT_MOST):
        written, times, han, latin = found.group("number", "times", "han", "latin")
        start, end = found.span()
        counted = ""
        if latin and latin not in LATIN_UNITS:
            if latin == "x" and text[end : end + 2].strip().isalpha():  # 6 x oak table
                counted = "x"
            latin, end = None, found.start("latin") - 1
            if text[end] not in " \n-":  # 3w, 500ml
                continue
        unit = han or latin
        # 一 in 一样 is no number, and a number alone counts nothing.
        if not unit and (end - start == len(text) or (len(written) == 1 and not written.isdigit())):
            continue
        if _NO_COUNT_BEHIND.match(text, end):
            continue
        if len(written) > LONGEST_NUMBER:
            continue
        if (
            start
            and text[start - 1] in _MAY_BE_NO_GOODS
            and _NO_GOODS_BEFORE.search(text, max(0, start - 5), start)
        ):
            continue
        times = times.strip() if times else ""
        number = value_of(written, times)
        if number and han and _AND_HALF.match(text, end):
            number += 0.5
        if number and number <= MOST_GOODS:
            features = around(text, start, end)
            features += (f"unit {unit or counted}", *_shape(kind, unit, times, _size(written, number, unit)))
            source = Span(*found.span("han" if han else "latin")) if unit else None
            yield candidate((start, end, number, features, source))


def _size(written: str, number: float, unit: str | None) -> str:
    if unit is None and _YEAR.match(written):
        return "year"
    if isinstance(number, float):
        return "fraction"
    return str(number) if number < 3 else f"1e{len(str(number))}"


@cache
def _shape(kind: str, unit: str | None, times: str, size: str) -> tuple[str, str]:
    """What the number itself tells. A bare 65w is no count of goods more often than a bare 65."""
    sort = f"bare {times}" if unit is None else "measured" if unit in MEASURED else "counted"
    return f"{sort} {size}", f"{kind} {sort}"
