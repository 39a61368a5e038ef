"""How satisfied a customer is: the chosen levels as a score out of 100."""

from collections.abc import Mapping

from survey.questionnaires import Item, Questionnaire


def unanswered(questionnaire: Questionnaire, answers: Mapping[str, str]) -> tuple[Item, ...]:
    """The items for which no level, or none that exists, was chosen."""
    return tuple(item for item in questionnaire.items if answers.get(item.id) not in item.scores)


def score(questionnaire: Questionnaire, answers: Mapping[str, str]) -> float:
    """What the chosen levels (item → level) score, as a share of the best possible, out of 100.

    Every item must be answered: see `unanswered`.
    """
    reached = sum(item.scores[answers[item.id]] for item in questionnaire.items)
    possible = sum(item.maximum for item in questionnaire.items)
    return round(100 * reached / possible, 2)
