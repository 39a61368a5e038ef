"""What the sender requires us to meet, category by category, in the sentence that says so.

The lexicon proposes: each category with a word in the message. Whether it is demanded or only mentioned is
weighed from the company it keeps: the kind, demands and wishes in its sentence, numbers, words like 以后.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from sys import intern
from typing import NamedTuple

from nlp.context import Context
from nlp.matching import Hit
from nlp.model import Model, shares
from nlp.reading import Kind

NEED = "need."
MENTIONED, DEMANDED = "mentioned", "demanded"
# An unknown trade names its demands in words not learned yet: half sure would miss too many.
SURE = 0.4
# A category named ten times is no more demanded than one named eight times.
NAMED_AT_MOST = 8
# So many needs in one sentence make it a list.
LIST = 2
_DIGIT = re.compile(r"\d")
COMPANY = ("demand", "forward", "own_policy", "past", "closed", "supposing", "no", "but")
GROUPS = ("ask", "order", "wrong", "suggest", "moderate", "severe")


class Need(NamedTuple):
    """One category with the word that names it best and what speaks for a demand."""

    category: str
    hit: Hit
    features: set[str]


def needs_of(context: Context, kind: Kind, model: Model) -> list[Need]:
    """The required categories, in reading order; each once."""
    found = [need for need in candidates(context, kind) if _demanded(need, model) >= SURE]
    return sorted(found, key=lambda need: need.hit.start)


def _demanded(need: Need, model: Model) -> float:
    scores = model.scores(need.features)
    return shares([scores[MENTIONED], scores[DEMANDED]])[1]


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
    company = _companies(context, kind, [hit.sentence for ones in named.values() for hit in ones])
    text, others = context.text, f"others:{min(len(named), 6)}"
    for category, ones in named.items():
        ones.sort()
        strong = [hit for hit in ones if hit.meaning.count(".") == 1]
        best = max((strong or ones)[:NAMED_AT_MOST], key=lambda hit: len(company[hit.sentence]))
        of_category, of_both, of_kind, number_near = _of(category, kind)
        words = len({hit.word for hit in strong})
        features = {of_category, of_both, of_kind, others, f"words:{min(words, 4)}", f"strong:{words > 0}"}
        for hit in ones[:NAMED_AT_MOST]:
            features |= company[hit.sentence]
            features.add(hit.word)
            if context.negated(hit):
                features.add("negated")
            if _DIGIT.search(text, max(0, hit.start - 8), hit.end + 10):
                features.add("number near")
                features.add(number_near)
        yield Need(category, best, features)


def _companies(context: Context, kind: Kind, sentences: list[int]) -> dict[int, set[str]]:
    """What stands together with the named categories; `sentences` has the sentence of each naming."""
    found: dict[int, set[str]] = {sentence: set() for sentence in sentences}
    for meaning, hits in context.of.items():
        if told := _told(meaning, kind):
            for hit in hits:
                if hit.sentence in found:
                    found[hit.sentence].update(told)
    if len(sentences) > LIST:
        for sentence, count in Counter(sentences).items():
            if count > LIST:
                found[sentence].add("list")
    return found


@cache
def _of(category: str, kind: Kind) -> tuple[str, str, str, str]:
    """The names for a category in a message of a kind; made once, not for every message."""
    return (
        intern(f"category:{category}"),
        intern(f"category:{category}:{kind}"),
        intern(f"kind:{kind}"),
        intern(f"number near:{category}"),
    )


@cache
def _told(meaning: str, kind: Kind) -> tuple[str, ...]:
    """What a meaning tells about the needs in its sentence."""
    told = []
    if meaning in COMPANY:
        told += [meaning, intern(f"{kind}:{meaning}")]
    elif meaning.startswith("ask."):
        told.append(meaning)
    if (group := meaning.partition(".")[0]) in GROUPS:
        told.append(intern(f"group:{group}"))
    return tuple(told)
