"""Through a mail server that fails, by a program that is killed: each letter ends in a known state."""

import email
import random
from collections import Counter
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import count
from operator import add
from pathlib import Path

from sqlmodel import select

from bot.deliver import Deliverer
from bot.mail.smtp import SmtpAccount, SmtpSender
from store.engine import open_engine, reading, writing
from store.files import FileStore
from store.tables import Channel, Outgoing, OutgoingKind, OutgoingState
from tests.borders.smtp import SmtpServer, Stage
from tests.crashing import killed_at
from tests.office import MORNING, POLICY

LETTERS, KILLS = 200, 20
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


def test_each_letter_ends_sent_or_uncertain_and_repeats_bear_the_same_id(
    database_url: str, tmp_path: Path
) -> None:
    _owe(database_url)
    chance = random.Random(7)
    hours = count()
    kills = 0
    with SmtpServer() as server:
        while kills < KILLS and not _is_done(database_url):
            server.fail_next(*chance.choice(FAILURES))
            work = partial(_deliver, database_url, server.url, tmp_path, next(hours))
            kills += killed_at(chance.choice(POINTS), chance.randint(1, 12), work)
        while not _is_done(database_url):  # and then to the end
            _deliver(database_url, server.url, tmp_path, next(hours))
        mails = server.mails
    assert kills == KILLS
    received = Counter(mail.envelope_to[0] for mail in mails)
    ids = {(mail.envelope_to[0], _message_id(mail.raw)) for mail in mails}
    assert len(ids) == len(received), "a repeat bears another id"
    for row in _rows(database_url):
        times = received[row.recipient]
        if row.kind == OutgoingKind.ACKNOWLEDGEMENT:
            assert times <= 1, "a receipt left twice"
            assert times == 1 or row.state == OutgoingState.UNCERTAIN
        else:
            assert times >= 1, "a letter never left"
            assert row.state == OutgoingState.SENT


def _owe(database_url: str) -> None:
    engine = open_engine(database_url)
    kinds = (OutgoingKind.ACKNOWLEDGEMENT, OutgoingKind.NOTICE)
    with writing(engine) as session:
        for number in range(LETTERS):
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


def _deliver(database_url: str, smtp_url: str, folder: Path, hour: int) -> None:
    """Everything that is due at that hour; what the server put off comes an hour later."""
    engine = open_engine(database_url)
    sender = SmtpSender(SmtpAccount(smtp_url), POLICY.mail_from, POLICY.company, FileStore(folder))
    clock = partial(add, MORNING, timedelta(hours=hour))
    with closing(Deliverer(engine, {Channel.EMAIL: sender}, POLICY, clock)) as deliverer:
        deliverer.deliver_all()
    engine.dispose()


def _rows(database_url: str) -> list[Outgoing]:
    engine = open_engine(database_url)
    with reading(engine) as session:
        rows = list(session.exec(select(Outgoing)))
    engine.dispose()
    return rows


def _is_done(database_url: str) -> bool:
    return {row.state for row in _rows(database_url)} <= {OutgoingState.SENT, OutgoingState.UNCERTAIN}


def _message_id(raw: bytes) -> str:
    return str(email.message_from_bytes(raw)["Message-ID"])
