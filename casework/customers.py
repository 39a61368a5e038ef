"""Knowing who writes: a customer is recognised by an address, never by a display name."""

from datetime import datetime

from sqlmodel import Session, col, select

from store.adding import append, append_numbered, number
from store.tables import Channel, Contact, ContactAddress, Customer


def contact_at(session: Session, channel: Channel, address: str) -> Contact | None:
    """The contact who is reached at this address."""
    return session.exec(
        select(Contact)
        .join(ContactAddress, col(ContactAddress.contact_id) == col(Contact.id))
        .where(col(ContactAddress.channel) == channel, col(ContactAddress.address) == address)
    ).first()


def address_of(session: Session, contact_id: int, channel: Channel) -> str | None:
    """Where this contact is reached on the channel; None if we know no address there."""
    return session.exec(
        select(ContactAddress.address)
        .where(col(ContactAddress.contact_id) == contact_id, col(ContactAddress.channel) == channel)
        .order_by(col(ContactAddress.id))
    ).first()


def meet(
    session: Session, channel: Channel, address: str, name: str, language: str, now: datetime
) -> Contact:
    """A stranger becomes a contact of a new potential customer.

    An empty address (a mail without From) makes a contact that cannot be answered.
    """
    shown = (name or address or "?")[:200]
    customer = append_numbered(session, Customer(name=shown, created_at=now))
    return add_contact(session, customer, channel, address, shown, language, now)


def add_contact(
    session: Session,
    customer: Customer,
    channel: Channel,
    address: str,
    name: str,
    language: str,
    now: datetime,
) -> Contact:
    """A new contact of the customer, reached at this address."""
    contact = Contact(customer_id=customer.id or 0, name=name[:200], language=language, created_at=now)
    session.add(number(session, contact))
    if address:
        append(session, ContactAddress, contact_id=contact.id or 0, channel=channel, address=address)
    return contact
