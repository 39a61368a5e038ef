"""Codes for chats: one takes a web chat along to another device, one says whose contact a customer is.

A code stands in the database as its hash only, works once and soon ends. It travels in the part of a link
that browsers send to no server, or is typed in; opening the link alone uses nothing up.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Exists, exists
from sqlmodel import Session, col, func, select, update

from casework.customers import contact_at
from casework.rights import Right, demand
from store.adding import append
from store.history import DESK, chat_topic, log, tell
from store.search import file_customers
from store.tables import (
    Case,
    Channel,
    ChatCode,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    SpecialRequirement,
    User,
)

DEVICE_LASTS = timedelta(minutes=15)  # ◦
CONTACT_LASTS = timedelta(hours=24)  # ◦ it goes by telephone or mail
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another; ten of them are 49 bits
_LENGTH = 10
_CODE = re.compile(f"[{_LETTERS}]{{5}}-?[{_LETTERS}]{{5}}")


class CodeError(Exception):
    """The code does nothing; the sentence says why."""


@dataclass(frozen=True)
class Opened:
    """What a code did: it opens a conversation on this device, or the visitor is known now."""

    conversation: str | None
    contact_name: str | None


def code_for_device(session: Session, conversation: str, now: datetime) -> str:
    """A code by which this conversation goes on somewhere else; an earlier one ends."""
    session.exec(
        update(ChatCode)
        .where(col(ChatCode.conversation) == conversation, col(ChatCode.expires_at) > now)
        .values(expires_at=now)
    )
    return _made(session, now + DEVICE_LASTS, conversation=conversation)


def code_for_contact(session: Session, contact: Contact, user: User, now: datetime) -> str:
    """A code for this contact of a customer: whoever says it in a chat is taken for him."""
    demand(user, Right.KEEP_CUSTOMERS)
    details = {"contact": contact.id, "customer": contact.customer_id}
    log(session, "chat_code_made", now, user_id=user.id, details=details)
    return _made(session, now + CONTACT_LASTS, contact_id=contact.id, made_by=user.id)


def is_code(word: str) -> bool:
    """Whether the word has the shape of a code."""
    return _CODE.fullmatch(word.upper()) is not None


def use(session: Session, typed: str, channel: Channel, conversation: str, now: datetime) -> Opened:
    """Do what the code is for, once; only web chats are taken along. Raises CodeError."""
    claimed = update(ChatCode).where(
        col(ChatCode.code_hash) == _hash(typed),
        col(ChatCode.used_at).is_(None),
        col(ChatCode.expires_at) > now,
        col(ChatCode.conversation).is_(None) | (channel == Channel.WEBCHAT),
    )
    if session.exec(claimed.values(used_at=now)).rowcount != 1:
        raise CodeError("This code is not valid or no longer valid; ask for a new one.")
    code = session.get_one(ChatCode, _hash(typed))
    if code.contact_id is None:
        log(session, "chat_taken_along", now, case_id=_newest_case(session, channel, code.conversation or ""))
        return Opened(code.conversation, None)
    contact = session.get_one(Contact, code.contact_id)
    _tie(session, channel, conversation, contact, code.made_by, now)
    return Opened(None, contact.name)


def recognised(contact_id: int) -> Exists:
    """Whether a code of ours said that somebody in a chat is this contact: part of a query."""
    return exists().where(col(ChatCode.contact_id) == contact_id, col(ChatCode.used_at).is_not(None))


def _tie(
    session: Session,
    channel: Channel,
    conversation: str,
    contact: Contact,
    made_by: int | None,
    now: datetime,
) -> None:
    """The customer in the chat is this contact, also in the cases opened there as a stranger."""
    before = contact_at(session, channel, conversation)
    if before is not None and before.id == contact.id:
        return
    if before is not None and not _is_stranger(session, before):
        raise CodeError("This chat belongs to another contact already.")
    session.flush()
    if before is None:
        append(session, ContactAddress, contact_id=contact.id, channel=channel, address=conversation)
    else:
        _move(session, before, contact, channel, conversation)
    details = {"contact": contact.id, "customer": contact.customer_id, "made_by": made_by}
    case_id = _newest_case(session, channel, conversation)
    log(session, "chat_recognised", now, case_id=case_id, details=details)
    tell(session, DESK, now)
    tell(session, chat_topic(conversation), now)


def _move(session: Session, before: Contact, contact: Contact, channel: Channel, conversation: str) -> None:
    chats = select(Case.id).where(col(Case.channel) == channel, col(Case.conversation) == conversation)
    session.exec(
        update(SpecialRequirement)
        .where(
            col(SpecialRequirement.case_id).in_(chats),
            col(SpecialRequirement.customer_id) == before.customer_id,
        )
        .values(customer_id=contact.customer_id)
    )
    session.exec(
        update(ContactAddress)
        .where(col(ContactAddress.channel) == channel, col(ContactAddress.address) == conversation)
        .values(contact_id=contact.id)
    )
    session.exec(
        update(Case)
        .where(col(Case.id).in_(chats), col(Case.contact_id) == before.id)
        .values(contact_id=contact.id, customer_id=contact.customer_id)
    )
    file_customers(session.connection(), {before.customer_id, contact.customer_id})


def _is_stranger(session: Session, contact: Contact) -> bool:
    """Whether nobody has said anything of him yet: alone at a potential customer, reached only here."""
    customer = session.get_one(Customer, contact.customer_id)
    people = select(func.count()).where(col(Contact.customer_id) == customer.id)
    ways = select(func.count()).where(col(ContactAddress.contact_id) == contact.id)
    alone = session.exec(people).one() == 1 and session.exec(ways).one() == 1
    return alone and customer.status == CustomerStatus.POTENTIAL and customer.owner_id is None


def _newest_case(session: Session, channel: Channel, conversation: str) -> int | None:
    return session.exec(
        select(func.max(col(Case.id))).where(
            col(Case.channel) == channel, col(Case.conversation) == conversation
        )
    ).one()


def _made(
    session: Session,
    expires_at: datetime,
    *,
    conversation: str | None = None,
    contact_id: int | None = None,
    made_by: int | None = None,
) -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    code = f"{letters[:5]}-{letters[5:]}"
    session.add(
        ChatCode(
            code_hash=_hash(code),
            conversation=conversation,
            contact_id=contact_id,
            made_by=made_by,
            expires_at=expires_at,
        )
    )
    return code


def _hash(typed: str) -> str:
    """Of the letters alone, however they were typed."""
    letters = re.sub(r"[\W_]", "", typed[:100]).upper()
    return hashlib.sha256(f"chat code {letters}".encode()).hexdigest()
