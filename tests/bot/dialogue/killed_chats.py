"""Customers write in lines and press buttons, to a program that is killed again and again."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlmodel import col, func, select

from bot.company_words import CompanyWords
from bot.deliver import Deliverer
from bot.dialogue.talking import Dialogues
from bot.sending import Letter, Sender
from intake.arrive import Said, keep_said
from intake.opening import OpenedMail, Opener
from intake.receive import Receiver, Sealed
from intake.worker import Worker
from nlp.reader import Reader
from nlp.reading import Reading
from store.engine import open_engine, reading, writing
from store.files import FileStore
from store.tables import (
    Channel,
    Dialogue,
    DialogueAnswer,
    Direction,
    Incoming,
    IncomingState,
    Message,
    Outgoing,
    OutgoingState,
)
from tests.crashing import killed_at
from tests.office import MORNING, POLICY

POINTS = (
    *("rows_claimed", "rows_opened", "rows_written", "rows_received"),
    *("letter_claimed", "letter_sent", "letter_recorded"),
)
# Each of a customer's turns: its lines come within the pause, and get one answer.
TURNS = (
    ("你好", "我们要下单", "轴承座两万件"),
    ("下个月15号前",),
    ("/skip",),
    ("月结30天",),
    ("不是两万，", "是三万件"),
)
RULES = replace(POLICY, pause=timedelta(seconds=2))


@dataclass(frozen=True)
class _Noted(Sender):
    """Writes down what left, so that a kill cannot take it back."""

    file: Path

    def send(self, letter: Letter) -> None:
        with self.file.open("a") as out:
            out.write(f"{letter.recipient}\t{letter.text!r}\n")


@dataclass(frozen=True)
class Outcome:
    """What became of the conversations."""

    lost: int
    doubled: int
    out_of_order: int
    sent_twice: int
    unanswered: int
    answers: int
    kills: int


def talk_under_kills(chats: int, database_url: str, folder: Path) -> Outcome:
    """In every turn all chats say something, and the program is killed at every third point in turn."""
    folder.mkdir()
    (folder / "sent").touch()
    reader = CompanyWords(folder / "lexicon").reader
    reader()  # warm, before we fork
    killed, now = 0, MORNING
    wanted: dict[str, list[str]] = {f"chat-{number}": [] for number in range(chats)}
    for turn, lines in enumerate(TURNS):
        for place, line in enumerate(lines):
            _say(database_url, list(wanted), line, f"{turn}.{place}", now + timedelta(seconds=place / 2))
            if not line.startswith("/"):
                for said in wanted.values():
                    said.append(line)
        now += timedelta(minutes=6)
        for point in POINTS[turn % 3 :: 3]:
            killed += killed_at(point, 1, partial(_work, database_url, folder, reader, now))
            now += timedelta(minutes=6)  # a claim of the dead is over
        _work(database_url, folder, reader, now)
    return _outcome(database_url, folder, wanted, killed)


def _say(database_url: str, chats: list[str], text: str, number: str, now: datetime) -> None:
    engine = open_engine(database_url)
    with writing(engine) as session:
        for chat in chats:
            keep_said(
                session,
                Said(
                    channel=Channel.WEBCHAT,
                    source="webchat",
                    external_id=f"{chat}:{number}",
                    conversation=chat,
                    address=chat,
                    name="陈工",
                    text=text,
                    at=now,
                ),
                now,
            )
    engine.dispose()


def _work(database_url: str, folder: Path, reader: Callable[[], Reader], now: datetime) -> None:
    """Receive and send everything that waits."""
    engine, files = open_engine(database_url), FileStore(folder)
    worker: Worker[Sealed, OpenedMail | Reading] = Worker(Opener(files, reader, "factory.example"))
    try:
        Receiver(engine, files, worker, RULES, Dialogues(), lambda: now).receive_all()
        sender = _Noted(folder / "sent")
        Deliverer(engine, {Channel.WEBCHAT: sender}, RULES, lambda: now).deliver_all()
    finally:
        worker.close()
        engine.dispose()


def _outcome(database_url: str, folder: Path, wanted: dict[str, list[str]], killed: int) -> Outcome:
    engine = open_engine(database_url)
    with reading(engine) as session:
        waiting = session.exec(
            select(func.count()).where(
                col(Incoming.state).not_in((IncomingState.RECEIVED, IncomingState.IGNORED))
            )
        ).one()
        said = session.exec(
            select(Message.sender_address, Message.text)
            .where(col(Message.direction) == Direction.IN)
            .order_by(col(Message.id))
        ).all()
        owed = session.exec(select(Outgoing).where(col(Outgoing.channel) == Channel.WEBCHAT)).all()
        talks = session.exec(select(Dialogue)).all()
        answers = session.exec(select(DialogueAnswer)).all()
    engine.dispose()
    lines = {
        chat: [line for who, text in said if who == chat for line in text.split("\n")] for chat in wanted
    }
    sent = Counter((folder / "sent").read_text().splitlines())
    assert {row.state for row in owed} <= {OutgoingState.SENT, OutgoingState.UNCERTAIN}
    assert all(talk.known["quantity"] != "两万件" for talk in talks), "a changed mind was lost"
    return Outcome(
        lost=waiting + sum((Counter(wanted[chat]) - Counter(lines[chat])).total() for chat in wanted),
        doubled=sum((Counter(lines[chat]) - Counter(wanted[chat])).total() for chat in wanted),
        out_of_order=sum(lines[chat] != wanted[chat] for chat in wanted),
        sent_twice=sum(times - 1 for times in sent.values()),
        unanswered=len(wanted) * len(TURNS) - len(owed),
        answers=len(answers),
        kills=killed,
    )
