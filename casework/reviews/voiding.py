"""A review is void once the order reads otherwise: nothing it said covers the new wording."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from casework import clocks
from casework.reviews.departments import people_of
from casework.reviews.errors import ReviewError
from casework.reviews.telling import active, tell_people
from casework.reviews.wording import differences, sha256_of, standing_requirements, wording_of
from store.columns import JsonObject
from store.tables import (
    Case,
    Deadline,
    DeadlineKind,
    DepartmentNotice,
    NoticeKind,
    Order,
    Quotation,
    Review,
    ReviewOpinion,
    ReviewState,
)


def standing_review(session: Session, order: Order) -> Review | None:
    """The one review of the order that counts; None if there is none, or only void ones."""
    return session.exec(
        select(Review).where(col(Review.order_id) == order.id, col(Review.state) != ReviewState.VOID)
    ).first()


def is_current(session: Session, order: Order, review: Review) -> bool:
    """Whether the order still reads as it was reviewed, its special requirements included."""
    return review.wording_sha256 == sha256_of(wording_of(session, order))


def demand_current(session: Session, order: Order, review: Review) -> None:
    """Go on only if the review is about what the order says now."""
    if review.state == ReviewState.VOID or not is_current(session, order, review):
        raise ReviewError("The order has changed since this review was opened; review it anew.")


def withdraw(session: Session, case: Case, order: Order, wording: JsonObject, now: datetime) -> JsonObject:
    """The order reads otherwise now: accepted no more, its review void, the departments told.

    Returns what the log tells of it.
    """
    was_accepted = order.accepted_at is not None
    order.wording_sha256, order.accepted_at, order.accepted_by_id = sha256_of(wording), None, None
    unsettled = update(Quotation).where(col(Quotation.case_id) == order.case_id)
    session.exec(unsettled.values(settled_at=None))  # what was settled was about the order as it read
    session.flush()  # the triggers want the order first
    review = standing_review(session, order)
    if review is None:
        return {}
    void(session, case, review, now)
    _send_change_notices(session, case, order, review, wording, now, was_accepted=was_accepted)
    return {"voided": review.number, "was_accepted": was_accepted}


def void(session: Session, case: Case, review: Review, now: datetime) -> None:
    """The review counts no more, and nobody is reminded of it."""
    review.state = ReviewState.VOID
    session.flush()
    clocks.end(
        session, DeadlineKind.REVIEW_FEEDBACK, now, case_id=case.id, about=feedback_of(review), met=False
    )
    for opinion in session.exec(select(ReviewOpinion).where(col(ReviewOpinion.review_id) == review.id)):
        end_opinion_clocks(session, case, opinion, now, met=False)


def end_opinion_clocks(
    session: Session, case: Case, opinion: ReviewOpinion, now: datetime, *, met: bool
) -> None:
    """Stop the clocks of everybody in the department."""
    running = select(Deadline.about).where(
        col(Deadline.case_id) == case.id,
        col(Deadline.kind) == DeadlineKind.OPINION,
        col(Deadline.about).startswith(f"opinion:{opinion.id}:"),
        col(Deadline.ended_at).is_(None),
    )
    for about in session.exec(running).all():
        clocks.end(session, DeadlineKind.OPINION, now, case_id=case.id, about=about, met=met)


def feedback_of(review: Review) -> str:
    """What the clock for telling the customer is about."""
    return f"review:{review.id}"


def _send_change_notices(
    session: Session,
    case: Case,
    order: Order,
    review: Review,
    wording: JsonObject,
    now: datetime,
    *,
    was_accepted: bool,
) -> None:
    opinions = session.exec(select(ReviewOpinion).where(col(ReviewOpinion.review_id) == review.id)).all()
    departments = {opinion.department for opinion in opinions}
    if was_accepted:
        told = select(DepartmentNotice.department).where(col(DepartmentNotice.order_id) == order.id)
        departments |= set(session.exec(told))
    shown = wording | {"standing": standing_requirements(session, case)}
    for department in sorted(departments):
        session.add(
            DepartmentNotice(
                order_id=order.id or 0,
                department=department,
                kind=NoticeKind.CHANGED,
                wording=shown,
                changes=differences(review.wording, wording),
                sent_at=now,
            )
        )
    people = [person for group in people_of(session, tuple(departments)).values() for person in group]
    people += active(session, review.opened_by_id, review.ruled_by_id, *(one.given_by_id for one in opinions))
    tell_people(session, people, "order_changed", str(review.id), case, review.number, now)
