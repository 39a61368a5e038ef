"""The period of a report: whole days at home, and the steps of time that a chart shows it in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
_DAY = timedelta(days=1)


class Named(StrEnum):
    """Periods that are asked for by name."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    QUARTER = "quarter"
    YEAR = "year"
    OWN = "own"


@dataclass(frozen=True)
class Step:
    """One step of a chart's time: what it is called, and the moment at which it is over."""

    label: str
    end: datetime


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both whole."""

    first: date
    last: date
    timezone: ZoneInfo

    @property
    def start(self) -> datetime:
        return _midnight(self.first, self.timezone)

    @property
    def end(self) -> datetime:
        """The moment after it."""
        return _midnight(self.last + _DAY, self.timezone)

    @property
    def steps(self) -> list[Step]:
        """Days up to a month and a half, months up to three years, else years."""
        days = (self.last - self.first).days + 1
        starts = list(self._starts("%m-%d" if days <= 45 else "%Y-%m" if days <= 1100 else "%Y"))
        ends = [start for _label, start in starts[1:]] + [self.last + _DAY]
        return [
            Step(label, _midnight(end, self.timezone))
            for (label, _start), end in zip(starts, ends, strict=True)
        ]

    def _starts(self, pattern: str) -> Iterator[tuple[str, date]]:
        day, before = self.first, ""
        while day <= self.last:
            if (label := f"{day:{pattern}}") != before:
                yield label, day
            before, day = label, day + _DAY


def named(name: Named, today: date, timezone: ZoneInfo) -> Period:
    """The period of that name in which today lies; the last month is the one before."""
    month = today.replace(day=1)
    match name:
        case Named.LAST_MONTH:
            last = month - _DAY
            return Period(last.replace(day=1), last, timezone)
        case Named.QUARTER:
            first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
            return Period(first, _end_of_month(first + timedelta(days=62)), timezone)
        case Named.YEAR:
            return Period(today.replace(month=1, day=1), today.replace(month=12, day=31), timezone)
        case _:
            return Period(month, _end_of_month(month), timezone)


def own(first: date | None, last: date | None, today: date, timezone: ZoneInfo) -> Period:
    """From one day to another, in either order; a day that is left open is today's month's, or today."""
    known = [min(max(day, EARLIEST), LATEST) for day in (first, last) if day is not None]
    if not known:
        return named(Named.THIS_MONTH, today, timezone)
    if len(known) == 1:
        known.append(max(known[0], today) if first is not None else known[0].replace(day=1))
    return Period(min(known), max(known), timezone)


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY


def _midnight(day: date, timezone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), timezone).astimezone(UTC)
