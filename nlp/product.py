"""What: the names in a message that may be its main item, the pieces of text between words that never are.

A Chinese name is what is left between numbers, known verbs and characters that names do without; an English
one, a few words between such words.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from nlp.choosing import Candidate, candidate
from nlp.context import group_of
from nlp.matching import Hit
from nlp.measures import HAN_UNITS
from nlp.page import Page
from nlp.segmentation import listed

# The item is named early, 98 of 100 times in the first 82 characters; later names would only cost time.
FIRST, HEAD = 5, 90
LONGEST_EN = 4
_NEVER = listed("no_product_latin.txt")
_NO_HAN = listed("no_product_han.txt")
# Han and kana: one plain set of characters is searched several times as fast as "neither digit nor letter".
_HAN = "".join(
    chr(code) for code in (*range(0x3041, 0x3100), *range(0x3400, 0xA000)) if chr(code) not in _NO_HAN
)
_HAN_NAME = re.compile(f"[{_HAN}]{{2,12}}")
# The LED- of LED-灯带.
_HEAD = re.compile(r"(?<![a-z])[a-z][a-z0-9.]{0,5}-?$")
_NUMERAL = "一二三四五六七八九十百千万两零半几"
# 樘 in 40樘防火门, and what often stands before a name without being a part of it.
_LEAD = re.compile(
    rf"(?:(?<=[0-9{_NUMERAL}]){HAN_UNITS}|(?<=[0-9] ){HAN_UNITS}|[{_NUMERAL}]+(?:{HAN_UNITS})?)?"
    r"(?:关于|询价|报价|采购|安排|生产|供应|[贵我][司厂]|贵公司|[本整首]?批|全部|附件|客户|现场|加急|急需|紧急|新的)*"
)
# It is looked for only where one of its own characters stands, or a number before it.
_LEADS = frozenset(_NUMERAL + "关询报采安生供贵我本整首批全附客现加急紧新")
_NUMBERS = frozenset("0123456789" + _NUMERAL)
_WORD = re.compile(r"[a-z][a-z0-9'\"-]*|[^\sa-z]+")
# What a message speaks of, too, but is not about.
_NO_NAMES = listed("no_product_names.txt")
_NAMED = tuple(f"named {times}" for times in range(4))
_LONG = tuple(f"{length} long" for length in range(21))
# Words that name no goods even if they stand beside goods: verbs, faults, questions.
_NO_GOODS = frozenset(
    [
        *("ask", "order", "wrong", "severe", "moderate", "suggest", "other", "no", "fine", "closed"),
        *("supposing", "past", "but", "forward", "demand", "own_policy", "automatic"),
    ]
)


def names_in(page: Page, hits: Sequence[Hit], kind: str) -> Sequence[Candidate]:
    """The first names of things, in reading order."""
    text = page.folded[: page.subject_end + HEAD]
    places = [] if text.isascii() else list(islice(_han_names(text, hits), FIRST))
    if page.language in ("en", "mixed"):
        places = sorted([*places, *islice(_latin_names(text), FIRST)])[:FIRST]
    return [
        candidate(
            (start, end, text[start:end], _features(text, start, end, page.subject_end, kind, place), None)
        )
        for place, (start, end) in enumerate(places)
    ]


def _han_names(text: str, hits: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    for found in _HAN_NAME.finditer(_without(text, hits)):
        start, end = found.span()
        if start and text[start - 1].isascii() and (head := _HEAD.search(text, max(0, start - 7), start)):
            start = head.start()
        behind_number = start and text[start - (text[start - 1] == " ") - 1] in _NUMBERS
        if (behind_number or text[start] in _LEADS) and (lead := _LEAD.match(text, start, end)):
            start = lead.end()
        if end - start > 1 and text[start:end] not in _NO_NAMES:
            yield start, end


def _without(text: str, hits: Sequence[Hit]) -> str:
    """The text with every known word that names no goods blanked out."""
    parts: list[str] = []
    reached, size = 0, len(text)
    for start, end, meaning, word, _ in hits:
        if end > size:
            break
        if start >= reached and end - start > 1 and group_of(meaning) in _NO_GOODS and "~" not in word:
            parts += (text[reached:start], " " * (end - start))
            reached = end
    return "".join(parts) + text[reached:]


def _latin_names(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _runs(text):
        if text[start:end] not in _NO_NAMES:
            yield start, end


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Up to four words side by side that are none of the words no name contains."""
    spans: list[tuple[int, int]] = []
    for found in _WORD.finditer(text):
        word, (start, end) = found[0], found.span()
        fits = word not in _NEVER and len(word) > 1 and "a" <= word[0] <= "z"
        if spans and not (fits and start == spans[-1][1] + 1 and text[start - 1] == " "):
            yield spans[-LONGEST_EN:][0][0], spans[-1][1]
            spans.clear()
        if fits:
            spans.append((start, end))
    if spans:
        yield spans[-LONGEST_EN:][0][0], spans[-1][1]


def _features(text: str, start: int, end: int, subject_end: int, kind: str, place: int) -> list[str]:
    name = text[start:end]
    found = [_place(kind, place, start < subject_end), _NAMED[min(text.count(name), 3)]]
    if name.isascii():
        words = name.split()
        before, after = text[max(0, start - 16) : start].split(), text[end : end + 16].split()
        found += ("$" + words[-1], "^" + words[0], _LONG[len(words)], "<" + " ".join(before[-1:]))
        found.append(">" + " ".join(after[:1]))
    else:
        found += ("$" + name[-1], "$" + name[-2:], "^" + name[:2], _LONG[end - start])
        found += ("<" + text[start - 1 : start], "<" + text[start - 2 if start > 1 else 0 : start])
        found.append(">" + text[end : end + 1])
    return found


@cache
def _place(kind: str, place: int, in_subject: bool) -> str:
    return f"{kind} place {place} {in_subject}"
