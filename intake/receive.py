"""Receiving: what arrived becomes a message in a case, with its reading, its clock and what we owe for it.

Reading a mail happens outside any transaction; what follows from a batch is written in one, each message in a
savepoint of its own. A row that cannot be received is quarantined with its reason and holds nobody up.
"""

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, or_, select

from casework.policy import Policy
from intake.arrive import said
from intake.mail.fingerprint import fingerprint
from intake.mail.parsed import ParsedMail, UnreadableMail
from intake.mail.worker import ParseWorker
from intake.take_mail import take_mail
from intake.take_said import take_said
from nlp.reader import Reader
from store.engine import reading, writing
from store.files import FileStore
from store.listeners import is_gone, this_process
from store.tables import Incoming, IncomingState

BATCH = 50
ATTEMPTS = 3
CLAIM = timedelta(minutes=2)
LOOK_AGAIN = 0.2  # seconds
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
        ids = [row.id or 0 for row in rows]
        try:
            opened = {
                row.id: self._open(row) for row in rows if row.sha256 is not None and row.payload is None
            }
            with writing(self.engine) as session:
                stumbled: set[str] = set()
                for row in _still_ours(session, ids):
                    if row.conversation in stumbled:
                        _let_go(row)  # what was said later in that chat waits for its turn
                    elif not self._receive(session, row, opened.get(row.id)) and row.payload is not None:
                        stumbled.add(row.conversation)
        except BaseException:
            with writing(self.engine) as session:
                for row in _still_ours(session, ids):
                    _let_go(row)
            raise
        return len(rows)

    def receive_all(self) -> None:
        """Receive until nothing waits, also for what another process is at."""
        while self.receive_batch() or self._others_are_at_work():
            pass

    def _others_are_at_work(self) -> bool:
        with reading(self.engine) as session:
            at_work = select(Incoming.id).where(
                col(Incoming.state) == IncomingState.NEW, col(Incoming.claimed_until) > self.clock()
            )
            if session.exec(at_work.limit(1)).first() is None:
                return False
        time.sleep(LOOK_AGAIN)
        return True

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

    def _receive(self, session: Session, row: Incoming, opened: OpenedMail | None) -> bool:
        """Settle one row; whatever goes wrong stays within its savepoint. False if it has to come again."""
        now = self.clock()
        try:
            with session.begin_nested(), session.no_autoflush:
                self._take(session, row, opened, now)
        except OperationalError as problem:
            # A deadlock or the like: not the message's fault, so it costs it no attempt.
            session.refresh(row)
            logger.warning("receive_disturbed", incoming=row.id, reason=type(problem).__name__)
            _let_go(row)
        except Exception as problem:  # noqa: BLE001 - one odd message must not hold up the others
            session.refresh(row)
            # Only where: the text of an error may hold what a customer wrote.
            where = traceback.format_tb(problem.__traceback__)[-3:]
            logger.error("receive_failed", incoming=row.id, reason=type(problem).__name__, where=where)
            row.reason = f"The program stumbled over this message ({type(problem).__name__})."
            row.claimed_by = row.claimed_until = None
            if row.attempts >= ATTEMPTS:
                row.state = IncomingState.QUARANTINED
        else:
            row.claimed_by = row.claimed_until = None
        return row.state != IncomingState.NEW

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


def _still_ours(session: Session, ids: list[int]) -> list[Incoming]:
    """The rows that nobody else has received since our claim ran out."""
    return list(
        session.exec(
            select(Incoming)
            .where(
                col(Incoming.id).in_(ids),
                col(Incoming.state) == IncomingState.NEW,
                col(Incoming.claimed_by) == this_process(),
            )
            .order_by(col(Incoming.id))
            .with_for_update()
        )
    )


def _let_go(row: Incoming) -> None:
    """Leave the row to whoever comes next, as if it had not been tried."""
    row.attempts -= 1
    row.claimed_by = row.claimed_until = None
