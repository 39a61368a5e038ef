"""The words of a message that speak for a label: the lexicon's, or else the clause that is worded like it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from nlp.context import Context, group_of
from nlp.features import TURNED_GROUPS
from nlp.matching import CLAUSE_END, Hit
from nlp.model import Group, Model, unpacked

SHOWN = 3
# A question mark says little about why: shown only if nothing says more.
WEAK = "ask.mark"
# The clause is looked for in the first lines.
HEAD = 400


def reasons_for(
    context: Context,
    meanings: tuple[str, ...],
    label: str,
    rule: str,
    model: Model,
    groups: Iterable[Group],
) -> tuple[Hit, ...]:
    """The words whose meaning begins like one of these and that speak for the label, the loudest first.

    Without any, the clause whose wording speaks loudest for it, under the name `rule`; nothing when no
    clause does by itself. `groups` are those of characters that the model knows in the text.
    """
    words = _words(context, meanings, label, model)
    telling: list[Hit] = []
    for hit in words:
        if hit.meaning != WEAK and not any(_repeats(hit, other) for other in telling):
            telling.append(hit)
        if len(telling) == SHOWN:
            break
    if telling:
        return tuple(telling)
    clause = _clause(context, label, rule, model, groups)
    return (clause,) if clause else tuple(words[:1])


def _repeats(hit: Hit, other: Hit) -> bool:
    """Is it the same word again, or a part of the same place?"""
    return hit.word == other.word or (hit.start < other.end and other.start < hit.end)


def _words(context: Context, meanings: tuple[str, ...], label: str, model: Model) -> list[Hit]:
    found: dict[int, tuple[Hit, int]] = {}
    for meaning, hits in context.of.items():
        if meaning.startswith(meanings):
            for hit in hits:
                first, told = found.get(hit.start, (hit, 0))
                found[hit.start] = first, told + _weight(context, hit, model)
    if not found:
        return []
    lane = model.labels.index(label)
    loud = [(-unpacked(told, lane), start, hit) for start, (hit, told) in found.items()]
    # A word that no weight knows is the company's own: its group says what it says.
    return [hit for quiet, _, hit in sorted(loud) if quiet <= 0]


def _weight(context: Context, hit: Hit, model: Model) -> int:
    """What a find adds to every label, packed."""
    _, _, meaning, word, _ = hit
    if group_of(meaning) in TURNED_GROUPS:
        meaning += context.turn(hit)
    weights = model.weights
    return weights.get(meaning, 0) + weights.get(word, 0)


def _clause(context: Context, label: str, rule: str, model: Model, groups: Iterable[Group]) -> Hit | None:
    clauses = list(_clauses(context.text[:HEAD]))
    starts = [start for start, _ in clauses]
    sums = [0] * (len(clauses) + 1)
    weight_of = model.group
    for start, _, number in groups:
        sums[bisect_right(starts, start)] += weight_of(number)
    for hit in context.hits:
        if hit.end <= HEAD and hit.meaning != WEAK:
            sums[bisect_right(starts, hit.start)] += _weight(context, hit, model)
    lane = model.labels.index(label)
    loudness = [unpacked(number, lane) for number in sums[1:]]
    loudest = max(loudness, default=0.0)
    if loudest <= 0.0:
        return None
    start, end = clauses[loudness.index(loudest)]
    return Hit(start, end, rule, "", 0)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Where each clause begins and ends, without white space around it."""
    start = 0
    borders = [found.span() for found in CLAUSE_END.finditer(text)]
    for end, after in [*borders, (len(text), len(text))]:
        clause = text[start:end]
        if clause.strip():
            yield start + len(clause) - len(clause.lstrip()), start + len(clause.rstrip())
        start = after
