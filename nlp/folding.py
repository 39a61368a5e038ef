"""Makes every way of writing the same word look the same, without moving a single character.

Traditional becomes simplified, full-width becomes half-width, capitals become small. The result has
exactly the length of the original, so that a place found in one is the same place in the other.
"""

import re
from functools import cache
from pathlib import Path

FULL_WIDTH = range(0xFF01, 0xFF5F)
SURROGATES = range(0xD800, 0xE000)


def fold(text: str) -> str:
    """The text as the lexicon is compared with it; same length, never raises."""
    return text.translate(_table())


def count_traditional(text: str) -> int:
    """How many characters simplified Chinese writes otherwise."""
    return len(_traditional_signs().findall(text))


@cache
def _traditional_signs() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_traditional())}]")


def _traditional() -> dict[str, str]:
    lines = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


@cache
def _table() -> str:
    """Each character's folded form at the place of its code: a string answers faster than a dict."""
    table = {ord(old): new for old, new in _traditional().items()}
    table |= {code: chr(code - 0xFEE0).lower() for code in FULL_WIDTH}
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= {ord(letter): letter.lower() for letter in "ÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÜΔ"}
    # A lone surrogate cannot be written as UTF-8: it would stop the keyword search.
    table |= dict.fromkeys(SURROGATES, "�")
    table |= {ord("　"): " ", ord("\u00a0"): " ", ord("’"): "'", ord("‘"): "'", 0: " ", ord("\t"): " "}
    return "".join(table.get(code, chr(code)) for code in range(0x10000))
