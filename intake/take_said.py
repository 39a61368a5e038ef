"""Chat lines, and what staff typed in for a call or a letter, become messages."""

from datetime import datetime

from sqlmodel import Session, col, select

from casework.cases import hold, open_case, take_in
from casework.customers import contact_at, meet
from casework.policy import Policy
from casework.replies import attach
from intake.arrive import Said
from nlp.reader import Reader
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Contact,
    Direction,
    Incoming,
    IncomingState,
    Message,
)

CHATS = (Channel.TELEGRAM, Channel.WEBCHAT, Channel.WECOM)


def take_said(
    session: Session, row: Incoming, said: Said, reader: Reader, policy: Policy, now: datetime
) -> None:
    """Let what was said take effect: it joins the open case of its chat, or opens one."""
    row.state, row.reason = IncomingState.RECEIVED, None
    reading = reader.read(
        said.text,
        subject=said.subject,
        channel=said.channel,
        date=said.at.astimezone(policy.timezone).date(),
        sender=said.address or None,
    )
    message = Message(
        case_id=0,  # set once the case is known
        direction=Direction.IN,
        channel=said.channel,
        incoming_id=row.id,
        author_id=said.user_id,
        sender_name=said.name,
        sender_address=said.address,
        subject=said.subject,
        text=said.text,
        new_text=said.text,
        auto_generated=reading.auto_generated,
        at=row.arrived_at,
        created_at=now,
    )
    is_chat = said.channel in CHATS
    case = _open_case_of_chat(session, said) if is_chat else None
    joined = case is not None
    if case is None:
        contact = _contact(session, said, reading.language, now)
        contact.language = reading.language
        case = open_case(
            session,
            contact,
            message,
            conversation=said.conversation if is_chat else None,
            status=CaseStatus.OPEN,
        )
        case.owner_id = case.owner_id or said.user_id
    message.case_id = case.id or 0
    session.add(message)
    session.flush()
    attach(session, message, said.files)
    take_in(
        session, case, message, reading, policy, history=row.history, may_answer=is_chat, first=not joined
    )


def _open_case_of_chat(session: Session, said: Said) -> Case | None:
    found = session.exec(
        select(Case.id)
        .where(
            col(Case.channel) == said.channel,
            col(Case.conversation) == said.conversation,
            col(Case.status) != CaseStatus.CLOSED,
        )
        .order_by(col(Case.id).desc())
    ).first()
    case = hold(session, found) if found is not None else None
    return case if case is not None and case.status != CaseStatus.CLOSED else None


def _contact(session: Session, said: Said, language: str, now: datetime) -> Contact:
    if said.contact_id is not None:
        return session.get_one(Contact, said.contact_id)
    known = contact_at(session, said.channel, said.address) if said.address else None
    return known or meet(session, said.channel, said.address, said.name, language, now)
