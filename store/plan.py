"""The yearly service plan: customers by months, what is planned and what was made."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from store.customers import visible_customers
from store.desk import PAGE
from store.tables import (
    Audience,
    Customer,
    CustomerStatus,
    PlanState,
    Rhythm,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
    User,
    Visit,
    VisitKind,
)


@dataclass
class Cell:
    """One customer's month: of each sort how many are planned (★), and how many were made (☆)."""

    planned: set[VisitKind] = field(default_factory=set)
    open: set[VisitKind] = field(default_factory=set)  # planned and not made
    made: set[VisitKind] = field(default_factory=set)


Cells = defaultdict[tuple[int, int], Cell]  # by customer and month


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


@dataclass(frozen=True)
class WantedPlan:
    """Whose plan; None means any. `sees_only` is a right, not a wish."""

    owner: int | None = None
    status: str | None = None
    sees_only: int | None = None


def plan_of(
    session: Session, year: int, wanted: WantedPlan, timezone: ZoneInfo, page: int = 1, per_page: int = PAGE
) -> PlanPage:
    """The plan of customers that somebody looks after. Five queries."""
    conditions = [
        col(Customer.merged_into).is_(None),
        col(Customer.owner_id) == wanted.owner if wanted.owner else col(Customer.owner_id).is_not(None),
        *visible_customers(wanted.sees_only),
    ]
    if wanted.status:
        conditions.append(col(Customer.status) == wanted.status)
    rows = session.exec(
        select(Customer, User.name)
        .outerjoin(User, col(User.id) == col(Customer.owner_id))
        .where(*conditions)
        .order_by(col(Customer.name), col(Customer.id))
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).all()
    total = session.exec(select(func.count()).select_from(Customer).where(*conditions)).one()
    cells: Cells = defaultdict(Cell)
    customers = [customer for customer, _owner in rows]
    _add_visits(session, cells, customers, year)
    _add_campaigns(session, cells, customers, year, timezone)
    lines = (
        PlanLine(customer, owner_name, tuple(cells[customer.id or 0, month] for month in range(1, 13)))
        for customer, owner_name in rows
    )
    return PlanPage(tuple(lines), total)


def _add_visits(session: Session, cells: Cells, customers: list[Customer], year: int) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    visits = session.exec(
        select(Visit).where(
            col(Visit.customer_id).in_([customer.id for customer in customers]),
            col(Visit.month).between(first, last) | col(Visit.made_on).between(first, last),
        )
    )
    for visit in visits:
        kind = VisitKind(visit.kind)
        if visit.month is not None and visit.month.year == year:
            cell = cells[visit.customer_id, visit.month.month]
            cell.planned.add(kind)
            if visit.made_on is None:
                cell.open.add(kind)
        if visit.made_on is not None and visit.made_on.year == year:
            cells[visit.customer_id, visit.made_on.month].made.add(kind)


def _add_campaigns(
    session: Session, cells: Cells, customers: list[Customer], year: int, timezone: ZoneInfo
) -> None:
    """A survey that a customer was asked in was made (☆); those of a plan for everybody are planned (★)."""
    begins, ends = (datetime(one, 1, 1, tzinfo=timezone) for one in (year, year + 1))
    within = col(SurveyCampaign.opens_at) >= begins, col(SurveyCampaign.opens_at) < ends
    asked = (
        select(SurveyInvitation.customer_id, SurveyCampaign.opens_at)
        .join(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyInvitation.campaign_id))
        .where(col(SurveyInvitation.customer_id).in_([customer.id for customer in customers]), *within)
        .distinct()
    )
    for customer_id, opened_at in session.exec(asked):
        month = opened_at.astimezone(timezone).month
        cells[customer_id, month].made.add(VisitKind.SURVEY)
        half = range(1, 7) if month <= 6 else range(7, 13)
        for one in half:  # whatever month of the half-year it was planned for
            cells[customer_id, one].open.discard(VisitKind.SURVEY)
    plans = select(SurveyPlan).where(
        col(SurveyPlan.state) != PlanState.ENDED, col(SurveyPlan.audience) == Audience.ALL
    )
    for month in {month for plan in session.exec(plans) for month in _months(plan, year)}:
        for customer in customers:
            if customer.status == CustomerStatus.EXISTING:
                cells[customer.id or 0, month].planned.add(VisitKind.SURVEY)


def _months(plan: SurveyPlan, year: int) -> list[int]:
    """The months of a year in which a plan asks; events are not known before they happen."""
    if plan.rhythm == Rhythm.EVENT:
        return []
    step = {Rhythm.QUARTERLY: 3, Rhythm.HALF_YEARLY: 6}.get(plan.rhythm, 12)
    first = plan.starts_on.year * 12 + plan.starts_on.month
    months = (year * 12 + month for month in range(1, 13))
    asked = [at for at in months if at >= first and (at - first) % step == 0]
    if plan.rhythm == Rhythm.ONCE:
        asked = [at for at in asked if at == first]
    return [at - year * 12 for at in asked]
