"""满意度分析报告: one campaign, by item, indicator, owner and customer."""

import io
from datetime import date

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import select

from store.engine import reading, writing
from store.tables import (
    Customer,
    DeliveryMonth,
    SurveyAction,
    SurveyCampaign,
    SurveyResponse,
)
from survey.reporting.customers import customers
from survey.reporting.report import Round, report
from tests.survey.invited import add_invitation, add_response
from tests.web.conftest import Browser, on_both
from tests.web.filled import NOW, POLICY
from tests.web.test_queue import counting


def answer(
    engine: Engine, customer: int, level: str, score: float, comment: str = "", campaign: int = 1
) -> None:
    """Another customer of the campaign chooses the same level everywhere."""
    with writing(engine) as session:
        items = session.exec(select(SurveyResponse)).first()
        assert items is not None
        invitation = add_invitation(session, campaign, customer, NOW)
        answers = dict.fromkeys(items.answers, level)
        add_response(session, invitation, answers, score, NOW, comment=comment)


@on_both
def test_it_reckons_each_item_and_the_whole(boss: httpx.Client, engine: Engine) -> None:
    answer(engine, 2, "good", 80.0, "<b>好</b>")
    answer(engine, 3, "best", 100.0)
    with reading(engine) as session:
        campaign = session.get_one(SurveyCampaign, 1)
        found = report(session, campaign, NOW, POLICY)
        lowest = customers(session, campaign).lines
    assert [round(100 * (item.share or 0), 2) for item in found.items] == [
        *(93.33, 76.67, 76.67),  # (20 + 16 + 20) / 60, (10 + 16 + 20) / 60 twice
        *[86.67] * 4,  # (8 + 8 + 10) / 30
    ]
    assert found.result == 84.0  # (72 + 80 + 100) / 3
    assert [(owner.name, owner.answers, owner.average) for owner in found.owners] == [
        ("王芳", 1, 72.0),
        (None, 2, 90.0),
    ]
    assert [one.average for one in lowest] == [72.0, 80.0, 100.0]
    assert found.trend == [Round("2026-H1", 84.0, 85.0)]
    page = boss.get("/desk/surveys/1").text
    assert "84</b> / 100" in page
    assert "93.3%" in page
    assert "&lt;b&gt;好&lt;/b&gt;" in page
    assert 'href="/desk/cases/HY-000001"' in page


def test_it_says_when_nobody_has_answered_or_too_few(boss: httpx.Client, engine: Engine) -> None:
    assert "还没有客户作答" in boss.get("/desk/surveys/2").text
    assert boss.get("/desk/surveys/99").status_code == 404


def test_it_takes_the_same_number_of_queries_for_many_answers(boss: httpx.Client, engine: Engine) -> None:
    counts = []
    for customer in (2, 3, 4, 5, 6):
        with counting(engine) as queries:
            boss.get("/desk/surveys/1")
        counts.append(len(queries))
        answer(engine, customer, "good", 80.0, "还好")
    assert len(set(counts)) == 1


@pytest.mark.parametrize("name", ["王芳", "陈志远"])
def test_it_is_for_those_who_read_reports(browser: Browser, name: str) -> None:
    client = browser(name)
    assert client.get("/desk/surveys/1").status_code == 403
    assert '"/desk/surveys/1"' not in client.get("/desk/surveys").text


@on_both
def test_it_tells_everything_of_a_campaign_on_one_page(boss: httpx.Client, engine: Engine) -> None:
    answer(engine, 2, "poor", 23.0, "=cmd|'/c calc'!A1 交期太晚")
    answer(engine, 3, "best", 100.0)
    with writing(engine) as session:
        session.get_one(Customer, 2).region = "华东"
        for response in session.exec(select(SurveyResponse).where(SurveyResponse.score == 100.0)):
            response.comments = {"packing": "<script>alert(1)</script>"}
        for month, late in ((date(2026, 1, 1), 3), (date(2026, 5, 1), 7)):
            row = DeliveryMonth(
                month=month, deliveries=100, late=late, returned=0, entered_by=3, entered_at=NOW
            )
            session.add(row)
        session.get_one(SurveyCampaign, 1).customers = 10
        add_invitation(session, 1, 4, NOW)  # who is silent
        session.add(
            SurveyAction(
                campaign_id=1,
                item="packing",
                result=70,
                bar=85,
                analysis="纸箱太薄",
                solution="改用双瓦楞",
                owner_id=5,
                due_on=date(2026, 8, 1),
                created_at=NOW,
            )
        )
    page = boss.get("/desk/surveys/1").text
    assert "覆盖率不足 60%：调查到的客户太少。" in page  # 4 of 10
    assert "应调查 10 位客户，已调查 4 位" in page
    assert "回收率不足 80%" in page  # 3 of 4
    assert "低于目标 85，差 20" in page  # (72 + 23 + 100) / 3 = 65
    assert "按时交付 95.0%（10 / 200 批延迟）" in page
    assert "<b>81.67</b>" in page  # (95 + 100 + 100) / 3 = 98.33; (65 + 98.33) / 2
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert '<a href="/desk/surveys/1/actions#a3">包装箱外观整洁度</a>' in page
    assert "改用双瓦楞" in page
    assert page.index("23</span>") < page.index("72</span>") < page.index("100</span>")  # lowest first
    highest = boss.get("/desk/surveys/1?sort=highest&page=1").text
    assert highest.index("100</span>") < highest.index("23</span>")
    assert boss.get("/desk/surveys/1?sort=nothing&page=9").status_code == 200
    assert "华东" in page
    assert "v7" in page  # the worst level in the distribution
    assert 'class="target"' in page

    book = load_workbook(io.BytesIO(boss.get("/desk/surveys/1.xlsx").content))
    assert book.sheetnames == [
        *("汇总", "各项结果", "指标、负责人、区域", "按客户", "客户的意见", "改进措施"),
    ]
    summary = {row[0]: row[1] for row in book["汇总"].iter_rows(values_only=True)}
    assert (summary["满意度"], summary["综合满意度"], summary["覆盖率"]) == (65.0, 81.67, "40.0%")
    remarks = list(book["客户的意见"].iter_rows(min_row=2))
    assert {(row[0].value, row[4].value) for row in remarks} >= {
        ("交付", "=cmd|'/c calc'!A1 交期太晚"),
        ("包装箱外观整洁度", "<script>alert(1)</script>"),
    }
    assert {cell.data_type for row in remarks for cell in row if isinstance(cell.value, str)} == {"s"}
    assert [row[5].value for row in book["按客户"].iter_rows(min_row=2)] == [23, 72, 100]
    actions = {row[0]: row for row in book["改进措施"].iter_rows(min_row=2, values_only=True)}
    assert actions["包装箱外观整洁度"][:5] == ("包装箱外观整洁度", 70, 85, "纸箱太薄", "改用双瓦楞")


def test_it_shows_the_progress_of_a_running_campaign_and_fetches_it_anew(
    boss: httpx.Client, engine: Engine
) -> None:
    assert 'id="progress"' not in boss.get("/desk/surveys/1").text  # closed
    assert 'hx-get="/desk/surveys/2/progress" hx-trigger="refresh"' in boss.get("/desk/surveys/2").text
    assert "<b>0</b>" in boss.get("/desk/surveys/2/progress").text
    answer(engine, 3, "best", 100.0, campaign=2)
    part = boss.get("/desk/surveys/2/progress").text
    assert "<b>1</b>" in part
    assert "<html" not in part


def test_it_takes_deliveries_by_hand_and_from_a_table(boss: httpx.Client, wang: httpx.Client) -> None:
    month = {"month": "2026-10", "deliveries": "120", "late": "3", "returned": "1"}
    assert boss.post("/desk/deliveries", data=month).status_code == 303
    page = boss.get("/desk/deliveries").text
    assert "97.5%" in page
    assert "99.2%" in page
    wrong = boss.post("/desk/deliveries", data=month | {"late": "121"})
    assert wrong.status_code == 422
    assert "不能多于交付批次" in wrong.text
    assert boss.post("/desk/deliveries", data=month | {"month": "x"}).status_code == 422
    table = "月份,交付批次,延迟,退货\n2026-09,50,0,0\n2026-10,50,80,0\n"
    refused = boss.post("/desk/deliveries/import", files={"file": ("a.csv", table.encode("gb18030"))})
    assert refused.status_code == 422
    assert "2026-09" not in boss.get("/desk/deliveries").text  # all of it, or nothing
    table = table.replace("80", "8")
    assert boss.post("/desk/deliveries/import", files={"file": ("a.csv", table.encode())}).status_code == 303
    assert "84.0%" in boss.get("/desk/deliveries").text
    assert wang.get("/desk/deliveries").status_code == 403
