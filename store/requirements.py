"""The special requirement list: whose, what is to be done, and by when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, col, func, select

from store.customers import visible_customers
from store.desk import PAGE
from store.tables import (
    Customer,
    RequirementPriority,
    RequirementStatus,
    SpecialRequirement,
    User,
    case_number,
)


@dataclass(frozen=True)
class WantedRequirements:
    """What the list is filtered by; None means any. `sees_only` is a right, not a wish."""

    customer_id: int | None = None
    status: str | None = None
    category: str | None = None
    scope: str | None = None
    handler_id: int | None = None
    valid_on: date | None = None  # leave out what is no longer valid on that day
    sees_only: int | None = None


@dataclass(frozen=True)
class RequirementLine:
    """One line of the list."""

    requirement: SpecialRequirement
    customer: str
    handler: str | None

    @property
    def case(self) -> str | None:
        """The number of its case."""
        return case_number(self.requirement.case_id) if self.requirement.case_id else None


@dataclass(frozen=True)
class RequirementPage:
    """Up to `PAGE` lines, the most pressing first, and how many there are."""

    lines: tuple[RequirementLine, ...]
    total: int


def requirements(
    session: Session, wanted: WantedRequirements, page: int = 1, per_page: int = PAGE
) -> RequirementPage:
    """The list by what is to be done first: open before done, high before low, the nearest day first."""
    conditions = _conditions(wanted)
    status, deadline = col(SpecialRequirement.status), col(SpecialRequirement.deadline)
    ranks = {RequirementPriority.HIGH.value: 0, RequirementPriority.NORMAL.value: 1}
    rows = session.exec(
        select(SpecialRequirement, Customer.name, User.name)
        .join(Customer, col(Customer.id) == col(SpecialRequirement.customer_id))
        .outerjoin(User, col(User.id) == col(SpecialRequirement.handler_id))
        .where(*conditions)
        .order_by(
            status == RequirementStatus.DONE,
            case(ranks, value=col(SpecialRequirement.priority), else_=2),
            deadline.is_(None),
            deadline,
            col(SpecialRequirement.id).desc(),
        )
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).all()
    counted = (
        select(func.count())
        .select_from(SpecialRequirement)
        .join(Customer, col(Customer.id) == col(SpecialRequirement.customer_id))
    )
    total = session.exec(counted.where(*conditions)).one()
    return RequirementPage(tuple(RequirementLine(*row) for row in rows), total)


def counts_by_status(session: Session, wanted: WantedRequirements) -> dict[str, int]:
    """How many of the list are in each state, whatever state is chosen."""
    rows = session.exec(
        select(SpecialRequirement.status, func.count())
        .join(Customer, col(Customer.id) == col(SpecialRequirement.customer_id))
        .where(*_conditions(wanted, status=False))
        .group_by(col(SpecialRequirement.status))
    )
    return {RequirementStatus(status).value: number for status, number in rows}


def _conditions(wanted: WantedRequirements, *, status: bool = True) -> list[ColumnElement[bool]]:
    found = [col(SpecialRequirement.withdrawn_at).is_(None), *visible_customers(wanted.sees_only)]
    if wanted.customer_id is not None:
        found.append(col(SpecialRequirement.customer_id) == wanted.customer_id)
    if wanted.status and status:
        found.append(col(SpecialRequirement.status) == wanted.status)
    if wanted.category:
        found.append(col(SpecialRequirement.category) == wanted.category)
    if wanted.scope:
        found.append(col(SpecialRequirement.scope) == wanted.scope)
    if wanted.handler_id is not None:
        found.append(col(SpecialRequirement.handler_id) == wanted.handler_id)
    if wanted.valid_on is not None:
        until = col(SpecialRequirement.valid_until)
        found.append(until.is_(None) | (until >= wanted.valid_on))
    return found
