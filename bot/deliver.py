"""The deliverer: claims what is due, sends it, and writes down what became of it.

A receipt to a stranger leaves at most once: if we die between sending and writing it down, it is `uncertain`
and a person looks. Everything else leaves at least once, the repeat under the same Message-ID.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, Engine
from sqlmodel import Session, col, func, select, update

from bot.dialogue.greeting import still_welcome
from bot.sending import Letter, Sender, SendError
from casework.chat_mails import copied, still_unread
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
WRITTEN_BY_A_PERSON = (OutgoingKind.REPLY, OutgoingKind.INTERIM, OutgoingKind.CHAT_COPY)
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
        """Send what is due next, as much as its channel takes together; how many letters were tried."""
        with writing(self.engine) as session:
            settle_interrupted(session, self.clock())
            claimed = self._claim(session)
        if claimed:
            sender = self.senders[claimed[0][1].channel]
            for first in range(0, len(claimed), sender.at_once):
                self._deliver(sender, claimed[first : first + sender.at_once])
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

    def _deliver(self, sender: Sender, claimed: Sequence[tuple[Outgoing, Letter]]) -> None:
        crashpoint("letter_claimed")
        problems = sender.send_together([letter for _, letter in claimed])
        crashpoint("letter_sent")
        with writing(self.engine) as session:
            self._record(session, [row for row, _ in claimed], problems)
        crashpoint("letter_recorded")

    def _claim(self, session: Session) -> list[tuple[Outgoing, Letter]]:
        now = self.clock()
        claimed: list[Outgoing] = []
        while not claimed and (due := self._next(session, now)):
            for outgoing in due:
                if not is_wanted(session, outgoing, now):
                    outgoing.state = OutgoingState.CANCELLED
                    continue
                outgoing.state, outgoing.attempts = OutgoingState.SENDING, outgoing.attempts + 1
                outgoing.claimed_by, outgoing.claimed_until = this_process(), now + CLAIM * len(due)
                claimed.append(outgoing)
            session.flush()
        files = _files_of(session, [row.message_id for row in claimed if row.message_id is not None])
        return [
            (row, compose(session, row, self.policy, files.get(row.message_id or 0, ()))) for row in claimed
        ]

    def _next(self, session: Session, now: datetime) -> list[Outgoing]:
        """What somebody waits for, each letter to somebody else; when there is none, a few of a survey.

        What goes to one recipient goes in order: it waits for what is on its way there.
        """
        under_way = select(Outgoing.recipient).where(
            col(Outgoing.state) == OutgoingState.SENDING, col(Outgoing.channel).in_(list(self.senders))
        )
        due = (
            select(Outgoing)
            .where(
                col(Outgoing.state) == OutgoingState.DUE,
                col(Outgoing.due_at) <= now,
                col(Outgoing.channel).in_(list(self.senders)),
                col(Outgoing.recipient).not_in(under_way),
                *self._not_resting(),
            )
            .order_by(col(Outgoing.due_at), col(Outgoing.id))
            .with_for_update(skip_locked=True)
        )
        waited_for = due.where(col(Outgoing.kind).not_in(IN_BULK))
        at_once = max((sender.at_once for sender in self.senders.values()), default=1)
        found = list(session.exec(waited_for.limit(at_once)))
        if found and _is_mailed_receipt(found[0]) and self._receipts_are_enough(session, now):
            others = waited_for.where(col(Outgoing.kind) != OutgoingKind.ACKNOWLEDGEMENT)
            found = list(session.exec(others.limit(1)))
        if found:
            return _to_different(found)[: self.senders[found[0].channel].at_once]
        in_bulk = session.exec(due.where(col(Outgoing.kind).in_(IN_BULK)).limit(AT_ONCE))
        return _to_different(list(in_bulk))

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

    def _record(
        self, session: Session, rows: Sequence[Outgoing], problems: Sequence[SendError | None]
    ) -> None:
        """Write down what became of each, unless somebody else has settled it meanwhile."""
        now = self.clock()
        sent = [row.id for row, problem in zip(rows, problems, strict=True) if problem is None]
        if sent:
            _settle(session, sent, state=OutgoingState.SENT, sent_at=now, error=None)
        for row, problem in zip(rows, problems, strict=True):
            if problem is not None:
                self._record_trouble(session, row, problem, now)
        tell(session, DESK, now)

    def _record_trouble(
        self, session: Session, outgoing: Outgoing, problem: SendError, now: datetime
    ) -> None:
        state, due_at = _after_failure(outgoing, problem, now)
        attempts = outgoing.attempts - problem.postponed
        if not problem.postponed:
            logger.warning("not_sent", outgoing=outgoing.id, state=state, reason=str(problem))
        values = {"due_at": due_at, "attempts": attempts, "parts_sent": problem.parts_sent}
        settled = _settle(session, [outgoing.id], state=state, error=str(problem), **values)
        if state == OutgoingState.FAILED and settled:
            row = session.get_one(Outgoing, outgoing.id, populate_existing=True)
            not_delivered(
                session, row, str(problem), now, self.policy, no_such_address=problem.no_such_address
            )


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
    if outgoing.kind == OutgoingKind.CHAT_COPY:
        return still_unread(session, outgoing)
    if outgoing.kind == OutgoingKind.DIALOGUE:
        return still_welcome(outgoing, now)
    return True


def compose(
    session: Session, outgoing: Outgoing, policy: Policy, files: tuple[StoredFile, ...] = ()
) -> Letter:
    """The letter for a row. A notice is worded here, and a survey's link made; only its hash is kept."""
    subject, text = outgoing.subject, outgoing.text
    mail_id = message_id(policy, f"outgoing.{outgoing.id}")
    references: tuple[str, ...] = ()
    stop, buttons = "", tuple[tuple[Button, ...], ...]()
    if outgoing.kind in (OutgoingKind.SURVEY, OutgoingKind.SURVEY_REMINDER):
        asks = survey_letter(session, outgoing, policy)
        subject, text, stop, buttons = asks.subject, asks.text, asks.stop, asks.buttons
    if outgoing.buttons:
        buttons = tuple(tuple(Button(label, mark) for label, mark in row) for row in outgoing.buttons)
    if outgoing.kind == OutgoingKind.CHAT_COPY:
        wording, message = copied(session, outgoing, policy)
        subject, text = wording.subject, wording.text
        # An id of its own, so that a bounce is the copy's; an answer to it names the message all the same.
        references = (*message.references, *filter(None, [message.message_id]))
        files = _files_of(session, [message.id or 0]).get(message.id or 0, ())
    if outgoing.user_id is not None:
        reader = session.get_one(User, outgoing.user_id)
        link = policy.public_url + page_of(outgoing)
        zone = zone_of(reader.timezone, policy)
        words = notice_words(outgoing, reader.language, zone, told_in, link=link)
        subject, text = words.subject, words.text
    if outgoing.message_id is not None:
        message = session.get_one(Message, outgoing.message_id)
        mail_id, references = message.message_id or mail_id, tuple(message.references)
    return Letter(
        kind=outgoing.kind,
        channel=outgoing.channel,
        recipient=outgoing.recipient,
        subject=subject,
        text=text,
        message_id=mail_id,
        references=references,
        automatic=outgoing.kind not in WRITTEN_BY_A_PERSON,
        files=files,
        stop=stop,
        buttons=buttons,
        outgoing_id=outgoing.id,
        welcome=(outgoing.details or {}).get("welcome", "") if outgoing.user_id is None else "",
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


def _settle(session: Session, ids: Sequence[int | None], **values: object) -> int:
    """Note this of those that are still ours; how many they are."""
    ours = (
        col(Outgoing.id).in_(ids),
        col(Outgoing.state) == OutgoingState.SENDING,
        col(Outgoing.claimed_by) == this_process(),
    )
    settled = update(Outgoing).where(*ours).values(claimed_by=None, claimed_until=None, **values)
    return session.exec(settled).rowcount


def _to_different(found: Sequence[Outgoing]) -> list[Outgoing]:
    """Those on the channel of the first, one to each recipient."""
    firsts: dict[str, Outgoing] = {}
    for row in found:
        if row.channel == found[0].channel:
            firsts.setdefault(row.recipient, row)
    return list(firsts.values())


def _files_of(session: Session, ids: Sequence[int]) -> dict[int, tuple[StoredFile, ...]]:
    """The files of these messages, by message; the messages themselves are in the session then."""
    if not ids:
        return {}
    session.exec(select(Message).where(col(Message.id).in_(ids))).all()
    files: dict[int, tuple[StoredFile, ...]] = {}
    attached = select(Attachment).where(col(Attachment.message_id).in_(ids)).order_by(col(Attachment.id))
    for row in session.exec(attached):
        file = StoredFile(row.name, row.type, row.size, row.sha256)
        files[row.message_id] = (*files.get(row.message_id, ()), file)
    return files
