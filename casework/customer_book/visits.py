"""Visits planned (★) and made (☆): the service plan of a year, a cell at a time (S0 5.2.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import update
from sqlmodel import Session, col, select

from casework import clocks
from casework.policy import Policy
from casework.rights import Right, demand
from store.adding import append_numbered
from store.columns import JsonObject
from store.history import log
from store.tables import (
    Customer,
    CustomerStatus,
    Deadline,
    DeadlineKind,
    User,
    Visit,
    VisitKind,
)

AT_ONCE = 500
CAMPAIGNS = (1, 7)  # a survey goes out by itself at the beginning of each half-year


class VisitError(Exception):
    """It cannot be kept as asked; the sentence says why."""


@dataclass(frozen=True)
class Report:
    """What is written on 顾客回访信息表."""

    made_on: date
    met: str
    said: str
    confirmed_by: str = ""


def default_months(customer_id: int, status: CustomerStatus, kind: VisitKind) -> tuple[int, ...]:
    """The months of a year: existing customers half-yearly, spread evenly; potential ones monthly (S0)."""
    existing = status == CustomerStatus.EXISTING
    if kind == VisitKind.SURVEY:
        return CAMPAIGNS if existing else ()
    first = customer_id % 6 + 1
    return (first, first + 6) if existing else tuple(range(1, 13))


def make_plan(session: Session, year: int, user: User, now: datetime, policy: Policy) -> int:
    """Plan the year for every customer with an owner and nothing planned yet; return how many customers.

    Months that are over are not planned any more.
    """
    demand(user, Right.KEEP_CUSTOMERS)
    this_month = month_of(now, policy)
    planned = _planned(session, year)
    done = 0
    wanted = (
        select(Customer.id, Customer.status, Customer.owner_id)
        .where(col(Customer.owner_id).is_not(None), col(Customer.merged_into).is_(None))
        .order_by(col(Customer.id))
    )
    for customer_id, status, owner_id in session.exec(wanted).all():
        months = [
            (kind, month)
            for kind in VisitKind
            if (customer_id, kind) not in planned
            for number in default_months(customer_id or 0, CustomerStatus(status), kind)
            if (month := date(year, number, 1)) >= this_month
        ]
        for kind, month in months:
            visit = Visit(customer_id=customer_id or 0, kind=kind, month=month, created_at=now)
            _start_clock(session, append_numbered(session, visit), owner_id, policy)
        done += bool(months)
    if done:
        log(session, "plan_made", now, user_id=user.id, details={"year": year, "customers": done})
    return done


def toggle(
    session: Session,
    customer: Customer,
    kind: VisitKind,
    month: date,
    user: User,
    now: datetime,
    policy: Policy,
) -> bool:
    """One click on a cell: plan it, or take the plan back; whether it is planned now."""
    demand(user, Right.KEEP_CUSTOMERS)
    if month < month_of(now, policy):
        raise VisitError("This month is over; only what is still to come can be planned.")
    standing = session.exec(
        select(Visit).where(
            col(Visit.customer_id) == customer.id, col(Visit.kind) == kind, col(Visit.month) == month
        )
    ).first()
    if standing is not None and standing.made_on is not None:
        raise VisitError("This visit was made already.")
    if standing is None:
        visit = Visit(customer_id=customer.id or 0, kind=kind, month=month, created_at=now)
        _start_clock(session, append_numbered(session, visit), customer.owner_id, policy)
    else:
        clocks.end(session, DeadlineKind.VISIT, now, about=standing.clock, met=False)
        session.delete(standing)
    action = "visit_planned" if standing is None else "visit_unplanned"
    _note(session, action, customer, user, now, {"kind": kind.value, "month": month.isoformat()})
    return standing is None


def record(
    session: Session,
    customer: Customer,
    kind: VisitKind,
    report: Report,
    user: User,
    now: datetime,
    policy: Policy,
) -> Visit:
    """A visit was made: it fulfils the latest one planned up to that month; earlier ones were missed."""
    demand(user, Right.KEEP_CUSTOMERS)
    if report.made_on > now.astimezone(policy.timezone).date():
        raise VisitError("A visit that was made cannot lie in the future.")
    if not report.met.strip() or not report.said.strip():
        raise VisitError("Write down whom you met and what was said.")
    open_ones = session.exec(
        select(Visit)
        .where(
            col(Visit.customer_id) == customer.id,
            col(Visit.kind) == kind,
            col(Visit.month) <= report.made_on.replace(day=1),
            col(Visit.made_on).is_(None),
        )
        .order_by(col(Visit.month).desc())
    ).all()
    # A missed one of long ago is not made up for by a visit of today.
    fulfilled = next((one for one in open_ones if _same_half(one.month, report.made_on)), None)
    visit = fulfilled or Visit(customer_id=customer.id or 0, kind=kind, created_at=now)
    visit.made_on, visit.met, visit.said = report.made_on, report.met[:200], report.said
    visit.confirmed_by, visit.user_id = report.confirmed_by[:200], user.id
    if fulfilled is None:
        append_numbered(session, visit)
    for one in open_ones:
        clocks.end(session, DeadlineKind.VISIT, now, about=one.clock, met=one is fulfilled)
    _note(session, "visit_made", customer, user, now, {"kind": kind.value, "visit": visit.id})
    return visit


def confirm(session: Session, customer: Customer, visit: Visit, by: str, user: User, now: datetime) -> None:
    """The customer confirmed what was written of the visit."""
    demand(user, Right.KEEP_CUSTOMERS)
    if visit.made_on is None or not by.strip():
        raise VisitError("Write down who of the customer confirmed the visit.")
    visit.confirmed_by = by[:200]
    _note(session, "visit_confirmed", customer, user, now, {"visit": visit.id})


def hand_visits_to(session: Session, customer: Customer, owner_id: int | None) -> None:
    """Reminders of planned visits go to whoever has the customer now."""
    planned = select(Visit).where(col(Visit.customer_id) == customer.id, col(Visit.made_on).is_(None))
    for some in _parts([visit.clock for visit in session.exec(planned)]):
        session.exec(
            update(Deadline)
            .where(
                col(Deadline.kind) == DeadlineKind.VISIT,
                col(Deadline.about).in_(some),
                col(Deadline.ended_at).is_(None),
            )
            .values(user_id=owner_id)
        )


def month_of(now: datetime, policy: Policy) -> date:
    """The first day of the month that it is in the office."""
    return now.astimezone(policy.timezone).date().replace(day=1)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _start_clock(session: Session, visit: Visit, owner_id: int | None, policy: Policy) -> None:
    """The owner is reminded of a visit within its month. Surveys need nobody: they go out by themselves."""
    if visit.kind == VisitKind.SURVEY or visit.month is None:
        return
    clocks.start(
        session,
        DeadlineKind.VISIT,
        datetime.combine(visit.month, time(9), policy.timezone),
        datetime.combine(month_after(visit.month), time(0), policy.timezone),
        policy,
        about=visit.clock,
        customer_id=visit.customer_id,
        user_id=owner_id,
    )


def _planned(session: Session, year: int) -> set[tuple[int, VisitKind]]:
    planned = select(Visit.customer_id, Visit.kind).distinct()
    rows = session.exec(planned.where(col(Visit.month).between(date(year, 1, 1), date(year, 12, 31))))
    return {(customer_id, VisitKind(kind)) for customer_id, kind in rows}


def _same_half(month: date | None, day: date) -> bool:
    return month is not None and (month.year, month.month > 6) == (day.year, day.month > 6)


def _note(
    session: Session, action: str, customer: Customer, user: User, now: datetime, details: JsonObject
) -> None:
    log(session, action, now, user_id=user.id, details={"customer": customer.id} | details)


def _parts(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
