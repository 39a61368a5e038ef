"""Many lines at once: handed over, closed, opened again; never what one may not."""

import httpx
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import reading, writing
from store.tables import AuditLog, Case, Role, User
from tests.web.conftest import Browser, on_both
from tests.web.filled import NOW, PASSWORD_HASH

pytestmark = on_both


def states(engine: Engine) -> dict[int, str]:
    with reading(engine) as session:
        return {case.id or 0: case.status.value for case in session.exec(select(Case))}


def owners(engine: Engine) -> dict[int, int | None]:
    with reading(engine) as session:
        return {case.id or 0: case.owner_id for case in session.exec(select(Case))}


def told(engine: Engine, action: str) -> list[int | None]:
    with reading(engine) as session:
        lines = session.exec(
            select(AuditLog).where(col(AuditLog.action) == action).order_by(col(AuditLog.id))
        )
        return [line.case_id for line in lines]


def test_it_hands_over_what_is_chosen(wang: httpx.Client, engine: Engine) -> None:
    answer = wang.post(
        "/desk/bulk", data={"act": "assign", "owner": "2", "case": ["2", "4"], "back": "kind=inquiry"}
    )
    assert answer.headers["location"].startswith("/desk?status=open&kind=inquiry&done=assigned")
    assert (owners(engine)[2], owners(engine)[4]) == (2, 2)
    assert told(engine, "assigned") == [2, 4]
    assert "已指派 2 个案件" in wang.get(answer.headers["location"]).text


def test_it_closes_no_complaint_in_bulk_and_undoes_the_others(wang: httpx.Client, engine: Engine) -> None:
    answer = wang.post("/desk/bulk", data={"act": "close", "case": ["1", "2", "4", "8"]})
    after = states(engine)
    assert (after[1], after[2], after[4]) == ("open", "closed", "closed")
    page = wang.get(answer.headers["location"]).text
    assert "已关闭 2 个案件" in page
    assert "1 个投诉没有关闭" in page  # the other one was closed before
    wang.post("/desk/bulk", data={"act": "reopen", "case": ["2", "4"]})
    again = states(engine)
    assert (again[2], again[4]) == ("open", "open")
    assert told(engine, "reopened") == [2, 4]


def test_it_leaves_alone_what_a_person_may_not_see(browser: Browser, engine: Engine) -> None:
    chen = browser("陈志远")
    before = owners(engine)
    for act in ("close", "assign", "reopen"):
        chen.post("/desk/bulk", data={"act": act, "owner": "2", "case": ["3"]})
    assert owners(engine) == before
    assert states(engine)[3] == "open"


def test_it_is_for_those_who_answer(browser: Browser, engine: Engine) -> None:
    with writing(engine) as session:
        session.add(User(name="何工", role=Role.QUALITY, password_hash=PASSWORD_HASH, created_at=NOW))
    he = browser("何工")
    assert he.post("/desk/bulk", data={"act": "close", "case": ["2"]}).status_code == 403
    assert 'form="bulk"' not in he.get("/desk").text
    assert states(engine)[2] == "open"


def test_it_says_what_is_missing_and_takes_no_nonsense(wang: httpx.Client) -> None:
    without = wang.post("/desk/bulk", data={"act": "assign", "case": ["2"]})
    assert without.status_code == 422
    assert "请选择负责人" in without.text
    assert wang.post("/desk/bulk", data={"act": "burn", "case": ["2"]}).status_code == 422
    assert wang.post("/desk/bulk", data={"act": "close", "case": ["99999999999999"]}).status_code == 303
    away = wang.post("/desk/bulk", data={"act": "close", "back": "q=x&next=//evil.example\r\nX: y"})
    assert away.headers["location"] == "/desk?status=all&q=x&done=closed&cases=&left=0"
    for query in ("done=closed&cases=%3Cscript%3E&left=x", "done=assigned&cases=²", "done=x"):
        assert wang.get(f"/desk?{query}").status_code == 200
