"""Reports: the figures are right on both databases, the page shows them, the files hold them."""

import io
from datetime import timedelta

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import col, select

from casework.reports.figures import percentile
from store.engine import writing
from store.tables import Case, Customer, Deadline, DeadlineKind, SpecialRequirement
from tests.web.conftest import Browser, on_both
from tests.web.filled import NOW
from tests.web.test_queue import counting

YEAR = "/desk/reports?period=year"


def rows(client: httpx.Client, name: str, query: str = "period=year") -> list[list[object]]:
    """A table of the report, as Excel opens it; without its heading."""
    answer = client.get(f"/desk/reports/{name}.xlsx?{query}")
    assert answer.status_code == 200
    page = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [list(row) for row in page.iter_rows(min_row=2, values_only=True)]


@on_both
def test_it_counts_every_case_once_in_each_table(boss: httpx.Client, engine: Engine) -> None:
    with writing(engine) as session:
        cases = len(session.exec(select(Case.id)).all())
    assert rows(boss, "cases_over_time")[-1][-1] == cases
    assert sum(row[-3] for row in rows(boss, "channels")) == cases  # type: ignore[misc]
    assert sum(row[-3] for row in rows(boss, "owners")) == cases  # type: ignore[misc]
    assert sum(row[2] for row in rows(boss, "customers")) == cases  # type: ignore[misc]
    assert len(rows(boss, "cases")) == cases


@on_both
def test_it_reckons_waits_medians_and_shares(boss: httpx.Client, engine: Engine) -> None:
    start = NOW - timedelta(days=3)
    with writing(engine) as session:
        for clock in session.exec(select(Deadline)):
            clock.started_at = NOW - timedelta(days=4000)
        for number, hours in enumerate((1, 2, 3, 30), start=1):
            met = start + timedelta(hours=hours)
            session.add(
                Deadline(
                    case_id=number,
                    kind=DeadlineKind.FIRST_REPLY,
                    about=f"t{number}",
                    started_at=start,
                    due_at=start + timedelta(hours=24),
                    met_at=met,
                    ended_at=met,
                )
            )
        session.add(
            Deadline(
                case_id=5,
                kind=DeadlineKind.FIRST_REPLY,
                about="t",
                started_at=start,
                due_at=NOW - timedelta(hours=1),
            )
        )
    first_reply = rows(boss, "answering", "period=own&first=2026-11-01&last=2026-11-30")[0]
    assert first_reply[1:] == [4, timedelta(hours=2), timedelta(hours=30), 3, 2, 0, 0.6]


@on_both
def test_it_narrows_by_customer_owner_channel_and_kind(boss: httpx.Client, engine: Engine) -> None:
    of_customer = rows(boss, "cases", "period=year&customer=C-00001")
    assert [row[0] for row in of_customer] == ["HY-000001"]
    assert rows(boss, "cases", "period=year&customer=华东精密") == of_customer
    assert {row[2] for row in rows(boss, "cases", "period=year&kind=order")} == {"订单"}
    assert {row[6] for row in rows(boss, "cases", "period=year&channel=telegram")} == {"Telegram"}
    assert {row[10] for row in rows(boss, "cases", "period=year&owner=1")} == {"王芳"}
    assert {row[10] for row in rows(boss, "cases", "period=year&owner=none")} == {None}
    assert rows(boss, "cases", "period=own&first=2025-01-01&last=2025-02-01") == []
    for name in ("answering", "requirements", "suggestions", "overdue", "complaints"):
        assert boss.get(f"/desk/reports/{name}.xlsx?customer=1&kind=order&owner=1&channel=email").is_success


@on_both
def test_it_sorts_suggestions_into_classes(boss: httpx.Client, engine: Engine) -> None:
    with writing(engine) as session:
        for case in session.exec(select(Case).where(col(Case.id).in_((2, 3, 4)))):
            case.kind = "suggestion"
        for one in session.exec(
            select(SpecialRequirement).where(col(SpecialRequirement.case_id).in_((2, 3, 4)))
        ):
            one.withdrawn_at = NOW
        for category in ("delivery", "packaging"):
            session.add(
                SpecialRequirement(customer_id=1, case_id=2, category=category, sentence="x", created_at=NOW)
            )
    found = {row[0]: row[-1] for row in rows(boss, "suggestions")}
    assert found["交付"] == found["包装"] == 1
    assert found["未分类"] >= 2  # type: ignore[operator]


def test_it_asks_the_same_number_of_queries_whatever_the_size(boss: httpx.Client, engine: Engine) -> None:
    with counting(engine) as month:
        boss.get("/desk/reports")
    with counting(engine) as year:
        boss.get(YEAR)
    assert len(month) == len(year) <= 18


def test_it_draws_charts_without_style_or_script(boss: httpx.Client) -> None:
    page = boss.get(YEAR).text
    assert '<figure class="chart" aria-hidden="true">' in page
    assert 'style="' not in page
    assert "投诉级别" in page


@pytest.mark.parametrize("query", ["", "period=nonsense&first=x&owner=x&kind=x&channel=desk", "customer=%00"])
def test_it_takes_any_address_for_a_report(boss: httpx.Client, query: str) -> None:
    assert boss.get(f"/desk/reports?{query}").status_code == 200


@pytest.mark.parametrize("name", ["nothing.xlsx", "channels.pdf", "channels.csv/x"])
def test_it_has_no_other_files(boss: httpx.Client, name: str) -> None:
    assert boss.get(f"/desk/reports/{name}").status_code == 404


def test_it_exports_hostile_words_as_text(browser: Browser, engine: Engine) -> None:
    with writing(engine) as session:
        session.get_one(Customer, 1).name = '=HYPERLINK("http://evil.example")'
        session.get_one(Case, 1).subject = "＝cmd|' /C calc'!A0"
    boss = browser("赵敏")
    book = load_workbook(io.BytesIO(boss.get("/desk/reports/cases.xlsx?period=year").content))
    hostile = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.quotePrefix]
    assert {cell.data_type for cell in hostile} <= {"s", "inlineStr"}
    assert len(hostile) == 2
    csv = boss.get("/desk/reports/customers.csv?period=year").content
    assert csv.startswith(b"\xef\xbb\xbf")
    assert b"\"'=HYPERLINK(" in csv


@pytest.mark.parametrize(
    ("lengths", "share", "minutes"),
    [
        ([], 0.5, None),
        ([(5, 1)], 0.9, 5),
        ([(1, 1), (2, 1), (3, 1), (9, 1)], 0.5, 2),
        ([(1, 9), (7, 1)], 0.9, 1),
    ],
)
def test_it_finds_the_length_that_a_share_does_not_exceed(
    lengths: list[tuple[int, int]], share: float, minutes: int | None
) -> None:
    assert percentile(lengths, share) == (None if minutes is None else timedelta(minutes=minutes))
