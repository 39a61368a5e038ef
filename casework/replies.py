"""What we say to a customer in a case: the receipt at once, a person's answer in time."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, func, select

from casework import clocks
from casework.customers import address_of, contact_at
from casework.owing import owe_customer
from casework.policy import Policy
from casework.signing import message_id
from casework.wording import words
from store.adding import append, append_numbered
from store.history import DESK, log, tell
from store.tables import (
    Attachment,
    Case,
    CaseStatus,
    Channel,
    Customer,
    Direction,
    Message,
    Outgoing,
    OutgoingKind,
    User,
)

_ANSWERS = re.compile(r"\s*(?:re|aw|回复|回覆|答复)\s*[:：]\s*", re.IGNORECASE)


class ReplyError(Exception):
    """The customer cannot be reached as asked; the sentence says why and what to do."""


@dataclass(frozen=True)
class StoredFile:
    """A file in the file store that goes with a message."""

    name: str
    type: str
    size: int
    sha256: str
    inline: bool = False


def recent_acknowledgements(session: Session, addresses: Iterable[str], now: datetime) -> Counter[str]:
    """How many receipts each address was owed in the last hour."""
    counted = (
        select(Outgoing.recipient, func.count())
        .where(
            col(Outgoing.recipient).in_(addresses),
            col(Outgoing.kind) == OutgoingKind.ACKNOWLEDGEMENT,
            col(Outgoing.due_at) > now - clocks.HOUR,
        )
        .group_by(col(Outgoing.recipient))
    )
    return Counter(dict(session.exec(counted).all()))


def owe_acknowledgement(session: Session, case: Case, message: Message, policy: Policy) -> None:
    """Owe the customer a receipt with the case number.

    It repeats nothing that the sender wrote, so nobody can use us to carry a text to a third person.
    """
    now = message.created_at
    wording = words(
        "acknowledgement",
        case.language,
        number=case.number,
        # After an outage the time may be over: then nothing is promised.
        reply_by=case.due_at if case.due_at and case.due_at > now else None,
        timezone=policy.timezone,
        zone_name=policy.timezone.key,
        chat=message.channel != Channel.EMAIL,
        company=policy.company,
    )
    receipt = _outbound(session, case, message, wording.subject, wording.text, now, policy)
    owe_customer(session, OutgoingKind.ACKNOWLEDGEMENT, case, receipt, message.sender_address)


def reply(
    session: Session,
    case: Case,
    user: User,
    text: str,
    now: datetime,
    policy: Policy,
    *,
    files: tuple[StoredFile, ...] = (),
) -> Message:
    """A person's answer: owed to the customer by the channel it wrote in, and the clock stops.

    Raises ReplyError when there is no way to send it.
    """
    customer = session.get_one(Customer, case.customer_id)
    channel = _reply_channel(case, customer)
    last = last_inbound(session, case)
    address = case.conversation if channel == case.channel else None
    address = address or _asker(session, case, last, channel) or address_of(session, case.contact_id, channel)
    if not address:
        raise ReplyError(f"No {channel} address is known for this contact; add one, or answer by phone.")
    subject = f"Re: {without_re(case.subject)} [{case.number}]"
    message = _outbound(session, case, last, subject, text, now, policy, user)
    message.channel = channel
    attach(session, message, files)
    owe_customer(session, OutgoingKind.REPLY, case, message, address)
    answered(session, case, user, now)
    return message


def note_reply(session: Session, case: Case, user: User, text: str, now: datetime) -> Message:
    """Write down an answer that was given by voice or on paper; the clock stops, nothing is sent."""
    message = Message(
        case_id=case.id or 0,
        direction=Direction.OUT,
        channel=case.channel,
        author_id=user.id,
        sender_name=user.name,
        text=text,
        new_text=text,
        at=now,
        created_at=now,
    )
    append_numbered(session, message)
    answered(session, case, user, now)
    return message


def answered(session: Session, case: Case, user: User, now: datetime) -> None:
    """A person has answered: the clock stops, the case waits for the customer, who answers owns it."""
    clocks.stop_clocks(session, case, now, met=True)
    case.status = CaseStatus.REPLIED
    case.last_message_at = now
    if case.owner_id is None:
        case.owner_id = user.id
    log(session, "replied", now, user_id=user.id, case_id=case.id)
    tell(session, DESK, now)


def attach(session: Session, message: Message, files: tuple[StoredFile, ...]) -> None:
    """Note which stored files belong to the message."""
    for file in files:
        append(
            session,
            Attachment,
            message_id=message.id or 0,
            name=file.name[:255],
            type=file.type[:150],
            size=file.size,
            sha256=file.sha256,
            inline=file.inline,
        )


def _outbound(
    session: Session,
    case: Case,
    answers: Message | None,
    subject: str,
    text: str,
    now: datetime,
    policy: Policy,
    author: User | None = None,
) -> Message:
    """An outbound message in the thread of the one it answers, so that the customer's answer finds the case.

    Without an author our program wrote it.
    """
    thread = [*answers.references, answers.message_id] if answers and answers.message_id else []
    message = Message(
        case_id=case.id or 0,
        direction=Direction.OUT,
        channel=case.channel,
        author_id=author.id if author else None,
        automatic=author is None,
        sender_name=author.name if author else policy.company,
        sender_address=policy.mail_from,
        # Kept with the message: sent again it is the same, so that a double is harmless.
        message_id=message_id(policy, f"message.{uuid4().hex}"),
        references=thread[-20:],
        subject=subject,
        text=text,
        new_text=text,
        at=now,
        created_at=now,
    )
    return append_numbered(session, message)


def last_inbound(session: Session, case: Case) -> Message | None:
    """What the customer said last; that is what we answer."""
    return session.exec(
        select(Message)
        .where(
            col(Message.case_id) == case.id,
            col(Message.direction) == Direction.IN,
            col(Message.auto_generated).is_(None),
        )
        .order_by(col(Message.at).desc(), col(Message.id).desc())
        .limit(1)
    ).first()


def _asker(session: Session, case: Case, last: Message | None, channel: Channel) -> str | None:
    """The address that asked, if it is one of this customer's on the channel we answer by."""
    if last is None or last.channel != channel:
        return None
    contact = contact_at(session, channel, last.sender_address)
    return last.sender_address if contact and contact.customer_id == case.customer_id else None


def _reply_channel(case: Case, customer: Customer) -> Channel:
    """The customer's stipulated manner, else the channel it wrote in (S0 9.3)."""
    if customer.required_manner in set(Channel):
        return Channel(customer.required_manner)
    return case.channel


def without_re(subject: str) -> str:
    """A subject without what mail programs put before it when answering."""
    while match := _ANSWERS.match(subject):
        subject = subject[match.end() :]
    return subject.strip()
