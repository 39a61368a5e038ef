"""Commands that concern no single case: help, status, language, privacy, a new matter."""

from datetime import datetime

from sqlmodel import Session

from bot.dialogue.commands import Buttons, Command, button, menu
from bot.dialogue.phrases import LANGUAGES, phrase
from bot.dialogue.status import status
from bot.dialogue.times import hours, usually
from casework.policy import Policy
from store.tables import Dialogue


def answer_to(
    session: Session,
    dialogue: Dialogue,
    command: Command,
    address: str,
    policy: Policy,
    now: datetime,
    *,
    new: bool,
) -> tuple[str, Buttons]:
    """Do what the command says, and what to answer. What we do not know gets the help."""
    chosen = _chosen(command)
    if chosen is not None:
        dialogue.language, dialogue.chosen = chosen, True
    language = dialogue.language
    greeting = phrase("greeting", language, company=policy.company)
    match command.name:
        case "start":
            when = phrase("beside", language).join(
                filter(None, (hours(session, policy, now, language), usually(policy, language)))
            )
            return "\n".join((greeting, phrase("write", language), when)), menu(language)
        case "status":
            text, buttons = status(session, dialogue.channel, address, policy, now, language), Buttons()
        case "new":
            dialogue.fresh, dialogue.asked = True, None
            text, buttons = phrase("fresh", language), Buttons()
        case "language" if chosen is None:
            labelled = [button("language", language, code, label=name) for code, name in LANGUAGES.items()]
            text, buttons = phrase("languages", language), [labelled]
        case "language":
            text, buttons = phrase("language_set", language), Buttons()
        case "privacy":
            text, buttons = phrase("privacy", language), menu(language, ("person",))
        case "skip" | "enough":
            text, buttons = phrase("settled", language), Buttons()
        case _:
            text, buttons = phrase("help", language), menu(language)
    return (f"{greeting}\n{text}" if new else text), buttons


def _chosen(command: Command) -> str | None:
    """The language that `/language en` names."""
    named = command.words[0].lower() if command.name == "language" and command.words else ""
    return next((code for code in LANGUAGES if code.lower() == named), None)
