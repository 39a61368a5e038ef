"""We write first (S2 5.2.2): material, quality, design or an event endangers an order; in writing only."""

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session

from casework.customers import address_of
from casework.owing import owe_customer
from casework.policy import Policy
from casework.replies import StoredFile, attach
from casework.reviews.errors import ReviewError
from casework.rights import Right, demand
from casework.signing import message_id
from nlp.reading import Kind
from store.adding import append_numbered, number
from store.history import DESK, log, tell
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Contact,
    Customer,
    Direction,
    Message,
    OutgoingKind,
    User,
)


def open_outbound(
    session: Session,
    contact: Contact,
    subject: str,
    text: str,
    user: User,
    now: datetime,
    policy: Policy,
    *,
    files: tuple[StoredFile, ...] = (),
) -> Case:
    """A case that begins with our letter (异常通知). What it agrees on is a supplementary contract."""
    demand(user, Right.ANSWER)
    address = address_of(session, contact.id or 0, Channel.EMAIL)
    if address is None:
        raise ReviewError(
            "No mail address is known for this contact; such a notice goes out in writing only."
        )
    customer = session.get_one(Customer, contact.customer_id)
    case = Case(
        customer_id=contact.customer_id,
        contact_id=contact.id or 0,
        owner_id=user.id,
        channel=Channel.EMAIL,
        status=CaseStatus.REPLIED,  # we wait for the customer
        kind=Kind.ORDER,
        language=customer.required_language or contact.language,
        subject=subject,
        summary=" ".join(text.split())[:160],
        opened_at=now,
        last_message_at=now,
    )
    session.add(number(session, case))
    letter = Message(
        case_id=case.id or 0,
        direction=Direction.OUT,
        channel=Channel.EMAIL,
        author_id=user.id,
        sender_name=user.name,
        sender_address=policy.mail_from,
        message_id=message_id(policy, f"message.{uuid4().hex}"),
        subject=f"{subject} [{case.number}]",
        text=text,
        new_text=text,
        at=now,
        created_at=now,
    )
    append_numbered(session, letter)
    attach(session, letter, files)
    owe_customer(session, OutgoingKind.REPLY, case, letter, address)
    log(session, "outbound_opened", now, user_id=user.id, case_id=case.id)
    tell(session, DESK, now)
    return case
