"""An unknown sender answers a letter of ours: a person may know a colleague of its recipient in him."""

from datetime import datetime

from sqlmodel import Session, col, func, select, update

from casework.policy import Policy
from casework.rights import Right, demand
from casework.signing import is_ours
from store.history import DESK, log, tell
from store.tables import (
    Case,
    Contact,
    Customer,
    CustomerStatus,
    Direction,
    Message,
    SpecialRequirement,
    User,
)


def answered_case(session: Session, case: Case, policy: Policy) -> Case | None:
    """Another customer's case in which we wrote the letter that this one begins by answering.

    A Message-ID that we signed shows that the sender has seen the letter, not who he is: a person has to say.
    None where nobody is to be asked: the sender belongs to a customer, or is no single person.
    """
    first = session.exec(
        select(Message)
        .where(col(Message.case_id) == case.id, col(Message.direction) == Direction.IN)
        .order_by(col(Message.id))
        .limit(1)
    ).first()
    if first is None or first.auto_generated is not None or not first.sender_address:
        return None
    signed = [name for name in first.references if is_ours(policy, name)]
    if not signed or not _is_stranger(session, case.customer_id):
        return None
    return session.exec(
        select(Case)
        .join(Message, col(Message.case_id) == col(Case.id))
        .where(
            col(Message.message_id).in_(signed),
            col(Message.direction) == Direction.OUT,
            col(Case.customer_id) != case.customer_id,
        )
        .order_by(col(Case.id).desc())
        .limit(1)
    ).first()


def add_colleague(session: Session, case: Case, answered: Case, user: User, now: datetime) -> None:
    """The stranger of this case works for the customer of the other: from now on he is a contact there.

    His next answer joins the case that it answers; what he wrote so far stays where it is.
    """
    demand(user, Right.KEEP_CUSTOMERS)
    stranger, customer = case.customer_id, answered.customer_id
    for table in (Contact, Case, SpecialRequirement):
        session.exec(update(table).where(col(table.customer_id) == stranger).values(customer_id=customer))
    details = {"contact": case.contact_id, "before": stranger, "after": customer}
    log(session, "colleague_added", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)


def _is_stranger(session: Session, customer_id: int) -> bool:
    """Whether nobody has said anything of this customer yet, and it is one person."""
    contacts = select(func.count()).where(col(Contact.customer_id) == customer_id)
    potential = session.get_one(Customer, customer_id).status == CustomerStatus.POTENTIAL
    return potential and session.exec(contacts).one() == 1
