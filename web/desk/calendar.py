"""The company's calendar at `/desk/calendar`: a year of working days, and our own exceptions to it."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from casework.calendar_days import add_own_day, remove_own_day, working_days
from casework.rights import Right
from casework.working_days import WorkingDays
from store.engine import reading, writing
from store.tables import AuditLog, CalendarDay, User
from web.desk.page import desk_page, desk_router
from web.desk.story import told
from web.errors import Refusal
from web.forms import Line
from web.i18n import _
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding
from web.words import holiday_word

router = desk_router()
DECIDING = [holding(Right.DECIDE_POLICY)]
YEARS = range(2004, 2100)  # since when the public calendar is known
CHANGES_SHOWN = 10


@dataclass(frozen=True)
class Day:
    """One day of the grid; `sort` is empty for one that is as its weekday says."""

    date: date
    worked: bool
    sort: str  # own, off, made_up
    title: str


@dataclass(frozen=True)
class Month:
    """A month's weeks from Monday to Sunday; None fills the days of its neighbours."""

    number: int
    weeks: list[list[Day | None]]

    @property
    def worked(self) -> int:
        return sum(day.worked for week in self.weeks for day in week if day)


@router.get("/calendar", dependencies=DECIDING)
def show_calendar(
    request: Request,
    office: AtWork,
    person: SignedIn,
    year: Annotated[int | None, Query(ge=YEARS[0], le=YEARS[-1])] = None,
    day: date | None = None,
) -> Response:
    """A year; a day chosen in the grid stands in the form already."""
    if day is not None and day.year in YEARS:
        year = day.year
    with reading(office.engine) as session:
        return _page(request, session, person, year=year, day=day)


@router.post("/calendar", dependencies=DECIDING)
def add(
    request: Request,
    office: AtWork,
    person: SignedIn,
    day: Annotated[date, Form()],
    worked: Annotated[bool, Form()],
    remark: Line = "",
) -> Response:
    """Let a day be worked, or off, whatever the public calendar says."""
    if day.year not in YEARS:
        raise Refusal(422)
    with writing(office.engine) as session:
        user = session.get_one(User, person.id)
        there = add_own_day(session, user, day, office.clock(), worked=worked, remark=remark[:200])
    if there is not None and (there.worked, there.remark) != (worked, remark[:200]):
        problem = _("%(day)s 已经有一条例外。请先在下面删除它，再重新添加。", day=day.isoformat())
        with reading(office.engine) as session:
            return _page(request, session, person, year=day.year, day=day, problem=problem)
    return RedirectResponse(f"/desk/calendar?year={day.year}#own", 303)


@router.post("/calendar/{day}/remove", dependencies=DECIDING)
def remove(office: AtWork, person: SignedIn, day: date) -> Response:
    """Follow the public calendar again on that day."""
    with writing(office.engine) as session:
        remove_own_day(session, session.get_one(User, person.id), day, office.clock())
    return RedirectResponse(f"/desk/calendar?day={day.isoformat()}#own", 303)


def months(year: int, days: WorkingDays) -> list[Month]:
    """The year as a grid."""
    weeks = calendar.Calendar()
    return [
        Month(
            number,
            [
                [_day(day, days) if day.month == number else None for day in week]
                for week in weeks.monthdatescalendar(year, number)
            ],
        )
        for number in range(1, 13)
    ]


def _day(day: date, days: WorkingDays) -> Day:
    worked, weekday = days.is_worked(day), day.weekday() < 5
    by_calendar = days.is_worked_by_calendar(day)
    holiday = days.holiday(day)
    reason = holiday_word(holiday) if holiday else ""
    if day in days.own:
        return Day(day, worked, "own", _("我们的例外：上班") if worked else _("我们的例外：休息"))
    if by_calendar and not weekday:
        return Day(day, worked, "made_up", _("%(holiday)s调休，上班", holiday=reason))
    if not by_calendar and reason:
        return Day(day, worked, "off", reason)
    return Day(day, worked, "" if worked else "weekend", "")


def _page(
    request: Request,
    session: Session,
    person: Person,
    *,
    year: int | None,
    day: date | None,
    problem: str | None = None,
) -> Response:
    office = request.app.state.office
    policy = office.policy
    today = office.clock().astimezone(policy.timezone).date()
    year = year or today.year
    first = date(year, 1, 1)
    days = working_days(session, policy, first)
    own = session.exec(
        select(CalendarDay, User.name)
        .join(User, col(User.id) == col(CalendarDay.user_id))
        .where(col(CalendarDay.day).between(first, date(year, 12, 31)))
        .order_by(col(CalendarDay.day))
    ).all()
    changes = session.exec(
        select(AuditLog, User.name)
        .join(User, col(User.id) == col(AuditLog.user_id))
        .where(col(AuditLog.action).in_(("own_day_added", "own_day_removed")))
        .order_by(col(AuditLog.id).desc())
        .limit(CHANGES_SHOWN)
    ).all()
    return desk_page(
        request,
        session,
        person,
        "calendar.html",
        status=422 if problem else 200,
        year=year,
        years=YEARS,
        today=today,
        months=months(year, days),
        published=days.is_published(year),
        policy=policy,
        own=own,
        changes=[(line, name, told(line, {})) for line, name in changes],
        chosen=day,
        problem=problem,
    )
