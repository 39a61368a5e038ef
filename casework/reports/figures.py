"""The figures of a report, counted by the database in a few grouped queries and folded here."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, union_all
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import Session, col, select

from casework.reports.periods import Period
from store.desk import NOBODY
from store.minutes import MinutesBetween
from store.tables import Case, Customer, Deadline, DeadlineKind, RequirementStatus, SpecialRequirement, User

columns: Any = sqlalchemy_select  # over more columns and expressions than its types know
MOST_CUSTOMERS = 20
UNSORTED = "unsorted"  # a suggestion in which no category was found


@dataclass(frozen=True)
class Asked:
    """What a report is about; None means any."""

    period: Period
    customer: str | None = None  # words of its name, or an id as digits
    owner: str | None = None  # a user's id, or NOBODY
    channel: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Tally:
    """Cases that are alike."""

    step: int  # of the period
    channel: str
    owner: int | None
    kind: str
    severity: str | None
    closed: int
    count: int


@dataclass(frozen=True)
class Waits:
    """How long customers waited for one thing: the clocks that were started in the period."""

    met: int
    in_time: int
    late: int  # met too late, or not yet and overdue
    running: int  # not due yet
    median: timedelta | None
    nine_of_ten: timedelta | None  # 90 % waited no longer

    @property
    def share(self) -> float | None:
        """In time, of those that are decided."""
        decided = self.in_time + self.late
        return self.in_time / decided if decided else None


@dataclass(frozen=True)
class OfCustomer:
    """A customer's cases."""

    customer_id: int
    name: str
    cases: int
    complaints: int


@dataclass(frozen=True)
class Overdue:
    """What is late now, whatever the period."""

    kind: str
    owner: str | None
    count: int
    oldest: datetime


def tallies(session: Session, asked: Asked) -> list[Tally]:
    """The cases of the period by all that its tables tell apart; for each step one stretch of an index."""
    alike = (Case.channel, Case.owner_id, Case.kind, Case.severity)
    parts, start = [], asked.period.start
    for number, step in enumerate(asked.period.steps):
        of_step = [col(Case.opened_at) >= start, col(Case.opened_at) < step.end, *_filters(asked)]
        counted = columns(literal(number), *alike, func.count(col(Case.closed_at)), func.count())
        parts.append(counted.where(*of_step).group_by(*alike))
        start = step.end
    return [Tally(*row) for row in session.connection().execute(union_all(*parts))]


def by_customer(session: Session, asked: Asked) -> list[OfCustomer]:
    """Those with most cases."""
    complaints = func.sum(case((col(Case.kind) == "complaint", 1), else_=0))
    most = (
        columns(Case.customer_id, func.count().label("cases"), complaints.label("complaints"))
        .where(*of_cases(asked))
        .group_by(Case.customer_id)
        .order_by(func.count().desc(), Case.customer_id)
        .limit(MOST_CUSTOMERS)
        .subquery()
    )
    rows = session.connection().execute(
        columns(Customer.id, Customer.name, most.c.cases, most.c.complaints)
        .join(most, col(Customer.id) == most.c.customer_id)
        .order_by(most.c.cases.desc(), col(Customer.id))
    )
    return [OfCustomer(*row) for row in rows]


def waits(session: Session, asked: Asked, kind: DeadlineKind, now: datetime) -> Waits:
    """How the clocks of a kind went: one query, grouped by whole minutes."""
    minutes = case((col(Deadline.met_at).is_not(None), MinutesBetween(Deadline.started_at, Deadline.met_at)))
    in_time = col(Deadline.met_at) <= col(Deadline.due_at)
    late = or_(
        col(Deadline.met_at) > col(Deadline.due_at),
        and_(col(Deadline.ended_at).is_(None), col(Deadline.due_at) < now),
    )
    running = and_(col(Deadline.ended_at).is_(None), col(Deadline.due_at) >= now)
    ending = case((in_time, "in_time"), (late, "late"), (running, "running"), else_="ended")
    wanted = columns(minutes.label("minutes"), ending.label("ending"), func.count())
    wanted = wanted.where(
        col(Deadline.kind) == kind,
        col(Deadline.started_at) >= asked.period.start,
        col(Deadline.started_at) < asked.period.end,
    )
    if narrowed := _filters(asked):
        wanted = wanted.join(Case, col(Case.id) == col(Deadline.case_id)).where(*narrowed)
    rows = session.connection().execute(wanted.group_by("minutes", "ending")).all()
    endings: Counter[str] = Counter()
    for _minutes, how, count in rows:
        endings[how] += count
    lengths = sorted((length, count) for length, _how, count in rows if length is not None)
    return Waits(
        met=sum(count for _length, count in lengths),
        in_time=endings["in_time"],
        late=endings["late"],
        running=endings["running"],
        median=percentile(lengths, 0.5),
        nine_of_ten=percentile(lengths, 0.9),
    )


def percentile(lengths: list[tuple[int, int]], share: float) -> timedelta | None:
    """The length that so large a share does not exceed; of (minutes, how many), the shortest first."""
    total, passed = sum(count for _minutes, count in lengths), 0
    for minutes, count in lengths:
        passed += count
        if passed >= total * share:
            return timedelta(minutes=minutes)
    return None


def requirements(session: Session, asked: Asked) -> Counter[tuple[str, RequirementStatus]]:
    """Special requirements that were found in the period, by category and status (S1 2.5)."""
    wanted = columns(SpecialRequirement.category, SpecialRequirement.status, func.count()).where(
        col(SpecialRequirement.created_at) >= asked.period.start,
        col(SpecialRequirement.created_at) < asked.period.end,
        col(SpecialRequirement.withdrawn_at).is_(None),
    )
    if narrowed := _filters(asked):
        wanted = wanted.join(Case, col(Case.id) == col(SpecialRequirement.case_id)).where(*narrowed)
    alike = (SpecialRequirement.category, SpecialRequirement.status)
    rows = session.connection().execute(wanted.group_by(*alike))
    return Counter({(category, status): count for category, status, count in rows})


def suggestions(session: Session, asked: Asked) -> Counter[tuple[str, int]]:
    """Suggestions by class and step (客户意见/建议分类统计表); one of two classes counts in both."""
    standing = and_(
        col(SpecialRequirement.case_id) == col(Case.id), col(SpecialRequirement.withdrawn_at).is_(None)
    )
    about = func.coalesce(SpecialRequirement.category, literal(UNSORTED)).label("about")
    step = _step(asked.period, col(Case.opened_at))
    rows = session.connection().execute(
        columns(about, step, func.count(func.distinct(Case.id)))
        .select_from(Case)
        .outerjoin(SpecialRequirement, standing)
        .where(*of_cases(asked), col(Case.kind) == "suggestion")
        .group_by("about", step)
    )
    return Counter({(category, at): count for category, at, count in rows})


def overdue(session: Session, asked: Asked, now: datetime) -> list[Overdue]:
    """Clocks that have run out and run on, by kind and by who answers for the case."""
    rows = session.connection().execute(
        columns(Deadline.kind, User.name, func.count(), func.min(Deadline.due_at))
        .outerjoin(Case, col(Case.id) == col(Deadline.case_id))
        .outerjoin(User, col(User.id) == func.coalesce(col(Deadline.user_id), col(Case.owner_id)))
        .where(col(Deadline.ended_at).is_(None), col(Deadline.due_at) < now, *_filters(asked))
        .group_by(Deadline.kind, User.name)
        .order_by(func.min(Deadline.due_at))
    )
    return [Overdue(*row) for row in rows]


def of_cases(asked: Asked) -> list[ColumnElement[bool]]:
    """The conditions on a case of the report."""
    period = asked.period
    return [col(Case.opened_at) >= period.start, col(Case.opened_at) < period.end, *_filters(asked)]


def _filters(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.kind:
        found.append(col(Case.kind) == asked.kind)
    if asked.channel:
        found.append(col(Case.channel) == asked.channel)
    if asked.owner:
        nobody = asked.owner == NOBODY
        found.append(col(Case.owner_id).is_(None) if nobody else col(Case.owner_id) == int(asked.owner))
    if asked.customer:
        by_name = select(Customer.id).where(col(Customer.name).icontains(asked.customer, autoescape=True))
        by_id = col(Case.customer_id) == int(asked.customer) if asked.customer.isdigit() else None
        found.append(by_id if by_id is not None else col(Case.customer_id).in_(by_name))
    return found


def _step(period: Period, moment: Any) -> Any:
    """Which step of the period a moment lies in, on either database and in our own time."""
    steps = [(moment < step.end, number) for number, step in enumerate(period.steps)]
    return case(*steps, else_=len(steps) - 1).label("step")
