"""Telling colleagues about a review: whoever opened it, whoever is asked, whoever signs."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from casework.owing import owe_colleague
from casework.rights import Right, may
from casework.wording import Notice
from store.tables import Case, OutgoingKind, Role, User, customer_code


def tell_people(
    session: Session, people: Iterable[User], message: str, key: str, case: Case, number: str, now: datetime
) -> None:
    """Owe each of them this notice, once; internal notices show the customer's code only (S0 5.2.3.1)."""
    values = {"number": case.number, "customer_code": customer_code(case.customer_id), "review": number}
    for person in {person.id: person for person in people}.values():
        notice = Notice(message, values)
        owe_colleague(session, OutgoingKind.NOTICE, f"{message}:{key}", person, notice, now, case_id=case.id)


def active(session: Session, *ids: int | None) -> list[User]:
    """Those of these people who still work here."""
    wanted = [one for one in ids if one is not None]
    return list(session.exec(select(User).where(col(User.id).in_(wanted), col(User.active))))


def holders(session: Session, right: Right) -> list[User]:
    """Everybody who has the right."""
    roles = [role for role in Role if may(role, right)]
    return list(session.exec(select(User).where(col(User.role).in_(roles), col(User.active))))
