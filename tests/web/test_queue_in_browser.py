"""A day at the queue in a real browser: keyboard, live news that keep the place, and undo."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from casework.customers import meet
from nlp.reading import Kind, Reading
from store.engine import reading, writing
from store.tables import Case, CaseStatus, Channel
from tests.web.chromium import chromium
from tests.web.filled import NOW, take
from tests.web.test_in_browser import Watched


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Watched]:
    watched = Watched(browser, address, "王芳", viewport={"width": 1280, "height": 420})
    yield watched
    watched.context.close()
    assert watched.troubles == []


def arrive(engine: Engine, number: int) -> None:
    with writing(engine) as session:
        address = f"new{number}@new.example"
        contact = meet(session, Channel.EMAIL, address, f"新客户{number}", "zh", NOW)
        news = Reading(language="zh", kind=Kind.INQUIRY, confidence=0.9)
        take(session, contact, f"新来的询价 {number}", news, NOW - timedelta(hours=24), address=address)


def status(engine: Engine, number: int) -> CaseStatus:
    with reading(engine) as session:
        return session.get_one(Case, number).status


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def until(page: Page, condition: str) -> None:
    """Wait in the page; our own policy forbids Playwright's way of asking again and again."""
    look = f"function look() {{ ({condition}) ? done() : setTimeout(look, 20); }}"
    give_up = f"setTimeout(() => fail(new Error({json.dumps(condition)})), 30000)"
    page.evaluate(f"() => new Promise((done, fail) => {{ {give_up}; ({look})(); }})")


def live(page: Page) -> None:
    until(page, "stream?.readyState === 1")


def test_it_closes_what_is_chosen_by_keyboard_and_takes_it_back(desk: Watched, engine: Engine) -> None:
    page = desk.page
    expect(page.locator("#bulk")).to_be_hidden()
    press(page, "j", "j", "x", "j", "x")
    expect(page.locator("#bulk")).to_contain_text("2")
    press(page, "e")
    page.wait_for_selector(".toast")
    assert "done" not in page.url
    assert (status(engine, 2), status(engine, 3)) == (CaseStatus.CLOSED, CaseStatus.CLOSED)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("#HY-000002")).to_be_visible()
    assert (status(engine, 2), status(engine, 3)) == (CaseStatus.OPEN, CaseStatus.OPEN)


def test_it_assigns_the_line_one_stands_on(desk: Watched) -> None:
    page = desk.page
    press(page, "j", "j", "a")
    expect(page.locator("#bulk select")).to_be_focused()
    page.select_option("#bulk select", label="由我负责")
    page.get_by_role("button", name="指派").click()
    expect(page.locator("#HY-000002 .owner")).to_have_text("王芳")
    expect(page.locator(".toast")).to_contain_text("已指派 1 个案件")


def test_it_hears_of_news_at_once_and_keeps_the_place(desk: Watched, engine: Engine) -> None:
    page = desk.page
    press(page, "j", "j", "j", "x", "j")
    page.evaluate("window.scrollTo(0, 90)")
    live(page)
    before = page.evaluate("window.scrollY")
    arrive(engine, 1)
    expect(page.locator("#HY-000009")).to_be_attached()
    expect(page.locator("tr.here")).to_have_attribute("id", "HY-000004")
    expect(page.locator("#HY-000003 input")).to_be_checked()
    expect(page.locator("#bulk")).to_contain_text("1")
    assert page.evaluate("window.scrollY") == before > 0


def test_it_waits_with_news_while_a_menu_is_open(desk: Watched, engine: Engine) -> None:
    page = desk.page
    page.goto("/desk?kind=inquiry")
    live(page)
    page.get_by_text("保存为视图").click()
    page.fill("[name=name]", "询价")
    arrive(engine, 1)
    until(page, "stale")
    expect(page.locator("[name=name]")).to_have_value("询价")
    page.press("[name=name]", "Enter")
    expect(page.locator(".views")).to_contain_text("询价")
    expect(page.locator("#HY-000009")).to_be_visible()


def test_it_asks_by_itself_where_no_stream_comes(desk: Watched, engine: Engine) -> None:
    page = desk.page
    page.evaluate("() => { stream.close(); quiet = REFRESH; }")
    arrive(engine, 1)
    expect(page.locator("#HY-000009")).to_be_visible()


def test_it_puts_a_canned_answer_where_one_writes_and_tells_colleagues(
    desk: Watched, browser: Browser, address: str
) -> None:
    page = desk.page
    page.goto("/desk/canned")
    page.fill("[name=name]", "收到")
    page.fill("[name=zh]", "{姓名}您好，{编号} 已收到。")
    page.get_by_role("button", name="保存").click()
    grace = Watched(browser, address, "Grace Lin")
    grace.page.goto("/desk/cases/HY-000001")
    live(grace.page)
    page.goto("/desk/cases/HY-000001")
    page.locator(".canned summary").click()
    page.get_by_role("link", name="收到").click()
    expect(page.locator("#answer")).to_have_value("李敏您好，HY-000001 已收到。")
    expect(page.locator("#answer")).to_be_focused()
    expect(grace.page.locator("#news")).to_contain_text("王芳 is writing")
    grace.context.close()
    assert grace.troubles == []
