"""Accepting an order: only by `accept`, only what a passed review covers; then the departments are told."""

from datetime import datetime

from sqlmodel import Session, col, select

from casework.reviews.departments import CARRY_OUT, demand_voice, people_of, working
from casework.reviews.errors import ReviewError
from casework.reviews.opening import opinions_of
from casework.reviews.quoting import differs, quotations_of
from casework.reviews.telling import tell_people
from casework.reviews.voiding import is_current, standing_review
from casework.reviews.wording import standing_requirements
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.tables import (
    Case,
    DepartmentNotice,
    NoticeKind,
    Order,
    Quotation,
    QuotationState,
    Review,
    ReviewState,
    User,
)


def obstacles(
    order: Order, review: Review | None, quotations: list[Quotation], *, current: bool
) -> list[str]:
    """What is in the way of accepting the order, in the order in which it is put right. Empty: nothing."""
    if review is None or review.state == ReviewState.OPEN:
        return ["The order is accepted after its review has passed."]
    if review.state == ReviewState.REFUSED:
        return ["The review refused this order; change it or review it anew."]
    if not current:
        return ["The order has changed since this review was opened; review it anew."]
    found = []
    if review.needs_consent and review.consent_at is None:
        found.append("The customer has to agree with the result of the review first.")
    if order.first_order and not order.contract_no:
        found.append("A new customer signs a formal contract first; write down its number.")
    if any(differs(quotation, order) and quotation.settled_at is None for quotation in quotations):
        found.append("The order differs from our quotation; settle the difference first.")
    return found


def accept(session: Session, case: Case, order: Order, user: User, now: datetime) -> None:
    """Promise the customer what was ordered. Production, delivery and all who reviewed it are told of it."""
    demand(user, Right.ANSWER)
    if order.accepted_at is not None:
        raise ReviewError("This order is accepted already.")
    review = standing_review(session, order)
    current = review is not None and is_current(session, order, review)
    quotations = quotations_of(session, case)
    if found := obstacles(order, review, quotations, current=current):
        raise ReviewError(found[0])
    assert review is not None
    order.accepted_at, order.accepted_by_id = now, user.id
    for quotation in quotations:
        if quotation.state == QuotationState.OPEN:
            quotation.state = QuotationState.ORDERED
    session.flush()
    _tell_departments(session, case, order, review, now)
    log(session, "order_accepted", now, user_id=user.id, case_id=case.id, details={"review": review.number})
    tell(session, DESK, now)


def sign_receipt(session: Session, case: Case, notice: DepartmentNotice, user: User, now: datetime) -> None:
    """The department has read the notice (签收): by name and time, once."""
    demand_voice(session, user, notice.department)
    if notice.received_at is not None:
        return
    notice.received_by_id, notice.received_at = user.id, now
    details = {"department": notice.department, "kind": notice.kind}
    log(session, "notice_received", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)


def notices_of(session: Session, order: Order) -> list[DepartmentNotice]:
    """What the departments were told of the order, newest first."""
    return list(
        session.exec(
            select(DepartmentNotice)
            .where(col(DepartmentNotice.order_id) == order.id)
            .order_by(col(DepartmentNotice.id).desc())
            .limit(100)
        )
    )


def _tell_departments(session: Session, case: Case, order: Order, review: Review, now: datetime) -> None:
    asked = tuple(opinion.department for opinion in opinions_of(session, review))
    at_work = working(session)
    told = {*asked, *CARRY_OUT}
    # A department that was asked is told, even if it has been switched off since.
    departments = tuple(dict.fromkeys([*(one for one in at_work if one in told), *asked]))
    wording = review.wording | {"standing": standing_requirements(session, case)}
    for department in departments:
        session.add(
            DepartmentNotice(
                order_id=order.id or 0,
                department=department,
                kind=NoticeKind.ACCEPTED,
                wording=wording,
                sent_at=now,
            )
        )
    people = [person for group in people_of(session, departments).values() for person in group]
    tell_people(session, people, "order_accepted", f"{review.id}:{now.timestamp()}", case, review.number, now)
