"""What somebody chose and remarked, complete or not: only what the questionnaire asks, within bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from store.columns import JsonObject
from survey.questionnaires import Questionnaire

COMMENT_LENGTH = 4000


@dataclass(frozen=True)
class Given:
    """Choices (item → level), a general comment, and remarks (item → text)."""

    choices: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> JsonObject:
        """The shape in which it is kept while it is begun."""
        return {"choices": dict(self.choices), "comment": self.comment, "comments": dict(self.comments)}


def understood(questionnaire: Questionnaire, given: Given) -> Given:
    """What of it counts: unknown items and levels are dropped, remarks cleaned, empty ones left out."""
    remarks = {item.id: clean(given.comments.get(item.id, "")) for item in questionnaire.items}
    return Given(
        choices={
            item.id: given.choices[item.id]
            for item in questionnaire.items
            if given.choices.get(item.id) in questionnaire.choices(item)
        },
        comment=clean(given.comment),
        comments={item: remark for item, remark in remarks.items() if remark},
    )


def kept(begun: dict[str, Any] | None) -> Given:
    """What was kept with `as_json`."""
    return Given(**begun) if begun else Given()


def clean(comment: str) -> str:
    """A comment as we keep it: one kind of line end, no control characters, not endless."""
    text = comment[: 2 * COMMENT_LENGTH].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char == "\n" or char.isprintable()).strip()[:COMMENT_LENGTH]
