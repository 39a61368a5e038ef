"""Letters go out through a mail server that fails, by a program that is killed again and again."""

import email
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from sqlmodel import col, func, select

from bot.deliver import Deliverer
from bot.mail.smtp import SmtpAccount, SmtpSender
from store.engine import open_engine, reading, writing
from store.files import FileStore
from store.tables import Channel, Outgoing, OutgoingKind, OutgoingState
from tests.borders.smtp import ReceivedMail, SmtpServer, Stage
from tests.crashing import Damage, Progress, killed_at
from tests.office import MORNING, POLICY

POINTS = ("letter_claimed", "letter_sent", "letter_recorded")
FAILURES: tuple[tuple[Stage, int | str], ...] = (
    ("connect", 421),
    ("mail", 451),
    ("rcpt", 450),
    ("rcpt", "disconnect"),
    ("data", "disconnect"),
    ("after_final_dot", 451),
    ("after_final_dot", "disconnect"),
)
OPEN = (OutgoingState.DUE, OutgoingState.SENDING)


def deliver_under_kills(
    letters: int, kills: int, database_url: str, folder: Path, progress: Progress
) -> Damage:
    """Every other letter is a receipt. Between two kills a few letters leave; then the rest, undisturbed."""
    _owe(letters, database_url)
    chance = random.Random(7)
    times = _times(kills)
    killed = 0
    with SmtpServer() as server:
        while killed < kills:
            assert _count_open(database_url), "nothing is left to be killed at"
            server.fail_next(*chance.choice(FAILURES))
            work = partial(_deliver, database_url, server.url, folder, next(times))
            killed += killed_at(chance.choice(POINTS), chance.randint(1, letters // kills), work)
            progress(killed)
        while _count_open(database_url):
            _deliver(database_url, server.url, folder, next(times))
        return _damage(database_url, server.mails)


def _times(kills: int) -> Iterator[datetime]:
    """Close together while we kill, as a letter is given up after five days; then what was put off is due."""
    now = MORNING
    for number in count():
        yield now
        now += timedelta(minutes=2) if number < kills else timedelta(hours=1)


def _owe(letters: int, database_url: str) -> None:
    engine = open_engine(database_url)
    kinds = (OutgoingKind.ACKNOWLEDGEMENT, OutgoingKind.NOTICE)
    with writing(engine) as session:
        for number in range(letters):
            session.add(
                Outgoing(
                    kind=kinds[number % 2],
                    key=f"letter:{number}",
                    channel=Channel.EMAIL,
                    recipient=f"person{number}@kaimai.example",
                    subject="通知",
                    text="您好",
                    due_at=MORNING,
                    created_at=MORNING,
                )
            )
    engine.dispose()


def _deliver(database_url: str, smtp_url: str, folder: Path, now: datetime) -> None:
    """Everything that is due by then; what the server puts off comes later."""
    engine = open_engine(database_url)
    sender = SmtpSender(SmtpAccount(smtp_url), POLICY.mail_from, POLICY.company, FileStore(folder))
    with closing(Deliverer(engine, {Channel.EMAIL: sender}, POLICY, lambda: now)) as deliverer:
        deliverer.deliver_all()
    engine.dispose()


def _count_open(database_url: str) -> int:
    engine = open_engine(database_url)
    with reading(engine) as session:
        count = session.exec(select(func.count()).where(col(Outgoing.state).in_(OPEN))).one()
    engine.dispose()
    return count


def _damage(database_url: str, mails: list[ReceivedMail]) -> Damage:
    engine = open_engine(database_url)
    with reading(engine) as session:
        rows = session.exec(select(Outgoing)).all()
    engine.dispose()
    arrived = Counter(mail.envelope_to[0] for mail in mails)
    ids = {(mail.envelope_to[0], _message_id(mail.raw)) for mail in mails}
    uncertain = {row.recipient for row in rows if row.state == OutgoingState.UNCERTAIN}
    receipts = {row.recipient for row in rows if row.kind == OutgoingKind.ACKNOWLEDGEMENT}
    assert uncertain <= receipts, "a letter that may be repeated was given up"
    return Damage(
        missing=sum(not arrived[row.recipient] for row in rows if row.recipient not in uncertain),
        extra=len(ids) - len(arrived),  # a repeat bears another Message-ID, so nobody sees that it is one
        sent_twice=sum(arrived[recipient] > 1 for recipient in receipts),
        uncertain=len(uncertain),
    )


def _message_id(raw: bytes) -> str:
    return str(email.message_from_bytes(raw)["Message-ID"])
