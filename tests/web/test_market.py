"""What was heard of the market in a month, quarter or year: on the page and in the files."""

import io
from datetime import date

import httpx
from openpyxl import load_workbook
from sqlalchemy import Engine

from store.engine import writing
from store.tables import MarketNote, MarketTopic
from tests.web.conftest import on_both
from tests.web.filled import NOW
from tests.web.test_queue import counting

PAGE = "/desk/market"


def hear(engine: Engine, *heard: tuple[MarketTopic, date, str]) -> None:
    with writing(engine) as session:
        session.add_all(
            MarketNote(
                customer_id=1 + number % 2, user_id=1, topic=topic, heard_on=day, text=text, created_at=NOW
            )
            for number, (topic, day, text) in enumerate(heard)
        )


@on_both
def test_it_reports_a_month_a_quarter_and_a_year_by_subject(boss: httpx.Client, engine: Engine) -> None:
    with counting(engine) as few:
        assert "没有记录市场信息" in boss.get(PAGE).text
    rival, demand = MarketTopic.COMPETITOR, MarketTopic.DEMAND
    hear(
        engine,
        (rival, date(2026, 11, 30), "对手报价低 6%<script>alert(1)</script>"),
        (rival, date(2026, 11, 1), "=HYPERLINK(1)"),
        (demand, date(2026, 10, 31), "明年要 RoHS"),
        (demand, date(2026, 1, 1), "用量增加三成"),
        (demand, date(2025, 12, 31), "去年的事"),
        *((MarketTopic.FEEDBACK, date(2026, 11, 7), f"第 {number:02} 条反馈") for number in range(60)),
    )
    month = boss.get(PAGE).text
    assert "对手报价低 6%" in month
    assert "<script>alert" not in month
    assert "明年要 RoHS" not in month
    assert "全部 60 条" in month
    assert month.count("条反馈") == 10
    quarter = boss.get(f"{PAGE}?unit=quarter").text
    assert "明年要 RoHS" in quarter
    assert "用量增加三成" not in quarter
    year = boss.get(f"{PAGE}?unit=year&day=2026-05-05").text
    assert "用量增加三成" in year
    assert "去年的事" not in year
    assert "去年的事" in boss.get(f"{PAGE}?unit=year&day=2025-12").text
    assert "明年要 RoHS" in boss.get(f"{PAGE}?day=2026-10").text
    of_one = boss.get(f"{PAGE}?unit=quarter&topic=feedback&page=2").text
    assert of_one.count("条反馈") == 10
    assert "2 / 2" in of_one
    assert "对手报价低" not in of_one
    with counting(engine) as more:
        boss.get(f"{PAGE}?unit=year")
    assert len(more) <= len(few) + len(MarketTopic) <= 10

    book = load_workbook(io.BytesIO(boss.get(f"{PAGE}.xlsx?unit=quarter").content))
    figures, notes = ([list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets)
    assert figures[1:] == [["需求与特点", 1, 1], ["竞争对手", 2, 2], ["市场行情", 0, 0], ["使用反馈", 60, 2]]
    assert len(notes) == 1 + 63
    assert notes[-1][1:] == [notes[-1][1], "C-00001", "华东精密电子有限公司", "明年要 RoHS", "王芳"]
    csv = boss.get(f"{PAGE}.csv?topic=competitor").content
    assert csv.startswith(b"\xef\xbb\xbf")
    assert b'"\'=HYPERLINK(1)"' in csv
    assert csv.count(b"\r\n") == 3
    assert boss.get(f"{PAGE}.pdf").status_code == 404


def test_it_takes_odd_addresses_for_this_month(boss: httpx.Client) -> None:
    for odd in ("unit=day", "day=x", "day=0001-01-01", "day=9999-12-31&unit=year", "topic=x", "day=2026-13"):
        assert boss.get(f"{PAGE}?{odd}").status_code == 200, odd
