"""What stands in one web chat: the visitor's lines, ours, and a survey that waits for an answer."""

import hashlib
from dataclasses import astuple, dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from casework.policy import Policy
from store.tables import (
    Case,
    Channel,
    Direction,
    Incoming,
    IncomingState,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
)
from survey.answering.by_buttons import Screen, Shown, screens

SOURCE = "webchat"
LINES_SHOWN = 200
# A line of ours is shown from the moment the deliverer has it; what waits for that stays unseen.
SHOWN = (OutgoingState.SENDING, OutgoingState.SENT, OutgoingState.UNCERTAIN)
NOT_A_MESSAGE = (IncomingState.NEW, IncomingState.QUARANTINED)


@dataclass(frozen=True)
class Line:
    """One line as the page shows it. The id stays the same when the line becomes a message."""

    id: str
    mine: bool
    who: str
    text: str
    at: datetime | None
    screen: Screen | None = None  # of a survey: what it asks or says, its buttons, the link to the page


@dataclass(frozen=True)
class Conversation:
    """The newest lines, the oldest of them first."""

    lines: tuple[Line, ...]

    @property
    def mark(self) -> str:
        """Changes whenever a line does."""
        return hashlib.sha256(repr([astuple(line) for line in self.lines]).encode()).hexdigest()[:16]

    def showing(self, shown: Shown) -> "Conversation":
        """With what a press of a survey's button led to, such as the point before; it is not kept."""
        if shown.screen is None:
            return self
        own = survey_line(shown)
        return Conversation(
            tuple(replace(line, screen=shown.screen) if line.id == own else line for line in self.lines)
        )

    def said_since(self, moment: datetime) -> int:
        """How many lines the visitor has written after the moment."""
        return sum(1 for line in self.lines if line.mine and line.at and line.at > moment)


def conversation(session: Session, key: str, now: datetime, policy: Policy) -> Conversation:
    """All that the visitor with this key may see."""
    surveys = _surveys(session, key, now, policy)
    answered = [line for line in surveys if line.at is not None]
    told = _improvements(session, key, policy)
    lines = [*_messages(session, key), *_waiting(session, key), *answered, *told]
    lines.sort(key=lambda line: line.at or now)
    return Conversation((*lines[-LINES_SHOWN:], *(line for line in surveys if line.at is None)))


def survey_line(survey: Shown | int) -> str:
    """The id of the line in which a survey stands."""
    return f"survey-{survey.invitation_id if isinstance(survey, Shown) else survey}"


def _surveys(session: Session, key: str, now: datetime, policy: Policy) -> list[Line]:
    """Those that wait for an answer, and thanks for those that were answered here."""
    return [
        Line(id=survey_line(number), mine=False, who=policy.company, text="", at=answered_at, screen=screen)
        for number, screen, answered_at in screens(session, Channel.WEBCHAT, key, now, policy)
    ]


def _messages(session: Session, key: str) -> list[Line]:
    rows = session.exec(
        select(Message, Outgoing.state)
        .join(Case, col(Case.id) == col(Message.case_id))
        .outerjoin(Outgoing, col(Outgoing.message_id) == col(Message.id))
        .where(
            col(Case.channel) == Channel.WEBCHAT,
            col(Case.conversation) == key,
            col(Message.channel) == Channel.WEBCHAT,
        )
        .order_by(col(Message.at).desc(), col(Message.id).desc())
        .limit(LINES_SHOWN)
    ).all()
    shown = [message for message, state in rows if message.direction == Direction.IN or state in SHOWN]
    shown.reverse()
    return [
        Line(
            id=f"in-{message.incoming_id}" if message.incoming_id else f"message-{message.id}",
            mine=message.direction == Direction.IN,
            who=message.sender_name,
            text=message.text,
            at=message.at,
        )
        for message in shown
    ]


def _waiting(session: Session, key: str) -> list[Line]:
    """What is safely kept and not a message yet."""
    rows = session.exec(
        select(Incoming)
        .where(
            col(Incoming.state).in_(NOT_A_MESSAGE),
            col(Incoming.source) == SOURCE,
            col(Incoming.conversation) == f"{SOURCE}:{key}",
        )
        .order_by(col(Incoming.id))
    )
    return [
        Line(
            id=f"in-{row.id}",
            mine=True,
            who="",
            text=str((row.payload or {}).get("text", "")),
            at=row.arrived_at,
        )
        for row in rows
    ]


def _improvements(session: Session, key: str, policy: Policy) -> list[Line]:
    """What a survey led to: a letter of no case."""
    rows = session.exec(
        select(Outgoing)
        .where(
            col(Outgoing.recipient) == key,
            col(Outgoing.kind) == OutgoingKind.IMPROVEMENT,
            col(Outgoing.channel) == Channel.WEBCHAT,
            col(Outgoing.state).in_(SHOWN),
        )
        .order_by(col(Outgoing.due_at).desc())
        .limit(LINES_SHOWN)
    )
    return [
        Line(id=f"told-{row.id}", mine=False, who=policy.company, text=row.text, at=row.due_at)
        for row in rows
    ]
