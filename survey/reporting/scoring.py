"""How satisfied customers are, reckoned as the procedures do (S2 4.1.3, S3 4.4.2).

An item's satisfaction is what it was scored, Σ scores ÷ answers, as a share of its maximum; the whole is
Σ (satisfaction × weight) ÷ Σ weights of the items that apply, times what the best result is called.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import floor

from survey.questionnaires import Item, Questionnaire

Tally = Mapping[str, int]  # level → how often it was chosen


def unanswered(questionnaire: Questionnaire, answers: Mapping[str, str]) -> tuple[Item, ...]:
    """The items for which nothing, or nothing that exists, was chosen."""
    return tuple(
        item for item in questionnaire.items if answers.get(item.id) not in questionnaire.choices(item)
    )


def score(questionnaire: Questionnaire, answers: Mapping[str, str]) -> float:
    """What one customer's choices (item → level) come to, up to the best result.

    Every item must be answered: see `unanswered`.
    """
    result = overall(questionnaire, tallies(questionnaire, [answers]))
    assert result is not None  # each questionnaire has an item that applies to everybody
    return result


def tallies(questionnaire: Questionnaire, answers: Iterable[Mapping[str, str]]) -> dict[str, Tally]:
    """How often each level of each item was chosen: item → level → number."""
    counted: dict[str, Counter[str]] = {item.id: Counter() for item in questionnaire.items}
    for given in answers:
        for name, tally in counted.items():
            tally[given[name]] += 1
    return dict(counted)


def overall(
    questionnaire: Questionnaire, counted: Mapping[str, Tally], items: Iterable[Item] | None = None
) -> float | None:
    """The result of all these choices, of the given items only; None if none of them applies."""
    reached = weight = Fraction()
    for item in questionnaire.items if items is None else items:
        share = satisfaction(item, counted[item.id])
        if share is not None:
            reached += share * item.weight
            weight += item.weight
    return hundredths(questionnaire.top * reached / weight) if weight else None


def satisfaction(item: Item, tally: Tally) -> Fraction | None:
    """单项满意度: the mean score as a share of the maximum; None if it applies to nobody."""
    answers = sum(tally.get(level, 0) for level in item.scores)
    reached = sum((score * tally.get(level, 0) for level, score in item.scores.items()), Fraction())
    return reached / answers / item.maximum if answers else None


def hundredths(result: Fraction) -> float:
    """Rounded to hundredths, a half away from zero (四舍五入), as people do it by hand."""
    hundredths = floor(abs(result) * 100 + Fraction(1, 2))
    return float(Fraction(hundredths if result >= 0 else -hundredths, 100))
