"""How serious is a complaint? The higher of what the channel says and what the words say."""

from collections.abc import Mapping, Set
from typing import NamedTuple

from nlp.context import Context
from nlp.matching import Hit
from nlp.model import Model, gram_scale, shares
from nlp.reading import Severity, higher
from nlp.reasons import reasons_for

SEVERITIES = tuple(Severity)

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
# The reason where no such word speaks for the severity.
WORDING = "severity.wording"
# How likely "severe" must be: a severe complaint missed costs most.
SEVERE = 0.32


class SeverityFound(NamedTuple):
    """The severity, what channel and content said each, and the words behind the content."""

    severity: Severity
    channel: Severity | None
    content: Severity
    because: tuple[Hit, ...]


def severity_of(context: Context, features: Set[str], model: Model, channel: str) -> SeverityFound:
    """The severity of a message already known to be a complaint, with these features."""
    groups = model.groups_in(context.text)
    content = _content(model.scores(features, groups, gram_scale(context.text)))
    floor = CHANNEL_FLOOR.get(channel)
    because = reasons_for(context, GROUPS[content], content, WORDING, model, groups)
    return SeverityFound(higher(content, floor) if floor else content, floor, content, because)


def _content(scores: Mapping[str, float]) -> Severity:
    *_, severe = shares([scores[severity] for severity in SEVERITIES])
    if severe >= SEVERE:
        return Severity.SEVERE
    return max(Severity.LIGHT, Severity.MODERATE, key=scores.__getitem__)
