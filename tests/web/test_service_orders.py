"""Service orders through real forms: issued, carried out, told to the customer, confirmed and rated."""

from datetime import datetime, timedelta

import httpx
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from casework.owing import notice_words, page_of
from casework.reminding import remind_due
from store.engine import reading, writing
from store.tables import Deadline, DeadlineKind, Outgoing, ServiceOrder, ServiceState, User
from tests.web.conftest import Browser, on_both
from tests.web.filled import NOW, POLICY
from tests.web.reviewers import hire_reviewers
from tests.web.test_queue import counting

CASE = "/desk/cases/HY-000001"  # 王芳's
ISSUED = {"task": "上门检查加热块", "due": "2026-11-24T17:30", "product": "FK-900", "place": "3 号厂房"}
DONE = {"finding": "misuse", "found": "热电偶被拉出", "work": "重新固定，教操作工点检"}
SAID = {"by": "何师傅", "on": "2026-11-20", "service": "satisfied", "product": "dissatisfied"}


def user_id(engine: Engine, name: str) -> int:
    with reading(engine) as session:
        return session.exec(select(User.id).where(col(User.name) == name)).one() or 0


def told(engine: Engine, act: str) -> set[str]:
    """Who was told on the desk of this act; each notice is worded in both languages."""
    with reading(engine) as session:
        rows = session.exec(
            select(Outgoing, User.name)
            .join(User, col(User.id) == col(Outgoing.user_id))
            .where(col(Outgoing.wording) == "service_order", col(Outgoing.channel) == "desk")
        ).all()
        names = set()
        for notice, name in rows:
            if (notice.details or {})["act"] != act:
                continue
            names.add(name)
            assert page_of(notice).startswith("/desk/service-orders/")
            for language in ("zh", "en"):
                said = notice_words(notice, language, POLICY.timezone, lambda sentence, _: sentence)
                assert "SV-0000" in said.subject
                assert "C-00001" in said.text
        return names


def order_of(engine: Engine, number: int = 1) -> ServiceOrder:
    with reading(engine) as session:
        return session.get_one(ServiceOrder, number)


@on_both
def test_it_goes_from_the_call_to_the_customers_word(browser: Browser, engine: Engine) -> None:
    with writing(engine) as session:
        hire_reviewers(session)
    wang, sun, zhou = browser("王芳"), browser("孙工"), browser("周工")
    assert "下达客户服务通知单" in wang.get(CASE).text
    issued = ISSUED | {"handler": str(user_id(engine, "孙工"))}
    assert wang.post(f"{CASE}/service-orders", data=issued).status_code == 303
    assert told(engine, "issued") == {"孙工", "周工", "杨品质"}
    assert "SV-00001" in wang.get(CASE).text
    page = sun.get("/desk/service-orders?mine=1").text
    assert "上门检查加热块" in page
    assert "上门检查加热块" not in zhou.get("/desk/service-orders?mine=1").text

    address = "/desk/service-orders/1"
    assert wang.post(f"{address}/confirm", data=SAID).status_code == 422  # nothing is done yet
    assert zhou.post(f"{address}/done", data=DONE).status_code == 403  # nobody gave it to him
    for lacking in ({"found": " "}, {"work": ""}, {"finding": "x"}):
        assert sun.post(f"{address}/done", data=DONE | lacking).status_code == 422
    assert sun.post(f"{address}/done", data=DONE).status_code == 303
    assert told(engine, "done") == {"王芳", "周工", "杨品质"}
    with reading(engine) as session:
        clock = session.exec(select(Deadline).where(col(Deadline.kind) == DeadlineKind.SERVICE_ORDER)).one()
        assert clock.met_at is not None
    sun.post(f"{address}/done", data=DONE | {"found": "热电偶被拉出 8 mm"})  # put right
    assert order_of(engine).found == "热电偶被拉出 8 mm"
    assert wang.post(f"{address}/withdraw").status_code == 422

    assert "请把检查结果告诉客户" in wang.get(address).text
    letter = wang.get(f"{address}/draft").text
    assert "问题出在使用方法：热电偶被拉出 8 mm" in letter
    noted = {"text": "热电偶被拉出。", "seen": "99999", "only_note": "true"}
    wang.post("/desk/cases/HY-000001/reply", data=noted)  # by the gate of a severe complaint
    assert "请把检查结果告诉客户" in wang.get(address).text

    for wrong in ({"by": " "}, {"on": "2026-11-21"}, {"service": "great"}):
        assert wang.post(f"{address}/confirm", data=SAID | wrong).status_code == 422
    assert wang.post(f"{address}/confirm", data=SAID).status_code == 303
    # The head hears of it, as somebody is dissatisfied.
    assert told(engine, "confirmed") == {"周工", "杨品质", "Grace Lin"}
    assert sun.post(f"{address}/done", data=DONE).status_code == 422
    form = wang.get(f"{address}/form").text
    for words in ("SV-00001", "孙工", "☑ 使用不当", "☑ 不满意", "何师傅", "2026-11-20", "HY-000001"):
        assert words in form, words
    story = browser("赵敏").get(CASE).text
    assert "何师傅 确认客户服务 SV-00001：服务满意，产品不满意" in story
    assert "service_order" not in story.partition("经过")[2]
    assert "何师傅" in browser("Grace Lin").get(address).text


@on_both
def test_it_is_seen_by_whom_it_was_given_to_and_by_nobody_else_in_sales(
    browser: Browser, engine: Engine
) -> None:
    wang, chen = browser("王芳"), browser("陈志远")
    chens, wangs = user_id(engine, "陈志远"), user_id(engine, "王芳")
    for handler in (chens, wangs):
        wang.post(f"{CASE}/service-orders", data=ISSUED | {"handler": str(handler)})
    page = chen.get("/desk/service-orders/1")
    assert page.status_code == 200
    assert f'href="{CASE}"' not in page.text
    assert chen.get("/desk/service-orders/1/draft").status_code == 403
    for path in ("", "/form"):
        assert chen.get(f"/desk/service-orders/2{path}").status_code == 403
    assert chen.post("/desk/service-orders/2/done", data=DONE).status_code == 403
    listed = chen.get("/desk/service-orders").text
    assert "SV-00001" in listed
    assert "SV-00002" not in listed
    assert chen.post("/desk/service-orders/1/done", data=DONE).status_code == 303
    assert "SV-00001" in chen.get("/desk/service-orders?state=done").text
    with counting(engine) as few:
        wang.get("/desk/service-orders?state=done")
    for _time in range(3):
        wang.post(f"{CASE}/service-orders", data=ISSUED | {"handler": str(chens)})
    with counting(engine) as more:
        wang.get("/desk/service-orders")
    assert len(few) == len(more) <= 6


def test_it_is_refused_when_it_names_nobody_or_lies_in_the_past(browser: Browser, engine: Engine) -> None:
    wang, handler = browser("王芳"), str(user_id(engine, "周工"))
    with writing(engine) as session:
        session.get_one(User, user_id(engine, "陈志远")).active = False
    wrong: list[dict[str, str]] = [
        {"handler": "999"},
        {"handler": str(user_id(engine, "陈志远"))},
        {"task": "  "},
        {"due": "2026-11-20T09:00"},
        {"due": "tomorrow"},
        {"due": "9999-12-31T23:59"},
    ]
    for one in wrong:
        answer = wang.post(f"{CASE}/service-orders", data=ISSUED | {"handler": handler} | one)
        assert answer.status_code == 422, one
    evil = {"handler": handler, "task": "<script>alert(1)</script>\u202e", "product": "\x00"}
    assert wang.post(f"{CASE}/service-orders", data=ISSUED | evil).status_code == 303
    for path in (CASE, "/desk/service-orders", "/desk/service-orders/1", "/desk/service-orders/1/form"):
        shown = wang.get(path).text
        assert "<script>alert" not in shown
        assert "\u202e" not in shown


def test_it_reminds_until_it_is_done_or_withdrawn(browser: Browser, engine: Engine) -> None:
    wang: httpx.Client = browser("王芳")
    zhou = user_id(engine, "周工")
    wang.post(f"{CASE}/service-orders", data=ISSUED | {"handler": str(zhou)})
    wang.post("/desk/service-orders/1/withdraw")
    assert order_of(engine).state == ServiceState.WITHDRAWN
    assert reminders(engine, NOW + timedelta(days=9)) == []
    wang.post("/desk/service-orders/1/withdraw", data={"back": "1"})
    due_at = order_of(engine).due_at
    assert reminders(engine, due_at - timedelta(hours=1)) == [zhou]
    rung = reminders(engine, due_at + timedelta(minutes=1))
    assert sorted(rung) == sorted([zhou, zhou, user_id(engine, "赵敏")])
    wang.post("/desk/service-orders/1/done", data=DONE)
    assert reminders(engine, due_at + timedelta(days=5)) == rung


def reminders(engine: Engine, now: datetime) -> list[int]:
    """Who has been reminded of the service order by then, and where that leads."""
    with writing(engine) as session:
        remind_due(session, now, POLICY)
    with reading(engine) as session:
        rows = session.exec(
            select(Outgoing)
            .where(col(Outgoing.wording) == "reminder/service_order", col(Outgoing.channel) == "desk")
            .order_by(col(Outgoing.id))
        ).all()
        assert {page_of(row) for row in rows} <= {"/desk/service-orders"}
        return [row.user_id or 0 for row in rows]


@on_both
def test_the_database_refuses_what_nobody_did(browser: Browser, engine: Engine) -> None:
    issued = ISSUED | {"handler": str(user_id(engine, "周工"))}
    browser("王芳").post(f"{CASE}/service-orders", data=issued)
    for change in (
        "state = 'done'",
        "state = 'confirmed'",
        "service_rating = 'great'",
        "state = 'withdrawn', done_at = issued_at",
    ):
        with pytest.raises(IntegrityError), writing(engine) as session:
            session.connection().execute(text(f"UPDATE service_orders SET {change}"))
