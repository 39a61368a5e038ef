"""How serious is a complaint? The higher of what the channel says and what the words say."""

from collections.abc import Collection
from dataclasses import dataclass

from nlp.features import Features
from nlp.matching import Hit
from nlp.model import Model, shares
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
    Severity.SEVERE: ("severe.",),
    Severity.MODERATE: ("moderate.", "wrong."),
    Severity.LIGHT: ("wrong.",),
}
SHOWN = 3
# How likely "severe" must be with a grave word in the text and without; a severe complaint missed costs most.
GRAVE_WORD, NO_GRAVE_WORD = 0.2, 0.55
SURELY_LIGHT = 0.65


@dataclass(frozen=True, slots=True)
class SeverityFound:
    """The severity, what channel and content said each, and the words behind the content."""

    severity: Severity
    channel: Severity | None
    content: Severity
    because: tuple[Hit, ...]


def severity_of(
    features: Features, hits: list[Hit], grams: Collection[str], model: Model, channel: str
) -> SeverityFound:
    """The severity of a message already known to be a complaint."""
    chances = dict(zip(model.labels, shares(model.scores(features, grams)), strict=True))
    content = _content(
        chances, grave=any(name.startswith("severe.") and "~" not in name for name in features)
    )
    floor = CHANNEL_FLOOR.get(channel)
    because = tuple(model.loudest(hits, GROUPS[content], content)[:SHOWN])
    return SeverityFound(higher(content, floor) if floor else content, floor, content, because)


def _content(chances: dict[str, float], *, grave: bool) -> Severity:
    """`grave`: a word of fire, injury, line stop, claim … stands there and is not turned around."""
    if chances[Severity.SEVERE] >= (GRAVE_WORD if grave else NO_GRAVE_WORD):
        return Severity.SEVERE
    rest = chances[Severity.LIGHT] + chances[Severity.MODERATE]
    return Severity.LIGHT if chances[Severity.LIGHT] >= SURELY_LIGHT * rest else Severity.MODERATE
