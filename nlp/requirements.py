"""What the sender requires us to meet, category by category, in the sentence that says so.

The lexicon proposes: each category with a word in the message. Whether it is demanded or only mentioned is
weighed from the company it keeps: the kind, demands and wishes in its sentence, numbers, words like 以后.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from nlp.features import Context
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


@dataclass(frozen=True, slots=True)
class Need:
    """One category with the word that names it best and what speaks for a demand."""

    category: str
    hit: Hit
    features: tuple[str, ...]


def needs_of(text: str, hits: list[Hit], kind: Kind, model: Model) -> list[Need]:
    """The required categories, in reading order; each once."""
    place = model.labels.index(DEMANDED)
    found = (
        need for need in candidates(text, hits, kind) if shares(model.scores(need.features))[place] >= SURE
    )
    return sorted(found, key=lambda need: need.hit.start)


def candidates(text: str, hits: list[Hit], kind: Kind) -> Iterator[Need]:
    """Every category with a word in the message; none when the message is no business matter."""
    if kind is Kind.OTHER:
        return
    named: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.meaning.startswith(NEED):
            named.setdefault(hit.meaning.split(".")[1], []).append(hit)
    if not named:
        return
    company = _companies(hits, {hit.sentence for ones in named.values() for hit in ones}, kind)
    context = Context(text, hits)
    for category, ones in named.items():
        strong = [hit for hit in ones if hit.meaning.count(".") == 1]
        best = max((strong or ones)[:NAMED_AT_MOST], key=lambda hit: len(company[hit.sentence]))
        features = {f"category:{category}", f"category:{category}:{kind}", f"kind:{kind}"}
        features |= {f"words:{min(len({hit.word for hit in strong}), 4)}", f"strong:{bool(strong)}"}
        features |= {f"others:{min(len(named), 6)}"}
        for sentence in {hit.sentence for hit in ones[:NAMED_AT_MOST]}:
            features |= company[sentence]
        for hit in ones[:NAMED_AT_MOST]:
            features.add("word:" + hit.word)
            if context.negated(hit):
                features.add("negated")
            if _DIGIT.search(text, max(0, hit.start - 8), hit.end + 10):
                features.add("number near")
                features.add(f"number near:{category}")
        yield Need(category, best, tuple(features))


def _companies(hits: list[Hit], sentences: Collection[int], kind: Kind) -> dict[int, set[str]]:
    """What stands together with the named categories, sentence by sentence."""
    found: dict[int, set[str]] = {sentence: set() for sentence in sentences}
    needs = Counter[int]()
    for hit in hits:
        if (names := found.get(hit.sentence)) is not None:
            told, need = _told(hit.meaning, kind)
            names.update(told)
            needs[hit.sentence] += need
    for sentence, count in needs.items():
        if count > LIST:
            found[sentence] |= {"list"}
    return found


@cache
def _told(meaning: str, kind: Kind) -> tuple[tuple[str, ...], bool]:
    """What a meaning tells about the needs in its sentence, and whether it is a need itself."""
    told = []
    if meaning in COMPANY:
        told += [meaning, f"{kind}:{meaning}"]
    elif meaning.startswith("ask."):
        told.append(meaning)
    if (group := meaning.partition(".")[0]) in GROUPS:
        told.append(f"group:{group}")
    return tuple(told), meaning.startswith(NEED)
