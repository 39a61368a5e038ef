"""What the sender requires us to meet, category by category, in the sentence that says so.

The lexicon proposes: each category with a word in the message. Whether it is demanded or only mentioned is
weighed from the company it keeps: the kind, demands and wishes in its sentence, numbers, words like 以后.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.features import Context
from nlp.matching import Hit, by_sentence
from nlp.model import Model, shares
from nlp.reading import Kind

NEED = "need."
MENTIONED, DEMANDED = "mentioned", "demanded"
# An unknown trade names its demands in words not learned yet: half sure would miss too many.
SURE = 0.3
# A category named ten times is no more demanded than one named eight times.
NAMED_AT_MOST = 8
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
    company = {sentence: _company(together, kind) for sentence, together in by_sentence(hits).items()}
    context = Context(text, hits)
    for category, ones in named.items():
        strong = [hit for hit in ones if hit.meaning.count(".") == 1]
        best = max((strong or ones)[:NAMED_AT_MOST], key=lambda hit: len(company[hit.sentence]))
        features = {f"category:{category}", f"category:{category}:{kind}", f"kind:{kind}"}
        features |= {f"words:{min(len({hit.word for hit in strong}), 4)}", f"strong:{bool(strong)}"}
        features |= {f"others:{min(len(named), 6)}"}
        for hit in ones[:NAMED_AT_MOST]:
            features.add(f"word:{hit.word}")
            features |= company[hit.sentence]
            if context.negated(hit):
                features.add("negated")
            if any(character.isdigit() for character in text[max(0, hit.start - 8) : hit.end + 10]):
                features.add("number near")
                features.add(f"number near:{category}")
        yield Need(category, best, tuple(features))


def _company(together: list[Hit], kind: Kind) -> set[str]:
    found = {hit.meaning for hit in together if hit.meaning in COMPANY or hit.meaning.startswith("ask.")}
    found |= {f"group:{group}" for hit in together if (group := hit.meaning.partition(".")[0]) in GROUPS}
    if sum(hit.meaning.startswith(NEED) for hit in together) > 2:
        found.add("list")
    return found | {f"{kind}:{other}" for other in found if other in COMPANY}
