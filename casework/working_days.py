"""Working days: the Chinese public calendar with its make-up days (调休), else Monday to Friday.

The calendar of a year is published in the November before. Until then nobody knows its days off: what
is reckoned across the year's end says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import chinese_calendar

A_DAY = timedelta(days=1)


class Reckoned(NamedTuple):
    """A moment, and whether it leans on a year whose days off were not published yet."""

    at: datetime
    assumed: bool


@dataclass(frozen=True)
class WorkingDays:
    """Which days are worked at a site, and from when to when; nobody counts the lunch break.

    `own` are the company's own exceptions, by day: True is worked. `public` is False for a site that does
    not follow the Chinese calendar: there Monday to Friday are worked.
    """

    timezone: ZoneInfo
    own: Mapping[date, bool]
    public: bool = True
    opens: time = time(8, 30)
    closes: time = time(17, 30)

    def is_worked(self, day: date) -> bool:
        """Whether people work on that day; Monday to Friday for a year not published yet."""
        if day in self.own:
            return self.own[day]
        return self.is_worked_by_calendar(day)

    def is_worked_by_calendar(self, day: date) -> bool:
        """The same without the company's own exceptions."""
        if self.public and self.is_published(day.year):
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5

    def is_published(self, year: int) -> bool:
        """Whether the days off of that year are known."""
        if not self.public:
            return True
        try:
            chinese_calendar.is_workday(date(year, 1, 1))
        except NotImplementedError:
            return False
        return True

    def holiday(self, day: date) -> str | None:
        """The public holiday that is the reason for this day off, or for working on this weekend."""
        if not self.public or not self.is_published(day.year):
            return None
        name = chinese_calendar.get_holiday_detail(day)[1]
        return str(name) if name else None

    def later(self, start: datetime, days: int) -> Reckoned:
        """The same time of day so many working days after `start`.

        What begins on a day off counts from the next working day's midnight.
        """
        local = start.astimezone(self.timezone)
        if not self.is_worked(local.date()):
            local = local.replace(hour=0, minute=0, second=0, microsecond=0) + A_DAY
            while not self.is_worked(local.date()):
                local += A_DAY
        left = days
        while left:
            local += A_DAY
            left -= self.is_worked(local.date())
        return self._reckoned(start, local)

    def after_working(self, start: datetime, length: timedelta) -> Reckoned:
        """The moment at which the site will have worked for so long since `start`.

        Reckoned in UTC: the local clock may be put forward or back meanwhile.
        """
        start, left = start.astimezone(UTC), length
        day = start.astimezone(self.timezone).date()
        while True:
            if self.is_worked(day):
                begins, ends = max(start, self._at(day, self.opens)), self._at(day, self.closes)
                if begins < ends:
                    if left <= ends - begins:
                        return self._reckoned(start, begins + left)
                    left -= ends - begins
            day += A_DAY

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.timezone).astimezone(UTC)

    def _reckoned(self, start: datetime, end: datetime) -> Reckoned:
        first, last = (moment.astimezone(self.timezone).year for moment in (start, end))
        return Reckoned(end.astimezone(UTC), not all(map(self.is_published, range(first, last + 1))))
