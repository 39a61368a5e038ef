"""Concluding a review: signed by name and time, by whoever the route names, never by who opened it."""

from datetime import datetime
from typing import Literal

from sqlmodel import Session

from casework import clocks
from casework.policy import Policy
from casework.reviews.errors import ReviewError
from casework.reviews.joint import demand_minutes
from casework.reviews.opening import opinions_of
from casework.reviews.opinions import is_given, signing_right
from casework.reviews.routes import needs_confirmation
from casework.reviews.settling import demand_settled
from casework.reviews.telling import active, tell_people
from casework.reviews.voiding import demand_current, feedback_of
from casework.reviews.writing_up import is_confirmed
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.tables import Case, DeadlineKind, Order, Review, ReviewState, Stance, User

Verdict = Literal[ReviewState.PASSED, ReviewState.REFUSED]


def is_own(review: Review, right: Right, user_id: int | None) -> bool:
    """Whether signing would be approving one's own where that is not allowed.

    Sales sign a regular order, and who is authorised an oral one, themselves (S1 5.2.2.4, S0 6.4); what
    departments disagree about is ruled on by somebody else in any case.
    """
    disagreed = right == Right.RULE_ON_REVIEW
    return user_id == review.opened_by_id and (disagreed or not review.own_allowed)


def conclude(
    session: Session,
    case: Case,
    order: Order,
    review: Review,
    verdict: Verdict,
    words: str,
    user: User,
    now: datetime,
    policy: Policy,
) -> None:
    """The review has passed or is refused. Passed, the customer is to be told within 48 hours."""
    if review.state != ReviewState.OPEN:
        raise ReviewError("This review is concluded.")
    demand_current(session, order, review)
    opinions = opinions_of(session, review)
    right = signing_right(review, opinions)
    demand(user, right)
    if is_own(review, right, user.id):
        raise ReviewError("Nobody approves their own: somebody else has to sign this review.")
    if not all(map(is_given, opinions)):
        raise ReviewError("Not every department has given its opinion yet.")
    if verdict == ReviewState.PASSED and needs_confirmation(order) and not is_confirmed(order):
        raise ReviewError("An oral order is confirmed by the customer first; record the confirmation.")
    demand_minutes(session, review)
    demand_settled(session, order, passing=verdict == ReviewState.PASSED)
    in_doubt = any(opinion.stance != Stance.AGREE for opinion in opinions)
    if not words and (in_doubt or verdict == ReviewState.REFUSED):
        raise ReviewError("Write down the conclusion: what was decided, and on what conditions.")
    review.state, review.conclusion, review.ruled_by_id, review.ruled_at = verdict, words, user.id, now
    session.flush()
    if verdict == ReviewState.PASSED:
        clocks.start_by_target(
            *(session, DeadlineKind.REVIEW_FEEDBACK, now, policy),
            case_id=case.id,
            about=feedback_of(review),
            user_id=case.owner_id,
        )
    details = {"review": review.number, "verdict": verdict.value, "words": words}
    log(session, "review_concluded", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)
    people = active(session, review.opened_by_id, case.owner_id)
    people = [person for person in people if person.id != user.id]
    tell_people(session, people, f"review_{verdict.value}", str(review.id), case, review.number, now)
