"""What the deliverer hands to a channel's sender, and what it hears back."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import structlog

from casework.replies import StoredFile
from store.tables import Channel, OutgoingKind
from survey.answering.by_buttons import Button

logger = structlog.get_logger()


class SendError(Exception):
    """It was not sent, for the reason in the sentence."""

    def __init__(
        self,
        sentence: str,
        permanent: bool,
        retry_after: float | None = None,
        uncertain: bool = False,
        no_such_address: bool = False,
        postponed: bool = False,
        parts_sent: int = 0,
    ) -> None:
        super().__init__(sentence)
        self.permanent = permanent  # trying again makes no sense
        self.retry_after = retry_after  # seconds; the channel's server asks for this pause
        self.uncertain = uncertain  # we cannot know whether it left
        self.no_such_address = no_such_address  # nothing will ever arrive there
        self.postponed = postponed  # its turn has not come: the sender rests, and then goes on with it
        self.parts_sent = parts_sent  # of a letter that leaves as several messages; the rest follows


@dataclass(frozen=True)
class Letter:
    """Something to send, on whatever channel; each sender takes what its channel has room for."""

    kind: OutgoingKind
    channel: Channel
    recipient: str
    subject: str
    text: str
    message_id: str | None  # with angle brackets; a repeat bears the same
    references: tuple[str, ...]  # In-Reply-To last
    automatic: bool  # no person wrote it
    files: tuple[StoredFile, ...] = ()
    stop: str = ""  # of a survey's: where its reader says no to further ones
    buttons: tuple[tuple[Button, ...], ...] = ()  # rows of them, under the text
    outgoing_id: int | None = None  # of the row that owes it
    welcome: str = ""  # the word with which the channel lets us greet somebody who has just come in
    parts_sent: int = 0  # of its messages, where it leaves as several: these have left before


class Sender(ABC):
    """One channel's way out."""

    at_once = 1  # letters that it takes together

    @abstractmethod
    def send(self, letter: Letter) -> None:
        """Send it; SendError if that failed."""

    def send_together(self, letters: Sequence[Letter]) -> list[SendError | None]:
        """Send `at_once` of them at most, each to somebody else; what went wrong with each."""
        return [_trouble(self.send, letter) for letter in letters]

    def resting(self) -> Collection[str] | None:
        """To whom nothing may be sent just now; None if to nobody. What is due there waits as it is."""
        return ()

    def hang_up(self) -> None:  # noqa: B027 - most channels keep no line open
        """Nothing is left to send for now; the next letter may come at any time."""

    def close(self) -> None:
        """No letter will come any more."""
        self.hang_up()


def unsendable(error: Exception) -> SendError:
    """What cannot even be made must not come back for ever."""
    logger.error("letter_failed", reason=type(error).__name__)
    return SendError(f"This cannot be sent as it is ({type(error).__name__}).", permanent=True)


def _trouble(send: Callable[[Letter], None], letter: Letter) -> SendError | None:
    try:
        send(letter)
    except SendError as error:
        return error
    except Exception as error:  # noqa: BLE001 - see unsendable
        return unsendable(error)
    return None
