"""The bot says something: a row that the deliverer sends, in a case a message of it, too."""

from datetime import datetime

from sqlmodel import Session

from bot.dialogue.commands import Buttons
from casework.owing import owe_customer
from casework.policy import Policy
from store.adding import append, append_numbered
from store.tables import Case, Dialogue, Direction, Incoming, Message, Outgoing, OutgoingKind


def say_in_case(
    session: Session,
    dialogue: Dialogue,
    case: Case,
    address: str,
    text: str,
    buttons: Buttons,
    now: datetime,
    policy: Policy,
    *,
    kind: OutgoingKind = OutgoingKind.DIALOGUE,
) -> None:
    """A line about the case that the chat talks about."""
    message = Message(
        case_id=case.id or 0,
        direction=Direction.OUT,
        channel=dialogue.channel,
        automatic=True,
        sender_name=policy.company,
        subject="",
        text=text,
        new_text=text,
        at=now,
        created_at=now,
    )
    append_numbered(session, message)
    owe_customer(session, kind, case, message, address, buttons=buttons or None)
    dialogue.said_at = now


def say(
    session: Session,
    dialogue: Dialogue,
    row: Incoming,
    address: str,
    text: str,
    buttons: Buttons,
    now: datetime,
) -> None:
    """A line about no case: it answers a command, once."""
    append(
        session,
        Outgoing,
        kind=OutgoingKind.DIALOGUE,
        key=f"incoming:{row.id}",
        channel=dialogue.channel,
        recipient=address,
        text=text,
        buttons=buttons or None,
        due_at=now,
        created_at=now,
    )
    dialogue.said_at = now
