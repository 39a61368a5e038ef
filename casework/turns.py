"""Round robin: a case of a customer without an owner goes to the next of the sales on duty."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from store.history import log
from store.tables import Case, Role, User

_ON_DUTY = "on_duty"


def whose_turn(case_id: int, on_duty: Sequence[int]) -> int | None:
    """Case numbers follow each other, so their remainders go round; nothing has to be kept or locked."""
    return on_duty[case_id % len(on_duty)] if on_duty else None


def give_to_next(session: Session, case: Case, now: datetime) -> None:
    """Hand a new case that nobody owns to whose turn it is, if anybody is on duty."""
    if _ON_DUTY not in session.info:  # once for a batch
        wanted = select(User.id).where(col(User.active), col(User.on_duty), col(User.role) == Role.SALES)
        session.info[_ON_DUTY] = list(session.exec(wanted.order_by(col(User.id))))
    owner_id = whose_turn(case.id or 0, session.info[_ON_DUTY])
    if case.owner_id is None and owner_id is not None:
        case.owner_id = owner_id
        log(session, "took_turn", now, case_id=case.id, details={"after": owner_id})
