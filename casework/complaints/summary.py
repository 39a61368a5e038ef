"""客户投诉受理统计表: a month's complaints, counted and listed; input to management review (S3 4.3.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case as when
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from nlp.reading import Severity
from store.tables import Case, CaseStatus, Complaint, CorrectiveAction, Customer, Deadline, DeadlineKind

MOST = 10  # of the units, products and defects that stand out
PAGE = 50


@dataclass(frozen=True)
class MonthLine:
    """One complaint of the month."""

    complaint: Complaint
    case: Case
    customer: str


@dataclass(frozen=True)
class Summary:
    """One month in numbers. The lists are of (name, how many), the most first; no name is an empty one."""

    month: date
    total: int
    closed: int
    claims: int
    effective: int
    ineffective: int
    dissatisfied: int
    actions: int  # CAPA opened
    actions_late: int  # issued after 2 working days
    severities: dict[str, int]
    units: Sequence[tuple[str, int]]
    products: Sequence[tuple[str, int]]
    defects: Sequence[tuple[str, int]]
    customers: Sequence[tuple[str, int]]


def summary(session: Session, month: date, timezone: ZoneInfo) -> Summary:
    """The month (any day of it) by the site's clock; a complaint counts when it was registered."""
    within = _within(month, timezone)
    found = session.execute(
        columns(
            func.count(),
            _count(col(Case.status) == CaseStatus.CLOSED),
            _count(col(Case.claim)),
            _count(col(Complaint.effective).is_(True)),
            _count(col(Complaint.effective).is_(False)),
            _count(col(Complaint.satisfied).is_(False)),
            _count(col(CorrectiveAction.case_id).is_not(None)),
            _count(col(CorrectiveAction.issued_at) > col(CorrectiveAction.due_at)),
            *(_count(col(Case.severity) == severity) for severity in Severity),
        )
        .select_from(Complaint)
        .join(Case, col(Case.id) == col(Complaint.case_id))
        .outerjoin(CorrectiveAction, col(CorrectiveAction.case_id) == col(Case.id))
        .where(*within)
    ).one()
    total, closed, claims, effective, ineffective, dissatisfied, actions, late, *graded = (
        int(number or 0) for number in found
    )
    return Summary(
        month=month.replace(day=1),
        total=total,
        closed=closed,
        claims=claims,
        effective=effective,
        ineffective=ineffective,
        dissatisfied=dissatisfied,
        actions=actions,
        actions_late=late,
        severities=dict(zip((severity.value for severity in Severity), graded, strict=True)),
        units=_most(session, within, col(Complaint.unit)),
        products=_most(session, within, col(Complaint.product)),
        defects=_most(session, within, col(Complaint.defect)),
        customers=_most(session, within, col(Customer.name)),
    )


def lines(
    session: Session, month: date, timezone: ZoneInfo, after: int = 0, limit: int = PAGE, skip: int = 0
) -> list[MonthLine]:
    """The month's complaints by number, those behind the case `after`, without the first `skip` of them."""
    wanted = (
        select(Complaint, Case, Customer.name)
        .join(Case, col(Case.id) == col(Complaint.case_id))
        .join(Customer, col(Customer.id) == col(Case.customer_id))
        .where(*_within(month, timezone), col(Complaint.case_id) > after)
        .order_by(col(Complaint.case_id))
        .limit(limit)
        .offset(skip)
    )
    return [MonthLine(*row) for row in session.exec(wanted)]


def promptness(session: Session, month: date, timezone: ZoneInfo, now: datetime) -> tuple[int, int]:
    """Of the month's first replies how many were in time, and how many are given or overdue by now."""
    met, due = col(Deadline.met_at), col(Deadline.due_at)
    overdue = col(Deadline.ended_at).is_(None) & (due <= now)
    found = session.execute(
        columns(_count(met <= due), _count(met.is_not(None) | overdue))
        .select_from(Complaint)
        .join(Case, col(Case.id) == col(Complaint.case_id))
        .join(Deadline, col(Deadline.case_id) == col(Case.id))
        .where(*_within(month, timezone), col(Deadline.kind) == DeadlineKind.FIRST_REPLY)
    ).one()
    in_time, ended = (int(number or 0) for number in found)
    return in_time, ended


def _within(month: date, timezone: ZoneInfo) -> tuple[Any, ...]:
    first = month.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    start, end = (datetime(day.year, day.month, 1, tzinfo=timezone) for day in (first, following))
    registered = col(Complaint.registered_at)
    return (registered >= start, registered < end, col(Case.kind) == "complaint")


def _count(condition: Any) -> Any:
    return func.sum(when((condition, 1), else_=0))


def _most(session: Session, within: tuple[Any, ...], column: Any) -> Sequence[tuple[str, int]]:
    rows = session.execute(
        columns(column, func.count())
        .select_from(Complaint)
        .join(Case, col(Case.id) == col(Complaint.case_id))
        .join(Customer, col(Customer.id) == col(Case.customer_id))
        .where(*within, column != "")
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(MOST)
    ).all()
    return [(str(name), int(number)) for name, number in rows]
