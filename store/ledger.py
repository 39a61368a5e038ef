"""The contract ledger (合同台账): every order with its review, newest first."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func
from sqlmodel import Session, col, select

from store.desk import visible
from store.tables import (
    Case,
    Customer,
    Order,
    Review,
    ReviewOpinion,
    ReviewState,
    case_number,
)

PAGE = 50
_CODE = re.compile(r"C-?0*([1-9]\d{0,8})", re.IGNORECASE)
STATES = ("unreviewed", "reviewing", "passed", "accepted", "refused")


@dataclass(frozen=True)
class Sought:
    """What the ledger is filtered by; None or empty means any. `sees_only` is a right, not a wish."""

    state: str = ""
    since: datetime | None = None  # of the year shown
    until: datetime | None = None
    customer: str = ""
    department: str | None = None  # whose opinion is waited for
    sees_only: int | None = None


@dataclass(frozen=True)
class Entry:
    """One line of the ledger."""

    order: Order
    review: Review | None
    customer: Customer
    state: str

    @property
    def case_number(self) -> str:
        return case_number(self.order.case_id)


def ledger(session: Session, sought: Sought, before: int = 0) -> tuple[list[Entry], int]:
    """Up to `PAGE` lines older than the order `before`, and the id to go on from, 0 at the end. One query."""
    rows = session.exec(
        select(Order, Review, Customer, how_far)
        .join(Case, col(Case.id) == col(Order.case_id))
        .join(Customer, col(Customer.id) == col(Case.customer_id))
        .outerjoin(Review, _STANDING)
        .where(*_conditions(sought), *([col(Order.id) < before] if before else []))
        .order_by(col(Order.id).desc())
        .limit(PAGE + 1)
    ).all()
    lines = [Entry(*row) for row in rows[:PAGE]]
    return lines, (lines[-1].order.id or 0) if len(rows) > PAGE else 0


def count_states(session: Session, sought: Sought) -> dict[str, int]:
    """How many orders are how far, with the other filters as they are."""
    rows = session.exec(
        select(how_far, func.count())
        .select_from(Order)
        .join(Case, col(Case.id) == col(Order.case_id))
        .outerjoin(Review, _STANDING)
        .where(*_conditions(replace(sought, state="")))
        .group_by(how_far)
    )
    return {str(state): number for state, number in rows}


_STANDING = and_(col(Review.order_id) == col(Order.id), col(Review.state) != ReviewState.VOID)
how_far: ColumnElement[str] = case(
    (col(Order.accepted_at).is_not(None), "accepted"),
    (col(Review.state) == ReviewState.PASSED, "passed"),
    (col(Review.state) == ReviewState.REFUSED, "refused"),
    (col(Review.state) == ReviewState.OPEN, "reviewing"),
    else_="unreviewed",
)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    found = visible(sought.sees_only)
    if sought.state:
        found.append(how_far == sought.state)
    if sought.since and sought.until:
        found += [col(Order.created_at) >= sought.since, col(Order.created_at) < sought.until]
    if code := _CODE.fullmatch(sought.customer):
        found.append(col(Case.customer_id) == int(code[1]))
    elif sought.customer:
        named = select(Customer.id).where(col(Customer.name).icontains(sought.customer, autoescape=True))
        found.append(col(Case.customer_id).in_(named))
    if sought.department:
        found.append(
            exists().where(
                col(ReviewOpinion.review_id) == col(Review.id),
                col(ReviewOpinion.department) == sought.department,
                col(Review.state) == ReviewState.OPEN,
                col(ReviewOpinion.stance).is_(None),
            )
        )
    return found
