"""Numbers as people write them in messages: 5,000 · 1.2w · 3k · 2万 · 三万 · 伍万 · 两百 · two hundred."""

import re

_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | dict(
    zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)
)
_DIGITS |= {"两": 2, "俩": 2, "仨": 3, "廿": 20}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_SHORT = {"k": 1000, "w": 10_000, "thousand": 1000, "million": 1_000_000, "hundred": 100, "dozen": 12}
HALF = "半"
HAN_NUMERALS = "".join((*_DIGITS, *_UNITS, *_BIG, HALF))

_ONES = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        start=1,
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_LOW = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(list(_ONES)[:9])}))?|{'|'.join(reversed(_ONES))})"
WRITTEN_OUT = rf"{_LOW}(?: (?:hundred|thousand)(?: and {_LOW})?)?"

_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d{1,12}(?:\.\d{1,4})?")
LONGEST = 12
_THOUSANDS_BY_DOT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_MIXED = re.compile(r"([\d.,]+)([十百千万亿])(?:(\d)|([\d.]+)([百千]))?")


def value_of(text: str, times: str = "") -> int | float | None:
    """The number written in folded text, times its short multiplier; None if it is no number."""
    if not times and text.isascii() and text.isdigit() and len(text) <= LONGEST:
        return int(text)
    if text[0].isascii() and text[0].isalpha():
        value: float | None = _in_words(text)
    elif _THOUSANDS_BY_DOT.fullmatch(text) and not times:
        value = int(text.replace(".", ""))
    elif mixed := _MIXED.fullmatch(text):
        value = _in_both(*mixed.groups())
    else:
        value = _arabic(text) if text[0] in "0123456789" else _chinese(text)
    if value is None:
        return None
    value *= _SHORT.get(times, 1)
    return int(value) if value == int(value) else round(value, 4)


def _arabic(text: str) -> float | None:
    return float(text.replace(",", "")) if _ARABIC.fullmatch(text) else None


def _in_both(first: str, big: str, digit: str | None, more: str | None, unit: str | None) -> float | None:
    """2万 · 1.2万 · 3万5 · 3万5千."""
    number = _arabic(first)
    if number is None:
        return None
    size = _UNITS.get(big) or _BIG[big]
    value = number * size + (int(digit) * size / 10 if digit else 0)
    if more and unit:
        rest = _arabic(more)
        return None if rest is None else value + rest * _UNITS[unit]
    return value


def _in_words(text: str) -> float:
    value = 0.0
    for word in re.findall(r"[a-z]+", text):
        if word in _SHORT:
            value = (value or 1) * _SHORT[word]
        else:
            value += _ONES.get(word, 0) + _TENS.get(word, 0)
    return value


def _chinese(text: str) -> float | None:
    """三万 · 伍万 · 一千二 · 两百五十 · 半; None for 三五十, which is no number but a guess."""
    if text == HALF:
        return 0.5
    whole, part, digit, last = 0, 0, -1, 1
    for character in text:
        if character in _DIGITS:
            if digit > 0 or (digit == 0 and _DIGITS[character] == 0):
                return None
            digit = _DIGITS[character]
        elif character in _UNITS:
            last = _UNITS[character]
            part += (digit if digit > 0 else 1) * last
            digit = -1
        elif character in _BIG:
            last = _BIG[character]
            whole = (whole + part + max(digit, 0)) * last
            part, digit = 0, -1
        else:
            return None
    if digit > 0 and last >= 100 and len(text) > 1 and text[-2] not in "零〇":
        digit *= last // 10
    return whole + part + max(digit, 0) or None
