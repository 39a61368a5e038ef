"""What a department thinks of the order: agrees, on conditions, disagrees, or asks the customer first."""

from datetime import datetime

from sqlmodel import Session

from casework.policy import Policy
from casework.reviews.departments import demand_voice, people_of
from casework.reviews.errors import ReviewError
from casework.reviews.opening import ask_department, opinion_due, opinions_of
from casework.reviews.telling import active, holders, tell_people
from casework.reviews.voiding import demand_current, end_opinion_clocks
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.tables import Case, Order, Review, ReviewOpinion, ReviewState, Stance, User


def is_given(opinion: ReviewOpinion) -> bool:
    """Whether nobody waits for this department any more."""
    return opinion.stance not in (None, Stance.QUESTION)


def give_opinion(
    session: Session,
    case: Case,
    order: Order,
    review: Review,
    opinion: ReviewOpinion,
    stance: Stance,
    words: str,
    user: User,
    now: datetime,
) -> None:
    """Signed by name and time. It can be changed as long as the review is open."""
    demand_voice(session, user, opinion.department)
    _demand_open(review)
    demand_current(session, order, review)
    if stance != Stance.AGREE and not words:
        raise ReviewError("Write down the conditions, the reasons or the question.")
    opinion.stance, opinion.words = stance, words
    opinion.given_by_id, opinion.given_at = user.id, now
    if stance == Stance.QUESTION:
        opinion.question, opinion.answer, opinion.answered_at = words, "", None
    end_opinion_clocks(session, case, opinion, now, met=True)
    details = {
        "review": review.number,
        "department": opinion.department,
        "stance": stance.value,
        "words": words,
    }
    log(session, "opinion_given", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)
    session.flush()
    _tell(session, case, review, opinion, now)


def answer_question(
    session: Session,
    case: Case,
    order: Order,
    review: Review,
    opinion: ReviewOpinion,
    words: str,
    user: User,
    now: datetime,
    policy: Policy,
) -> None:
    """The customer has answered in writing (S1 5.2.2.6): the department's opinion is asked again."""
    demand(user, Right.ANSWER)
    _demand_open(review)
    demand_current(session, order, review)
    if opinion.stance != Stance.QUESTION:
        raise ReviewError("This department waits for no answer of the customer.")
    if not words:
        raise ReviewError("Write down what the customer answered.")
    opinion.answer, opinion.answered_at = words, now
    opinion.stance, opinion.words = None, ""
    opinion.due_at = opinion_due(session, review, now, policy)
    people = people_of(session, (opinion.department,))[opinion.department]
    ask_department(session, case, review, opinion, people, now, policy)
    details = {"review": review.number, "department": opinion.department, "words": words}
    log(session, "question_answered", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)


def _demand_open(review: Review) -> None:
    if review.state != ReviewState.OPEN:
        raise ReviewError("This review is concluded.")


def _tell(session: Session, case: Case, review: Review, opinion: ReviewOpinion, now: datetime) -> None:
    key = f"{opinion.id}:{now.timestamp()}"
    if opinion.stance == Stance.QUESTION:
        people = active(session, review.opened_by_id, case.owner_id)
        tell_people(session, people, "review_question", key, case, review.number, now)
        return
    opinions = opinions_of(session, review)
    if all(map(is_given, opinions)):
        right = signing_right(review, opinions)
        people = active(session, review.opened_by_id) if right == Right.ANSWER else holders(session, right)
        tell_people(session, people, "review_ready", key, case, review.number, now)


def signing_right(review: Review, opinions: list[ReviewOpinion]) -> Right:
    """Who concludes: the route's signer; what departments disagree about, the manager (S0 3.3)."""
    if any(opinion.stance == Stance.DISAGREE for opinion in opinions):
        return Right.RULE_ON_REVIEW
    return Right(review.signer)
