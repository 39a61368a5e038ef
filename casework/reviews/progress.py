"""The delivery plan of an accepted order, and how far it has come: both are told to the customer."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from casework.reviews.errors import ReviewError
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.tables import Case, Order, OrderProgress, User


def note_progress(
    session: Session, case: Case, order: Order, words: str, planned_on: date | None, user: User, now: datetime
) -> None:
    """A step of the plan with its day, or a note on what was done."""
    demand(user, Right.ANSWER)
    if order.accepted_at is None:
        raise ReviewError("A delivery is planned once the order is accepted.")
    if not words:
        raise ReviewError("Write down what is planned, or what was done.")
    session.add(
        OrderProgress(
            order_id=order.id or 0, planned_on=planned_on, words=words, user_id=user.id or 0, at=now
        )
    )
    log(session, "progress_noted", now, user_id=user.id, case_id=case.id, details={"words": words})
    tell(session, DESK, now)


def progress_of(session: Session, order: Order) -> list[OrderProgress]:
    """Plan and notes, oldest first."""
    return list(
        session.exec(
            select(OrderProgress)
            .where(col(OrderProgress.order_id) == order.id)
            .order_by(col(OrderProgress.id))
            .limit(200)
        )
    )
