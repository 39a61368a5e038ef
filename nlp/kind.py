"""What does the customer want: to ask, to order, to complain, to suggest — or none of these?"""

from collections.abc import Set
from typing import NamedTuple

from nlp.context import Context, group_of
from nlp.features import BUSINESS, MANNERS
from nlp.matching import Hit
from nlp.model import Model, gram_scale, shares
from nlp.reading import Kind
from nlp.reasons import reasons_for

KINDS = tuple(Kind)
# A complaint taken for something else costs more than the reverse: in doubt it is one.
DOUBT = {Kind.COMPLAINT: 2.0}
# Where a matter of business is named and no sign of anything else, it is rarely small talk.
SMALL_TALK = 0.25
GROUPS = {
    Kind.INQUIRY: ("ask.",),
    Kind.ORDER: ("order.",),
    Kind.COMPLAINT: ("wrong.", "severe.", "moderate."),
    Kind.SUGGESTION: ("suggest.",),
    Kind.OTHER: ("other.",),
}
# The reason where no word of the kind itself speaks for it.
WORDING = "kind.wording"


class KindFound(NamedTuple):
    """A kind, how sure we are, and the words that speak for it, the loudest first."""

    kind: Kind
    confidence: float
    because: tuple[Hit, ...]


def kind_of(context: Context, features: Set[str], model: Model) -> KindFound:
    """The likeliest kind of a message with these features."""
    groups = model.groups_in(context.text)
    scores = model.scores(features, groups, gram_scale(context.text))
    chances = dict(zip(KINDS, shares([scores[kind] for kind in KINDS]), strict=True))
    if not BUSINESS.isdisjoint(context.groups) and _only_manners(context):
        chances[Kind.OTHER] *= SMALL_TALK
    kind = max(KINDS, key=lambda kind: chances[kind] * DOUBT.get(kind, 1.0))
    return KindFound(kind, chances[kind], reasons_for(context, GROUPS[kind], kind, WORDING, model, groups))


def _only_manners(context: Context) -> bool:
    """Does nothing but a greeting or thanks speak for small talk?"""
    return all(meaning in MANNERS for meaning in context.of if group_of(meaning) == "other")
