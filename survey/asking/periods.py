"""When a plan asks: its rhythm as days and names of periods."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from store.tables import Rhythm

_MONTHS = {Rhythm.EVENT: 1, Rhythm.QUARTERLY: 3, Rhythm.HALF_YEARLY: 6, Rhythm.YEARLY: 12}


class Round(NamedTuple):
    """One time that a plan asks: what its period is called, and the day it begins."""

    period: str
    begins: date


def round_of(rhythm: Rhythm, starts_on: date, today: date) -> Round | None:
    """The round that runs today; None before the first.

    Events are gathered by the month, whichever day the plan starts on.
    """
    if today < starts_on:
        return None
    if rhythm == Rhythm.ONCE:
        return Round(starts_on.isoformat(), starts_on)
    if rhythm == Rhythm.EVENT:
        return _named(rhythm, max(starts_on, today.replace(day=1)))
    step = _MONTHS[rhythm]
    passed = (today.year - starts_on.year) * 12 + today.month - starts_on.month
    begins = _months_later(starts_on, passed // step * step)
    if begins > today:
        begins = _months_later(starts_on, (passed // step - 1) * step)
    return _named(rhythm, begins)


def next_round(rhythm: Rhythm, starts_on: date, today: date) -> Round | None:
    """The first round that begins after today; None after the only one, and where events decide."""
    if today < starts_on:
        return Round(starts_on.isoformat(), starts_on) if rhythm == Rhythm.ONCE else _named(rhythm, starts_on)
    running = round_of(rhythm, starts_on, today)
    if running is None or rhythm in (Rhythm.ONCE, Rhythm.EVENT):
        return None
    months = (running.begins.year - starts_on.year) * 12 + running.begins.month - starts_on.month
    return _named(rhythm, _months_later(starts_on, months + _MONTHS[rhythm]))


def month_after(day: date) -> date:
    """The first day of the following month."""
    return _months_later(day.replace(day=1), 1)


def _named(rhythm: Rhythm, begins: date) -> Round:
    match rhythm:
        case Rhythm.YEARLY:
            return Round(f"{begins.year}", begins)
        case Rhythm.HALF_YEARLY:
            return Round(f"{begins.year}-H{1 if begins.month <= 6 else 2}", begins)
        case Rhythm.QUARTERLY:
            return Round(f"{begins.year}-Q{(begins.month + 2) // 3}", begins)
        case _:
            return Round(f"{begins:%Y-%m}", begins)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one where the month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
