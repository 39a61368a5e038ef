"""Working days: the Chinese public calendar with its make-up days (调休), else Monday to Friday.

The calendar of a year is published in the November before. Until then nobody knows its days off: what
is reckoned across the year's end says so.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import chinese_calendar


class Reckoned(NamedTuple):
    """A moment, and whether it leans on a year whose days off were not published yet."""

    at: datetime
    assumed: bool


@dataclass(frozen=True)
class WorkingDays:
    """Which days are worked at a site.

    `own` are the company's own exceptions, by day: True is worked. `public` is False for a site that does
    not follow the Chinese calendar: there Monday to Friday are worked.
    """

    timezone: ZoneInfo
    own: dict[date, bool]
    public: bool = True

    def is_worked(self, day: date) -> bool:
        """Whether people work on that day; Monday to Friday for a year not published yet."""
        if day in self.own:
            return self.own[day]
        if self.public:
            try:
                return bool(chinese_calendar.is_workday(day))
            except NotImplementedError:
                pass
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

    def later(self, start: datetime, days: int) -> Reckoned:
        """The same time of day so many working days after `start`.

        What begins on a day off counts from the next working day's midnight.
        """
        local = start.astimezone(self.timezone)
        if not self.is_worked(local.date()):
            local = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
            while not self.is_worked(local.date()):
                local += timedelta(days=1)
        left = days
        while left:
            local += timedelta(days=1)
            left -= self.is_worked(local.date())
        years = range(start.astimezone(self.timezone).year, local.year + 1)
        return Reckoned(local.astimezone(start.tzinfo), not all(map(self.is_published, years)))
