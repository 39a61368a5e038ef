"""The yearly service plan: customers by months, what is planned and what was made."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, func, select

from store.customers import visible_customers
from store.desk import PAGE
from store.tables import Customer, User, Visit, VisitKind


@dataclass
class Cell:
    """One customer's month: of each sort how many are planned (★), and how many were made (☆)."""

    planned: set[VisitKind] = field(default_factory=set)
    open: set[VisitKind] = field(default_factory=set)  # planned and not made
    made: set[VisitKind] = field(default_factory=set)


@dataclass(frozen=True)
class PlanLine:
    """One customer's year."""

    customer: Customer
    owner: str | None
    months: tuple[Cell, ...]


@dataclass(frozen=True)
class PlanPage:
    """Up to `PAGE` customers by name, and how many there are."""

    lines: tuple[PlanLine, ...]
    total: int


def plan_of(
    session: Session, year: int, page: int, *, owner: int | None, status: str | None, sees_only: int | None
) -> PlanPage:
    """The plan of customers that somebody looks after. Three queries."""
    conditions = [
        col(Customer.merged_into).is_(None),
        col(Customer.owner_id) == owner if owner else col(Customer.owner_id).is_not(None),
        *visible_customers(sees_only),
    ]
    if status:
        conditions.append(col(Customer.status) == status)
    rows = session.exec(
        select(Customer, User.name)
        .outerjoin(User, col(User.id) == col(Customer.owner_id))
        .where(*conditions)
        .order_by(col(Customer.name), col(Customer.id))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    total = session.exec(select(func.count()).select_from(Customer).where(*conditions)).one()
    cells = _cells(session, [customer.id or 0 for customer, _owner in rows], year)
    lines = (
        PlanLine(customer, owner_name, tuple(cells[customer.id or 0, month] for month in range(1, 13)))
        for customer, owner_name in rows
    )
    return PlanPage(tuple(lines), total)


def _cells(session: Session, customers: list[int], year: int) -> dict[tuple[int, int], Cell]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    visits = session.exec(
        select(Visit).where(
            col(Visit.customer_id).in_(customers),
            col(Visit.month).between(first, last) | col(Visit.made_on).between(first, last),
        )
    )
    cells: dict[tuple[int, int], Cell] = defaultdict(Cell)
    for visit in visits:
        kind = VisitKind(visit.kind)
        if visit.month is not None and visit.month.year == year:
            cell = cells[visit.customer_id, visit.month.month]
            cell.planned.add(kind)
            if visit.made_on is None:
                cell.open.add(kind)
        if visit.made_on is not None and visit.made_on.year == year:
            cells[visit.customer_id, visit.made_on.month].made.add(kind)
    return cells
