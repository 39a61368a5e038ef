"""Everybody at a desk of their own, in one real browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.web.chromium import chromium
from tests.web.filled import PASSWORD

WIDTHS = (1280, 390)


class Desk:
    """Pages by the name of who sits there; what goes wrong on a page is noted."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.troubles: list[str] = []
        self._pages: dict[str, Page] = {}

    def __getitem__(self, name: str) -> Page:
        if name not in self._pages:
            page = self.browser.new_context(base_url=self.address, locale="zh-CN").new_page()
            page.on("pageerror", lambda error: self.troubles.append(str(error)))
            page.on("console", lambda line: self.troubles.append(line.text) if line.type == "error" else None)
            page.goto("/sign-in")
            page.fill("[name=name]", name)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url("**/desk")
            self._pages[name] = page
        return self._pages[name]

    def close(self) -> None:
        """Everybody goes home: a page left open listens for news, and its server waits for it."""
        for page in self._pages.values():
            page.context.close()


@contextmanager
def desks(address: str) -> Iterator[Desk]:
    """The desks of an office; in the end nothing has gone wrong on any page."""
    with chromium() as browser:
        desk = Desk(browser, address)
        try:
            yield desk
        finally:
            desk.close()
    assert desk.troubles == []


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways, on a desk and on a phone."""
    widths = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return tuple(widths) == WIDTHS
