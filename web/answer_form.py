"""The fields of a questionnaire's form: `quality` for the level chosen, `remark:quality`, `comment`."""

from collections.abc import Mapping

from survey.answering.given import Given
from survey.questionnaires import Questionnaire
from web.inert import clean_input

COMMENT = "comment"
REMARK = "remark:"


def given_in(fields: Mapping[str, str], questionnaire: Questionnaire) -> Given:
    """What a form brought; fields of other names are left."""
    items = [item.id for item in questionnaire.items]
    return Given(
        choices={item: fields[item] for item in items if item in fields},
        comment=clean_input(fields.get(COMMENT, "")),
        comments={item: clean_input(fields[REMARK + item]) for item in items if REMARK + item in fields},
    )


def fields_of(given: Given) -> dict[str, str]:
    """The fields of the form, as they were filled in."""
    remarks = {REMARK + item: remark for item, remark in given.comments.items()}
    return {**given.choices, **remarks, COMMENT: given.comment}


def holds_answers(fields: Mapping[str, str], questionnaire: Questionnaire) -> bool:
    """Whether it is one of our forms at all: a scanner's bare post has none of the fields."""
    given = given_in(fields, questionnaire)
    return bool(given.choices or given.comments or COMMENT in fields)
