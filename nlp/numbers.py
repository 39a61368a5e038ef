"""Numbers as people write them in messages: 5,000 · 1.2w · 3k · 2万 · 三万 · 伍万 · 两百."""

import re

_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | dict(
    zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)
)
_DIGITS |= {"两": 2, "俩": 2, "仨": 3, "廿": 20}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_SHORT = {"k": 1000, "w": 10_000, "万": 10_000, "千": 1000, "百": 100, "亿": 100_000_000, "m": 1_000_000}

CHINESE = "[零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖两俩十拾百佰千仟万亿]"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d{1,12}(?:\.\d{1,4})?"
_WRITTEN = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
ENGLISH = "|".join(_WRITTEN)
_THOUSANDS_BY_DOT = re.compile(r"\d{1,3}(?:\.\d{3})+")


def number_of(text: str, times: str | None = None) -> int | float | None:
    """The number written in folded text, times its short multiplier; None if it is no number."""
    if text in _WRITTEN:
        value: float = _WRITTEN[text]
    elif text[0].isdigit():
        value = float(text.replace(",", ""))
    else:
        chinese = _chinese(text)
        if chinese is None:
            return None
        value = chinese
    value *= _SHORT.get(times or "", 1)
    return int(value) if value == int(value) else round(value, 4)


def number_with_dots(text: str) -> int | None:
    """18.000 as a continental writer means it; None when the dot can only be a decimal point."""
    return int(text.replace(".", "")) if _THOUSANDS_BY_DOT.fullmatch(text) else None


def _chinese(text: str) -> int | None:
    whole, part, digit = 0, 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            part += (digit or 1) * _UNITS[character]
            digit = 0
        elif character in _BIG:
            whole = (whole + part + digit) * _BIG[character] if part + digit or whole else 0
            part = digit = 0
        else:
            return None
    return whole + part + digit or None
