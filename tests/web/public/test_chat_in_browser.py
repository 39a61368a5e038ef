"""The web chat on a phone, on a second device, beside a salesperson's desk, and on the company's own site."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from store.engine import writing
from store.tables import Attachment, ChatMail, ChatRead, Incoming, User
from tests.office import Office
from tests.web.axe import violations
from tests.web.public.hosting import company_site
from tests.web.public.test_chat import deliver
from tests.web.public.test_in_browser import Visit
from tests.web.public.test_in_browser import phone as phone
from web.signed_in import begin_session

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LOOK_AWAY = """hidden => {
  const get = () => hidden ? "hidden" : "visible";
  Object.defineProperty(document, "visibilityState", { configurable: true, get });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


HOSTILE = "<img src=x onerror=alert(1)>.jpg"


def photo(name: str = "划痕.jpg") -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff" * 1000}


def write(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#say .primary").click()
    expect(page.locator("#lines .mine .words").last).to_have_text(text)


@contextmanager
def desk_of(chromium: Browser, address: str, office: Office, user: User) -> Iterator[Page]:
    with writing(office.engine) as session:
        key = begin_session(session, session.get_one(User, user.id), office.now)
    with chromium.new_context(base_url=address, locale="zh-CN") as context:
        context.add_cookies([{"name": "huiyin", "value": key, "url": address}])
        yield context.new_page()


def test_it_talks_with_sales_who_answer_live(
    phone: Visit, chromium: Browser, address: str, office: Office
) -> None:
    page = phone.page
    page.goto(f"{address}/chat")
    plain = page.title()
    page.locator("#files").set_input_files([photo(), photo("病毒.exe")])
    expect(page.locator("#problem")).to_contain_text("“病毒.exe”这种文件不能发送")
    page.locator("#files").set_input_files([photo(), photo(HOSTILE), photo("图纸.pdf")])
    page.get_by_role("button", name="移除 图纸.pdf").click()
    write(page, "请看照片，请问这种外壳交期？")
    expect(page.locator("#lines .file bdi")).to_have_text(["划痕.jpg", HOSTILE])
    expect(page.locator("#chosen")).to_be_hidden()
    page.locator("#text").fill("还没写完")
    page.reload()
    expect(page.locator("#text")).to_have_value("还没写完")
    expect(page.locator("#lines .mine .words")).to_have_text(["请看照片，请问这种外壳交期？"])
    office.receiver().receive_all()
    assert [file.name for file in office.all(Attachment)] == ["划痕.jpg", HOSTILE]
    with desk_of(chromium, address, office, office.hire("小林")) as desk:
        desk.goto(f"/desk/cases/{office.the_case().number}")
        expect(desk.get_by_text("划痕.jpg")).to_be_visible()
        expect(desk.get_by_text("身份未确认")).to_be_visible()
        desk.locator("#answer").fill("两周。")
        desk.locator("form:has(#answer) input[type=file]").set_input_files([photo("报价单.pdf")])
        page.evaluate(LOOK_AWAY, arg=True)
        desk.locator("#reply button.primary").click()
        desk.wait_for_url("**sent=1**")
        deliver(office)
        expect(page.locator("#lines .ours .words").last).to_have_text("两周。")
        expect(page).to_have_title(f"(2) {plain}")  # the receipt, too
        assert "unread" in str(page.locator("link[rel=icon]").get_attribute("href"))
        with page.expect_download() as saved:
            page.get_by_role("link", name="报价单.pdf").click()
        assert saved.value.path().read_bytes() == photo()["buffer"]
        assert office.all(ChatRead) == []
        with page.expect_response("**/chat/seen"):
            page.evaluate(LOOK_AWAY, arg=False)
        expect(page).to_have_title(plain)
        assert len(office.all(ChatRead)) == 1
        write(page, "谢谢")
        office.receiver().receive_all()
        expect(desk.get_by_text("有 1 条新消息")).to_be_visible()
    assert phone.trouble == []


def test_it_talks_with_the_bot_by_keyboard_with_breaks_and_another_day(
    chromium: Browser, address: str, office: Office
) -> None:
    with chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 420}) as context:
        visit = Visit(context, address)
        page = visit.page
        page.goto(f"{address}/chat")
        for line in ("你好", "我要订外壳", "要蓝色的"):
            page.keyboard.type(line)  # the field has the focus from the first
            page.keyboard.press("Enter")
            expect(page.locator("#lines .mine .words").last).to_have_text(line)
        # At once and before anybody has read it: it is kept. Only the last line says so.
        expect(page.get_by_role("log").get_by_text("已收到").locator("visible=true")).to_have_count(1)
        office.receiver().receive_all()
        deliver(office)
        skip = page.locator("#lines .choices button").first
        skip.focus()
        office.pass_time(seconds=1)
        page.keyboard.press("Enter")
        expect(page.locator("#lines .mine .words").last).to_have_text("跳过")
        expect(page.locator("#lines .choices")).to_have_count(0)
        expect(page.locator("#text")).to_be_focused()
        page.evaluate("scrollTo(0, 0)")
        office.pass_time(seconds=1)
        page.evaluate("lines.firstElementChild.kept = true")  # what does not change is not put there anew
        office.receiver().receive_all()
        deliver(office)
        page.get_by_role("button", name="↓ 有新消息").click()
        expect(page.locator("#lines .ours").last).to_be_in_viewport()
        expect(page.locator("#newer")).to_be_hidden()
        assert page.evaluate("lines.firstElementChild.kept")
        lines = page.locator("#lines .words").all_inner_texts()
        context.set_offline(True)
        page.keyboard.type("发不出去？")
        page.keyboard.press("Enter")
        expect(page.locator("#problem")).to_contain_text("请检查网络")
        context.set_offline(False)
        office.pass_time(days=1)
        page.reload()
        expect(page.locator("#lines .words")).to_have_text(lines)
        expect(page.locator("#lines time").first).to_have_text("11-20 09:00")
        expect(page.locator("#text")).to_have_value("发不出去？")
        page.locator("#text").press("Enter")
        expect(page.locator("#lines .words")).to_have_text([*lines, "发不出去？"])
        assert visit.trouble == []


def test_it_is_taken_along_to_a_second_device(
    phone: Visit, chromium: Browser, address: str, office: Office
) -> None:
    page = phone.page
    page.goto(f"{address}/chat")
    write(page, "在手机上")
    page.locator("#more summary").click()
    page.get_by_role("button", name="生成代码").click()
    expect(page.locator("#code")).to_be_visible()
    code = page.locator("#code a").inner_text().partition("#")[2]
    with chromium.new_context(locale="en-US") as context:
        second = Visit(context, address)
        desk = second.page
        sent: list[str] = []
        desk.on("request", lambda request: sent.append(request.url))
        desk.goto(f"{address}/chat#{code}")
        expect(desk.locator("#lines li")).to_have_count(0)
        expect(desk.get_by_role("status").filter(has_text="The code is filled in")).to_be_visible()
        expect(desk.get_by_role("button", name="OK")).to_be_focused()
        desk.keyboard.press("Enter")
        expect(desk.locator("#lines .mine .words")).to_have_text(["在手机上"])
        expect(desk.locator("#notice")).to_contain_text("from the other device")
        assert not any(code.partition("=")[2] in url.partition("#")[0] for url in sent)
        assert "#" not in desk.url
        write(desk, "on the desk")
        expect(page.locator("#lines .mine .words")).to_have_text(["在手机上", "on the desk"])
        desk.locator("#leave summary").click()
        desk.locator("#leave input").fill("chen@kaimai.example")
        desk.get_by_role("button", name="Keep").last.click()
        expect(desk.locator("#leave")).to_be_hidden()
        assert [row.address for row in office.all(ChatMail)] == ["chen@kaimai.example"]
        assert second.trouble == []
    assert phone.trouble == []


def test_it_stands_on_the_company_site_and_on_no_other(
    chromium: Browser, address: str, office: Office
) -> None:
    with company_site(f"{address}/chat/widget.js") as port, chromium.new_context(locale="zh-CN") as context:
        page = context.new_page()
        trouble: list[str] = []
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(f"http://localhost:{port}/")
        assert len(page.frames) == 1  # nothing is asked of us before somebody wants to talk
        page.get_by_role("button", name="在线沟通").click()
        frame = page.frame_locator("iframe")
        expect(frame.locator("#text")).to_be_focused()
        frame.locator("#files").set_input_files([photo()])
        frame.locator("#text").fill("从官网来")
        frame.locator("#say .primary").click()
        expect(frame.locator("#lines .mine .words")).to_have_text(["从官网来"])
        # Chromium keeps no storage for strangers' frames here: the key is in a cookie for this site alone.
        assert [one["name"] for one in context.cookies()] == ["huiyin-chat"]
        expect(page.get_by_role("button", name="关闭沟通")).to_be_visible()
        frame.locator("#text").press("Escape")
        office.receiver().receive_all()
        deliver(office)
        expect(page.get_by_role("button", name="在线沟通")).to_contain_text("1")
        page.get_by_role("button", name="在线沟通").click()
        expect(frame.locator("#lines .ours")).to_have_count(1)
        expect(page.get_by_role("button", name="关闭沟通")).to_have_text("关闭沟通")
        with page.expect_download() as saved:
            frame.get_by_role("link", name="划痕.jpg").click()
        assert saved.value.suggested_filename == "划痕.jpg"
        page.reload()
        page.get_by_role("button", name="在线沟通").click()
        expect(frame.locator("#lines .mine .words")).to_have_text(
            ["从官网来"]
        )  # another day, the same browser
        assert len(office.all(Incoming)) == 1
        page.goto(f"http://127.0.0.1:{port}/")  # a site that the settings do not name
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            page.get_by_role("button", name="在线沟通").click()
        expect(page.frame_locator("iframe").locator("#text")).to_have_count(0)
        assert trouble == []


def test_it_can_be_used_by_everybody(chromium: Browser, address: str, office: Office) -> None:
    with chromium.new_context(bypass_csp=True, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        context.set_extra_http_headers({"accept-language": "zh"})
        page.goto(f"{address}/chat")
        assert violations(page) == []
        context.set_extra_http_headers({"accept-language": "en"})
        page.locator("#files").set_input_files([photo()])
        write(page, "<b>hello</b>")
        office.receiver().receive_all()
        deliver(office)
        office.pass_time(hours=12)  # nobody is there
        page.reload()
        expect(page.locator(".away")).to_be_visible()
        expect(page.locator("#lines .choices").first).to_be_visible()
        page.locator("#leave summary").click()
        page.locator("#more summary").click()
        page.locator("form[action='/chat/along'] button").click()
        expect(page.locator("#code")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        small = page.evaluate("""[...document.querySelectorAll("button, summary, input:not([type=hidden])")]
          .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 24).length""")
        assert small == 0  # WCAG 2.2, 2.5.8
