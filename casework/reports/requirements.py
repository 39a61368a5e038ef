"""Statistics of special requirements (S1 2.5): how many, of what sort, how long, with what result."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy import select as columns
from sqlmodel import Session, col

from store.customers import visible_customers
from store.tables import Customer, RequirementStatus, SpecialRequirement

AT_ONCE = 5_000


@dataclass
class CategoryCount:
    """One category's share and how it fared."""

    category: str
    total: int = 0
    done: int = 0
    late: int = 0  # done after its deadline, or past it and not done
    reported: int = 0  # told back to the customer
    taken: timedelta = timedelta()

    @property
    def mean(self) -> timedelta | None:
        """How long it took on average from being known to being done."""
        return self.taken / self.done if self.done else None

    def add(self, other: "CategoryCount") -> None:
        """Count what another one counted, too."""
        self.total += other.total
        self.done += other.done
        self.late += other.late
        self.reported += other.reported
        self.taken += other.taken


@dataclass(frozen=True)
class RequirementReport:
    """The whole and its parts, the largest first."""

    whole: CategoryCount
    categories: tuple[CategoryCount, ...]

    def share(self, one: CategoryCount) -> float:
        """Which part of the whole this category is."""
        return one.total / self.whole.total if self.whole.total else 0.0


def requirement_report(
    session: Session,
    start: datetime,
    end: datetime,
    now: datetime,
    *,
    customer_id: int | None = None,
    sees_only: int | None = None,
) -> RequirementReport:
    """What was noted from `start` until before `end`, as it stands now. Withdrawn ones never were."""
    conditions: list[ColumnElement[bool]] = [
        col(SpecialRequirement.created_at) >= start,
        col(SpecialRequirement.created_at) < end,
        col(SpecialRequirement.withdrawn_at).is_(None),
        *visible_customers(sees_only),
    ]
    if customer_id is not None:
        conditions.append(col(SpecialRequirement.customer_id) == customer_id)
    wanted = (
        columns(
            col(SpecialRequirement.category),
            col(SpecialRequirement.status),
            col(SpecialRequirement.created_at),
            col(SpecialRequirement.done_at),
            col(SpecialRequirement.deadline),
            col(SpecialRequirement.reported_at),
        )
        .join(Customer, col(Customer.id) == col(SpecialRequirement.customer_id))
        .where(*conditions)
        .execution_options(yield_per=AT_ONCE)
    )
    counted: dict[str, CategoryCount] = {}
    for category, status, created_at, done_at, deadline, reported_at in session.connection().execute(wanted):
        one = counted.setdefault(category, CategoryCount(category))
        one.total += 1
        if status == RequirementStatus.DONE and done_at is not None:
            one.done += 1
            one.taken += done_at - created_at
        if deadline is not None and (done_at or now).date() > deadline:
            one.late += 1
        one.reported += reported_at is not None
    whole = CategoryCount("")
    for one in counted.values():
        whole.add(one)
    return RequirementReport(
        whole, tuple(sorted(counted.values(), key=lambda one: (-one.total, one.category)))
    )
