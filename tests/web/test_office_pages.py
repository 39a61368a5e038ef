"""Notices, health, quarantine and surveys."""

import httpx
from sqlalchemy import Engine
from sqlmodel import col, select

from intake.withheld import BREAKING
from store.engine import reading, writing
from store.tables import (
    Incoming,
    IncomingState,
    Message,
    Outgoing,
    OutgoingState,
    PlanState,
    SurveyPlan,
)
from tests.web.conftest import Browser


def test_it_shows_a_notice_until_it_was_read(wang: httpx.Client) -> None:
    page = wang.get("/desk/notices").text
    assert "已超时：HY-000001" in page
    assert 'href="/desk/cases/HY-000001"' in page
    wang.post("/desk/notices/read")
    assert "没有未读通知" in wang.get("/desk/notices").text


def test_it_words_a_notice_in_the_language_that_its_reader_has_chosen(browser: Browser) -> None:
    boss = browser("赵敏")
    assert "收不到消息：telegram:7000001" in boss.get("/desk/notices").text
    boss.post("/language", data={"language": "en"})
    page = boss.get("/desk/notices").text
    assert "Not heard: telegram:7000001" in page
    assert '<a class="button" href="/desk/health">Look</a>' in page
    assert "收不到" not in page


def test_it_marks_only_own_notices_as_read(browser: Browser, engine: Engine) -> None:
    with reading(engine) as session:
        notice = session.exec(select(Outgoing.id).where(col(Outgoing.user_id) == 1)).one()
    browser("陈志远").post("/desk/notices/read", data={"notice": str(notice)})
    assert "已超时" in browser("王芳").get("/desk/notices").text


def test_it_tells_which_listener_fails_and_why(boss: httpx.Client) -> None:
    page = boss.get("/desk/health").text
    assert "telegram:7000001 已有 25 分钟" in page
    assert "Telegram 应答异常" in page


def test_it_lists_letters_that_may_not_have_left(boss: httpx.Client, engine: Engine) -> None:
    with writing(engine) as session:
        letter = session.exec(select(Outgoing).where(col(Outgoing.case_id) == 2)).first()
        assert letter is not None
        letter.state, letter.error = OutgoingState.FAILED, "550 no such user"
    assert "550 no such user" in boss.get("/desk/health").text


def test_it_shows_what_was_set_aside_and_hands_out_its_bytes(boss: httpx.Client) -> None:
    assert "邮件的组成部分超过 1,000 个。" in boss.get("/desk/quarantine").text
    raw = boss.get("/desk/quarantine/1/raw")
    assert raw.content.endswith(b"\xff" * 20)
    assert "incoming-1.eml" in raw.headers["content-disposition"]


def test_it_tries_again_with_one_click(boss: httpx.Client, engine: Engine) -> None:
    for _time in range(2):
        assert boss.post("/desk/quarantine/1/retry").status_code == 303
    with reading(engine) as session:
        row = session.get_one(Incoming, 1)
    assert (row.state, row.attempts, row.claimed_until) == (IncomingState.NEW, 0, None)
    assert boss.get("/desk/quarantine/1/raw").status_code == 404


def test_it_says_that_it_is_trying_and_what_came_of_it(boss: httpx.Client, engine: Engine) -> None:
    def became(state: IncomingState) -> str:
        with writing(engine) as session:
            session.get_one(Incoming, 1).state = state
        return boss.get("/desk/quarantine?again=1").text

    page = boss.get(boss.post("/desk/quarantine/1/retry").headers["location"]).text
    assert "正在重新处理" in page
    assert 'hx-get="/desk/quarantine?again=1"' in page
    assert "还是读不懂" in became(IncomingState.QUARANTINED)
    with writing(engine) as session:
        message = session.exec(select(Message).where(col(Message.case_id) == 1)).first()
        assert message is not None
        message.incoming_id = 1
    page = became(IncomingState.RECEIVED)
    assert '<a href="/desk/cases/HY-000001">打开案件' in page
    assert "hx-get" not in page


def test_it_has_nothing_to_try_again_with_while_the_server_withholds_a_mail(
    boss: httpx.Client, engine: Engine
) -> None:
    with writing(engine) as session:
        row = session.get_one(Incoming, 1)
        row.raw, row.reason = None, BREAKING
    page = boss.get("/desk/quarantine").text
    assert "邮件服务器都会断开连接" in page
    assert "会自动再取" in page
    assert "/desk/quarantine/1/" not in page


def test_it_shows_how_the_surveys_went_and_who_scored_low(wang: httpx.Client) -> None:
    page = wang.get("/desk/surveys").text
    assert "2026-H1" in page
    assert ">72</b>" in page
    assert 'href="/desk/cases/HY-000001"' in page
    assert 'title="低分，尚未处理完">1</b>' in page


def test_it_lets_only_the_manager_approve_a_plan(browser: Browser, engine: Engine) -> None:
    waiting = 2
    sales, manager = browser("王芳"), browser("赵敏")
    assert "等待总经理批准" in sales.get("/desk/surveys").text
    assert sales.post(f"/desk/surveys/plans/{waiting}/approve").status_code == 403
    assert "批准计划和问卷" in manager.get(f"/desk/surveys/plans/{waiting}").text
    assert "批准计划和问卷" not in sales.get(f"/desk/surveys/plans/{waiting}").text
    for _time in range(2):
        assert manager.post(f"/desk/surveys/plans/{waiting}/approve").status_code == 303
    with reading(engine) as session:
        assert session.get_one(SurveyPlan, waiting).state == PlanState.APPROVED
