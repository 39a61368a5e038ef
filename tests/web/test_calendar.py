"""The calendar page: the year as it is, and our own exceptions to it."""

from datetime import date

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import reading
from store.tables import AuditLog, CalendarDay
from tests.web.conftest import Browser, on_both

pytestmark = on_both
PAGE = "/desk/calendar"


def cell(page: str, day: str) -> str:
    """The cell of a day."""
    link = page.index(f'<a href="{PAGE}?day={day}#own"')
    return page[page.rindex("<td", 0, link) : page.index("</td>", link)]


@pytest.fixture
def boss(browser: Browser) -> httpx.Client:
    return browser("赵敏")


def test_it_shows_days_off_and_make_up_days(boss: httpx.Client) -> None:
    page = boss.get(f"{PAGE}?year=2026").text
    assert "2026 年的放假和调休安排已公布" in page
    assert 'class="made_up"' in cell(page, "2026-02-14")
    assert 'title="春节调休，上班"' in cell(page, "2026-02-28")
    assert 'title="国庆节调休，上班"' in cell(page, "2026-09-20")
    assert 'title="国庆节调休，上班"' in cell(page, "2026-10-10")
    assert 'class="off free"' in cell(page, "2026-02-17")
    assert "2 月 <small>16 个工作日" in page


def test_it_says_when_a_year_is_not_published(boss: httpx.Client) -> None:
    assert "2098 年的放假安排尚未公布" in boss.get(f"{PAGE}?year=2098").text
    assert boss.get(f"{PAGE}?year=1999").status_code == 422
    assert boss.get(f"{PAGE}?day=0001-01-01").status_code == 200
    assert boss.get(f"{PAGE}?day=x").status_code == 422


def test_it_adds_an_exception_once_and_takes_it_away_again(boss: httpx.Client, engine: Engine) -> None:
    day = {"day": "2026-11-23", "worked": "false", "remark": "<b>厂庆</b>"}
    for _time in range(2):
        assert boss.post(PAGE, data=day).headers["location"] == f"{PAGE}?year=2026#own"
    page = boss.get(PAGE).text
    assert 'class="own free"' in cell(page, "2026-11-23")
    assert "&lt;b&gt;厂庆&lt;/b&gt;" in page
    other = boss.post(PAGE, data=day | {"worked": "true"})
    assert (other.status_code, "已经有一条例外" in other.text) == (422, True)
    for _time in range(2):
        assert boss.post(f"{PAGE}/2026-11-23/remove").status_code == 303
    with reading(engine) as session:
        assert session.exec(select(CalendarDay)).all() == []
        told = session.exec(select(AuditLog.action).where(col(AuditLog.action).like("own_day%"))).all()
    assert told == ["own_day_added", "own_day_removed"]
    assert "删除了 2026-11-23 的例外" in boss.get(PAGE).text


def test_it_lets_a_weekend_be_worked(boss: httpx.Client, engine: Engine) -> None:
    boss.post(PAGE, data={"day": "2026-11-21", "worked": "true"})
    with reading(engine) as session:
        (row,) = session.exec(select(CalendarDay))
    assert (row.day, row.worked, row.user_id) == (date(2026, 11, 21), True, 3)
    assert 'class="own"' in cell(boss.get(PAGE).text, "2026-11-21")


def test_it_names_every_target_with_its_clause(boss: httpx.Client) -> None:
    page = boss.get(PAGE).text
    assert "<td>不合格品处置单</td><td>4 小时</td><td>S2 5.7</td>" in page
    assert "<td>纠正和预防措施</td><td>2 个工作日</td><td>S2 5.7</td>" in page
    boss.post("/language", data={"language": "en"})
    assert "<td>Complaint · First reply</td><td>24 hours</td><td>S0</td>" in boss.get(PAGE).text


@pytest.mark.parametrize("name", ["王芳", "Grace Lin"])
def test_it_is_for_those_who_decide_policy(browser: Browser, engine: Engine, name: str) -> None:
    client = browser(name)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, data={"day": "2026-11-23", "worked": "false"}).status_code == 403
    assert client.post(f"{PAGE}/2026-11-23/remove").status_code == 403
    with reading(engine) as session:
        assert session.exec(select(CalendarDay)).all() == []
