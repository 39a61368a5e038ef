"""Receiving: what arrived becomes a message in a case, with its reading, its clock and what we owe for it.

Reading a mail happens outside any transaction; what follows from a batch is written in one, each message in a
savepoint of its own. A row that cannot be received is quarantined with its reason and holds nobody up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine, text
from sqlmodel import Session, col, or_, select

from casework.policy import Policy
from intake.arrive import said
from intake.mail.fingerprint import fingerprint
from intake.mail.parsed import ParsedMail, UnreadableMail
from intake.mail.worker import ParseWorker
from intake.take_mail import take_mail
from intake.take_said import take_said
from nlp.reader import Reader
from store.engine import writing
from store.files import FileStore
from store.listeners import is_gone, this_process
from store.tables import Incoming, IncomingState

BATCH = 50
ATTEMPTS = 3
CLAIM = timedelta(minutes=2)
# Any number that no other program uses: one process at a time chooses what to claim.
_CLAIM_LOCK = 7_483_921

logger = structlog.get_logger()


@dataclass(frozen=True)
class OpenedMail:
    """A mail taken out of the file store: what is in it, or why it cannot be read."""

    mail: ParsedMail | None
    fingerprint: str | None = None
    unreadable: str | None = None


@dataclass(frozen=True)
class Receiver:
    """Turns incoming rows into messages. Any number of processes may run one each."""

    engine: Engine
    files: FileStore
    reader: Reader
    parser: ParseWorker
    policy: Policy
    clock: Callable[[], datetime]

    def receive_batch(self) -> int:
        """Receive up to a batch of rows; return how many were claimed, 0 when nothing waits."""
        with writing(self.engine) as session:
            rows = _claim(session, self.clock())
        opened = {row.id: self._open(row) for row in rows if row.sha256 is not None and row.payload is None}
        with writing(self.engine) as session:
            for row in rows:
                session.add(row)
                self._receive(session, row, opened.get(row.id))
        return len(rows)

    def receive_all(self) -> None:
        """Receive until nothing waits."""
        while self.receive_batch():
            pass

    def _open(self, row: Incoming) -> OpenedMail:
        try:
            raw = self.files.get(row.sha256 or "")
        except FileNotFoundError:
            return OpenedMail(
                None, unreadable=f"The stored mail {row.sha256} is missing from the file store."
            )
        mark = fingerprint(raw)
        try:
            return OpenedMail(self.parser.parse(raw), mark)
        except UnreadableMail as problem:
            return OpenedMail(None, mark, str(problem))

    def _receive(self, session: Session, row: Incoming, opened: OpenedMail | None) -> None:
        """Settle one row; whatever goes wrong stays within its savepoint."""
        now = self.clock()
        try:
            with session.begin_nested(), session.no_autoflush:
                self._take(session, row, opened, now)
        except Exception as problem:
            logger.exception("receive_failed", incoming=row.id)
            session.refresh(row)
            if row.state != IncomingState.NEW:
                return  # our claim ran out, and another process has received it meanwhile
            row.reason = f"The program stumbled over this message ({type(problem).__name__})."
            if row.attempts >= ATTEMPTS:
                row.state = IncomingState.QUARANTINED
        row.claimed_by = row.claimed_until = None

    def _take(self, session: Session, row: Incoming, opened: OpenedMail | None, now: datetime) -> None:
        if opened is None:
            take_said(session, row, said(row.payload or {}), self.reader, self.policy, now)
            return
        row.fingerprint = opened.fingerprint
        if opened.mail is None:
            row.state, row.reason = IncomingState.QUARANTINED, opened.unreadable
            return
        take_mail(session, row, opened.mail, self.files, self.reader, self.policy, now)


def _claim(session: Session, now: datetime) -> list[Incoming]:
    """The next rows for this process, in order; a conversation that another process is at has to wait."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CLAIM_LOCK})
    waiting = col(Incoming.state) == IncomingState.NEW
    claims = session.exec(
        select(Incoming.claimed_by, Incoming.conversation)
        .where(waiting, col(Incoming.claimed_until) > now)
        .distinct()
    ).all()
    holders = {holder: is_gone(holder) for holder, _ in claims if holder}
    busy = {conversation for holder, conversation in claims if holder and not holders[holder]}
    gone = [holder for holder, is_dead in holders.items() if is_dead]
    free = or_(
        col(Incoming.claimed_until).is_(None),
        col(Incoming.claimed_until) <= now,
        col(Incoming.claimed_by).in_(gone),
    )
    rows = list(
        session.exec(
            select(Incoming)
            .where(waiting, free, col(Incoming.conversation).not_in(busy))
            .order_by(col(Incoming.id))
            .limit(BATCH)
        )
    )
    for row in rows:
        row.claimed_by, row.claimed_until = this_process(), now + CLAIM
        row.attempts += 1
    return rows
