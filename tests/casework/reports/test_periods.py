"""The days of a report, at home."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from casework.reports.periods import Named, Period, named, own

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
TODAY = date(2026, 2, 14)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        (Named.THIS_MONTH, date(2026, 2, 1), date(2026, 2, 28)),
        (Named.LAST_MONTH, date(2026, 1, 1), date(2026, 1, 31)),
        (Named.QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
        (Named.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_it_knows_periods_by_name(name: Named, first: date, last: date) -> None:
    assert named(name, TODAY, SHANGHAI) == Period(first, last, SHANGHAI)


@pytest.mark.parametrize("month", range(1, 13))
def test_it_ends_a_quarter_with_its_third_month(month: int) -> None:
    quarter = named(Named.QUARTER, date(2024, month, 29), SHANGHAI)
    assert quarter.first.month in (1, 4, 7, 10)
    assert quarter.last == {1: date(2024, 3, 31), 4: date(2024, 6, 30), 7: date(2024, 9, 30)}.get(
        quarter.first.month, date(2024, 12, 31)
    )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 1, 5), date(2026, 1, 9), (date(2026, 1, 5), date(2026, 1, 9))),
        (date(2026, 1, 9), date(2026, 1, 5), (date(2026, 1, 5), date(2026, 1, 9))),
        (date(2026, 1, 9), None, (date(2026, 1, 9), TODAY)),
        (None, date(2026, 1, 9), (date(2026, 1, 1), date(2026, 1, 9))),
        (None, None, (date(2026, 2, 1), date(2026, 2, 28))),
        (date(1, 1, 1), date(9999, 12, 31), (date(2000, 1, 1), date(2099, 12, 31))),
    ],
)
def test_it_takes_own_days(first: date | None, last: date | None, expected: tuple[date, date]) -> None:
    found = own(first, last, TODAY, SHANGHAI)
    assert (found.first, found.last) == expected


def test_it_begins_and_ends_at_midnight_at_home() -> None:
    period = Period(date(2026, 3, 1), date(2026, 3, 31), BERLIN)  # the clocks go forward on the 29th
    assert period.start == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert period.end == datetime(2026, 3, 31, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "count", "labels"),
    [
        (date(2026, 1, 31), 31, ("01-01", "01-31")),
        (date(2026, 12, 31), 12, ("2026-01", "2026-12")),
        (date(2035, 6, 1), 10, ("2026", "2035")),
    ],
)
def test_it_steps_through_time_as_fits_its_length(last: date, count: int, labels: tuple[str, str]) -> None:
    period = Period(date(2026, 1, 1), last, SHANGHAI)
    steps = period.steps
    assert (len(steps), steps[0].label, steps[-1].label) == (count, *labels)
    assert steps[-1].end == period.end
    assert [step.end for step in steps] == sorted({step.end for step in steps})
