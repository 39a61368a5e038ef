"""Who hears of a service order: whoever carries it out, quality, and sales, who answer for the customer."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from casework.complaints.telling import tell_person
from store.history import DESK, log, tell
from store.tables import Case, Role, ServiceOrder, User


def note(
    session: Session, action: str, case: Case, order: ServiceOrder, user: User, now: datetime, **said: str
) -> None:
    """The line of the log."""
    details = {"order": order.number} | said
    log(session, action, now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)


def tell_of(
    session: Session,
    act: str,
    case: Case,
    order: ServiceOrder,
    people: Sequence[User],
    by: User,
    now: datetime,
) -> None:
    """Owe these people a notice of what happened, except the one who did it."""
    values = {
        "id": order.id,
        "order": order.number,
        "act": act,
        "task": order.task[:300],
        "due_at": order.due_at.isoformat(),
        "finding": order.finding.value if order.finding else None,
        "found": order.found[:300],
        "work": order.work[:300],
        "service_rating": order.service_rating,
        "product_rating": order.product_rating,
        "comment": order.comment[:300],
    }
    told = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
    key = f"service:{order.id}:{now.timestamp()}:{told}"  # a result put right is told again
    for person in people:
        if person.id != by.id:
            tell_person(session, person, "service_order", key, case, now, **values)


def watchers(session: Session, *people: int | None, roles: Sequence[Role] = ()) -> list[User]:
    """Quality and these people, and everybody of these roles; who is still with us."""
    ids = [one for one in people if one is not None]
    wanted = or_(col(User.role).in_([Role.QUALITY, *roles]), col(User.id).in_(ids))
    return list(session.exec(select(User).where(col(User.active), wanted).order_by(col(User.id))))
