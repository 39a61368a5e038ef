"""What stands in one web chat: the visitor's lines, ours, and a survey that waits for an answer."""

import hashlib
from dataclasses import astuple, dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from casework.policy import Policy
from store.tables import (
    Attachment,
    Case,
    Channel,
    Direction,
    Incoming,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
)
from survey.answering.by_buttons import Button, Screen, Shown, screens

SOURCE = "webchat"
LINES_SHOWN = 200
# A line of ours is shown from the moment the deliverer has it; what waits for that stays unseen.
SHOWN = (OutgoingState.SENDING, OutgoingState.SENT, OutgoingState.UNCERTAIN)


@dataclass(frozen=True)
class LineFile:
    """A file of a line, and where it is fetched, below /chat/files/."""

    name: str
    size: int
    path: str


@dataclass(frozen=True)
class Line:
    """One line as the page shows it. The id stays the same when the line becomes a message."""

    id: str
    mine: bool
    who: str
    text: str
    at: datetime | None
    files: tuple[LineFile, ...] = ()
    screen: Screen | None = None  # of a survey: what it asks or says, its buttons, the link to the page
    rows: tuple[tuple[Button, ...], ...] = ()  # the bot's buttons, while nothing was said after it


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

    def button(self, mark: str) -> Button | None:
        """The button of the bot that stands in the conversation and brings this mark."""
        buttons = (one for line in self.lines for row in line.rows for one in row)
        return next((one for one in buttons if one.mark == mark), None)

    def said_since(self, moment: datetime) -> int:
        """How many lines the visitor has written after the moment."""
        return sum(1 for line in self.lines if line.mine and line.at and line.at > moment)


def conversation(session: Session, key: str, now: datetime, policy: Policy) -> Conversation:
    """All that the visitor with this key may see."""
    surveys = _surveys(session, key, now, policy)
    answered = [line for line in surveys if line.at is not None]
    told = _told(session, key, policy)
    lines = [*_said(session, key), *_messages(session, key), *answered, *told]
    lines.sort(key=lambda line: line.at or now)
    # Only under the last line: what was asked before is settled.
    lines[:-1] = [replace(line, rows=()) if line.rows else line for line in lines[:-1]]
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


def _said(session: Session, key: str) -> list[Line]:
    """What the visitor wrote or pressed, as it came: lines that are one message to us stay lines here."""
    rows = session.exec(
        select(Incoming)
        .where(col(Incoming.conversation) == f"{SOURCE}:{key}", col(Incoming.source) == SOURCE)
        .order_by(col(Incoming.id).desc())
        .limit(LINES_SHOWN)
    )
    return [
        Line(
            id=f"in-{row.id}",
            mine=True,
            who="",
            text=str((row.payload or {}).get("text", "")),
            at=row.arrived_at,
            files=tuple(
                LineFile(str(file["name"]), int(file["size"]), f"said/{row.id}/{place}")
                for place, file in enumerate((row.payload or {}).get("files", ()), 1)
            ),
        )
        for row in reversed(list(rows))
    ]


def _messages(session: Session, key: str) -> list[Line]:
    """What we have said in the visitor's matters."""
    rows = session.exec(
        select(Message, Outgoing.state, Outgoing.buttons)
        .join(Case, col(Case.id) == col(Message.case_id))
        .outerjoin(Outgoing, col(Outgoing.message_id) == col(Message.id))
        .where(
            col(Case.channel) == Channel.WEBCHAT,
            col(Case.conversation) == key,
            col(Message.channel) == Channel.WEBCHAT,
            col(Message.direction) == Direction.OUT,
        )
        .order_by(col(Message.at).desc(), col(Message.id).desc())
        .limit(LINES_SHOWN)
    ).all()
    shown = [(message, buttons) for message, state, buttons in rows if state in SHOWN]
    files = _files(session, [message.id or 0 for message, _ in shown])
    return [
        Line(
            id=f"message-{message.id}",
            mine=False,
            who=message.sender_name,
            text=message.text,
            at=message.at,
            files=tuple(files.get(message.id or 0, ())),
            rows=_rows(buttons),
        )
        for message, buttons in reversed(shown)
    ]


def _files(session: Session, message_ids: list[int]) -> dict[int, list[LineFile]]:
    found: dict[int, list[LineFile]] = {}
    rows = select(Attachment).where(col(Attachment.message_id).in_(message_ids)).order_by(col(Attachment.id))
    for file in session.exec(rows):
        found.setdefault(file.message_id, []).append(LineFile(file.name, file.size, str(file.id)))
    return found


def _rows(buttons: list[list[list[str]]] | None) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(Button(label, mark) for label, mark in row) for row in buttons or ())


def _told(session: Session, key: str, policy: Policy) -> list[Line]:
    """Lines of no case: what a survey led to, what the bot answered to a command."""
    rows = session.exec(
        select(Outgoing)
        .where(
            col(Outgoing.recipient) == key,
            col(Outgoing.kind).in_((OutgoingKind.IMPROVEMENT, OutgoingKind.DIALOGUE)),
            col(Outgoing.message_id).is_(None),
            col(Outgoing.channel) == Channel.WEBCHAT,
            col(Outgoing.state).in_(SHOWN),
        )
        .order_by(col(Outgoing.due_at).desc())
        .limit(LINES_SHOWN)
    )
    return [
        Line(
            id=f"told-{row.id}",
            mine=False,
            who=policy.company,
            text=row.text,
            at=row.due_at,
            rows=_rows(row.buttons),
        )
        for row in rows
    ]
