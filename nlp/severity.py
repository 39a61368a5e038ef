"""How serious is a complaint? The higher of what the channel says and what the words say."""

from collections.abc import Collection
from dataclasses import dataclass

from nlp.features import Features
from nlp.matching import Hit
from nlp.model import Model
from nlp.reading import Severity, higher

# S3 4.3.1: oral is light, written on paper is moderate, at our door or in the media is severe.
# Mail and chat have no floor of their own.
CHANNEL_FLOOR = {
    "phone": Severity.LIGHT,
    "visit": Severity.LIGHT,
    "letter": Severity.MODERATE,
    "fax": Severity.MODERATE,
    "onsite": Severity.SEVERE,
    "media": Severity.SEVERE,
}
GROUPS = {
    Severity.SEVERE: ("severe",),
    Severity.MODERATE: ("moderate", "wrong"),
    Severity.LIGHT: ("wrong",),
}
SHOWN = 3


@dataclass(frozen=True, slots=True)
class SeverityFound:
    """The severity, what channel and content said each, and the words behind the content."""

    severity: Severity
    channel: Severity | None
    content: Severity
    because: tuple[Hit, ...]


def severity_of(features: Features, grams: Collection[str], model: Model, channel: str) -> SeverityFound:
    """The severity of a message already known to be a complaint."""
    scores = model.scores(features, grams)
    place = max(range(len(scores)), key=scores.__getitem__)
    content = Severity(model.labels[place])
    floor = CHANNEL_FLOOR.get(channel)
    because = _because(features, model, place, content)
    return SeverityFound(higher(content, floor) if floor else content, floor, content, because)


def _because(features: Features, model: Model, place: int, content: Severity) -> tuple[Hit, ...]:
    speaking: dict[tuple[int, int], float] = {}
    hits: dict[tuple[int, int], Hit] = {}
    for feature, hit in features.items():
        if hit is None or hit.meaning.partition(".")[0] not in GROUPS[content]:
            continue
        span = hit.start, hit.end
        speaking[span] = speaking.get(span, 0.0) + model.weight(feature, place)
        hits.setdefault(span, hit)
    chosen = sorted(hits, key=lambda span: -speaking[span])[:SHOWN]
    return tuple(hits[span] for span in chosen)
