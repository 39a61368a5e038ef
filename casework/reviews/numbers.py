"""The running number of a review: no gap, no double."""

from sqlmodel import Session, col, select, update

from store.once import add_once
from store.tables import ReviewCounter


def next_running(session: Session, year: int) -> int:
    """The next number of the year; its counter is locked until our transaction ends, and undone with it."""
    add_once(session, ReviewCounter(year=year))
    counted = update(ReviewCounter).where(col(ReviewCounter.year) == year)
    session.exec(counted.values(last=ReviewCounter.last + 1))
    return session.exec(select(ReviewCounter.last).where(col(ReviewCounter.year) == year)).one()
