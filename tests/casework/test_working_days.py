"""Working days and working time: the holidays of 2026, the year's end, other zones, summer time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.working_days import Reckoned, WorkingDays

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
CHINA = WorkingDays(SHANGHAI, {})
NEW_YORKERS = WorkingDays(NEW_YORK, {}, public=False)
HOUR = timedelta(hours=1)


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def shown(reckoned: Reckoned, zone: ZoneInfo = SHANGHAI) -> str:
    return f"{reckoned.at.astimezone(zone):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-02-14", True),  # a Saturday made up before the Spring Festival
        ("2026-02-15", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),  # a Saturday made up after it
        ("2026-09-20", True),  # a Sunday made up before National Day
        ("2026-09-25", False),  # mid-autumn
        ("2026-10-07", False),
        ("2026-10-10", True),  # a Saturday made up after it
        ("2026-10-11", False),
    ],
)
def test_it_knows_the_days_off_and_the_make_up_days_of_2026(day: str, worked: bool) -> None:
    assert CHINA.is_worked(date.fromisoformat(day)) is worked


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-02-13 16:00", 2, "2026-02-24 16:00"),  # over the Spring Festival; Saturday the 14th is worked
        ("2026-02-14 10:00", 1, "2026-02-24 10:00"),
        ("2026-02-18 10:00", 2, "2026-02-26 00:00"),  # begun on a holiday: the 24th and 25th, whole
        ("2026-02-27 10:00", 1, "2026-02-28 10:00"),  # a Friday; the Saturday is worked
        ("2026-02-28 10:00", 1, "2026-03-02 10:00"),
        ("2026-09-18 10:00", 1, "2026-09-20 10:00"),  # a Friday; the Sunday is worked
        ("2026-09-30 10:00", 2, "2026-10-09 10:00"),
        ("2026-10-09 10:00", 1, "2026-10-10 10:00"),
        ("2026-10-10 10:00", 1, "2026-10-12 10:00"),
    ],
)
def test_it_reckons_working_days_over_the_holidays_of_2026(start: str, days: int, due: str) -> None:
    reckoned = CHINA.later(local(start), days)
    assert (shown(reckoned), reckoned.assumed) == (due, False)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-20 09:00", 4, "2026-11-20 13:00"),  # nobody counts the lunch break
        ("2026-11-20 16:00", 4, "2026-11-23 11:00"),  # Friday afternoon, Monday morning
        ("2026-11-21 12:00", 1, "2026-11-23 09:30"),  # on a Saturday
        ("2026-11-19 23:00", 9, "2026-11-20 17:30"),  # a whole day ends when the site closes
        ("2026-02-14 15:30", 3, "2026-02-24 09:30"),  # two hours on the make-up day, one after the festival
        ("2026-09-30 17:00", 1, "2026-10-08 09:00"),
        ("2026-10-09 17:00", 1, "2026-10-10 09:00"),
    ],
)
def test_it_counts_hours_only_while_the_site_works(start: str, hours: int, due: str) -> None:
    reckoned = CHINA.after_working(local(start), hours * HOUR)
    assert (shown(reckoned), reckoned.assumed) == (due, False)


def test_it_says_so_when_it_leans_on_a_year_that_is_not_published() -> None:
    assert CHINA.is_published(2026)
    assert not CHINA.is_published(2999)
    assert CHINA.later(local("2998-12-30 10:00"), 2).assumed
    assert not CHINA.later(local("2026-12-28 10:00"), 2).assumed


def test_it_takes_monday_to_friday_across_the_end_of_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    published = WorkingDays.is_published
    monkeypatch.setattr(WorkingDays, "is_published", lambda self, year: year < 2027 and published(self, year))
    by_days = CHINA.later(local("2026-12-30 10:00"), 3)
    assert (shown(by_days), by_days.assumed) == ("2027-01-04 10:00", True)  # 1 January counted as worked
    by_hours = CHINA.after_working(local("2026-12-31 17:00"), HOUR)
    assert (shown(by_hours), by_hours.assumed) == ("2027-01-01 09:00", True)
    assert CHINA.holiday(date(2027, 1, 1)) is None


def test_a_site_without_the_public_calendar_assumes_nothing() -> None:
    reckoned = NEW_YORKERS.later(local("2998-12-30 10:00", NEW_YORK), 2)
    assert not reckoned.assumed
    assert NEW_YORKERS.is_worked(date(2026, 10, 1))


def test_our_own_exceptions_come_before_the_calendar() -> None:
    own = WorkingDays(SHANGHAI, {date(2026, 11, 23): False, date(2026, 11, 21): True})
    assert shown(own.later(local("2026-11-20 10:00"), 2)) == "2026-11-24 10:00"
    assert shown(own.after_working(local("2026-11-20 17:30"), HOUR)) == "2026-11-21 09:30"


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-03-06 10:00", 1, "2026-03-09 10:00"),  # clocks go forward on 8 March
        ("2026-10-30 10:00", 1, "2026-11-02 10:00"),  # and back on 1 November
    ],
)
def test_a_working_day_later_is_the_same_time_of_day_in_new_york(start: str, days: int, due: str) -> None:
    assert shown(NEW_YORKERS.later(local(start, NEW_YORK), days), NEW_YORK) == due


def test_it_reckons_in_the_zone_of_the_site_and_answers_in_utc() -> None:
    asked = local("2026-11-20 08:00")  # Friday in Shanghai, Thursday evening in New York
    reckoned = NEW_YORKERS.after_working(asked, 2 * HOUR)
    assert shown(reckoned, NEW_YORK) == "2026-11-20 10:30"
    assert reckoned.at.tzinfo == UTC


def test_an_hour_is_an_hour_where_the_clock_is_put_back_at_work() -> None:
    nights = WorkingDays(NEW_YORK, {date(2026, 11, 1): True}, public=False, opens=time(0), closes=time(8))
    reckoned = nights.after_working(local("2026-11-01 00:00", NEW_YORK), 3 * HOUR)
    assert shown(reckoned, NEW_YORK) == "2026-11-01 02:00"  # 01:00 came twice


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 10, 1)),  # noqa: DTZ001 - a zone comes with the next line
    st.sampled_from([CHINA, NEW_YORKERS]),
    st.integers(0, 40 * 60),
    st.integers(0, 20 * 60),
)
def test_working_time_adds_up_and_ends_while_the_site_works(
    naive: datetime, site: WorkingDays, minutes: int, more: int
) -> None:
    start = naive.replace(tzinfo=UTC)
    end = site.after_working(start, timedelta(minutes=minutes)).at
    assert end >= start
    clock = end.astimezone(site.timezone)
    assert site.opens <= clock.time() <= site.closes
    assert site.is_worked(clock.date())
    further = site.after_working(end, timedelta(minutes=more)).at
    whole = site.after_working(start, timedelta(minutes=minutes + more)).at
    # The close of one day and the opening of the next are the same working moment.
    assert further == whole or more == 0
