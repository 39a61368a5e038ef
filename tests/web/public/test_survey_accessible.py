"""The customer's pages of a survey pass axe-core: the questions, what is open, thanks, and saying no."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from store.engine import writing
from store.tables import Channel
from tests.office import Office
from tests.survey.people import BEST, add_customer
from tests.web.axe import violations
from tests.web.public.test_survey import ask_everybody

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

# Chinese on a phone, English at a desk: words and width do not depend on each other.
LOOKS: dict[str, ViewportSize] = {"zh": {"width": 390, "height": 844}, "en": {"width": 1280, "height": 900}}


def test_it_can_be_used_by_everybody(chromium: Browser, address: str, office: Office) -> None:
    with writing(office.engine) as session:
        add_customer(session, "凯迈", (Channel.EMAIL, "chen@kaimai.example"))
    link = f"{address}{ask_everybody(office)}"
    with chromium.new_context(bypass_csp=True) as context:
        page = context.new_page()
        for language, size in LOOKS.items():
            page.set_viewport_size(size)
            for state in (opened, incomplete, stopped):
                state(page, link, language)
                check(page)
        page.goto(link)
        for item in BEST:
            page.locator(f"#{item}-best").check(force=True)
        page.locator(".send button").click()
        expect(page.get_by_text("谢谢您！")).to_be_visible()
        check(page)
        page.set_viewport_size(LOOKS["zh"])
        page.goto(f"{link}?language=en")  # answered before
        check(page)


def opened(page: Page, link: str, language: str) -> None:
    """The questions, one remark unfolded."""
    page.goto(f"{link}?language={language}")
    page.locator("summary").first.click()


def incomplete(page: Page, link: str, language: str) -> None:
    """What is still open."""
    page.goto(f"{link}?language={language}")
    page.locator("form").evaluate("form => (form.noValidate = true)")
    page.locator(".send button").click()
    expect(page.get_by_role("alert")).to_be_visible()


def stopped(page: Page, link: str, language: str) -> None:
    """Saying no, having said it, and back again."""
    page.goto(f"{link}/stop?language={language}")
    page.locator("main button").click()
    expect(page.locator("main button[value=again]")).to_be_visible()
    check(page)
    page.locator("main button").click()
    expect(page.locator("main button[value=stop]")).to_be_visible()


def check(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
