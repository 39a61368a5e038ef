"""What the sender requires us to meet, category by category, in the sentence that says so.

The lexicon proposes: each category with a word in the message. Whether it is demanded or only mentioned is
weighed from the company it keeps: the kind, demands and wishes in its sentence, numbers, words like 以后.
"""

import re
from collections.abc import Iterator
from functools import cache
from math import log
from sys import intern
from typing import NamedTuple

from nlp.context import Context
from nlp.matching import Hit
from nlp.model import Model
from nlp.reading import Kind

NEED = "need."
# An unknown trade names its demands in words not learned yet: half sure would miss too many.
SURE = log(0.4 / 0.6)
# A category named ten times is no more demanded than one named eight times.
NAMED_AT_MOST = 8
_DIGIT = re.compile(r"\d")
COMPANY = ("demand", "forward", "own_policy", "past", "closed", "supposing", "no", "but")


class Need(NamedTuple):
    """One category with the word that names it best and what speaks for a demand."""

    category: str
    hit: Hit
    features: set[str]


def needs_of(context: Context, kind: Kind, model: Model) -> list[Need]:
    """The required categories, in reading order; each once."""
    found = [need for need in candidates(context, kind) if model.score(need.features) >= SURE]
    return sorted(found, key=lambda need: need.hit.start)


def candidates(context: Context, kind: Kind) -> Iterator[Need]:
    """Every category with a word in the message; none when the message is no business matter."""
    if kind is Kind.OTHER:
        return
    named: dict[str, list[Hit]] = {}
    for meaning, hits in context.of.items():
        if meaning.startswith(NEED):
            named.setdefault(meaning.split(".")[1], []).extend(hits)
    if not named:
        return
    company = _companies(context, kind, {hit.sentence for ones in named.values() for hit in ones})
    text = context.text
    for category, ones in named.items():
        ones.sort()
        strong = [hit for hit in ones if hit.meaning.count(".") == 1]
        best = max((strong or ones)[:NAMED_AT_MOST], key=lambda hit: len(company[hit.sentence]))
        words = len({hit.word for hit in strong})
        features = {*_of(category, kind), f"words:{min(words, 4)}"}
        for start, end, _, word, sentence in ones[:NAMED_AT_MOST]:
            features |= company[sentence]
            features |= {
                *(word, "<" + text[start - 2 if start > 1 else 0 : start], "<" + text[start - 1 : start]),
                *(">" + text[end : end + 2], ">" + text[end : end + 1]),
            }
            if _DIGIT.search(text, max(0, start - 8), end + 10):
                features.add(f"number near:{category}")
        yield Need(category, best, features)


def _companies(context: Context, kind: Kind, sentences: set[int]) -> dict[int, set[str]]:
    """What stands in each of the sentences together with the categories named there."""
    found: dict[int, set[str]] = {sentence: set() for sentence in sentences}
    for meaning, hits in context.of.items():
        if told := _told(meaning, kind):
            for hit in hits:
                if hit.sentence in found:
                    found[hit.sentence].update(told)
    return found


@cache
def _of(category: str, kind: Kind) -> tuple[str, str]:
    """The names for a category in a message of a kind; made once, not for every message."""
    return intern(f"category:{category}"), intern(f"category:{category}:{kind}")


@cache
def _told(meaning: str, kind: Kind) -> tuple[str, ...]:
    """What a meaning tells about the needs in its sentence."""
    if meaning in COMPANY:
        return meaning, intern(f"{kind}:{meaning}")
    return (meaning,) if meaning.startswith("ask.") else ()
