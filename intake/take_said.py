"""Chat lines, and what staff typed in for a call or a letter, become messages."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from casework.cases import open_case, take_in
from casework.own_chats import tie, who_says
from casework.policy import Policy
from casework.replies import attach
from intake.arrive import Said
from intake.corrections import corrected_case
from intake.known import Known
from intake.talk import CHATS, Talk
from nlp.reading import Reading
from store.adding import append_numbered
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Contact,
    Direction,
    Incoming,
    IncomingState,
    Message,
    User,
)


def take_said(
    session: Session,
    known: Known,
    rows: Sequence[Incoming],
    said: Said,
    reading: Reading,
    policy: Policy,
    talk: Talk,
    now: datetime,
) -> None:
    """Let what was said take effect: it joins the open case of its chat, or opens one."""
    row, is_chat = rows[0], said.channel in CHATS
    if said.channel == Channel.TELEGRAM and _is_a_colleagues(session, known, said, policy, now):
        _settle(rows, IncomingState.IGNORED, "One of us wrote this to the bot.")
        return
    if is_chat and talk.obey(session, known, row, said, policy, now):
        _settle(rows, IncomingState.IGNORED, "This was said to the bot, which did it.")
        return
    if is_chat:
        reading = talk.understood(known, said, reading)
    _settle(rows, IncomingState.RECEIVED, None)
    message = Message(
        case_id=0,  # set once the case is known
        direction=Direction.IN,
        channel=said.channel,
        incoming_id=row.id,
        author_id=said.user_id,
        sender_name=said.name,
        sender_address=said.address,
        subject=said.subject,
        text=f"{said.text}\n\n{said.quoted}".strip() if said.quoted else said.text,
        new_text=said.text,
        auto_generated=reading.auto_generated,
        at=row.arrived_at,
        created_at=now,
    )
    case = _open_case_of_chat(session, known, said) if is_chat else None
    joined = case is not None
    if case is None:
        contact = _contact(session, known, said, reading.language, now)
        contact.language = reading.language
        case = open_case(
            session,
            contact,
            message,
            owner_id=known.owners.get(contact.customer_id) or said.user_id,
            conversation=said.conversation if is_chat else None,
            status=CaseStatus.FILED if row.history else CaseStatus.OPEN,
        )
    message.case_id = case.id or 0
    append_numbered(session, message)
    attach(session, message, said.files)
    # A receipt in a chat is part of what the bot says.
    take_in(session, case, message, reading, policy, history=row.history, may_answer=False, first=not joined)
    if (
        is_chat
        and not row.history
        and talk.hear(session, known, case, message, said, reading, policy, first=not joined)
    ):
        known.acknowledged[said.address] += 1
    known.add(case, message)


def _settle(rows: Sequence[Incoming], state: IncomingState, reason: str | None) -> None:
    for row in rows:
        row.state, row.reason = state, reason


def _open_case_of_chat(session: Session, known: Known, said: Said) -> Case | None:
    chat = said.channel, said.conversation
    if said.corrects and (case := corrected_case(session, said)) is not None:
        return case
    dialogue = known.dialogues.get(chat)
    if dialogue is not None and dialogue.fresh and not said.corrects:
        return None
    case = known.cases.get(known.chats.get(chat, 0))
    return case if case is not None and case.status != CaseStatus.CLOSED else None


def _contact(session: Session, known: Known, said: Said, language: str, now: datetime) -> Contact:
    """Whom staff picked, or who is reached at this address."""
    if said.contact_id is not None:
        return known.picked[said.contact_id]
    return known.meet(session, said.channel, said.address, said.name, language, now)


def _is_a_colleagues(session: Session, known: Known, said: Said, policy: Policy, now: datetime) -> bool:
    """Whether one of us wrote this in their own chat; the line that ties the chat is the first."""
    user_id = who_says(said.text, now, policy)
    user = session.get(User, user_id) if user_id is not None else None
    if user is not None and user.active and not said.conversation.startswith("-"):  # that would be a group
        tie(session, user, said.conversation, now)
        known.colleagues.add(said.conversation)
    return said.conversation in known.colleagues
