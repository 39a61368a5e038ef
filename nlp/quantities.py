"""How many: the quantity of the main item, with its unit as the customer wrote it.

Every number is a candidate; a measure word, an order verb, a noun behind it speak for goods, a price or a
size against. The likeliest is taken, and none when nothing speaks clearly.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from nlp import quantity_signs as signs
from nlp.measures import HAN_UNITS, LATIN_UNITS, MEASURED
from nlp.numbers import HAN_NUMERALS, WRITTEN_OUT, value_of
from nlp.reading import Kind

AT_MOST = 60
DIGITS = "0123456789"
LONGEST_NUMBER = 20
MOST_GOODS = 50_000_000
LATER = 0.6
WANTED_UNIT = 1.0
# What the neighbours can add at most.
MOST_MORE, MOST_MORE_OF_A_COMPLAINT = 1.8, 5.5
FEW, FEW_IN_DIGITS = 2.2, 0.8
_GOODS = (
    r"(?P<times>\s?[kw](?![a-z0-9])|[kw](?=pcs|ea\b|sets?|units?)|\s(?:thousand|million|hundred)\b)?"
    rf"(?:余|来|多|几|\+)?[\s-]?(?:(?P<han>{HAN_UNITS})|(?P<latin>{LATIN_UNITS})(?![a-z0-9]))?"
)
# One character class in front lets the search skip everything else quickly.
_NUMBER = re.compile(
    rf"(?P<number>[0-9{HAN_NUMERALS}](?:[0-9{HAN_NUMERALS}]|\.(?=[0-9])|,(?=[0-9]{{3}}(?![0-9])))*){_GOODS}"
)
_WRITTEN = re.compile(rf"\b(?P<number>{WRITTEN_OUT})\b{_GOODS}")
_LATIN = re.compile(r"[a-z]{3}")
_BREAK = re.compile(r"[。;\n!?,、(]")
HAN_REACH = 9


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of goods at a place of the page."""

    number: int | float
    unit: tuple[int, int] | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One number with its neighbours; `clause` is what stands before it in the same clause."""

    written: str
    number: int | float
    times: str
    unit: str
    before: str
    clause: str
    after: str


def quantity_of(folded: str, kind: Kind) -> Quantity | None:
    """The likeliest quantity of the main item; None when no number is clearly one of goods."""
    best: tuple[float, Quantity] | None = None
    place = 0  # among the numbers that may be of goods: the main item is named first
    for found in islice(_numbers(folded), AT_MOST):
        if _no_goods(folded, found):
            continue
        times = (found["times"] or "").strip()
        number = value_of(found["number"], times)
        if not number or number > MOST_GOODS:
            continue
        candidate = _candidate(folded, found, number, times)
        later = (0.1 if kind is Kind.COMPLAINT else LATER) * place
        worth = _worth(candidate, kind, max(1.0, (best[0] if best else 0.0) + later))
        if worth < 1:
            continue
        worth -= later
        place += 1
        if best is None or worth > best[0]:
            name = "han" if found["han"] else "latin"
            unit = found.span(name) if candidate.unit else None
            best = worth, Quantity(number, unit, found.start(), found.end())
    return best[1] if best else None


def _numbers(folded: str) -> Iterator[re.Match[str]]:
    yield from _NUMBER.finditer(folded)
    if _LATIN.search(folded):
        yield from _WRITTEN.finditer(folded)


def _no_goods(folded: str, found: re.Match[str]) -> bool:
    """What can be told at a glance: a part of a code, 一 in 一样, a number of hours."""
    start, end, written = found.start(), found.end(), found["number"]
    if len(written) > LONGEST_NUMBER:
        return True
    if start:
        last = folded[start - 1]
        if last in signs.CODE_BEFORE or ("a" <= last <= "z" and written[0] in DIGITS):
            return True
        if last in signs.RANGE_BEFORE and signs.RANGE.search(folded[max(0, start - 3) : start]):
            return True
    if found["han"] or found["latin"]:
        return False
    if len(written) == 1 and written not in DIGITS:
        return True
    return not found["times"] and bool(signs.NO_GOODS_AFTER.match(folded, end - folded[end - 1].isspace()))


def _candidate(folded: str, found: re.Match[str], number: int | float, times: str) -> _Candidate:
    before = folded[max(0, found.start() - 16) : found.start()]
    clause = _BREAK.split(before)[-1]
    if not clause.isascii():
        clause = clause[-HAN_REACH:]
    after = folded[found.end() : found.end() + 60]
    # "3000 of the", "12 modules": the border belongs to what follows.
    if folded[found.end() - 1].isspace():
        after = " " + after
    return _Candidate(
        found["number"], number, times, found["han"] or found["latin"] or "", before, clause, after
    )


def _worth(one: _Candidate, kind: Kind, needed: float) -> float:
    """How much speaks for goods; below 1 nothing does. What cannot reach `needed` is not looked into."""
    if signs.PRICE_OR_LIMIT.search(one.before[-10:]) or (
        not one.unit and not signs.PACKED.match(one.after) and signs.NUMBERED.search(one.before[-12:])
    ):
        return 0
    asked = bool(signs.WANTED_AFTER.match(one.after))
    wanted = bool(signs.WANTED.search(one.clause)) or (asked and not one.unit)
    worth = _by_unit(one, wanted) if one.unit else _bare(one, wanted)
    most = MOST_MORE_OF_A_COMPLAINT if kind is Kind.COMPLAINT else MOST_MORE
    if not worth or worth + most < needed:
        return 0
    worth += 0.8 * asked
    worth -= 3.0 * bool(signs.PER.search(one.before) or signs.PER_AFTER.match(one.after))
    worth -= 2.0 * bool(signs.INSTEAD.search(one.clause)) + 1.5 * bool(signs.BESIDE.search(one.clause))
    worth -= 2.5 * bool(signs.PAPER.match(one.after))
    worth -= 1.2 * bool(signs.SAMPLE.search(one.clause) or signs.SAMPLE_AFTER.match(one.after))
    if kind is Kind.COMPLAINT:
        bad = _affected(one)
        return worth + bad - (_fewness(one) if bad <= 0 else 0)
    worth -= 0 if wanted else _fewness(one)
    worth += 1.0 * bool(signs.TOTAL.search(one.clause))
    return worth - 2.0 * bool(signs.CHANGED.match(one.after)) - 1.5 * bool(signs.SAMPLED.search(one.clause))


def _fewness(one: _Candidate) -> float:
    """一个 and "one" are often no count at all; a digit is meant as one."""
    if one.number > 2:
        return 0
    return FEW_IN_DIGITS if one.written.isdigit() else FEW


def _by_unit(one: _Candidate, wanted: bool) -> float:
    if one.unit in ("块", "码") and one.number < 100 and signs.NO_PIECE.match(one.unit + one.after):
        return 0
    worth = 2.5 + WANTED_UNIT * wanted
    if one.unit in MEASURED:
        # 5 kg of a description or 5 kg ordered? A length times a width is no order.
        if signs.SIZE_AFTER.match(one.after) or signs.SIZE_BEFORE.search(one.before):
            return 0
        worth -= 2.5 * bool(signs.DESCRIBED.match(one.after))
        if not wanted:
            of_goods = signs.GOODS_BEFORE.search(one.clause) or one.after.startswith(" of ")
            worth -= 0.3 if of_goods else 1.2
    return worth


def _bare(one: _Candidate, wanted: bool) -> float:
    """A number without a unit: it must be wanted, be big or stand before a noun."""
    if signs.SIZE_AFTER.match(one.after) or signs.SIZE_BEFORE.search(one.before):
        return 0
    if signs.YEAR.fullmatch(one.written) and not wanted and not signs.ITEM_BEFORE.search(one.clause):
        return 0
    if one.times in ("k", "w") and not _multiplied(one, wanted):
        return 0
    if "." in one.written and isinstance(one.number, float):
        return 0
    big = one.times == "k" or one.written[-1] in "万千"
    named = bool(signs.NOUN.match(one.after) or signs.PACKED.match(one.after))
    listed = one.number >= 10 and bool(signs.ITEM_BEFORE.search(one.clause) and signs.ENDS.match(one.after))
    if not (big or wanted or named or listed):
        return 0
    if one.number < 3 and not wanted and not signs.OF_MORE.match(one.after):
        return 0
    return 1.2 + 0.6 * (wanted or big) + 0.3 * (wanted and named)


def _multiplied(one: _Candidate, wanted: bool) -> bool:
    """3k can only be 3000, but 65w is rather watts and 4000k the colour of a light."""
    if one.number >= (1_000_000 if one.times == "k" else 500_000):
        return False
    ends = bool(signs.ENDS.match(one.after))
    return (wanted and (ends or one.times == "k")) or (
        one.times == "k" and (ends or one.after.startswith(" "))
    )


def _affected(one: _Candidate) -> float:
    """In a complaint the number that is bad, and before that the one to be replaced, is meant."""
    here = _BREAK.split(one.after, maxsplit=1)[0]
    worth = 1.5 * bool(signs.AFFECTED.search(here) or signs.AFFECTED.search(one.clause))
    worth += 1.5 * bool(signs.REPLACE.search(one.clause)) + 0.7 * bool(signs.PART_OF.search(one.clause))
    worth += 1.0 * bool(signs.OF_MORE.match(one.after))
    worth -= 2.5 * bool(signs.OUT_OF.match(one.after)) + 2.0 * bool(signs.SAMPLED.search(one.clause))
    return worth - 0.7 * bool(signs.WHOLE.search(one.clause))
