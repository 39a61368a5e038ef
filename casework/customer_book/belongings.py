"""Customer property (顾客财产, 8.5.3): registered, labelled; the customer hears what becomes of it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from casework.rights import Right, demand
from store.adding import append_numbered
from store.history import log
from store.tables import Customer, CustomerProperty, PropertyKind, PropertyState, User

TO_BE_TOLD = (PropertyState.LOST, PropertyState.DAMAGED, PropertyState.RETURNED)


class PropertyError(Exception):
    """It cannot be kept as asked; the sentence says why."""


@dataclass(frozen=True)
class Thing:
    """What was handed over."""

    kind: PropertyKind
    name: str
    received_on: date
    quantity: str = ""
    place: str = ""


def register(
    session: Session, customer: Customer, thing: Thing, user: User, now: datetime
) -> CustomerProperty:
    """Something of the customer's is with us from now on, under a label of its own."""
    demand(user, Right.KEEP_CUSTOMERS)
    if not thing.name.strip():
        raise PropertyError("Write down what was handed over.")
    kept = append_numbered(
        session,
        CustomerProperty(
            customer_id=customer.id or 0, received_by=user.id or 0, created_at=now, **asdict(thing)
        ),
    )
    details = {"customer": customer.id, "property": kept.id}
    log(session, "property_registered", now, user_id=user.id, details=details)
    return kept


def change_state(
    session: Session, kept: CustomerProperty, state: PropertyState, note: str, user: User, now: datetime
) -> None:
    """It was given back, lost or damaged, or is with us again. The customer has yet to be told."""
    demand(user, Right.KEEP_CUSTOMERS)
    if state in (PropertyState.LOST, PropertyState.DAMAGED) and not note.strip():
        raise PropertyError("Write down what happened to it.")
    if state == kept.state:
        return
    before, kept.state = kept.state, state
    kept.state_note, kept.told_at = note[:1000], None
    details = {"customer": kept.customer_id, "property": kept.id, "before": before, "after": state}
    log(session, "property_state", now, user_id=user.id, details=details)


def told_customer(session: Session, kept: CustomerProperty, user: User, now: datetime) -> None:
    """The customer knows what became of it."""
    demand(user, Right.KEEP_CUSTOMERS)
    if kept.state not in TO_BE_TOLD:
        raise PropertyError("There is nothing to tell while it is kept unharmed.")
    if kept.told_at is None:
        kept.told_at = now
        details = {"customer": kept.customer_id, "property": kept.id}
        log(session, "property_told", now, user_id=user.id, details=details)


def belongings(session: Session, customer: Customer) -> list[CustomerProperty]:
    """What the customer handed over, newest first."""
    return list(
        session.exec(
            select(CustomerProperty)
            .where(col(CustomerProperty.customer_id) == customer.id)
            .order_by(col(CustomerProperty.id).desc())
            .limit(100)
        )
    )
