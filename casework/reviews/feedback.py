"""Telling the customer what the review came to, and writing down that the customer agrees."""

from datetime import datetime

from sqlmodel import Session

from casework import clocks
from casework.policy import Policy
from casework.replies import note_reply, reply
from casework.reviews.errors import ReviewError
from casework.reviews.voiding import feedback_of
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.tables import Case, DeadlineKind, Review, ReviewState, User


def tell_result(
    session: Session,
    case: Case,
    review: Review,
    text: str,
    user: User,
    now: datetime,
    policy: Policy,
    *,
    by_voice: bool,
) -> None:
    """Send the result, or note that it was told by voice; the 48 hours are met. Raises ReplyError."""
    demand(user, Right.ANSWER)
    if review.state not in (ReviewState.PASSED, ReviewState.REFUSED):
        raise ReviewError("There is no result to tell yet.")
    if by_voice:
        note_reply(session, case, user, text, now)
    else:
        reply(session, case, user, text, now, policy)
    review.told_at = now
    clocks.end(
        session, DeadlineKind.REVIEW_FEEDBACK, now, case_id=case.id, about=feedback_of(review), met=True
    )
    log(session, "review_told", now, user_id=user.id, case_id=case.id, details={"review": review.number})
    tell(session, DESK, now)


def consent(session: Session, case: Case, review: Review, words: str, user: User, now: datetime) -> None:
    """The customer agrees with the result (S1 5.2.2.5): how, in a sentence."""
    demand(user, Right.ANSWER)
    if review.state != ReviewState.PASSED:
        raise ReviewError("Only the result of a review that has passed can be agreed with.")
    if not words:
        raise ReviewError("Write down how the customer agreed.")
    review.consent_at, review.consent = now, words
    details = {"review": review.number, "words": words}
    log(session, "review_agreed", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)
