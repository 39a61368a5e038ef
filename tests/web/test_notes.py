"""Internal notes, canned answers, and who else writes an answer just now."""

from datetime import timedelta

import httpx
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import reading, writing
from store.tables import (
    AuditLog,
    Message,
    Note,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Role,
    User,
)
from tests.web.conftest import Browser, Clock, on_both
from tests.web.filled import NOW, PASSWORD_HASH

pytestmark = on_both
CASE = "/desk/cases/HY-000002"


def notices(engine: Engine, kind: OutgoingKind = OutgoingKind.NOTICE) -> list[Outgoing]:
    with reading(engine) as session:
        wanted = select(Outgoing).where(col(Outgoing.kind) == kind, col(Outgoing.wording) == "mention")
        return list(session.exec(wanted))


def test_it_keeps_a_note_that_no_customer_sees(wang: httpx.Client, engine: Engine) -> None:
    answer = wang.post(f"{CASE}/notes", data={"text": " <b>底价</b> 不低于 3 元 "})
    assert answer.headers["location"] == f"{CASE}#notes"
    page = wang.get(CASE).text
    assert "&lt;b&gt;底价&lt;/b&gt; 不低于 3 元" in page
    assert "写了内部备注" in page
    with reading(engine) as session:
        assert session.exec(select(Note.text)).all() == ["<b>底价</b> 不低于 3 元"]
        assert not [said for said in session.exec(select(Message.text)) if "底价" in said]
        owed = session.exec(select(Outgoing.text).where(col(Outgoing.user_id).is_(None)))
        assert not [said for said in owed if "底价" in said]
        lines = session.exec(select(AuditLog).where(col(AuditLog.action) == "noted")).all()
        assert [line.details["told"] for line in lines] == [[]]


def test_it_tells_whom_a_note_mentions_if_they_may_see_the_case(
    wang: httpx.Client, browser: Browser, engine: Engine
) -> None:
    wang.post(f"{CASE}/notes", data={"text": "@陈志远请看，@Grace Lin 也请看，@王芳 @无此人"})
    assert sorted(notice.recipient for notice in notices(engine)) == ["Grace Lin", "陈志远"]
    wang.post("/desk/cases/HY-000001/notes", data={"text": "@陈志远 看不到这个案件"})
    assert len(notices(engine)) == 2
    with writing(engine) as session:
        for notice in session.exec(select(Outgoing)):
            notice.state = OutgoingState.SENT
    assert "王芳 在 HY-000002 的备注里提到了您" in browser("陈志远").get("/desk/notices").text


def test_it_keeps_notes_from_those_who_may_not_see_the_case(browser: Browser) -> None:
    chen = browser("陈志远")
    assert chen.post("/desk/cases/HY-000001/notes", data={"text": "x"}).status_code == 403
    assert chen.post(f"{CASE}/notes", data={"text": "  "}).status_code == 422


def canned(client: httpx.Client, name: str, **words: str) -> httpx.Response:
    return client.post("/desk/canned", data={"name": name, **words})


def test_it_fills_a_canned_answer_in_the_customers_language(wang: httpx.Client) -> None:
    canned(wang, "收到", zh="{姓名}您好，{客户}的案件 {编号} 已收到。", en="Dear {姓名}, we have {编号}.")
    assert "Dear " in wang.get(f"{CASE}?canned=1").text
    assert "李敏您好，华东精密电子有限公司的案件 HY-000001 已收到。</textarea>" in (
        wang.get("/desk/cases/HY-000001?canned=1").text
    )
    assert wang.get(f"{CASE}?canned=99").status_code == 200


def test_it_shares_canned_answers_and_lets_author_and_head_change_them(
    wang: httpx.Client, browser: Browser, engine: Engine
) -> None:
    canned(wang, "共用的", zh="大家好", shared="true")
    canned(wang, "自己的", zh="私房话")
    chen, grace = browser("陈志远"), browser("Grace Lin")
    assert "共用的" in chen.get(CASE).text
    assert "自己的" not in chen.get("/desk/canned").text
    assert canned(chen, "改", zh="坏", canned_id="1").status_code == 403
    assert chen.post("/desk/canned/1/remove").status_code == 403
    assert chen.post("/desk/canned/2/remove").status_code == 404
    assert canned(grace, "共用的", zh="各位好", shared="true", canned_id="1").status_code == 303
    assert "各位好" in wang.get("/desk/canned?change=1").text
    assert wang.post("/desk/canned/2/remove").status_code == 303
    with reading(engine) as session:
        actions = select(AuditLog.action).where(col(AuditLog.action).startswith("canned"))
        assert list(session.exec(actions.order_by(col(AuditLog.id)))) == [
            "canned_saved",
            "canned_saved",
            "canned_saved",
            "canned_removed",
        ]


def test_it_keeps_canned_answers_for_those_who_answer(browser: Browser, engine: Engine) -> None:
    with writing(engine) as session:
        session.add(User(name="何工", role=Role.QUALITY, password_hash=PASSWORD_HASH, created_at=NOW))
    he = browser("何工")
    assert he.get("/desk/canned").status_code == 403
    assert canned(he, "x", zh="y").status_code == 403
    assert he.post(f"{CASE}/drafting").status_code == 403


def test_it_tells_a_colleague_that_somebody_writes_an_answer(
    wang: httpx.Client, browser: Browser, clock: Clock
) -> None:
    chen = browser("陈志远")
    word = "陈志远 正在写这个案件的答复"
    assert chen.post(f"{CASE}/drafting").status_code == 204
    assert word in wang.get(CASE).text
    assert word in wang.get(f"{CASE}/news").text
    assert word not in chen.get(CASE).text
    clock.now += timedelta(seconds=59)
    assert word in wang.get(f"{CASE}/news").text
    clock.now += timedelta(seconds=2)
    assert word not in wang.get(f"{CASE}/news").text
    chen.post(f"{CASE}/drafting")
    assert word in wang.get(f"{CASE}/news").text
    chen.post(f"{CASE}/reply", data={"text": "We will quote today.", "seen": "99"})
    assert word not in wang.get(f"{CASE}/news").text


def test_it_says_nothing_of_cases_one_may_not_see(browser: Browser) -> None:
    assert browser("陈志远").post("/desk/cases/HY-000001/drafting").status_code == 403
