"""One contract review (合同评审单) at `/desk/reviews/ID`: read, signed, printed."""

from typing import Annotated, Any, Literal

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from casework.replies import ReplyError
from casework.reviews.departments import voices
from casework.reviews.feedback import consent, tell_result
from casework.reviews.joint import minutes_of
from casework.reviews.letters import result_draft
from casework.reviews.opening import opinions_of
from casework.reviews.opinions import answer_question, give_opinion, is_given, signing_right
from casework.reviews.routes import needs_confirmation
from casework.reviews.ruling import conclude, is_own
from casework.reviews.settling import settlements_of
from casework.reviews.voiding import is_current
from casework.reviews.wording import standing_requirements
from casework.reviews.writing_up import is_confirmed
from casework.rights import Right, may
from store.engine import reading, writing
from store.tables import (
    Case,
    Customer,
    Order,
    Review,
    ReviewOpinion,
    ReviewState,
    SettlementState,
    Stance,
    User,
)
from web.desk.dossier import BY_VOICE_OR_PAPER, case_for, channel_out
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import Line, Paragraphs, RowId
from web.i18n import _
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()
LONGEST = 4000  # characters of an opinion or a conclusion


@router.get("/reviews/{review_id}")
def show_review(request: Request, office: AtWork, person: SignedIn, review_id: RowId) -> Response:
    """The sheet with what its reader may sign."""
    with reading(office.engine) as session:
        case, order, review = review_for(session, review_id, person)
        return _page(request, session, person, case, order, review)


@router.post("/reviews/{review_id}/opinions/{opinion_id}", dependencies=[holding(Right.GIVE_OPINION)])
def sign_opinion(
    office: AtWork,
    person: SignedIn,
    review_id: RowId,
    opinion_id: RowId,
    stance: Annotated[Stance, Form()],
    words: Paragraphs = "",
) -> Response:
    """A department's opinion, signed."""
    with writing(office.engine) as session, refusing():
        case, order, review = review_for(session, review_id, person, lock=True)
        opinion = _opinion(session, review, opinion_id)
        user, said = session.get_one(User, person.id), words.strip()[:LONGEST]
        give_opinion(session, case, order, review, opinion, stance, said, user, office.clock())
    return _back(review_id)


@router.post("/reviews/{review_id}/opinions/{opinion_id}/answer", dependencies=[holding(Right.ANSWER)])
def enter_answer(
    office: AtWork, person: SignedIn, review_id: RowId, opinion_id: RowId, words: Paragraphs
) -> Response:
    """What the customer answered in writing."""
    with writing(office.engine) as session, refusing():
        case, order, review = review_for(session, review_id, person, lock=True)
        opinion = _opinion(session, review, opinion_id)
        user, said = session.get_one(User, person.id), words.strip()[:LONGEST]
        answer_question(*(session, case, order, review, opinion, said, user, office.clock(), office.policy))
    return _back(review_id)


@router.post(
    "/reviews/{review_id}/conclude",
    dependencies=[holding(Right.ANSWER, Right.SIGN_REVIEW, Right.RULE_ON_REVIEW)],
)
def sign_conclusion(
    office: AtWork,
    person: SignedIn,
    review_id: RowId,
    verdict: Annotated[Literal["passed", "refused"], Form()],
    words: Paragraphs = "",
) -> Response:
    """Passed or refused, signed. Whose right it is depends on the review's route; the rule asks."""
    with writing(office.engine) as session, refusing():
        case, order, review = review_for(session, review_id, person, lock=True)
        state: Any = ReviewState(verdict)
        user, said = session.get_one(User, person.id), words.strip()[:LONGEST]
        conclude(session, case, order, review, state, said, user, office.clock(), office.policy)
    return _back(review_id)


@router.post("/reviews/{review_id}/tell", dependencies=[holding(Right.ANSWER)])
def tell_customer(
    request: Request, office: AtWork, person: SignedIn, review_id: RowId, text: Paragraphs
) -> Response:
    """Send the result to the customer, or note that it was told by voice."""
    problem = None if text.strip() else _("答复还没有写内容。")
    if problem is None:
        try:
            with writing(office.engine) as session, refusing():
                case, _order, review = review_for(session, review_id, person, lock=True)
                user, now = session.get_one(User, person.id), office.clock()
                voice = _by_voice(session, case)
                tell_result(session, case, review, text, user, now, office.policy, by_voice=voice)
            return _back(review_id)
        except ReplyError:
            problem = _("没有这位联系人在该渠道的地址，无法发送。请在案件页用其他方式告知并记录。")
    with reading(office.engine) as session:
        case, order, review = review_for(session, review_id, person)
        return _page(request, session, person, case, order, review, letter=text, problem=problem)


@router.post("/reviews/{review_id}/consent", dependencies=[holding(Right.ANSWER)])
def enter_consent(office: AtWork, person: SignedIn, review_id: RowId, words: Line) -> Response:
    """The customer agrees with the result."""
    with writing(office.engine) as session, refusing():
        case, _order, review = review_for(session, review_id, person, lock=True)
        consent(session, case, review, words, session.get_one(User, person.id), office.clock())
    return _back(review_id)


def _page(
    request: Request,
    session: Session,
    person: Person,
    case: Case,
    order: Order,
    review: Review,
    *,
    letter: str | None = None,
    problem: str | None = None,
) -> Response:
    opinions = opinions_of(session, review)
    user = session.get_one(User, person.id)
    right = signing_right(review, opinions)
    all_given = all(map(is_given, opinions))
    told = letter is None and review.state in (ReviewState.PASSED, ReviewState.REFUSED)
    policy = request.app.state.office.policy
    settlements = settlements_of(session, order)
    return desk_page(
        request,
        session,
        person,
        "review.html",
        status=422 if problem else 200,
        case=case,
        order=order,
        review=review,
        customer=session.get_one(Customer, case.customer_id),
        current=review.state != ReviewState.VOID and is_current(session, order, review),
        opinions=opinions,
        standing=standing_requirements(session, case),
        people={user_id or 0: name for user_id, name in session.exec(select(User.id, User.name))},
        others=_others(session, review),
        speaks_for=voices(session, user, tuple(opinion.department for opinion in opinions)),
        all_given=all_given,
        may_sign=may(user.role, right) and not is_own(review, right, user.id),
        signers=right.value,
        minutes=minutes_of(session, review),
        settlements=settlements,
        unsettled=[one for one in settlements if one.state == SettlementState.OPEN],
        on_file=[one for one in settlements if one.state == SettlementState.FILED],
        today=request.app.state.office.clock().astimezone(policy.timezone).date(),
        unconfirmed=needs_confirmation(order) and not is_confirmed(order),
        by_voice=_by_voice(session, case),
        letter=result_draft(session, case, review, policy) if told else letter,
        problem=problem,
    )


def review_for(
    session: Session, review_id: int, person: Person, *, lock: bool = False
) -> tuple[Case, Order, Review]:
    """The review with its order and case, if this person may see the case; locked before it is read."""
    wanted = select(Order.case_id).join(Review, col(Review.order_id) == col(Order.id))
    case_id = session.exec(wanted.where(col(Review.id) == review_id)).first()
    if case_id is None:
        raise Refusal(404, _("没有这份评审单。请从合同台账里查找。"))
    case = case_for(session, case_id, person, lock=lock)
    review = session.get_one(Review, review_id)
    return case, session.get_one(Order, review.order_id), review


def _opinion(session: Session, review: Review, opinion_id: int) -> ReviewOpinion:
    opinion = session.get(ReviewOpinion, opinion_id)
    if opinion is None or opinion.review_id != review.id:
        raise Refusal(404)
    return opinion


def _others(session: Session, review: Review) -> list[Review]:
    """The order's other reviews, newest first."""
    wanted = select(Review).where(col(Review.order_id) == review.order_id, col(Review.id) != review.id)
    return list(session.exec(wanted.order_by(col(Review.id).desc()).limit(20)))


def _by_voice(session: Session, case: Case) -> bool:
    return channel_out(case, session.get_one(Customer, case.customer_id)) in BY_VOICE_OR_PAPER


def _back(review_id: int) -> Response:
    return RedirectResponse(f"/desk/reviews/{review_id}", 303)
