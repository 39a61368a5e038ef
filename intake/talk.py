"""What intake knows of talking with customers: which ways in are chats, and whom it hands their words to."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from sqlmodel import Session

from casework.policy import Policy
from nlp.reading import Reading
from store.tables import Case, Incoming, Message
from store.tables.people import CHATS as CHATS

if TYPE_CHECKING:
    from intake.arrive import Said
    from intake.known import Known

MARK = "talk:"  # before the command in what a button of the bot brings back; `survey:` is the surveys'
_COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:@\w{1,64})?(?:[^\w/\n]([^\n]{0,200}))?", re.ASCII)


def is_command(text: str) -> bool:
    """Whether the line is said to the bot: /status, /language en. A path such as /usr/bin is none."""
    return _COMMAND.fullmatch(text.strip()) is not None


def command_in(line: str) -> tuple[str, ...]:
    """Its name in small letters and the words behind it; empty if the line is no command."""
    found = _COMMAND.fullmatch(line.strip())
    return (found[1].lower(), *(found[2] or "").split()) if found else ()


class Talk(Protocol):
    """The bot's side of a chat (bot/dialogue). It sends nothing: it leaves rows, in our transaction."""

    def obey(
        self, session: Session, known: "Known", row: Incoming, said: "Said", policy: Policy, now: datetime
    ) -> bool:
        """Do what a command says; False if the line is no command, or one that belongs into a case."""
        ...

    def understood(self, known: "Known", said: "Said", reading: Reading) -> Reading:
        """The reading, knowing what was asked: an answer to who you are is no complaint."""
        ...

    def hear(
        self,
        session: Session,
        known: "Known",
        case: Case,
        message: Message,
        said: "Said",
        reading: Reading,
        policy: Policy,
        *,
        first: bool,
    ) -> bool:
        """The customer's words are a message of the case now; True if a receipt is owed for them."""
        ...
