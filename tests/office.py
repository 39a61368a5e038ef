"""A sales office for tests: real database, files, reader and parser; only the time is ours."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from bot.company_words import CompanyWords
from bot.deliver import Deliverer
from bot.dialogue.talking import Dialogues
from bot.sending import Letter, Sender
from casework.owing import notice_words
from casework.policy import Policy
from casework.replies import StoredFile, reply
from casework.wording import Words
from intake.arrive import ArrivedMail, Said, keep_mails, keep_said
from intake.opening import OpenedMail, Opener
from intake.receive import Receiver, Sealed
from intake.worker import Worker
from nlp.reading import Reading
from store.engine import reading, writing
from store.files import FileStore
from store.tables import Case, Channel, Message, Outgoing, Role, User
from web.told import told_in

Row = TypeVar("Row", bound=SQLModel)
MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # nine o'clock in Shanghai
POLICY = Policy(
    company="回音机械",
    mail_from="sales@factory.example",
    secret_key=b"a key for tests only",
    pause=timedelta(0),  # a test says what came together
)


def noticed(row: Outgoing, language: str = "zh") -> Words:
    """What a colleague who reads this language is told."""
    return notice_words(row, language, POLICY.timezone, told_in)


@dataclass
class NotingSender(Sender):
    """A sender that notes what it was handed; it fails as it is told, one failure a letter."""

    tried: list[Letter] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        self.tried.append(letter)
        if self.failures:
            raise self.failures.pop(0)
        self.letters.append(letter)


Reads = Worker[Sealed, OpenedMail | Reading]


def reading_process(folder: Path) -> Reads:
    """A process that opens and reads what lies in this folder."""
    return Worker(Opener(FileStore(folder), CompanyWords(folder / "lexicon").reader, "factory.example"))


class Office:
    """Mails and chats come in, people answer, and the clock is moved by hand."""

    def __init__(self, engine: Engine, folder: Path, worker: Reads | None = None) -> None:
        """With its own process that reads, or one that reads from this folder for several offices."""
        self.engine = engine
        self.files = FileStore(folder)
        self.now = MORNING
        self.policy = POLICY
        self.sender = NotingSender()
        self._worker = worker or reading_process(folder)
        self._arrivals = 0

    def clock(self) -> datetime:
        return self.now

    def close(self) -> None:
        self._worker.close()

    def pass_time(self, **units: float) -> None:
        """Move the clock forward: `pass_time(hours=12)`."""
        self.now += timedelta(**units)

    def receiver(self) -> Receiver:
        return Receiver(self.engine, self.files, self._worker, self.policy, Dialogues(), self.clock)

    def deliverer(self) -> Deliverer:
        channels = (Channel.EMAIL, Channel.TELEGRAM, Channel.WEBCHAT, Channel.DESK)
        return Deliverer(self.engine, dict.fromkeys(channels, self.sender), self.policy, self.clock)

    def mail_arrives(self, raw: bytes, *, history: bool = False, source: str = "mail:test") -> None:
        """A mail is stored and received."""
        self.mails_arrive([raw], history=history, source=source)

    def mails_arrive(self, raws: list[bytes], *, history: bool = False, source: str = "mail:test") -> None:
        """Mails are stored together, then received."""
        arrived = [
            ArrivedMail(f"1:{self._next()}", name, self.now, history)
            for name in self.files.put_together(raws)
        ]
        with writing(self.engine) as session:
            keep_mails(session, source, arrived, self.now)
        self.receiver().receive_all()

    def customer_says(
        self, text: str, *, channel: Channel = Channel.WEBCHAT, chat: str = "chat-1", number: int = 0
    ) -> bool:
        """A chat line is stored and received; False if its number was seen before."""
        is_new = self._keep_said(text, channel, chat, number or self._next())
        self.receiver().receive_all()
        return is_new

    def customer_says_all(self, lines: list[str], *, chat: str = "chat-1") -> None:
        """Chat lines are stored one after the other, then received."""
        for line in lines:
            self._keep_said(line, Channel.WEBCHAT, chat, self._next())
        self.receiver().receive_all()

    def _keep_said(self, text: str, channel: Channel, chat: str, number: int) -> bool:
        said = Said(
            channel=channel,
            source=channel.value,
            external_id=str(number),
            conversation=chat,
            address=chat,
            name="陈工",
            text=text,
            at=self.now,
        )
        with writing(self.engine) as session:
            return keep_said(session, said, self.now)

    def _next(self) -> int:
        self._arrivals += 1
        return self._arrivals

    def hire(self, name: str = "小林", role: Role = Role.SALES, email: str | None = None) -> User:
        """A colleague."""
        user = User(name=name, role=role, password_hash="-", email=email, created_at=self.now)
        with writing(self.engine) as session:
            session.add(user)
        return user

    def answer(self, case: Case, user: User, text: str, *files: StoredFile) -> Message:
        """A person's reply, as the desk gives it."""
        with writing(self.engine) as session:
            case = session.get_one(Case, case.id)
            return reply(session, case, user, text, self.now, self.policy, files=files)

    def all(self, table: type[Row]) -> list[Row]:
        """Every row of a table, in order."""
        with reading(self.engine) as session:
            return list(session.exec(select(table).order_by(*table.__table__.primary_key)))  # type: ignore[attr-defined]

    def newest_case(self) -> Case:
        """The case that was opened last."""
        return self.all(Case)[-1]

    def the_case(self) -> Case:
        """The one case there is."""
        (case,) = self.all(Case)
        return case


def mail(
    *,
    sender: str = "李敏 <limin@kaimai.example>",
    subject: str = "询价：轴承座",
    text: str = "您好，请报价轴承座 500 件，谢谢。",
    message_id: str | None = "<1@kaimai.example>",
    headers: str = "",
) -> bytes:
    """A simple mail as bytes; `headers` are more header lines, each with its line end."""
    identity = f"Message-ID: {message_id}\r\n" if message_id else ""
    return (
        f"From: {sender}\r\nTo: sales@factory.example\r\nSubject: {subject}\r\n{identity}{headers}"
        "Date: Fri, 20 Nov 2026 09:00:00 +0800\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    ).encode()
