"""One message of a customer, and all that is needed to answer it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.dialogue.commands import Buttons, button
from bot.dialogue.lines import say_in_case
from bot.dialogue.phrases import phrase
from bot.dialogue.state import is_group, next_question
from bot.dialogue.times import promise
from casework.policy import Policy
from intake.known import Known
from store.tables import Case, Dialogue, OutgoingKind


@dataclass(frozen=True)
class Turn:
    """What is said to this message goes through here, so that it is one line of the bot."""

    session: Session
    dialogue: Dialogue
    case: Case
    address: str
    policy: Policy
    now: datetime
    known: Known

    @property
    def may_ask(self) -> bool:
        """Whether the channel has room for talk beyond what must be said."""
        return self.known.has_room(self.address)

    def phrase(self, name: str, **values: object) -> str:
        """A phrase in the language of the chat; it may name the case."""
        return phrase(name, self.dialogue.language, number=self.case.number, **values)

    def promise(self) -> str:
        """By when a person answers."""
        return promise(self.session, self.case, self.policy, self.now, self.dialogue.language)

    def say(
        self, *parts: str, buttons: Buttons | None = None, kind: OutgoingKind = OutgoingKind.DIALOGUE
    ) -> None:
        """One line of the bot, its parts below each other."""
        text = "\n".join(part for part in parts if part)
        say_in_case(
            *(self.session, self.dialogue, self.case, self.address, text, buttons or []),
            *(self.now, self.policy),
            kind=kind,
        )
        self.known.spend(self.address)

    def next_question(self) -> str | None:
        """What to ask now, if there is room for it."""
        if not self.may_ask:
            self.dialogue.asked = None
            return None
        stranger = self.case.customer_id in self.known.strangers and not is_group(self.dialogue)
        return next_question(self.dialogue, self.case, stranger=stranger)

    def ask_next(self, before: str = "") -> None:
        """The next open question, behind what is said to the last; with none left, that this was all."""
        question = self.next_question()
        if question is not None:
            asked = self.phrase(f"questions.{question}")
            self.say(self.phrase(before, question=asked) if before else asked, buttons=self.under(question))
        elif self.may_ask:
            self.say(self.phrase("enough_said" if self.dialogue.enough else "complete"))

    def under(self, question: str) -> Buttons:
        """What may be pressed instead of answering."""
        language, case_id = self.dialogue.language, self.case.id
        return [[button("skip", language, case_id, question), button("enough", language, case_id)]]
