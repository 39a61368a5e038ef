"""满意度分析报告: one campaign, by item, indicator, owner and customer."""

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from store.engine import reading, writing
from store.tables import Channel, SurveyCampaign, SurveyInvitation, SurveyResponse
from survey.report import report
from tests.web.conftest import Browser, on_both
from tests.web.filled import NOW
from tests.web.test_queue import counting


def answer(engine: Engine, customer: int, level: str, score: float, comment: str = "") -> None:
    """Another customer of the first campaign chooses the same level everywhere."""
    with writing(engine) as session:
        items = session.exec(select(SurveyResponse)).first()
        assert items is not None
        invitation = SurveyInvitation(
            campaign_id=1,
            customer_id=customer,
            contact_id=customer,
            channel=Channel.EMAIL,
            address=f"{customer}@k.example",
            expires_at=NOW,
            created_at=NOW,
        )
        session.add(invitation)
        session.flush()
        session.add(
            SurveyResponse(
                invitation_id=invitation.id or 0,
                answers=dict.fromkeys(items.answers, level),
                score=score,
                comment=comment,
                answered_at=NOW,
            )
        )


@on_both
def test_it_reckons_each_item_and_the_whole(boss: httpx.Client, engine: Engine) -> None:
    answer(engine, 2, "good", 80.0, "<b>好</b>")
    answer(engine, 3, "best", 100.0)
    with reading(engine) as session:
        found = report(session, session.get_one(SurveyCampaign, 1))
    assert [round(100 * (item.share or 0), 2) for item in found.items] == [
        *(93.33, 76.67, 76.67),  # (20 + 16 + 20) / 60, (10 + 16 + 20) / 60 twice
        *[86.67] * 4,  # (8 + 8 + 10) / 30
    ]
    assert found.result == 84.0  # (72 + 80 + 100) / 3
    assert [(owner.name, owner.answers, owner.average) for owner in found.owners] == [
        ("王芳", 1, 72.0),
        (None, 2, 90.0),
    ]
    assert [one.score for one in found.lowest] == [72.0, 80.0, 100.0]
    assert found.trend == [("2026-H1", 84.0)]
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
    assert "/desk/surveys/1" not in client.get("/desk/surveys").text
