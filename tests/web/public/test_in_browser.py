"""The customers' pages in a real browser: chat is live, the survey needs no JavaScript, nothing runs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import select

from store.engine import writing
from store.history import chat_topic, tell
from store.tables import (
    Channel,
    Customer,
    CustomerStatus,
    Direction,
    Incoming,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    SurveyResponse,
)
from tests.office import Office
from tests.survey.people import BEST, add_customer
from tests.web.public.test_survey import ask_everybody

# What the pages do in a browser does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=//evil.example/x.png onerror=alert(1)>",
    "</p></li><svg onload=alert(1)>",
    "<template><iframe src=//evil.example></iframe></template>",
    "javascript:alert(1)",
    "{{ 7 * 7 }} ${alert(1)}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href=//evil.example style=position:fixed;inset:0>",
)


class Visit:
    """A browser window that notes what no page of ours may do."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.trouble: list[str] = []
        self.page.on("dialog", lambda dialog: self._note(f"dialog {dialog.message}"))
        self.page.on("pageerror", lambda error: self._note(f"error {error}"))
        self.page.on("request", lambda request: self._look(request.url))

    def _note(self, what: str) -> None:
        self.trouble.append(what)

    def _look(self, url: str) -> None:
        if not url.startswith(self.address):
            self.trouble.append(f"request {url}")


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Visit]:
    with chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN") as context:
        yield Visit(context, address)


@pytest.fixture
def plain_phone(chromium: Browser, address: str) -> Iterator[Visit]:
    """JavaScript is switched off."""
    with chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False
    ) as context:
        yield Visit(context, address)


def test_it_sends_a_line_and_shows_the_answer_as_it_comes(phone: Visit, office: Office) -> None:
    page = phone.page
    page.goto(f"{phone.address}/chat")
    page.get_by_label("您的称呼和公司").fill("陈工 凯迈")
    page.get_by_label("您的留言").fill("请问 M8 螺栓交期？")
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#lines .mine .words")).to_have_text(["请问 M8 螺栓交期？"])
    expect(page.get_by_label("您的留言")).to_have_value("")
    office.receiver().receive_all()
    case = office.the_case()
    with writing(office.engine) as session:
        message = Message(
            case_id=case.id or 0,
            direction=Direction.OUT,
            channel=Channel.WEBCHAT,
            sender_name="小林",
            text="两周。",
            at=office.now,
            created_at=office.now,
        )
        session.add(message)
        session.flush()
        session.add(
            Outgoing(
                kind=OutgoingKind.REPLY,
                key=f"message:{message.id}",
                channel=Channel.WEBCHAT,
                recipient=case.conversation or "",
                case_id=case.id,
                message_id=message.id,
                text=message.text,
                state=OutgoingState.SENT,
                due_at=office.now,
                created_at=office.now,
            )
        )
        tell(session, chat_topic(case.conversation or ""), office.now)
    expect(page.locator("#lines .ours")).to_contain_text(["两周。"])
    page.reload()
    expect(page.locator("#lines li")).to_have_count(2)
    assert phone.trouble == []


def test_it_sends_with_enter_but_not_while_a_word_is_composed(chromium: Browser, address: str) -> None:
    with chromium.new_context(locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{address}/chat")
        field = page.get_by_label("您的留言")
        field.fill("luosi")
        field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
        field.press("Shift+Enter")
        field.press("End")
        field.type("第二行")
        field.press("Enter")
        expect(page.locator("#lines .words")).to_have_text(["luosi\n第二行"])


def test_it_runs_nothing_that_a_visitor_writes(phone: Visit, office: Office) -> None:
    page = phone.page
    page.goto(f"{phone.address}/chat")
    for text in HOSTILE:
        page.get_by_label("您的留言").fill(text)
        page.get_by_role("button", name="发送").click()
        expect(page.locator("#lines .words").last).to_have_text(text)
    page.reload()
    expect(page.locator("#lines .words")).to_have_text(list(HOSTILE))
    assert phone.trouble == []
    assert len(office.all(Incoming)) == len(HOSTILE)


def test_it_chats_without_javascript(plain_phone: Visit, office: Office) -> None:
    page = plain_phone.page
    page.goto(f"{plain_phone.address}/chat")
    page.get_by_label("您的留言").fill("没有脚本也行")
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#lines .words")).to_have_text(["没有脚本也行"])
    expect(page.get_by_role("link", name="刷新本页")).to_be_visible()


def test_it_is_answered_without_javascript(plain_phone: Visit, office: Office) -> None:
    with writing(office.engine) as session:
        add_customer(session, "凯迈", (Channel.EMAIL, "chen@kaimai.example"), language="zh-Hant")
    page = plain_phone.page
    page.goto(f"{plain_phone.address}{ask_everybody(office)}")
    link = page.url
    points = page.locator("fieldset")
    expect(points).to_have_count(7)
    points.first.get_by_text("寫意見").click()
    page.get_by_label("寫意見: 產品品質狀況").fill("<img src=x onerror=alert(1)>")
    for number in range(6):
        points.nth(number).get_by_role("radio", name="良好").check(force=True)
    page.locator("form").evaluate("form => (form.noValidate = true)")
    page.get_by_role("button", name="提交評價").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto(link)  # on another day
    expect(page.locator("input:checked")).to_have_count(6)
    expect(page.get_by_label("寫意見: 產品品質狀況")).to_have_value("<img src=x onerror=alert(1)>")
    points.nth(6).get_by_role("radio", name="良好").check(force=True)
    page.get_by_label("其他寶貴意見").fill("<script>alert(1)</script>")
    page.get_by_role("button", name="提交評價").click()
    expect(page.get_by_text("謝謝您！")).to_be_visible()
    (response,) = office.all(SurveyResponse)
    assert (response.score, response.answers) == (80.0, dict.fromkeys(BEST, "good"))
    assert response.comments == {"quality": "<img src=x onerror=alert(1)>"}
    page.goto(f"{link}/stop")
    page.get_by_role("button", name="不再接收滿意度調查").click()
    expect(page.get_by_text("已停止")).to_be_visible()
    page.get_by_role("button", name="撤銷").click()
    expect(page.get_by_text("確認後")).to_be_visible()
    assert plain_phone.trouble == []


def test_it_is_filled_in_with_the_keyboard(phone: Visit, office: Office) -> None:
    with writing(office.engine) as session:
        add_customer(session, "凯迈", (Channel.EMAIL, "chen@kaimai.example"))
    page = phone.page
    page.goto(f"{phone.address}{ask_everybody(office)}")
    page.locator("#quality-best").focus()
    for number in range(7):
        page.keyboard.press("Space")
        expect(page.locator("#progress")).to_have_text(f"{number + 1} / 7")
        page.keyboard.press("Tab")  # to the remark
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the remarks
    page.keyboard.press("Enter")
    expect(page.get_by_text("谢谢您！")).to_be_visible()
    assert phone.trouble == []


def test_it_gives_every_answer_room_for_a_thumb(phone: Visit, office: Office) -> None:
    with writing(office.engine) as session:
        add_customer(session, "Bolts", (Channel.EMAIL, "jane@bolts.example"), language="en")
    page = phone.page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{phone.address}{ask_everybody(office)}")
    boxes = [radio.bounding_box() for radio in page.get_by_role("radio").all()]
    assert len(boxes) == 28
    assert all(box is not None and box["width"] >= 44 and box["height"] >= 44 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_keeps_what_is_begun_for_another_device(phone: Visit, chromium: Browser, office: Office) -> None:
    with writing(office.engine) as session:
        add_customer(session, "凯迈", (Channel.EMAIL, "chen@kaimai.example"))
    page = phone.page
    page.goto(f"{phone.address}{ask_everybody(office)}")
    page.locator("#quality-fair").check(force=True)
    page.get_by_text("写意见").first.click()
    page.get_by_label("写意见: 产品质量状况").fill("外壳有划痕")
    expect(page.get_by_text("已保存")).to_be_visible()
    with chromium.new_context(locale="zh-CN") as context:
        desk = context.new_page()
        desk.goto(page.url)
        expect(desk.locator("#quality-fair")).to_be_checked()
        expect(desk.get_by_label("写意见: 产品质量状况")).to_have_value("外壳有划痕")
        expect(desk.locator("#progress")).to_have_text("1 / 7")
    assert office.all(SurveyResponse) == []
    assert phone.trouble == []


def test_it_is_answered_by_buttons_in_the_chat(phone: Visit, office: Office) -> None:
    page = phone.page
    page.goto(f"{phone.address}/chat")
    page.get_by_label("您的留言").fill("你好，请报价")
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#lines .mine .words")).to_have_count(1)
    office.receiver().receive_all()
    with writing(office.engine) as session:
        session.exec(select(Customer)).one().status = CustomerStatus.EXISTING
    ask_everybody(office)
    page.reload()
    page.get_by_role("button", name="及格", exact=True).click()
    expect(page.locator("#lines")).to_contain_text("2/7")
    page.get_by_role("button", name="← 上一项").click()
    page.get_by_role("button", name="最佳").click()
    for number in range(2, 8):
        expect(page.locator("#lines")).to_contain_text(f"{number}/7")
        page.get_by_role("button", name="最佳").click()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("#lines")).to_contain_text("谢谢您！")
    (response,) = office.all(SurveyResponse)
    assert (response.source, response.answers) == ("webchat", BEST)
    assert phone.trouble == []
