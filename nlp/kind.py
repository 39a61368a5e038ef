"""What does the customer want: to ask, to order, to complain, to suggest — or none of these?"""

from collections.abc import Collection
from dataclasses import dataclass
from operator import itemgetter

from nlp.features import Features
from nlp.matching import Hit
from nlp.model import Model, shares
from nlp.reading import Kind

SHOWN = 3
# A complaint taken for something else costs more than the reverse: in doubt it is one.
DOUBT = {Kind.COMPLAINT.value: 1.4}
GROUPS = {
    Kind.INQUIRY: ("ask.",),
    Kind.ORDER: ("order.",),
    Kind.COMPLAINT: ("wrong.", "severe.", "moderate."),
    Kind.SUGGESTION: ("suggest.",),
    Kind.OTHER: ("other.",),
}


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind, how sure we are, and the words that decided, the weightiest first."""

    kind: Kind
    confidence: float
    because: tuple[Hit, ...]


def kind_of(features: Features, grams: Collection[str], model: Model) -> KindFound:
    """The likeliest kind."""
    chances = shares(model.scores(features, grams))
    worth = [chance * DOUBT.get(label, 1.0) for label, chance in zip(model.labels, chances, strict=True)]
    place = max(range(len(worth)), key=worth.__getitem__)
    kind = Kind(model.labels[place])
    return KindFound(kind, chances[place], _because(features, model, place, kind))


def _because(features: Features, model: Model, place: int, kind: Kind) -> tuple[Hit, ...]:
    fitting: dict[tuple[int, int], Hit] = {}
    speaking: dict[tuple[int, int], float] = {}
    for feature, hit in features.items():
        if hit is not None and hit.meaning.startswith(GROUPS[kind]):
            span = hit.start, hit.end
            speaking[span] = speaking.get(span, 0.0) + model.weight(feature, place)
            fitting.setdefault(span, hit)
    if not fitting:
        others = [(model.weight(feature, place), hit) for feature, hit in features.items() if hit is not None]
        return tuple(hit for weight, hit in [max(others, key=itemgetter(0))] if weight > 0) if others else ()
    return tuple(fitting[span] for span in sorted(fitting, key=lambda span: -speaking[span])[:SHOWN])
