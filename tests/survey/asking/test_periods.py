"""When a plan asks: rounds by half-years, quarters, years, once, and by the month for events."""

from datetime import date

import pytest

from store.tables import Rhythm
from survey.asking.periods import month_after, next_round, round_of

H, Y, Q, ONCE, EVENT = (
    *(Rhythm.HALF_YEARLY, Rhythm.YEARLY, Rhythm.QUARTERLY),
    *(Rhythm.ONCE, Rhythm.EVENT),
)


@pytest.mark.parametrize(
    ("rhythm", "starts_on", "today", "period", "begins"),
    [
        (H, date(2027, 1, 1), date(2027, 6, 30), "2027-H1", date(2027, 1, 1)),
        (H, date(2027, 1, 1), date(2027, 7, 1), "2027-H2", date(2027, 7, 1)),
        (H, date(2026, 3, 31), date(2027, 9, 29), "2027-H1", date(2027, 3, 31)),
        (H, date(2026, 3, 31), date(2027, 9, 30), "2027-H2", date(2027, 9, 30)),
        (Y, date(2024, 2, 29), date(2027, 3, 1), "2027", date(2027, 2, 28)),
        (Y, date(2026, 5, 1), date(2027, 4, 30), "2026", date(2026, 5, 1)),
        (Q, date(2026, 11, 15), date(2027, 2, 14), "2026-Q4", date(2026, 11, 15)),
        (Q, date(2026, 11, 15), date(2027, 2, 15), "2027-Q1", date(2027, 2, 15)),
        (ONCE, date(2027, 3, 8), date(2028, 1, 1), "2027-03-08", date(2027, 3, 8)),
        (EVENT, date(2027, 3, 8), date(2027, 3, 20), "2027-03", date(2027, 3, 8)),
        (EVENT, date(2027, 3, 8), date(2027, 4, 20), "2027-04", date(2027, 4, 1)),
    ],
)
def test_it_names_the_round_that_runs(
    rhythm: Rhythm, starts_on: date, today: date, period: str, begins: date
) -> None:
    assert round_of(rhythm, starts_on, today) == (period, begins)


def test_it_knows_none_before_the_first() -> None:
    for rhythm in Rhythm:
        assert round_of(rhythm, date(2027, 1, 2), date(2027, 1, 1)) is None


def test_it_names_the_round_that_follows() -> None:
    today = date(2027, 1, 10)
    assert next_round(H, date(2027, 1, 1), today) == ("2027-H2", date(2027, 7, 1))
    assert next_round(H, date(2027, 3, 1), today) == ("2027-H1", date(2027, 3, 1))
    assert next_round(Q, date(2026, 12, 31), today) == ("2027-Q1", date(2027, 3, 31))
    assert next_round(ONCE, date(2027, 2, 1), today) == ("2027-02-01", date(2027, 2, 1))
    assert next_round(ONCE, date(2027, 1, 1), today) is None
    assert next_round(EVENT, date(2027, 1, 1), today) is None
    assert month_after(date(2027, 12, 31)) == date(2028, 1, 1)
