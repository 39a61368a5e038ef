"""A joint review (集中评审, S0 6.3, 6.5): who came together and what was said, before it is concluded."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from casework.reviews.errors import ReviewError
from casework.reviews.voiding import demand_current
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import Case, Order, Review, ReviewMinutes, ReviewState, User


def minutes_of(session: Session, review: Review) -> ReviewMinutes | None:
    """The minutes, once they are written."""
    return session.get(ReviewMinutes, review.id) if review.joint else None


def write_minutes(
    session: Session,
    case: Case,
    order: Order,
    review: Review,
    held_on: date,
    participants: str,
    words: str,
    user: User,
    now: datetime,
) -> None:
    """Signed by name and time. They can be written anew as long as the review is open."""
    demand(user, Right.ANSWER)
    if not review.joint:
        raise ReviewError("This review is no joint one; it needs no minutes.")
    if review.state != ReviewState.OPEN:
        raise ReviewError("This review is concluded.")
    demand_current(session, order, review)
    if not participants or not words:
        raise ReviewError("Write down who took part and what was said.")
    signed: dict[str, Any] = {"held_on": held_on, "participants": participants, "words": words}
    signed |= {"signed_by_id": user.id or 0, "signed_at": now}
    add_once(session, ReviewMinutes(review_id=review.id or 0, **signed))
    row = session.get_one(ReviewMinutes, review.id, populate_existing=True)
    for name, value in signed.items():
        setattr(row, name, value)
    details = {"review": review.number, "words": participants[:300]}
    log(session, "minutes_written", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)


def demand_minutes(session: Session, review: Review) -> None:
    """Go on concluding only with the minutes of a joint review."""
    if review.joint and minutes_of(session, review) is None:
        raise ReviewError("A joint review is concluded after its minutes are written down.")
