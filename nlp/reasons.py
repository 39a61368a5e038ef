"""The words of a message that speak for a label: the lexicon's, or else the clause that is worded like it."""

from collections.abc import Iterator

from nlp.context import Context
from nlp.features import TURNED_GROUPS
from nlp.matching import CLAUSE_END, Hit
from nlp.model import Model, unpacked

SHOWN = 3
# A question mark says little about why: shown only if nothing says more.
WEAK = "ask.mark"
# The clause is looked for in the first lines.
HEAD = 400


def reasons_for(
    context: Context, groups: tuple[str, ...], label: str, rule: str, model: Model
) -> tuple[Hit, ...]:
    """The words with a meaning of these groups that speak for the label, the loudest first.

    Without any, the clause whose wording speaks loudest for it, under the name `rule`; nothing when no
    clause does by itself.
    """
    words = _words(context, groups, label, model)
    telling: list[Hit] = []
    for hit in words:
        if hit.meaning != WEAK and not any(_repeats(hit, other) for other in telling):
            telling.append(hit)
        if len(telling) == SHOWN:
            break
    if telling:
        return tuple(telling)
    clause = _clause(context, label, rule, model)
    return (clause,) if clause else tuple(words[:1])


def _repeats(hit: Hit, other: Hit) -> bool:
    """Is it the same word again, or a part of the same place?"""
    return hit.word == other.word or (hit.start < other.end and other.start < hit.end)


def _words(context: Context, groups: tuple[str, ...], label: str, model: Model) -> list[Hit]:
    found: dict[tuple[int, int], Hit] = {}
    sums: dict[tuple[int, int], int] = {}
    weight = model.weights.get
    for meaning, hits in context.of.items():
        if meaning.startswith(groups):
            for hit in hits:
                span = hit.start, hit.end
                found.setdefault(span, hit)
                sums[span] = sums.get(span, 0) + weight(_told(context, hit), 0) + weight(hit.word, 0)
    place = model.labels.index(label)
    loud = sorted((-unpacked(number, place), span) for span, number in sums.items())
    # A word that no weight knows is the company's own: its group says what it says.
    return [found[span] for quiet, span in loud if quiet <= 0]


def _told(context: Context, hit: Hit) -> str:
    """The meaning as the words around the hit turn it."""
    turned = hit.meaning.partition(".")[0] in TURNED_GROUPS
    return hit.meaning + context.turn(hit) if turned else hit.meaning


def _clause(context: Context, label: str, rule: str, model: Model) -> Hit | None:
    best, loudest = None, 0.0
    hits = [hit for hit in context.hits if hit.end <= HEAD]
    for low, high in _clauses(context.text[:HEAD]):
        within = [hit for hit in hits if low <= hit.start < high]
        inside = {name for hit in within for name in (_told(context, hit), hit.word)}
        loudness = model.scores(inside, context.text[low:high])[label]
        if loudness > loudest:
            best, loudest = Hit(low, high, rule, "", 0), loudness
    return best


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Where each clause begins and ends, without white space around it."""
    start = 0
    borders = [found.span() for found in CLAUSE_END.finditer(text)]
    for end, after in [*borders, (len(text), len(text))]:
        clause = text[start:end]
        if clause.strip():
            yield start + len(clause) - len(clause.lstrip()), start + len(clause.rstrip())
        start = after
