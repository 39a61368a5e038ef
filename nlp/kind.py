"""What does the customer want: to ask, to order, to complain, to suggest — or none of these?"""

from collections.abc import Collection
from dataclasses import dataclass

from nlp.features import Features
from nlp.matching import Hit
from nlp.model import Model, shares
from nlp.reading import Kind

SHOWN = 3
# A complaint taken for something else costs more than the reverse: in doubt it is one.
DOUBT = {Kind.COMPLAINT.value: 2.0}
GROUPS = {
    Kind.INQUIRY: ("ask.",),
    Kind.ORDER: ("order.",),
    Kind.COMPLAINT: ("wrong.", "severe.", "moderate."),
    Kind.SUGGESTION: ("suggest.",),
    Kind.OTHER: ("other.",),
}
# Where no word of the kind itself was found, the word that speaks most for it is shown, if any does.
ANY = ("",)


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind, how sure we are, and the words that decided, the weightiest first."""

    kind: Kind
    confidence: float
    because: tuple[Hit, ...]


def kind_of(features: Features, hits: list[Hit], grams: Collection[str], model: Model) -> KindFound:
    """The likeliest kind."""
    chances = shares(model.scores(features, grams))
    worth = [chance * DOUBT.get(label, 1.0) for label, chance in zip(model.labels, chances, strict=True)]
    place = max(range(len(worth)), key=worth.__getitem__)
    kind = Kind(model.labels[place])
    because = model.loudest(hits, GROUPS[kind], kind) or model.loudest(hits, ANY, kind, 0.01)[:1]
    return KindFound(kind, chances[place], tuple(because[:SHOWN]))
