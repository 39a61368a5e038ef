"""The senders that need no network: a notice on a colleague's desk, a line in the web chat."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from bot.sending import Letter, Sender
from store.engine import writing
from store.history import chat_topic, tell


@dataclass(frozen=True)
class DeskSender(Sender):
    """A notice is on the desk as soon as its row says `sent`."""

    def send(self, letter: Letter) -> None:
        """Nothing is left to do."""


@dataclass(frozen=True)
class WebChatSender(Sender):
    """The line is in the conversation already; the open page is told to show it."""

    engine: Engine
    clock: Callable[[], datetime]

    def send(self, letter: Letter) -> None:
        """Wake the customer's page."""
        with writing(self.engine) as session:
            tell(session, chat_topic(letter.recipient), self.clock())
