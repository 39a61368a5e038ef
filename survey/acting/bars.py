"""Where an indicator falls short: at 一般 on its questionnaire's own scale, or lower (S3 4.4.2 ⑷)."""

from fractions import Fraction

from survey.questionnaires import Item
from survey.reporting.scoring import Tally, satisfaction

_HALF = Fraction(1, 2)


def bar_of(item: Item) -> Fraction | None:
    """The highest result, as a share of the item's maximum, that is 一般 and no better.

    ◦ 一般 (及格, 满足需要) is the level in the middle of the scale, the lower one of two: so it is in every
    form that is shipped. ◦ A result is of the level whose score is nearest; half-way it is of the lower. On
    the seven levels that is half-way between 0 and 30.5, where −15…15 ends and 16…45 begins; 及格 of
    `smt-100` ends at 13 of 20 and 6.5 of 10, 满足需要 of the five levels at 7 of 10, 一般 at 70 of 100. None
    where there is one level only.
    """
    scores = list(item.scores.values())
    middle = len(scores) // 2
    if middle == 0:
        return None
    return (scores[middle - 1] + scores[middle]) * _HALF / item.maximum


def falls_short(item: Item, tally: Tally) -> bool:
    """Whether the item has to be analysed: 一般 or lower, inclusive ◦ (the source prints "“一般”以下")."""
    share, bar = satisfaction(item, tally), bar_of(item)
    return share is not None and bar is not None and share <= bar


def poor_levels(item: Item) -> tuple[str, ...]:
    """What a customer chooses who complains of the item: 一般 and the levels below it."""
    levels = tuple(item.scores)
    return levels[len(levels) // 2 :] if len(levels) > 1 else ()
