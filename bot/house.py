"""What every part of the program shares: the database in its present shape, the files, the rules."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.company_words import CompanyWords
from bot.dialogue.talking import Dialogues
from bot.logs import set_up_logs
from bot.settings import Settings, SettingsError
from bot.wecom.line import WecomLine
from bot.wecom.token import AccessToken
from casework.policy import Policy
from intake.mailbox import MailboxListener
from intake.opening import OpenedMail, Opener
from intake.receive import Receiver, Sealed
from intake.tokens import Tokens
from intake.wecom import Wecom
from intake.worker import Worker
from nlp.reading import Reading
from store.engine import open_engine
from store.files import FileStore
from store.schema import upgrade
from store.tables import Channel
from survey.answering.by_buttons import Shown, press


@dataclass(frozen=True)
class House:
    """Opened once by each process."""

    settings: Settings
    policy: Policy
    engine: Engine
    files: FileStore

    def words(self) -> CompanyWords:
        """The reader with the company's own lexicon, kept up to date."""
        return CompanyWords(self.settings.lexicon)

    def receiver(self, worker: Worker[Sealed, OpenedMail | Reading]) -> Receiver:
        """The part that turns what arrived into messages."""
        return Receiver(self.engine, self.files, worker, self.policy, Dialogues(), utc_now)

    def worker(self) -> Worker[Sealed, OpenedMail | Reading]:
        """The one long-lived process that takes apart and reads what arrived."""
        own_domain = self.policy.mail_from.rpartition("@")[2]
        return Worker(Opener(self.files, self.words().reader, own_domain), at_start=set_up_logs)

    def pressing(self, channel: Channel) -> Callable[[Session, str, str, datetime], Shown]:
        """What a button of a survey does in the chats of a channel."""
        reader = self.words().reader

        def pressed(session: Session, chat: str, mark: str, now: datetime) -> Shown:
            return press(session, channel, chat, mark, now, self.policy, reader)

        return pressed

    def tokens(self) -> Tokens:
        """The access tokens of accounts that are signed in to by OAuth2."""
        return Tokens(self.engine, self.policy.secret_key, utc_now)

    def wecom_line(self, account: Wecom) -> WecomLine:
        """A line to WeCom, with the access token that all processes share."""
        return WecomLine(account, AccessToken(self.engine, account, self.policy.secret_key, utc_now))

    def mailbox_listeners(self, on_incoming: Callable[[], None]) -> list[MailboxListener]:
        """One for each mailbox of the settings."""
        return [
            MailboxListener(mailbox, self.engine, self.files, self.policy, utc_now, on_incoming)
            for mailbox in self.settings.mailboxes
        ]


def open_house(settings: Settings) -> House:
    """Open the database, bring it up to date, find the files; SettingsError if that cannot be done."""
    policy = settings.policy()
    engine = open_database(settings)
    try:
        upgrade(engine)
    except DBAPIError as problem:
        raise _unusable(settings, problem.orig) from problem
    # What is loaded by now stays. Else the collector goes through all of it again every few hundred mails.
    gc.freeze()
    return House(settings, policy, engine, FileStore(settings.home / "files"))


def open_database(settings: Settings) -> Engine:
    """The database, not looked at yet; SettingsError if there is no place for it."""
    try:
        return open_engine(settings.database)
    except OSError as problem:
        raise _unusable(settings, problem) from problem


def _unusable(settings: Settings, cause: object) -> SettingsError:
    name = "HUIYIN_DATABASE_URL" if settings.database_url else "HUIYIN_DATA_DIR"
    return SettingsError(f"{name}: the database cannot be used: {in_one_line(cause)}")


def in_one_line(cause: object) -> str:
    """What a database says of its trouble, of a length that can be read."""
    return " ".join(str(cause).split())[:300]


def utc_now() -> datetime:
    """The one place that asks the machine for the time."""
    return datetime.now(UTC)
