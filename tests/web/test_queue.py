"""The queue: what stands in it, in which order, for whom."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import Engine, event
from sqlmodel import select

from casework.customers import meet
from nlp.reading import Kind, Reading
from store.desk import PAGE
from store.engine import writing
from store.tables import Case, Channel, User
from tests.web.conftest import Browser, on_both
from tests.web.filled import NOW, take

pytestmark = on_both
NUMBER = re.compile(r'<tr id="(HY-\d+)"')


def numbers(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return NUMBER.findall(answer.text)


@contextmanager
def counting(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*args: object) -> None:
        if not str(args[2]).startswith(("BEGIN", "PRAGMA")):
            statements.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def more_cases(engine: Engine, count: int) -> None:
    with writing(engine) as session:
        for number in range(count):
            contact = meet(session, Channel.EMAIL, f"x{number}@more.example", f"客户{number}", "zh", NOW)
            kind = Kind.INQUIRY if number % 3 else Kind.OTHER  # small talk has no deadline
            reading = Reading(language="zh", kind=kind, confidence=0.9)
            at = NOW - timedelta(minutes=number // 2)  # pairs share a deadline
            take(session, contact, f"询价 {number}", reading, at, address=f"x{number}@more.example")


def test_it_sorts_by_what_is_due_next(wang: httpx.Client) -> None:
    assert numbers(wang.get("/desk")) == [f"HY-00000{n}" for n in (1, 2, 3, 4, 5, 6, 7)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=order", ["HY-000003", "HY-000006"]),
        ("severity=severe", ["HY-000001"]),
        ("requirement=labelling", ["HY-000001", "HY-000006"]),
        ("owner=none", ["HY-000002", "HY-000004", "HY-000005", "HY-000006", "HY-000007"]),
        ("status=closed", ["HY-000008"]),
        ("status=all&kind=complaint", ["HY-000001", "HY-000005", "HY-000008"]),
        ("q=HY-3", ["HY-000003"]),
        ("q=c-00006", ["HY-000006"]),
        ("q=镀层", ["HY-000001"]),
        ("q=meridian", ["HY-000006"]),
        ("q=压扁", ["HY-000008"]),
        ("q=%25", []),
        ("q=_", []),
        ("kind=nonsense&owner=nobody&after=garbage_x", [f"HY-00000{n}" for n in range(1, 8)]),
    ],
)
def test_it_narrows_down(wang: httpx.Client, query: str, found: list[str]) -> None:
    assert numbers(wang.get(f"/desk?{query}")) == found


def test_it_counts_what_each_chip_would_show(wang: httpx.Client) -> None:
    page = wang.get("/desk").text
    assert re.search(r"投诉<b>2</b>", page)
    assert re.search(r"无人负责<b>5</b>", page)
    assert re.search(r"标识追溯<b>2</b>", page)


def test_it_marks_what_is_late_soon_and_severe(wang: httpx.Client) -> None:
    page = wang.get("/desk").text
    assert '<tr id="HY-000001" class="late severe"' in page
    assert '<tr id="HY-000002" class="soon"' in page
    assert "超时 1 小时 40 分" in page


def test_it_shows_sales_only_their_own_and_unassigned_cases(browser: Browser) -> None:
    chen = browser("陈志远")
    assert numbers(chen.get("/desk?status=all")) == ["HY-000002", *(f"HY-00000{n}" for n in (4, 5, 6, 7))]
    assert len(numbers(browser("赵敏").get("/desk?status=all"))) == 8
    assert "投诉<b>1</b>" in chen.get("/desk?status=all").text


def test_it_pages_through_all_cases_once(wang: httpx.Client, engine: Engine) -> None:
    more_cases(engine, 2 * PAGE)
    seen: list[str] = []
    address = "/desk?owner=none"
    while True:
        page = wang.get(address)
        seen += numbers(page)
        onward = re.search(r'<a href="([^"]+)" rel="next">', page.text)
        if onward is None:
            break
        address = onward[1].replace("&amp;", "&")
    assert len(seen) == 2 * PAGE + 5
    assert len(set(seen)) == len(seen)


def test_it_asks_the_same_number_of_queries_for_any_number_of_cases(
    wang: httpx.Client, engine: Engine
) -> None:
    with counting(engine) as few:
        wang.get("/desk?q=x")
    more_cases(engine, 60)
    with counting(engine) as many:
        wang.get("/desk?q=x")
    assert len(many) == len(few) <= 12


def test_it_gives_only_the_list_when_the_page_refreshes_itself(wang: httpx.Client) -> None:
    part = wang.get("/desk?kind=order", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div id="list"')
    assert numbers(part) == ["HY-000003", "HY-000006"]


def test_it_sends_a_page_that_refreshes_itself_to_sign_in_as_a_whole(stranger: httpx.Client) -> None:
    part = stranger.get("/desk", headers={"HX-Request": "true"})
    assert part.headers["hx-redirect"].startswith("/sign-in")


def test_it_says_what_to_do_when_nobody_waits(wang: httpx.Client, engine: Engine) -> None:
    with writing(engine) as session:
        for case in session.exec(select(Case)):
            case.status = "filed"  # type: ignore[assignment]
    page = wang.get("/desk").text
    assert "没有客户在等答复" in page
    assert 'href="/desk/new"' in page


def test_it_shows_an_alarm_when_a_mailbox_is_not_heard(wang: httpx.Client) -> None:
    assert "telegram:7000001 已有 25 分钟" in wang.get("/desk").text


def test_it_forgets_a_person_who_left(wang: httpx.Client, engine: Engine) -> None:
    with writing(engine) as session:
        session.exec(select(User).where(User.name == "王芳")).one().active = False
    assert wang.get("/desk").status_code == 303
