"""A survey goes out to many customers by four processes, of which two are killed on the way (P7, P33)."""

import email
import multiprocessing
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from sqlmodel import col, func, select

from bot.deliver import Deliverer
from bot.mail.smtp import SmtpAccount, SmtpSender
from store.engine import open_engine, reading, writing
from store.files import FileStore
from store.once import add_once
from store.tables import (
    Channel,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    SurveyInvitation,
)
from store.tables.row import Row
from survey.asking.campaigns import dispatch_due, open_due
from tests.borders.smtp import ReceivedMail, SmtpServer
from tests.survey.people import NOW, POLICY, approve_plan

PROCESSES, KILLED = 4, 2
_AT_ONCE = 5_000  # rows put in by one statement
_BETWEEN_RINGS = 200  # letters that a process sends before it looks for more to invite
_PROGRAM = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Dispatch:
    """What came of it; all but `seconds` and `repeats` are to be 0."""

    seconds: float
    uninvited: int  # customers without an invitation
    invited_twice: int
    undelivered: int  # customers whom no letter reached
    other_ids: int  # customers who got letters under different Message-IDs
    unsettled: int  # letters whose row says something other than sent
    repeats: int  # letters that left again, with the same Message-ID, since a kill left us in doubt

    @property
    def breaks_a_promise(self) -> bool:
        return any((self.uninvited, self.invited_twice, self.undelivered, self.other_ids, self.unsettled))


def dispatch_under_kills(
    customers: int, database_url: str, folder: Path, progress: Callable[[int], None] = lambda _: None
) -> Dispatch:
    """Everybody is invited and written to; one process dies at a quarter, another at half of the letters."""
    engine = open_engine(database_url)
    _add_customers(database_url, customers)
    approve_plan(engine)
    engine.dispose()
    with SmtpServer() as server:
        began = perf_counter()
        work = (database_url, server.url, folder)
        processes = [_PROGRAM.Process(target=_run, args=work) for _ in range(PROCESSES)]
        for process in processes:
            process.start()
        for number, process in enumerate(processes[:KILLED], 1):
            server.wait_for(customers * number // PROCESSES, timeout=3_600)
            process.kill()
            process.join()
            progress(customers * number // PROCESSES)
        for process in processes[KILLED:]:
            process.join()
            assert process.exitcode == 0, "a process that nobody killed failed"
        seconds = perf_counter() - began
        return _look(database_url, customers, server.mails, seconds)


def _add_customers(database_url: str, customers: int) -> None:
    engine = open_engine(database_url)
    for first in range(1, customers + 1, _AT_ONCE):
        ids = range(first, min(first + _AT_ONCE, customers + 1))
        tables: list[list[Row]] = [
            [Customer(name=f"客户{n}", status=CustomerStatus.EXISTING, created_at=NOW) for n in ids],
            [Contact(customer_id=n, name=f"联系人{n}", created_at=NOW) for n in ids],
            [ContactAddress(contact_id=n, channel=Channel.EMAIL, address=f"buyer{n}@k.example") for n in ids],
        ]
        with writing(engine) as session:
            for rows in tables:
                add_once(session, *rows)
    engine.dispose()


def _run(database_url: str, smtp_url: str, folder: Path) -> None:
    """What one program does: rings and sends until nothing is left."""
    engine = open_engine(database_url)
    sender = SmtpSender(SmtpAccount(smtp_url), POLICY.mail_from, POLICY.company, FileStore(folder))
    with closing(Deliverer(engine, {Channel.EMAIL: sender}, POLICY, lambda: NOW)) as deliverer:
        while True:
            with writing(engine) as session:
                rang = open_due(session, NOW, POLICY) + dispatch_due(session, NOW, POLICY)
            sent = 0
            while sent < _BETWEEN_RINGS and (sent_now := deliverer.deliver_next()):
                sent += sent_now
            if not rang and not sent and not _is_anything_open(deliverer):
                return


def _is_anything_open(deliverer: Deliverer) -> bool:
    """Whether a letter waits, or is in the hands of a process that may have been killed."""
    still = (OutgoingState.DUE, OutgoingState.SENDING)
    with reading(deliverer.engine) as session:
        return session.exec(select(Outgoing.id).where(col(Outgoing.state).in_(still))).first() is not None


def _look(database_url: str, customers: int, mails: list[ReceivedMail], seconds: float) -> Dispatch:
    ids: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mail in mails:
        (recipient,) = mail.envelope_to
        ids[recipient][email.message_from_bytes(mail.raw)["Message-ID"]] += 1
    engine = open_engine(database_url)
    with reading(engine) as session:
        asked = func.count(func.distinct(col(SurveyInvitation.customer_id)))
        invited, invitations = session.exec(select(asked, func.count(col(SurveyInvitation.id)))).one()
        unsettled = session.exec(
            select(func.count()).where(
                col(Outgoing.kind) == OutgoingKind.SURVEY, col(Outgoing.state) != OutgoingState.SENT
            )
        ).one()
    engine.dispose()
    return Dispatch(
        seconds=seconds,
        uninvited=customers - invited,
        invited_twice=invitations - invited,
        undelivered=customers - len(ids),
        other_ids=sum(1 for found in ids.values() if len(found) > 1),
        unsettled=unsettled,
        repeats=len(mails) - len(ids),
    )
