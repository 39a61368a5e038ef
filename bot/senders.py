"""Who sends by which channel, as far as the settings go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from bot.deliver import Deliverer
from bot.house import House, utc_now
from bot.mail.folder import FolderSender
from bot.mail.smtp import SmtpAccount, SmtpSender
from bot.networks import connected
from bot.sending import Letter, Sender, SendError
from store.engine import writing
from store.history import chat_topic, tell
from store.tables import Channel


@dataclass(frozen=True)
class DeskSender(Sender):
    """A notice is on the desk as soon as its row says `sent`."""

    at_once = 50

    def send(self, letter: Letter) -> None:
        """Nothing is left to do."""


@dataclass(frozen=True)
class WebChatSender(Sender):
    """The line is in the conversation already; the open page is told to show it."""

    engine: Engine
    clock: Callable[[], datetime]
    at_once = 50

    def send(self, letter: Letter) -> None:
        """Wake the customer's page."""
        self.send_together([letter])

    def send_together(self, letters: Sequence[Letter]) -> list[SendError | None]:
        """Wake all their pages."""
        with writing(self.engine) as session:
            for letter in letters:
                tell(session, chat_topic(letter.recipient), self.clock())
        return [None] * len(letters)


def deliverers_of(house: House) -> list[Deliverer]:
    """One for each channel, so that a mail server that hangs holds up mail only.

    A channel without settings has no sender, and its rows wait.
    """
    return [
        Deliverer(house.engine, {channel: sender}, house.policy, utc_now)
        for channel, sender in _senders(house).items()
    ]


def _senders(house: House) -> dict[Channel, Sender]:
    settings, policy = house.settings, house.policy
    senders: dict[Channel, Sender] = {
        Channel.DESK: DeskSender(),
        Channel.WEBCHAT: WebChatSender(house.engine, utc_now),
    }
    if settings.smtp_url:
        account = SmtpAccount(settings.smtp_url, settings.smtp_oauth, house.tokens())
        senders[Channel.EMAIL] = SmtpSender(account, policy.mail_from, policy.company, house.files)
    elif settings.is_demo:
        folder = settings.home / "outbox"
        senders[Channel.EMAIL] = FolderSender(folder, policy.mail_from, policy.company, house.files)
    for network in connected(settings):
        senders[network.channel] = network.sender(house)
    return senders
