"""The running number has no gap and no double, whatever happens at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from casework.reviews.opening import open_review
from casework.reviews.writing_up import order_of, write_up
from store.engine import open_engine, writing
from store.tables import Case, Review, ReviewCounter, review_number
from tests.casework.reviews.firm import CLEAR, NOW, POLICY, Firm

OPENED, UNDONE = 24, 8


class Undone(Exception):  # noqa: N818
    """The page failed after the number was taken."""


def orders(session: Session, firm: Firm, many: int) -> list[int]:
    """Written-up orders in cases of their own."""
    found = []
    for _ in range(many):
        case = Case(**firm.case.values() | {"id": None})
        session.add(case)
        session.flush()
        write_up(session, case, CLEAR, "", firm["sales"], NOW)
        found.append(case.id or 0)
    return found


def test_it_counts_without_gap_or_double_under_concurrency(engine: Engine, database_url: str) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        cases = orders(session, firm, OPENED + UNDONE)

    def open_one(number: int) -> None:
        own = open_engine(database_url)  # each a process of its own to the database
        with suppress(Undone), writing(own) as session:
            case = session.get_one(Case, cases[number])
            order = order_of(session, case.id)
            assert order is not None
            open_review(session, case, order, firm["sales"], NOW, POLICY)
            if number % 4 == 3:
                raise Undone
        own.dispose()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(open_one, range(OPENED + UNDONE)))
    with writing(engine) as session:
        assert sorted(session.exec(select(Review.running))) == list(range(1, OPENED + 1))
        assert session.exec(select(ReviewCounter.last)).one() == OPENED


def test_it_begins_anew_each_year_by_local_time(engine: Engine) -> None:
    with writing(engine) as session:
        firm = Firm(session)
        cases = orders(session, firm, 3)
        numbers = []
        for case_id, at in zip(cases, _around_new_year(), strict=True):
            case = session.get_one(Case, case_id)
            order = order_of(session, case_id)
            assert order is not None
            numbers.append(open_review(session, case, order, firm["sales"], at, POLICY).number)
    assert numbers == ["26-1", "27-1", "27-2"]  # the new year begins at 16:00 UTC


def _around_new_year() -> list[datetime]:
    eve = datetime.fromisoformat("2026-12-31T15:59:00+00:00")
    return [eve, eve + timedelta(minutes=2), eve + timedelta(hours=9)]


@pytest.mark.parametrize(("year", "running", "shown"), [(2026, 7, "26-7"), (2008, 12, "08-12")])
def test_it_is_written_as_the_procedure_says(year: int, running: int, shown: str) -> None:
    assert review_number(year, running) == shown
