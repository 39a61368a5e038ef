"""What customers may say to the bot itself, typed or by a button; it is only ever compared."""

from typing import NamedTuple

from bot.dialogue.phrases import phrase
from intake.arrive import Said
from intake.talk import MARK
from intake.talk import command_in as spoken

Buttons = list[list[list[str]]]  # rows of [label, mark], as `outgoing.buttons` keeps them
MENU = ("status", "new", "person", "language", "privacy", "help")


class Command(NamedTuple):
    """`/skip 12 quantity`: its name in small letters, and the words behind it."""

    name: str
    words: tuple[str, ...] = ()


def command_in(said: Said) -> Command | None:
    """The command that the button or the line says; None if it says none."""
    name, *words = spoken(said.command or said.text) or ("",)
    return Command(name, tuple(words)) if name else None


def button(name: str, language: str, *words: object, label: str = "") -> list[str]:
    """A button that says this command."""
    mark = " ".join((f"{MARK}/{name}", *map(str, words)))
    return [label or phrase(f"buttons.{name}", language), mark]


def menu(language: str, names: tuple[str, ...] = MENU) -> Buttons:
    """Buttons for these commands, three a row."""
    buttons = [button(name, language) for name in names]
    return [buttons[start : start + 3] for start in range(0, len(buttons), 3)]
