"""What we say to a customer in a case: the receipt at once, a person's answer in time."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, func, select

from casework import clocks
from casework.chat_mails import owe_copy
from casework.complaints.approvals import approved, right_to_confirm
from casework.complaints.telling import tell_roles
from casework.customers import address_of, contact_at
from casework.owing import owe_customer
from casework.policy import Policy
from casework.rights import Right, demand
from casework.signing import message_id
from casework.wording import Words, local_time, words
from nlp.reading import Kind
from store.adding import append, append_numbered
from store.history import DESK, log, tell
from store.tables import (
    Attachment,
    Case,
    CaseStatus,
    Channel,
    Customer,
    Direction,
    DraftState,
    Message,
    Outgoing,
    OutgoingKind,
    ReplyApproval,
    Role,
    User,
)

_ANSWERS = re.compile(r"\s*(?:re|aw|回复|回覆|答复)\s*[:：]\s*", re.IGNORECASE)


class ReplyError(Exception):
    """The answer may not leave, or the customer cannot be reached; the sentence says why and what to do."""


@dataclass(frozen=True)
class StoredFile:
    """A file in the file store that goes with a message."""

    name: str
    type: str
    size: int
    sha256: str
    inline: bool = False


def recently_owed(
    session: Session, kind: OutgoingKind, addresses: Iterable[str], now: datetime
) -> Counter[str]:
    """How many letters of this kind, such as receipts, each address was owed in the last hour."""
    counted = (
        select(Outgoing.recipient, func.count())
        .where(
            col(Outgoing.recipient).in_(addresses),
            col(Outgoing.kind) == kind,
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

    Raises ReplyError when there is no way to send it, and in a complaint whose answers somebody has to
    confirm unless these very words with these files are confirmed.
    """
    confirmation = _use_confirmation(session, case, text, files)
    subject = f"Re: {without_re(case.subject)} [{case.number}]"
    message = _send(
        session, OutgoingKind.REPLY, case, user, Words(subject, text), now, policy, confirmation=confirmation
    )
    attach(session, message, files)
    answered(session, case, user, now)
    _tell_head(session, case, user, message, now)
    return message


def interim(
    session: Session,
    case: Case,
    user: User,
    final_by: datetime,
    now: datetime,
    policy: Policy,
    *,
    detail: str,
    departments: str,
    by_voice: bool = False,
) -> Message:
    """Tell the customer, in fixed wording, that we are at it and until when the final answer comes.

    It meets the first clock only: the customer goes on waiting, for the day that `final_by` names. What
    cannot be solved yet and the departments consulted are for the log (S0), never for the customer. By voice
    the customer was told by telephone or in person: it is written down, nothing is sent.
    """
    demand(user, Right.ANSWER)
    if case.status in (CaseStatus.CLOSED, CaseStatus.FILED):
        raise ReplyError("The case is closed; reopen it first.")
    if not now < final_by <= now + policy.longest_promise:
        days = policy.longest_promise.days
        raise ReplyError(f"The final answer has to be promised for a later time, within {days} days.")
    wording = words(
        "interim",
        case.language,
        number=case.number,
        final_by=final_by,
        timezone=policy.timezone,
        zone_name=policy.timezone.key,
        author=user.name,
        company=policy.company,
    )
    if by_voice:
        message = _noted(session, case, user, wording.text, now)
    else:
        message = _send(session, OutgoingKind.INTERIM, case, user, wording, now, policy)
    clocks.promise_answer(session, case, now, final_by, policy)
    case.status, case.last_message_at = CaseStatus.OPEN, now
    case.owner_id = case.owner_id or user.id
    details = {
        "final_by": local_time(final_by, policy.timezone),
        "departments": departments,
        "detail": detail,
    }
    log(session, "interim", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)
    return message


def note_reply(
    session: Session,
    case: Case,
    user: User,
    text: str,
    now: datetime,
    *,
    files: tuple[StoredFile, ...] = (),
) -> Message:
    """Write down an answer that was given by voice or on paper; the clock stops, nothing is sent.

    Raises ReplyError where `reply` would for want of a confirmation.
    """
    _use_confirmation(session, case, text, files)
    message = _noted(session, case, user, text, now)
    attach(session, message, files)
    answered(session, case, user, now)
    _tell_head(session, case, user, message, now)
    return message


def _noted(session: Session, case: Case, user: User, text: str, now: datetime) -> Message:
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
    return append_numbered(session, message)


def _use_confirmation(
    session: Session, case: Case, text: str, files: tuple[StoredFile, ...]
) -> ReplyApproval | None:
    """The confirmation that lets these words out, once; None where none is needed (S3 4.3.2 ⑵, ⑶)."""
    if right_to_confirm(case) is None:
        return None
    found = approved(session, case, text, (file.sha256 for file in files))
    if found is None:
        raise ReplyError("An answer to this complaint needs another person's confirmation first.")
    draft, approval = found
    draft.state = DraftState.REPLIED
    return approval


def _tell_head(session: Session, case: Case, user: User, message: Message, now: datetime) -> None:
    """Sales answer a light complaint by themselves and report to the head (S3 4.3.2 ⑵)."""
    if case.kind == Kind.COMPLAINT and right_to_confirm(case) is None and user.role == Role.SALES:
        key = f"light:{message.id}"
        tell_roles(session, (Role.HEAD,), "light_answered", key, case, now, author=user.name)


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


def _send(
    session: Session,
    kind: OutgoingKind,
    case: Case,
    user: User,
    wording: Words,
    now: datetime,
    policy: Policy,
    *,
    confirmation: ReplyApproval | None = None,
) -> Message:
    """Owe the customer a person's words, by the way and to the address that the case is answered by."""
    channel = _reply_channel(case, session.get_one(Customer, case.customer_id))
    last = last_inbound(session, case)
    address = case.conversation if channel == case.channel else None
    address = address or _asker(session, case, last, channel) or address_of(session, case.contact_id, channel)
    if not address:
        raise ReplyError(f"No {channel} address is known for this contact; add one, or answer by phone.")
    message = _outbound(session, case, last, wording.subject, wording.text, now, policy, user)
    message.channel = channel
    owe_customer(session, kind, case, message, address, confirmation.id if confirmation else None)
    owe_copy(session, case, message, now, policy)
    return message


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
