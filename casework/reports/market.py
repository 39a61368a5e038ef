"""Market notes of a month, quarter or year (S0): what was heard, by subject, and at how many customers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, distinct
from sqlalchemy import select as columns
from sqlmodel import Session, col, func

from casework.reports.periods import Named, Period, named
from store.tables import Customer, MarketNote, MarketTopic, User

IN_ONE_READ = 500


class Unit(StrEnum):
    """How much time a report covers (S0: 月、季、年度)."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_NAMED = {Unit.MONTH: Named.THIS_MONTH, Unit.QUARTER: Named.QUARTER, Unit.YEAR: Named.YEAR}


@dataclass(frozen=True)
class Heard:
    """One note with where and by whom it was heard."""

    topic: MarketTopic
    heard_on: date
    text: str
    customer_id: int
    customer: str
    who: str


@dataclass(frozen=True)
class Subject:
    """How much was heard of one subject."""

    topic: MarketTopic
    notes: int
    customers: int


def period_around(day: date, unit: Unit, timezone: ZoneInfo) -> Period:
    """The month, quarter or year in which the day lies."""
    return named(_NAMED[unit], day, timezone)


def subjects(session: Session, period: Period) -> list[Subject]:
    """Every subject, also those of which nothing was heard."""
    rows = session.execute(
        columns(col(MarketNote.topic), func.count(), func.count(distinct(col(MarketNote.customer_id))))
        .where(*_within(period))
        .group_by(col(MarketNote.topic))
    )
    found = {MarketTopic(topic): (notes, customers) for topic, notes, customers in rows}
    return [Subject(topic, *found.get(topic, (0, 0))) for topic in MarketTopic]


def notes(
    session: Session,
    period: Period,
    topic: MarketTopic | None = None,
    *,
    limit: int | None = None,
    skip: int = 0,
) -> Iterator[Heard]:
    """The notes, newest first; all of them are read as they come, however many."""
    wanted = (
        columns(
            *(col(MarketNote.topic), col(MarketNote.heard_on), col(MarketNote.text)),
            *(col(Customer.id), col(Customer.name), col(User.name)),
        )
        .join(Customer, col(Customer.id) == col(MarketNote.customer_id))
        .join(User, col(User.id) == col(MarketNote.user_id))
        .where(*_within(period), *([col(MarketNote.topic) == topic] if topic else []))
        .order_by(col(MarketNote.heard_on).desc(), col(MarketNote.id).desc())
        .limit(limit)
        .offset(skip)
    )
    for row in session.execute(wanted, execution_options={"yield_per": IN_ONE_READ}):
        yield Heard(MarketTopic(row[0]), *row[1:])


def _within(period: Period) -> tuple[ColumnElement[bool], ...]:
    return (col(MarketNote.heard_on).between(period.first, period.last),)
