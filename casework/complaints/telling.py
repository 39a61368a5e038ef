"""Telling colleagues of a complaint: who has to know, by notices on their desk and by mail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from casework.owing import owe_colleague
from casework.rights import Right
from casework.wording import Notice
from store.tables import Case, OutgoingKind, Role, User, customer_code

_PEOPLE = "people"


def tell_roles(
    session: Session,
    roles: Iterable[Role],
    message: str,
    key: str,
    case: Case,
    now: datetime,
    *,
    but: int | None = None,
    **values: Any,
) -> None:
    """Owe everybody of these roles a notice of the case, except the one who did it."""
    if _PEOPLE not in session.info:  # once for a batch
        active = select(User).where(col(User.active)).order_by(col(User.id))
        session.info[_PEOPLE] = list(session.exec(active))
    wanted = set(roles)
    for person in session.info[_PEOPLE]:
        if person.role in wanted and person.id != but:
            tell_person(session, person, message, key, case, now, **values)


def tell_person(
    session: Session, person: User, message: str, key: str, case: Case, now: datetime, **values: Any
) -> None:
    """Owe one of us a notice of the case."""
    known = {"number": case.number, "customer_code": customer_code(case.customer_id)}
    notice = Notice(message, known | values)
    owe_colleague(session, OutgoingKind.NOTICE, key, person, notice, now, case_id=case.id)


def confirmers(right: Right) -> tuple[Role, ...]:
    """Whom a draft waits for: a claim for the general manager, anything else for head and management."""
    return (Role.MANAGER,) if right == Right.CONFIRM_CLAIM else (Role.HEAD, Role.MANAGER)
