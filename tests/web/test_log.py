"""The log is complete: each act one line, in the same transaction (P24); and its page finds every line."""

import re
from html import unescape
from threading import Thread
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import reading, writing
from store.history import log
from store.tables import AuditLog, Message, Outgoing, OutgoingState, User
from tests.web.acts import ACTS, SHOWN_ELSEWHERE
from tests.web.conftest import Browser
from tests.web.filled import NOW
from tests.web.log_watch import LogWatch
from tests.web.rights import RIGHTS


def test_it_knows_the_line_of_every_route_that_changes_something() -> None:
    changing = {route for route in RIGHTS if not route.startswith("GET ")}
    assert sorted(changing - set(ACTS) - set(SHOWN_ELSEWHERE)) == [], (
        "Say in tests/web/acts.py what is logged."
    )
    assert sorted((set(ACTS) | set(SHOWN_ELSEWHERE)) - changing) == [], "These routes are gone."


@pytest.mark.parametrize("route", ACTS)
def test_it_leaves_one_line_for_one_act(
    browser: Browser, engine: Engine, log_watch: LogWatch, route: str
) -> None:
    act = ACTS[route]
    client = browser(act.who)
    for before in act.first:
        client.post(before.address, data=before.form)
    log_watch.transactions.clear()
    newest = _newest(engine)
    assert client.post(act.address, data=act.form).status_code == 303
    with reading(engine) as session:
        lines = session.exec(select(AuditLog).where(col(AuditLog.id) > newest)).all()
        person = session.exec(select(User.id).where(col(User.name) == act.who)).one()
    assert [(line.action, line.user_id) for line in lines] == [(act.logged, person)]
    assert [done.log_lines for done in log_watch.transactions if done.tables] == [1]


@pytest.mark.parametrize("route", ["assign", "close", "existing", "correct"])
def test_it_leaves_no_line_for_what_was_done_already(browser: Browser, engine: Engine, route: str) -> None:
    act = ACTS[f"POST /desk/cases/{{number}}/{route}"]
    client = browser(act.who)
    client.post(act.address, data=act.form)
    newest = _newest(engine)
    client.post(act.address, data=act.form)
    assert _newest(engine) == newest


@pytest.mark.parametrize(("decision", "action"), [("again", "sent_again"), ("sent", "taken_as_sent")])
def test_it_logs_a_decision_about_a_letter(
    browser: Browser, engine: Engine, decision: str, action: str
) -> None:
    with writing(engine) as session:
        letter = session.exec(
            select(Outgoing).join(Message, col(Message.id) == col(Outgoing.message_id)).limit(1)
        ).one()
        letter.state = OutgoingState.UNCERTAIN
        address, newest = f"/desk/cases/HY-{letter.case_id:06d}/letters/{letter.id}", _newest(engine)
    for _time in range(2):
        assert browser("赵敏").post(f"{address}/{decision}").status_code == 303
    with reading(engine) as session:
        lines = session.exec(select(AuditLog.action).where(col(AuditLog.id) > newest)).all()
    assert [line for line in lines if line != "signed_in"] == [action]


def _newest(engine: Engine) -> int:
    with reading(engine) as session:
        return max(session.exec(select(AuditLog.id)).all(), key=lambda number: number or 0) or 0


def test_it_notices_a_change_without_a_line(engine: Engine) -> None:
    watch = LogWatch(engine)

    def change(*, logged: bool) -> None:
        with writing(engine) as session:
            session.get_one(User, 1).department = f"{logged}"
            if logged:
                log(session, "tried", NOW)

    for logged in (True, False):
        thread = Thread(target=change, kwargs={"logged": logged})
        thread.start()
        thread.join()
    assert watch.silent == [{"users"}]


def test_it_finds_lines_by_person_act_time_and_case(boss: httpx.Client, engine: Engine) -> None:
    page = boss.get("/desk/log").text
    assert "登录" in page
    assert "收到消息" in page
    assert "关闭了案件" not in boss.get("/desk/log?person=program").text.partition("<tbody>")[2]
    by_grace = boss.get("/desk/log?person=4").text.partition("<tbody>")[2]
    assert "关闭了案件" in by_grace
    assert "收到消息" not in by_grace
    closed = boss.get("/desk/log?action=closed&first=2026-11-20&last=2026-11-20&case=hy-8").text
    assert closed.partition("<tbody>")[2].count("<tr>") == 1
    assert "没有符合这些条件的记录" in boss.get("/desk/log?action=closed&last=2026-11-19").text
    assert "没有这样的案件编号" in boss.get("/desk/log?case=PO-7").text


@pytest.mark.parametrize(
    "before", ["", "x_1", "2026-11-20T00:00:00_99999999999999", "9999-12-31T23:59:59-23:59_1"]
)
def test_it_pages_through_the_log_and_leaves_out_no_line(
    boss: httpx.Client, engine: Engine, before: str
) -> None:
    with writing(engine) as session:
        for number in range(120):
            log(session, "tried", NOW, details={"number": number})
    seen: list[str] = []
    address: str | None = f"/desk/log?action=tried&before={quote(before)}"
    while address:
        page = boss.get(address).text
        seen += re.findall(r"&#34;number&#34;: (\d+)", page)
        following = re.search(r'href="([^"]*)" rel="next"', page)
        address = unescape(following[1]) if following else None
    assert seen == [str(number) for number in reversed(range(120))]
