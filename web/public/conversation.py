"""What stands in one web chat: the visitor's lines, ours, and a survey that waits for an answer."""

import hashlib
from dataclasses import astuple, dataclass
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
    OutgoingState,
)
from survey.answers import open_links

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
    link: str = ""


@dataclass(frozen=True)
class Conversation:
    """The newest lines, the oldest of them first."""

    lines: tuple[Line, ...]

    @property
    def mark(self) -> str:
        """Changes whenever a line does."""
        return hashlib.sha256(repr([astuple(line) for line in self.lines]).encode()).hexdigest()[:16]

    def said_since(self, moment: datetime) -> int:
        """How many lines the visitor has written after the moment."""
        return sum(1 for line in self.lines if line.mine and line.at and line.at > moment)


def conversation(session: Session, key: str, now: datetime, policy: Policy) -> Conversation:
    """All that the visitor with this key may see."""
    lines = [*_messages(session, key), *_waiting(session, key)]
    lines.sort(key=lambda line: line.at or now)
    asked = [
        Line(id=f"survey-{link[-8:]}", mine=False, who=policy.company, text="", at=None, link=link)
        for link in open_links(session, Channel.WEBCHAT, key, now, policy)
    ]
    return Conversation((*lines[-LINES_SHOWN:], *asked))


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
