"""Buttons under a letter as WeCom has them: a menu message, whose clicked item comes back as a text."""

from dataclasses import dataclass
from typing import Any

from bot.cut import cut_into
from bot.sending import Letter
from survey.answering.by_buttons import Button

# As published, in bytes of UTF-8.
LONGEST_HEAD = 1024
LONGEST_LABEL = 128
LONGEST_MARK = 64  # of an item's id; for a greeting, and twice as many elsewhere
MOST_ITEMS = 10


@dataclass(frozen=True)
class Menu:
    """A text, and what can be clicked under it."""

    text: str
    items: tuple[Button, ...]

    def told(self) -> dict[str, Any]:
        """As WeCom wants it."""
        clicks = [{"id": item.mark, "content": item.label} for item in self.items]
        return {"head_content": self.text, "list": [{"type": "click", "click": click} for click in clicks]}


def with_menu(letter: Letter) -> list[str | Menu]:
    """The letter's text, the last of its parts with the buttons that WeCom has room for under it."""
    *before, last = cut_into(letter.text, LONGEST_HEAD, "utf-8")
    buttons = (button for row in letter.buttons for button in row)
    items = [
        Button(_cut(button.label), button.mark)
        for button in buttons
        if 0 < len(button.mark.encode()) <= LONGEST_MARK and button.label
    ]
    return [*before, Menu(last, tuple(items[:MOST_ITEMS])) if items else last]


def _cut(label: str) -> str:
    return label.encode()[:LONGEST_LABEL].decode(errors="ignore")
