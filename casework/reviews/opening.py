"""Opening a review: the order is clear, it gets a number, and the departments of its route are asked."""

from datetime import datetime

from sqlmodel import Session, col, select

from casework import clocks
from casework.calendar_days import due
from casework.policy import Counted, Policy, Target
from casework.reviews.departments import people_of
from casework.reviews.errors import ReviewError
from casework.reviews.numbers import next_running
from casework.reviews.routes import course_of
from casework.reviews.routing import route_table
from casework.reviews.telling import tell_people
from casework.reviews.voiding import standing_review, void, withdraw
from casework.reviews.wording import sha256_of, wording_of
from casework.reviews.writing_up import missing
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.tables import (
    Case,
    DeadlineKind,
    Order,
    Review,
    ReviewOpinion,
    ReviewState,
    User,
)


def open_review(
    session: Session,
    case: Case,
    order: Order,
    user: User,
    now: datetime,
    policy: Policy,
    *,
    countersigning: tuple[str, ...] = (),
) -> Review:
    """A review of the order's present wording. An earlier one, or a refused one, is void then."""
    demand(user, Right.ANSWER)
    if missing(order):
        raise ReviewError("The order is not clear yet; ask the customer for what is missing.")
    wording = wording_of(session, order)
    details = {}
    if sha256_of(wording) != order.wording_sha256:  # the customer has required something since
        details = withdraw(session, case, order, wording, now)
    standing = standing_review(session, order)
    if standing is not None and standing.state != ReviewState.REFUSED:
        raise ReviewError(f"Review {standing.number} of this wording stands already.")
    if standing is not None:
        void(session, case, standing, now)
    course = course_of(order, route_table(session), countersigning)
    year = now.astimezone(policy.timezone).year
    review = Review(
        order_id=order.id or 0,
        year=year,
        running=next_running(session, year),
        route=course.name,
        own_allowed=course.own_allowed,
        signer=course.signer,
        opinion_days=course.opinion_days,
        joint=course.joint,
        needs_consent=course.consent,
        wording=wording,
        wording_sha256=order.wording_sha256,
        opened_by_id=user.id or 0,
        opened_at=now,
    )
    session.add(review)
    session.flush()
    _ask(session, case, review, course.departments, now, policy)
    details |= {"review": review.number, "route": course.name, "departments": list(course.departments)}
    log(session, "review_opened", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)
    return review


def ask_department(
    session: Session,
    case: Case,
    review: Review,
    opinion: ReviewOpinion,
    people: list[User],
    now: datetime,
    policy: Policy,
) -> None:
    """Let the department's clock run and tell its people; without any, who answers for the case."""
    for user_id in [person.id for person in people] or [None]:
        about = f"opinion:{opinion.id}:{user_id or 0}"
        clocks.start(
            *(session, DeadlineKind.OPINION, now, opinion.due_at, policy),
            case_id=case.id,
            about=about,
            user_id=user_id,
        )
    key = f"{opinion.id}:{now.timestamp()}:{'again' if opinion.answered_at else 'first'}"
    tell_people(session, people, "opinion_wanted", key, case, review.number, now)


def opinions_of(session: Session, review: Review) -> list[ReviewOpinion]:
    """The departments' opinions, in the order of the form."""
    return list(
        session.exec(
            select(ReviewOpinion)
            .where(col(ReviewOpinion.review_id) == review.id)
            .order_by(col(ReviewOpinion.id))
        )
    )


def opinion_due(session: Session, review: Review, now: datetime, policy: Policy) -> datetime:
    """When a department asked now must have answered: in the days that the review began with."""
    target = policy.matters[DeadlineKind.OPINION]
    if review.opinion_days is not None:
        target = Target(review.opinion_days, Counted.WORKING_DAYS, "")
    return due(session, target, now, policy).at


def _ask(
    session: Session,
    case: Case,
    review: Review,
    departments: tuple[str, ...],
    now: datetime,
    policy: Policy,
) -> None:
    due_at = opinion_due(session, review, now, policy)
    people = people_of(session, departments)
    for department in departments:
        opinion = ReviewOpinion(review_id=review.id or 0, department=department, due_at=due_at)
        session.add(opinion)
        session.flush()
        ask_department(session, case, review, opinion, people[department], now, policy)
