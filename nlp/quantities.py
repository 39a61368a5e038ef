"""How many: the quantity of the main item, with its unit as the customer wrote it."""

import re
from dataclasses import dataclass

from nlp.numbers import ARABIC, CHINESE, ENGLISH, number_of, number_with_dots
from nlp.reading import Kind

_HAN_UNITS = (
    "平方米|立方米|平方|平米|立方|公斤|千克|件|个|只|套|台|支|条|根|片|块|张|米|卷|盘|箱|盒|包|袋|桶|瓶|罐|吨"
    "|斤|升|双|对|副|组|颗|粒|枚|把|本|册|匹|床|株|扇|樘|筒|捆|打|朵|束|托|轴|幅|板|头|车|柜|份|间|节|棵|码|盆|盏|幅|令|座|架|辆|枝|串|部(?!门|分)|件套|提|听"
)
_LATIN_UNITS = (
    "pcs?|pieces?|ea|each|sets?|units?|nos|off|kgs?|kilos?|tons?|tonnes?|mt|m2|sqm|m3|met(?:er|re)s?|rolls?|reels?"
    "|boxes|cartons?|ctns?|bags?|pairs?|bottles?|drums?|pallets?|sheets?|parts|lit(?:er|re)s?|yards?|yds|dozen"
    "|cabinets?|panels?|cases?|coils?|bundles?|packs?|tubes?|cans?|sacks?|barrels?|kits?|copies|trays?|crates?"
    "|jars?|tins?|lbs|bales?|heads?|portions?|plants?|cbm|m³|ft|feet|gallons?|bundles|skids?|tubs?|buckets?|t|m|g|l"
)
_QUANTITY = re.compile(
    rf"(?P<number>(?<!\d,)(?<![a-z0-9.\-±/+φ~<>=≤≥$€£¥])(?:{ARABIC})"
    rf"|(?<![零一二三四五六七八九十百千万第每]){CHINESE}{{1,7}}"
    rf"|\b(?:{ENGLISH})(?=\\s))\s?(?P<times>万|千|百"
    rf"|[kw](?![a-z]))?(?:余|来|多)?\s?"
    rf"(?:(?P<unit>{_HAN_UNITS})(?!线|标|样|钱|月|星期|小时|工作日|装箱|质|业|级)"
    rf"|(?P<latin>{_LATIN_UNITS})(?![a-z0-9/])|(?P<bare>))"
)
_BEFORE_BAD = re.compile(
    r"(?:单价|per|净重|毛重|单重|重量|weight|不超过|不低于|不少于|不得超过|限|max\.?|min\.?|第|版"
    r"|usd|eur|rmb|gbp|hk|nt|人民币|公差"
    r"|[￥$€£]"
    r"|型号|ral|pantone|tel|电话|week|wk|level|等级|rev|spec|\bip|grade|version|line|row|page|floor"
    r"|[a-z]{2,}[-_#]|no\.|po|order|blanket"
    r"|[≥≤<>±=~])[\s:：]?$"
)
_AFTER_BAD = re.compile(
    r"\s?(?:元|块钱|美金|美元|%|％|°|℃|mm|cm|um|μ|nm|v\b|a\b|w\b|hz|hours?|days?|weeks?|months?|years?"
    r"|minutes?|min\b"
    r"|am\b|pm\b|o'clock|点|天|年|月|日|号|小时|分钟|秒|度|级|层|次|家|人|位|名|楼|期|期间|周|成|倍"
    r"|折|欧|毫米|公分|厘米"
    r"|/|:|-\d|\.\d|x\d|×|kpa|mpa|bar\b|ppm|n\b|nit|degrees?|percent|cycles?|people|persons?"
    r"|engineers?|times|per\b)"
)
_NOUN = re.compile(
    r"(?!(?:and|or|to|of(?! the )|in|on|at|by|from|is|are|for|with|if|as|we|you|i)\b)[a-z][a-z-]{2,}"
    r"|of the |\S*\d\S* [a-z]{3,}|till "
)
_WEIGHT_ONLY = re.compile(r"^(?:kgs?|kilos?|公斤|千克|斤|克|g|l|m|米|升|t)$")
_WANTED = re.compile(
    r"(?:订|定|要|来|做|开|加|补|买|拿|发|共|数量|数量:|qty:?|quantity:?|for|order|supply|just|move"
    r"|take|get|pls|ok"
    r"|go ahead|those|the|remaining|confirmed|再|先|改成|改为|改到|to|需求|用量|约|首批|need|take"
    r"|[x×*])\s?$"
)
_INSTEAD = re.compile(r"(?:由|从|原|from|instead of|之前|原来的?)\s?$")
_SAMPLED = re.compile(r"(?:抽检|抽测|抽查|抽样|抽了|抽|sampled?|checked|measured|opened|of the|of)\s?$")
_OUT_OF = re.compile(r"^\s?(?:里|中|当中|of the|out of)")
_AFFECTED = re.compile(
    r"不良|坏|ng|不亮|断|漏|裂|隔离|退|换|少|差|欠|不合格|报废|重做|返工|补|全部|失效|defective"
    r"|faulty|missing|short"
    r"|damaged|blocked|replac|unusable|cracked|broken|wrong|wet|quarantin|on hold|dead|fail"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of goods at a place of the page."""

    number: int | float
    unit: tuple[int, int] | None
    start: int
    end: int


def quantity_of(folded: str, kind: Kind) -> Quantity | None:
    """The likeliest quantity of the main item; None when no number is clearly one of goods."""
    best: tuple[float, Quantity] | None = None
    for place, found in enumerate(_QUANTITY.finditer(folded)):
        if place > 60:
            break
        worth = _worth(folded, found, kind)
        if worth < 1 or (number := _number(found)) is None:
            continue
        worth -= 0.15 * place
        if best is None or worth > best[0]:
            name = "unit" if found["unit"] else "latin"
            unit = found.span(name) if found[name] else None
            best = worth, Quantity(number, unit, found.start(), found.end())
    return best[1] if best else None


def _number(found: re.Match[str]) -> int | float | None:
    if (dotted := number_with_dots(found["number"])) and not found["times"]:
        return dotted
    return number_of(found["number"], found["times"])


def _worth(folded: str, found: re.Match[str], kind: Kind) -> float:
    if not (found["unit"] or found["latin"] or found["number"].isascii()):
        return 0
    start, end = found.span()
    before, after = folded[max(0, start - 14) : start], folded[end : end + 14]
    if _BEFORE_BAD.search(before) or ("每" in before[-6:] and kind is not Kind.ORDER):
        return 0
    number = found["number"]
    goods = found["unit"] or found["latin"]
    wanted = bool(_WANTED.search(before))
    if not goods:
        if _AFTER_BAD.match(after):
            return 0
        named = folded[end - 1].isspace() and _NOUN.match(after)
        times = bool(found["times"]) and found["times"] in "kw万"
        if (
            not (times or wanted or named)
            or (len(number) < 2 and not wanted)
            or (number[0].isdigit() and float(number.replace(",", "")) > 5e6)
        ):
            return 0
        if re.search(r"[a-z\d#-]$", before) or (
            not times and not wanted and len(number) == 4 and number.startswith("20")
        ):
            return 0
        worth = 1.2 + wanted * 0.6 + times * 0.6
    else:
        worth = 2.5 + wanted
        if _WEIGHT_ONLY.match(goods) and not wanted:
            worth -= 1.2
    if number in ("一", "1", "one", "两", "二") and not wanted:
        worth -= 2.2
    if _INSTEAD.search(before) or _SAMPLED.search(before):
        worth -= 2
    if (
        "每" in before[-5:]
        or "per " in before[-6:]
        or after.lstrip().startswith("/")
        or after.startswith(("一箱", "一包", "一捆", "一扎", "一盒", "装", " per"))
    ):
        worth -= 3
    if kind is Kind.COMPLAINT:
        worth += (
            bool(_AFFECTED.search(after) or _AFFECTED.search(before)) * 1.5 - bool(_OUT_OF.match(after)) * 1.5
        )
    return worth
