"""The deliverer: claims what is due, sends it, and writes down what became of it.

A receipt to a stranger leaves at most once: if we die between sending and writing it down, it is `uncertain`
and a person looks. Everything else leaves at least once, the repeat under the same Message-ID.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, Engine
from sqlmodel import Session, col, func, select, update

from bot.sending import Letter, Sender, SendError
from casework.owing import notice_words, page_of
from casework.policy import Policy
from casework.replies import StoredFile
from casework.signing import message_id
from casework.undelivered import not_delivered
from casework.zones import zone_of
from store.crashpoints import crashpoint
from store.engine import writing
from store.history import DESK, tell
from store.listeners import is_gone, this_process
from store.tables import (
    Attachment,
    Channel,
    Deadline,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    User,
)
from survey.answering.by_buttons import Button
from survey.asking.letters import letter as survey_letter
from survey.asking.letters import still_asked, still_told
from web.told import told_in

CLAIM = timedelta(minutes=5)
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
GIVE_UP_AFTER = timedelta(days=5)
AT_MOST_ONCE = (OutgoingKind.ACKNOWLEDGEMENT, OutgoingKind.DIALOGUE)
# Thousands of them may be due together: they wait for all others, and are claimed so many at once.
IN_BULK = (OutgoingKind.SURVEY, OutgoingKind.SURVEY_REMINDER, OutgoingKind.IMPROVEMENT)
AT_ONCE = 10

logger = structlog.get_logger()


@dataclass(frozen=True)
class Deliverer:
    """Sends by the channels it has a sender for; rows of other channels wait for one."""

    engine: Engine
    senders: Mapping[Channel, Sender]
    policy: Policy
    clock: Callable[[], datetime]

    @property
    def name(self) -> str:
        return ", ".join(self.senders)

    def deliver_next(self) -> int:
        """Send what is due next, a survey's letters a handful at a time; how many letters were tried."""
        with writing(self.engine) as session:
            settle_interrupted(session, self.clock())
            claimed = self._claim(session)
        for outgoing, letter in claimed:
            self._deliver(outgoing, letter)
        return len(claimed)

    def deliver_all(self) -> int:
        """Send everything that is due now; return how many were tried."""
        tried = 0
        while now_tried := self.deliver_next():
            tried += now_tried
        return tried

    def hang_up(self) -> None:
        """Nothing is due: let the channels end the lines they keep open."""
        for sender in self.senders.values():
            sender.hang_up()

    def close(self) -> None:
        """No more letters on any channel."""
        for sender in self.senders.values():
            sender.close()

    def _deliver(self, outgoing: Outgoing, letter: Letter) -> None:
        crashpoint("letter_claimed")
        problem: SendError | None = None
        try:
            self.senders[letter.channel].send(letter)
        except SendError as error:
            problem = error
        except Exception as error:  # noqa: BLE001 - what cannot even be made must not come back for ever
            logger.error("letter_failed", outgoing=outgoing.id, reason=type(error).__name__)
            problem = SendError(f"This cannot be sent as it is ({type(error).__name__}).", permanent=True)
        crashpoint("letter_sent")
        with writing(self.engine) as session:
            self._record(session, outgoing, problem)
        crashpoint("letter_recorded")

    def _claim(self, session: Session) -> list[tuple[Outgoing, Letter]]:
        now = self.clock()
        claimed: list[tuple[Outgoing, Letter]] = []
        while not claimed and (due := self._next(session, now)):
            for outgoing in due:
                if not is_wanted(session, outgoing, now):
                    outgoing.state = OutgoingState.CANCELLED
                    continue
                outgoing.state, outgoing.attempts = OutgoingState.SENDING, outgoing.attempts + 1
                outgoing.claimed_by, outgoing.claimed_until = this_process(), now + CLAIM * len(due)
                claimed.append((outgoing, compose(session, outgoing, self.policy)))
            session.flush()
        return claimed

    def _next(self, session: Session, now: datetime) -> list[Outgoing]:
        """One letter that somebody waits for; when there is none, the next few of a survey."""
        due = (
            select(Outgoing)
            .where(
                col(Outgoing.state) == OutgoingState.DUE,
                col(Outgoing.due_at) <= now,
                col(Outgoing.channel).in_(list(self.senders)),
                *self._not_resting(),
            )
            .order_by(col(Outgoing.due_at), col(Outgoing.id))
            .with_for_update(skip_locked=True)
        )
        waited_for = due.where(col(Outgoing.kind).not_in(IN_BULK)).limit(1)
        found = session.exec(waited_for).first()
        if found is not None and _is_mailed_receipt(found) and self._receipts_are_enough(session, now):
            found = session.exec(waited_for.where(col(Outgoing.kind) != OutgoingKind.ACKNOWLEDGEMENT)).first()
        if found is not None:
            return [found]
        return list(session.exec(due.where(col(Outgoing.kind).in_(IN_BULK)).limit(AT_ONCE)))

    def _not_resting(self) -> Iterator[ColumnElement[bool]]:
        """Whoever has to wait, because its channel's server wants pauses, holds up nobody else."""
        for channel, sender in self.senders.items():
            resting = sender.resting()
            if resting is None:
                yield col(Outgoing.channel) != channel
            elif resting:
                yield (col(Outgoing.channel) != channel) | col(Outgoing.recipient).not_in(resting)

    def _receipts_are_enough(self, session: Session, now: datetime) -> bool:
        """Whether the receipts by mail have had their share of this minute; the rest wait (P9)."""
        recent = select(func.count()).where(
            col(Outgoing.kind) == OutgoingKind.ACKNOWLEDGEMENT,
            col(Outgoing.sent_at) > now - timedelta(minutes=1),
            col(Outgoing.channel) == Channel.EMAIL,
        )
        return session.exec(recent).one() >= self.policy.acknowledgements_per_minute

    def _record(self, session: Session, outgoing: Outgoing, problem: SendError | None) -> None:
        """Write down what became of it, unless somebody else has settled it meanwhile."""
        now = self.clock()
        values: dict[str, object] = {"claimed_by": None, "claimed_until": None}
        state = OutgoingState.SENT
        if problem is None:
            values |= {"sent_at": now, "error": None}
        else:
            state, due_at = _after_failure(outgoing, problem, now)
            values |= {"due_at": due_at, "error": str(problem), "parts_sent": problem.parts_sent}
            if problem.postponed:
                values["attempts"] = outgoing.attempts - 1
            else:
                logger.warning("not_sent", outgoing=outgoing.id, state=state, reason=str(problem))
        mine = (
            col(Outgoing.id) == outgoing.id,
            col(Outgoing.state) == OutgoingState.SENDING,
            col(Outgoing.claimed_by) == this_process(),
        )
        settled = session.exec(update(Outgoing).where(*mine).values(state=state, **values))
        if problem is not None and state == OutgoingState.FAILED and settled.rowcount:
            row = session.get_one(Outgoing, outgoing.id, populate_existing=True)
            not_delivered(
                session, row, str(problem), now, self.policy, no_such_address=problem.no_such_address
            )
        tell(session, DESK, now)


def settle_interrupted(session: Session, now: datetime) -> None:
    """What a process was sending when it died: send it again, or, for receipts, ask a person.

    What the living are sending is not touched, not even by a lock: they write down what became of it.
    """
    sending = col(Outgoing.state) == OutgoingState.SENDING
    holders = session.exec(select(Outgoing.claimed_by).where(sending).distinct())
    gone = [holder for holder in holders if is_gone(holder or "")]
    interrupted = (
        select(Outgoing)
        .where(sending, col(Outgoing.claimed_by).in_(gone) | (col(Outgoing.claimed_until) <= now))
        .with_for_update(skip_locked=True)
    )
    for outgoing in session.exec(interrupted):
        outgoing.claimed_by = outgoing.claimed_until = None
        if outgoing.kind in AT_MOST_ONCE:
            outgoing.state = OutgoingState.UNCERTAIN
            outgoing.error = "The program stopped while sending this; look whether it arrived."
        else:
            outgoing.state = OutgoingState.DUE


def is_wanted(session: Session, outgoing: Outgoing, now: datetime) -> bool:
    """Whether it still makes sense: no reminder once the clock has stopped, no survey that is over."""
    if outgoing.deadline_id is not None:
        return session.get_one(Deadline, outgoing.deadline_id).ended_at is None
    if outgoing.kind in (OutgoingKind.SURVEY, OutgoingKind.SURVEY_REMINDER):
        return still_asked(session, outgoing, now)
    if outgoing.kind == OutgoingKind.IMPROVEMENT:
        return still_told(session, outgoing)
    return True


def compose(session: Session, outgoing: Outgoing, policy: Policy) -> Letter:
    """The letter for a row. A notice is worded here, and a survey's link made; only its hash is kept."""
    subject, text = outgoing.subject, outgoing.text
    mail_id = message_id(policy, f"outgoing.{outgoing.id}")
    references: tuple[str, ...] = ()
    files: tuple[StoredFile, ...] = ()
    stop, buttons = "", tuple[tuple[Button, ...], ...]()
    if outgoing.kind in (OutgoingKind.SURVEY, OutgoingKind.SURVEY_REMINDER):
        asks = survey_letter(session, outgoing, policy)
        subject, text, stop, buttons = asks.subject, asks.text, asks.stop, asks.buttons
    if outgoing.buttons:
        buttons = tuple(tuple(Button(label, mark) for label, mark in row) for row in outgoing.buttons)
    if outgoing.user_id is not None:
        reader = session.get_one(User, outgoing.user_id)
        link = policy.public_url + page_of(outgoing)
        zone = zone_of(reader.timezone, policy)
        words = notice_words(outgoing, reader.language, zone, told_in, link=link)
        subject, text = words.subject, words.text
    if outgoing.message_id is not None:
        message = session.get_one(Message, outgoing.message_id)
        mail_id, references = message.message_id or mail_id, tuple(message.references)
        files = _files_of(session, message)
    return Letter(
        kind=outgoing.kind,
        channel=outgoing.channel,
        recipient=outgoing.recipient,
        subject=subject,
        text=text,
        message_id=mail_id,
        references=references,
        automatic=outgoing.kind not in (OutgoingKind.REPLY, OutgoingKind.INTERIM),
        files=files,
        stop=stop,
        buttons=buttons,
        outgoing_id=outgoing.id,
        parts_sent=outgoing.parts_sent,
    )


def _after_failure(outgoing: Outgoing, problem: SendError, now: datetime) -> tuple[OutgoingState, datetime]:
    if problem.uncertain and outgoing.kind in AT_MOST_ONCE:
        return OutgoingState.UNCERTAIN, outgoing.due_at
    if problem.permanent or now - outgoing.created_at > GIVE_UP_AFTER:
        return OutgoingState.FAILED, outgoing.due_at
    if problem.postponed:  # due as before, so that it stays before what was owed later
        return OutgoingState.DUE, outgoing.due_at
    wait = RETRY_AFTER[min(outgoing.attempts, len(RETRY_AFTER)) - 1] * _jitter(outgoing)
    if problem.retry_after is not None:
        wait = timedelta(seconds=problem.retry_after)
    return OutgoingState.DUE, now + wait


def _is_mailed_receipt(outgoing: Outgoing) -> bool:
    return outgoing.kind == OutgoingKind.ACKNOWLEDGEMENT and outgoing.channel == Channel.EMAIL


def _jitter(outgoing: Outgoing) -> float:
    """0.8 … 1.2, so that what failed together does not come back together; the same for the same attempt."""
    digest = hashlib.sha256(f"{outgoing.id}:{outgoing.attempts}".encode()).digest()
    return 0.8 + 0.4 * digest[0] / 255


def _files_of(session: Session, message: Message) -> tuple[StoredFile, ...]:
    attachments = session.exec(select(Attachment).where(col(Attachment.message_id) == message.id))
    return tuple(StoredFile(row.name, row.type, row.size, row.sha256) for row in attachments)
