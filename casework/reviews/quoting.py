"""Prices we named, tracked until order or refusal; a new scheme is quoted after its review (S0 5.1.1)."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from casework.reviews.errors import ReviewError
from casework.reviews.voiding import is_current, standing_review
from casework.reviews.writing_up import order_of
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.tables import (
    Case,
    ContractClass,
    Order,
    Quotation,
    QuotationState,
    ReviewState,
    User,
)


def quotation_number(case: Case, quotation: Quotation) -> str:
    """HY-000003-1: the case's first quotation."""
    return f"{case.number}-{quotation.running}"


def quotations_of(session: Session, case: Case) -> list[Quotation]:
    """What was quoted in the case, oldest first."""
    return list(
        session.exec(
            select(Quotation)
            .where(col(Quotation.case_id) == case.id)
            .order_by(col(Quotation.running))
            .limit(100)
        )
    )


def may_quote(session: Session, order: Order | None) -> bool:
    """A new scheme needs a passed review of its present wording; anything else may be quoted at once."""
    if order is None or order.contract_class != ContractClass.NEW_PRODUCT:
        return True
    review = standing_review(session, order)
    return review is not None and review.state == ReviewState.PASSED and is_current(session, order, review)


def quote(
    session: Session,
    case: Case,
    amount_cents: int,
    currency: str,
    words: str,
    user: User,
    now: datetime,
    today: date,
) -> Quotation:
    """Keep a quotation; the letter that tells it follows. A newer one takes the place of those before."""
    demand(user, Right.ANSWER)
    if not may_quote(session, order_of(session, case.id)):
        raise ReviewError("A new scheme is quoted after its review has passed.")
    earlier = quotations_of(session, case)
    for old in earlier:
        if old.state == QuotationState.OPEN:
            old.state = QuotationState.REPLACED
    quotation = Quotation(
        case_id=case.id or 0,
        running=len(earlier) + 1,
        amount_cents=amount_cents,
        currency=currency,
        words=words,
        quoted_on=today,
        quoted_by_id=user.id or 0,
    )
    session.add(quotation)
    session.flush()
    details = {"quotation": quotation_number(case, quotation)}
    log(session, "quoted", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)
    return quotation


def differs(quotation: Quotation, order: Order) -> bool:
    """Whether the order is for another sum than this quotation, which still counts."""
    if quotation.state not in (QuotationState.OPEN, QuotationState.ORDERED):
        return False
    return (quotation.amount_cents, quotation.currency) != (order.value_cents, order.currency)


def settle(session: Session, case: Case, quotation: Quotation, words: str, user: User, now: datetime) -> None:
    """What the order differs in was settled with the customer: how, in a sentence."""
    demand(user, Right.ANSWER)
    if not words:
        raise ReviewError("Write down how the difference was settled.")
    quotation.settled_at, quotation.settlement = now, words
    details = {"quotation": quotation_number(case, quotation), "words": words}
    log(session, "quotation_settled", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)


def refuse(session: Session, case: Case, quotation: Quotation, user: User, now: datetime) -> None:
    """The customer does not take it."""
    demand(user, Right.ANSWER)
    if quotation.state != QuotationState.OPEN:
        return
    quotation.state = QuotationState.REFUSED
    details = {"quotation": quotation_number(case, quotation)}
    log(session, "quotation_refused", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)
