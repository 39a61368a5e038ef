"""A customer's card (客户登记卡): what we know of the company and where its people are reached."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from casework.customer_book.visits import hand_visits_to
from casework.customers import add_contact
from casework.rights import Right, demand
from store.adding import append, append_numbered
from store.columns import JsonObject
from store.history import DESK, log, tell
from store.tables import (
    Channel,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    User,
    customer_code,
)

LANGUAGES = ("zh", "zh-Hant", "en")
# The ways by which a customer may stipulate to be answered, and at which a person has an address.
CHANNELS = (
    *(Channel.EMAIL, Channel.PHONE, Channel.FAX, Channel.WECOM, Channel.TELEGRAM, Channel.WEBCHAT),
    Channel.LETTER,
)
_MAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\".]+(?:\.[^\s@<>,;\".]+)+")
_PHONE = re.compile(r"\+?[\d\s\-()（）转#*/.,extEXT]{3,40}")
LONGEST_ADDRESS = 320


class CardError(Exception):
    """It cannot be kept as asked; the sentence says why."""


@dataclass(frozen=True)
class Card:
    """What staff write down of a company."""

    name: str
    own_code: str | None = None
    status: CustomerStatus = CustomerStatus.POTENTIAL
    owner_id: int | None = None
    required_language: str | None = None
    required_manner: str | None = None
    region: str = ""
    notes: str = ""


def address_problem(channel: Channel, address: str) -> str | None:
    """Why this is no address of that channel, in a sentence; None if it is one."""
    if len(address) > LONGEST_ADDRESS:
        return "The address is too long."
    if channel == Channel.EMAIL and not _MAIL.fullmatch(address):
        return f'"{address}" is no mail address.'
    digits = sum(character.isdigit() for character in address)
    if channel in (Channel.PHONE, Channel.FAX) and (digits < 3 or not _PHONE.fullmatch(address)):
        return f'"{address}" is no telephone number.'
    return None


def as_kept(channel: Channel, address: str) -> str:
    """An address as identity knows it: mail in lower case, no space around."""
    address = " ".join(address.split())
    return address.lower() if channel == Channel.EMAIL else address


def open_card(session: Session, card: Card, user: User, now: datetime) -> Customer:
    """A new customer that a person writes down."""
    demand(user, Right.KEEP_CUSTOMERS)
    _check(session, card, None)
    customer = append_numbered(session, Customer(created_at=now, **asdict(card)))
    _note(session, "customer_added", customer, user, now)
    return customer


def change_card(session: Session, customer: Customer, card: Card, user: User, now: datetime) -> bool:
    """Write down something else; False if nothing differs. The log holds what stood there before."""
    demand(user, Right.KEEP_CUSTOMERS)
    _check(session, card, customer)
    before = {name: getattr(customer, name) for name in asdict(card)}
    differing = {name: value for name, value in asdict(card).items() if value != before[name]}
    if not differing:
        return False
    for name, value in differing.items():
        setattr(customer, name, value)
    if "owner_id" in differing:
        hand_visits_to(session, customer, card.owner_id)
    changes = {name: {"before": before[name], "after": value} for name, value in differing.items()}
    _note(session, "customer_changed", customer, user, now, {"changes": changes})
    return True


def add_person(
    session: Session, customer: Customer, name: str, language: str, user: User, now: datetime
) -> Contact:
    """One more contact of the customer; addresses follow."""
    demand(user, Right.KEEP_CUSTOMERS)
    if not name:
        raise CardError("A contact needs a name.")
    if language not in LANGUAGES:
        raise CardError("Choose one of the languages that we write.")
    contact = add_contact(session, customer, Channel.PHONE, "", name, language, now)
    _note(session, "contact_added", customer, user, now, {"contact": contact.id})
    return contact


def rename_person(
    session: Session,
    customer: Customer,
    contact: Contact,
    name: str,
    language: str,
    user: User,
    now: datetime,
) -> None:
    """Write a contact's name or language otherwise."""
    demand(user, Right.KEEP_CUSTOMERS)
    if not name:
        raise CardError("A contact needs a name.")
    if language not in LANGUAGES:
        raise CardError("Choose one of the languages that we write.")
    if (contact.name, contact.language) == (name, language):
        return
    changes = {
        "name": {"before": contact.name, "after": name},
        "language": {"before": contact.language, "after": language},
    }
    contact.name, contact.language = name[:200], language
    _note(session, "contact_changed", customer, user, now, {"contact": contact.id, "changes": changes})


def add_address(
    session: Session,
    customer: Customer,
    contact: Contact,
    channel: Channel,
    address: str,
    user: User,
    now: datetime,
) -> None:
    """The contact is reached here, too. From now on whoever writes from there is this person."""
    demand(user, Right.KEEP_CUSTOMERS)
    kept = as_kept(channel, address)
    if channel not in CHANNELS or not kept:
        raise CardError("Choose a channel and write the address.")
    if problem := address_problem(channel, kept):
        raise CardError(problem)
    holder = session.exec(
        select(Contact)
        .join(ContactAddress, col(ContactAddress.contact_id) == col(Contact.id))
        .where(col(ContactAddress.channel) == channel, col(ContactAddress.address) == kept)
    ).first()
    if holder is not None and holder.id == contact.id:
        return
    if holder is not None:
        raise CardError(
            f"This address belongs to a contact of customer {customer_code(holder.customer_id)}; "
            "move that contact, or merge the two customers."
        )
    append(session, ContactAddress, contact_id=contact.id, channel=channel, address=kept)
    details = {"contact": contact.id, "channel": channel.value, "address": kept}
    _note(session, "address_added", customer, user, now, details)


def remove_address(
    session: Session, customer: Customer, contact: Contact, address: ContactAddress, user: User, now: datetime
) -> None:
    """The contact is not reached here any more. The log keeps the address, so that it can be put back."""
    demand(user, Right.KEEP_CUSTOMERS)
    details = {"contact": contact.id, "channel": address.channel, "address": address.address}
    session.delete(address)
    _note(session, "address_removed", customer, user, now, details)


def _check(session: Session, card: Card, customer: Customer | None) -> None:
    if not card.name.strip():
        raise CardError("A customer needs a name.")
    if card.required_language not in (None, *LANGUAGES):
        raise CardError("Choose one of the languages that we write.")
    if card.required_manner not in (None, *CHANNELS):
        raise CardError("Choose one of the channels by which we can answer.")
    owner = session.get(User, card.owner_id) if card.owner_id else None
    if card.owner_id and (owner is None or not owner.active):
        raise CardError("This colleague is not here any more; choose another.")
    if card.own_code is None:
        return
    same = select(Customer).where(col(Customer.own_code) == card.own_code)
    other = session.exec(same).first()
    if other is not None and (customer is None or other.id != customer.id):
        raise CardError(f"Code {card.own_code} belongs to customer {customer_code(other.id or 0)} already.")


def _note(
    session: Session,
    action: str,
    customer: Customer,
    user: User,
    now: datetime,
    details: JsonObject | None = None,
) -> None:
    log(session, action, now, user_id=user.id, details={"customer": customer.id} | (details or {}))
    tell(session, DESK, now)
