"""The working days of our site: the public calendar with our own exceptions, and what is due when."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, col, select

from casework.policy import Counted, Policy, Target
from casework.rights import Right, demand
from casework.working_days import Reckoned, WorkingDays
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import CalendarDay, User

_OWN = "own_days"


def due(session: Session, target: Target, at: datetime, policy: Policy) -> Reckoned:
    """When something that began then has to be done."""
    if target.counted == Counted.HOURS:
        return Reckoned(at.astimezone(UTC) + timedelta(hours=target.amount), False)
    days = working_days(session, policy, at.astimezone(policy.timezone).date())
    if target.counted == Counted.WORKING_HOURS:
        return days.after_working(at, timedelta(hours=target.amount))
    return days.later(at, target.amount)


def working_days(session: Session, policy: Policy, since: date) -> WorkingDays:
    """Which days are worked from that day on."""
    if (known := session.info.get(_OWN)) is None or known[0] > since:  # once for a batch
        rows = session.exec(select(CalendarDay).where(col(CalendarDay.day) >= since))
        known = session.info[_OWN] = since, {row.day: row.worked for row in rows}
    own = known[1]
    return WorkingDays(policy.timezone, own, policy.public_calendar, policy.opens, policy.closes)


def add_own_day(
    session: Session, user: User, day: date, now: datetime, *, worked: bool, remark: str
) -> CalendarDay | None:
    """Let a day be worked, or off, whatever the calendar says. Deadlines that run already stay as they are.

    The exception that stands for the day already, if there is one: it is taken away first.
    """
    demand(user, Right.DECIDE_POLICY)
    row = CalendarDay(day=day, worked=worked, remark=remark, user_id=user.id or 0, created_at=now)
    if not add_once(session, row):
        return session.get_one(CalendarDay, day)
    details = {"day": day.isoformat(), "worked": worked, "remark": remark}
    log(session, "own_day_added", now, user_id=user.id, details=details)
    tell(session, DESK, now)
    return None


def remove_own_day(session: Session, user: User, day: date, now: datetime) -> bool:
    """Follow the calendar again on that day; False if there was no exception."""
    demand(user, Right.DECIDE_POLICY)
    row = session.get(CalendarDay, day, with_for_update=True)
    if row is None:
        return False
    details = {"day": day.isoformat(), "worked": row.worked, "remark": row.remark}
    session.delete(row)
    log(session, "own_day_removed", now, user_id=user.id, details=details)
    tell(session, DESK, now)
    return True
