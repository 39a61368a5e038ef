"""Receiving: what arrived becomes a message in a case, with its reading, its clock and what we owe for it.

Opening a mail happens outside any transaction; what follows from a batch is written in one. A batch that
cannot be written is tried in halves, down to the message that is at fault: that one comes again, or is
quarantined with its reason, and holds nobody up.
"""

import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, or_, select, update

from casework.policy import Policy
from casework.undelivered import reachable_again
from intake.arrive import Said, joined, said
from intake.known import look_up, sender_of
from intake.mail.parsed import UnreadableMail
from intake.opening import OpenedMail, SealedMail, SealedWords, keep_content
from intake.take_mail import take_mail
from intake.take_said import take_said
from intake.talk import CHATS, Talk
from intake.worker import Worker
from nlp.reading import Reading
from store.crashpoints import crashpoint
from store.engine import reading, writing
from store.files import FileStore
from store.listeners import is_gone, this_process
from store.tables import Incoming, IncomingState

BATCH = 100
AHEAD = 3  # batches claimed: one is written, one opened, and one lies ready so that the worker never waits
MOST_LINES = 2_000  # of the chats of a batch, which are claimed whole
ATTEMPTS = 3
CLAIM = timedelta(minutes=2)
LOOK_AGAIN = 0.2  # seconds
# Any number that no other program uses: one process at a time chooses what to claim.
_CLAIM_LOCK = 7_483_921
_BEYOND_A_LIMIT = "54"  # PostgreSQL's class of errors that a too long value makes

logger = structlog.get_logger()

Lines = list[Incoming]  # rows that are one message: lines of a chat in a row, or a single one of anything
Sealed = SealedMail | SealedWords
Opened = OpenedMail | Reading | UnreadableMail


@dataclass(frozen=True)
class Receiver:
    """Turns incoming rows into messages. Any number of processes may run one each."""

    engine: Engine
    files: FileStore
    worker: Worker[Sealed, OpenedMail | Reading]
    policy: Policy
    talk: Talk
    clock: Callable[[], datetime]

    def receive_all(self) -> None:
        """Receive until nothing waits, also for what another process is at."""
        while sum(self.receive_waiting()) or self._others_are_at_work():
            pass

    def receive_waiting(self) -> Iterator[int]:
        """Receive what waits; tell the size of each batch. While one is written the worker opens the next."""
        ahead = ThreadPoolExecutor(1)
        opening: deque[tuple[list[list[int]], Future[dict[int, Opened]]]] = deque()
        try:
            while True:
                while len(opening) < AHEAD and (rows := self._claim()):
                    messages = in_one(rows)
                    ids = [[row.id or 0 for row in lines] for lines in messages]
                    opening.append((ids, ahead.submit(self._open, messages)))
                if not opening:
                    return
                ids, opened = opening.popleft()
                found = opened.result()
                crashpoint("rows_opened")
                settled = self._write(ids, found)
                if not settled:
                    self._let_go()
                yield sum(map(len, ids))
                if not settled:
                    return
        except BaseException:
            self._let_go()
            raise
        finally:
            ahead.shutdown(cancel_futures=True)

    def _claim(self) -> list[Incoming]:
        with writing(self.engine) as session:
            rows = _claim(session, self.clock(), self.policy)
        crashpoint("rows_claimed")
        return rows

    def _open(self, messages: list[Lines]) -> dict[int, Opened]:
        """What the worker finds in each of the messages, by their first rows."""
        with closing(self.worker.do_all([self._sealed(lines) for lines in messages])) as answers:
            return {
                lines[0].id or 0: keep_content(found, self.files) if isinstance(found, OpenedMail) else found
                for lines, found in zip(messages, answers, strict=True)
            }

    def _sealed(self, lines: Lines) -> Sealed:
        row = lines[0]
        day = row.arrived_at.astimezone(self.policy.timezone).date()
        if row.payload is None:
            return SealedMail(row.raw or "", day)
        words = _said(lines)
        texts = tuple(said(line.payload or {}).text for line in lines)
        return SealedWords(words.text, words.subject, words.channel.value, day, tuple(filter(None, texts)))

    def _write(self, ids: Sequence[list[int]], opened: dict[int, Opened]) -> bool:
        """Settle these rows; False if one of them has to come again before anything that came after it."""
        try:
            with writing(self.engine) as session:
                self._take(session, _still_ours(session, ids), opened)
                session.flush()
                crashpoint("rows_written")
            crashpoint("rows_received")
        except Exception as problem:  # noqa: BLE001 - one odd message must not hold up the others
            if len(ids) == 1:
                return self._stumble(ids[0], problem)
            middle = len(ids) // 2
            return self._write(ids[:middle], opened) and self._write(ids[middle:], opened)
        return True

    def _take(self, session: Session, messages: list[Lines], opened: dict[int, Opened]) -> None:
        now = self.clock()
        saids = {lines[0].id: _said(lines) for lines in messages if lines[0].payload is not None}
        found = [(lines, opened[lines[0].id or 0]) for lines in messages]
        mails = [what for _, what in found if isinstance(what, OpenedMail)]
        known = look_up(session, mails, list(saids.values()), self.policy, now)
        if senders := {sender_of(opened.mail) for opened in mails if opened.mail.auto_generated is None}:
            reachable_again(session, senders)
        with session.no_autoflush:
            for lines, what in found:
                row = lines[0]
                for line in lines:
                    line.claimed_by = line.claimed_until = None
                if isinstance(what, UnreadableMail):
                    row.state, row.reason = IncomingState.QUARANTINED, str(what)
                elif isinstance(what, OpenedMail):
                    take_mail(session, known, row, what, self.policy, now)
                else:
                    take_said(session, known, lines, saids[row.id], what, self.policy, self.talk, now)

    def _stumble(self, ids: list[int], problem: Exception) -> bool:
        """Note that the program fell over this row; False if what came after it in its chat has to wait."""
        reason = type(problem).__name__
        if _is_passing(problem):
            # A deadlock or the like: not the message's fault, so it costs it no attempt.
            logger.warning("receive_disturbed", incoming=ids[0], reason=reason)
            return False
        # Only where: the text of an error may hold what a customer wrote.
        where = traceback.format_tb(problem.__traceback__)[-3:]
        logger.error("receive_failed", incoming=ids[0], reason=reason, where=where)
        settled = True
        with writing(self.engine) as session:
            for row in (row for lines in _still_ours(session, [ids]) for row in lines):
                row.reason = f"The program stumbled over this message ({reason})."
                row.claimed_by = row.claimed_until = None
                if row.attempts >= ATTEMPTS:
                    row.state = IncomingState.QUARANTINED
                settled = row.payload is None or row.state != IncomingState.NEW
        return settled

    def _let_go(self) -> None:
        """Leave what we have claimed to whoever comes next, as if it had not been tried."""
        ours = col(Incoming.state) == IncomingState.NEW, col(Incoming.claimed_by) == this_process()
        untried = {"claimed_by": None, "claimed_until": None, "attempts": col(Incoming.attempts) - 1}
        with writing(self.engine) as session:
            session.exec(update(Incoming).where(*ours).values(untried))

    def _others_are_at_work(self) -> bool:
        with reading(self.engine) as session:
            at_work = select(Incoming.id).where(
                col(Incoming.state) == IncomingState.NEW, col(Incoming.claimed_until) > self.clock()
            )
            if session.exec(at_work.limit(1)).first() is None:
                return False
        time.sleep(LOOK_AGAIN)
        return True


def in_one(rows: Sequence[Incoming]) -> list[Lines]:
    """The rows as messages, in order: lines in a row of one person are one; a command is its own.

    So is a correction: it is read by itself, or the word that it replaces would count.
    """
    messages: list[Lines] = []
    open_lines: dict[str, Lines] = {}
    for row in rows:
        is_line = row.channel in CHATS and row.payload is not None and not row.prompt and not row.history
        if is_line and _goes_on(open_lines.get(row.conversation), row):
            open_lines[row.conversation].append(row)
            continue
        messages.append([row])
        open_lines.pop(row.conversation, None)
        if is_line:
            open_lines[row.conversation] = messages[-1]
    return messages


def _goes_on(lines: Lines | None, row: Incoming) -> bool:
    """Whether the line belongs to those before it; in a group others speak in between."""
    line, before = row.payload or {}, lines[-1].payload or {} if lines else {}
    alone = line.get("corrects") or before.get("corrects")
    return bool(lines) and not alone and line.get("name") == before.get("name")


def _said(lines: Lines) -> Said:
    return joined([said(line.payload or {}) for line in lines])


def _claim(session: Session, now: datetime, policy: Policy) -> list[Incoming]:
    """The next rows for this process, in order; a conversation that another process is at has to wait.

    So has a chat in which a line has just come: the next may belong to it. A chat is claimed whole.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CLAIM_LOCK})
    waiting = col(Incoming.state) == IncomingState.NEW
    claims = session.exec(
        select(Incoming.claimed_by, Incoming.conversation)
        .where(waiting, col(Incoming.claimed_until) > now, col(Incoming.claimed_by) != this_process())
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
    talking = select(Incoming.conversation).where(
        waiting,
        col(Incoming.channel).in_(CHATS),
        col(Incoming.prompt).is_(False),
        col(Incoming.stored_at) > now - policy.pause,
    )
    for_long = select(Incoming.conversation).where(
        waiting, col(Incoming.stored_at) <= now - policy.longest_pause
    )
    ready = or_(col(Incoming.conversation).not_in(talking), col(Incoming.conversation).in_(for_long))
    claimable = (
        select(Incoming)
        .where(waiting, free, ready, col(Incoming.conversation).not_in(busy))
        .order_by(col(Incoming.id))
    )
    rows = list(session.exec(claimable.limit(BATCH)))
    if len(rows) == BATCH and (chats := {row.conversation for row in rows if row.channel in CHATS}):
        behind = col(Incoming.conversation).in_(chats), col(Incoming.id) > rows[-1].id
        rows += session.exec(claimable.where(*behind).limit(MOST_LINES))
    claim = {
        "claimed_by": this_process(),
        "claimed_until": now + CLAIM,
        "attempts": col(Incoming.attempts) + 1,
    }
    ours = update(Incoming).where(col(Incoming.id).in_([row.id for row in rows])).values(claim)
    session.exec(
        ours, execution_options={"synchronize_session": False}
    )  # they are read anew before they change
    return list(rows)


def _still_ours(session: Session, ids: Sequence[list[int]]) -> list[Lines]:
    """The messages that nobody else has received since our claim ran out."""
    ours = session.exec(
        select(Incoming)
        .where(
            col(Incoming.id).in_([row_id for message in ids for row_id in message]),
            col(Incoming.state) == IncomingState.NEW,
            col(Incoming.claimed_by) == this_process(),
        )
        .order_by(col(Incoming.id))
        .with_for_update()
    )
    rows = {row.id: row for row in ours}
    return [[rows[row_id] for row_id in message] for message in ids if rows.keys() >= set(message)]


def _is_passing(problem: Exception) -> bool:
    """Whether the database was disturbed, so that the same message may do the next time."""
    if not isinstance(problem, OperationalError):
        return False
    return not str(getattr(problem.orig, "sqlstate", "")).startswith(_BEYOND_A_LIMIT)
