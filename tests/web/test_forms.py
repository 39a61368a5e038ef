"""The printable forms: every value stands there, an empty form can be filled in by hand, each is A4."""

import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from tests.web.chromium import chromium
from tests.web.filled import NOW, POLICY
from tests.web.forms import FORMS
from web.i18n import speaking
from web.pages import STATIC, render, templates

WIDE = {"complaint_summary", "requirement_list", "service_plan"}

# Not shown, but ticked.
CODES = ("severity", "contract_class", "finding", "service_rating", "product_rating")


def form(name: str, record: dict[str, Any] | None = None, language: str = "zh") -> str:
    number, sample = FORMS[name]
    with speaking(language):
        values = {"record": sample if record is None else record, "form_number": number}
        return render(templates(POLICY), f"forms/{name}.html", NOW, **values, back=None, parts=None)


def texts(value: Any) -> Iterator[str]:
    """Every text in the sample values."""
    if isinstance(value, dict):
        value = [part for name, part in value.items() if name not in CODES]
    if isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, date) and not isinstance(value, datetime):
        yield value.isoformat()


@pytest.mark.parametrize("name", FORMS)
def test_it_shows_every_value(name: str) -> None:
    page = form(name)
    assert [text for text in texts(FORMS[name][1]) if text not in page and text != "\u2605"] == []
    assert FORMS[name][0] in page
    assert POLICY.company in page
    assert "style=" not in page


@pytest.mark.parametrize("name", FORMS)
def test_it_can_be_printed_empty(name: str) -> None:
    assert 'class="ruled' in form(name, {"year": 2026})


@pytest.mark.parametrize("name", FORMS)
def test_it_is_english_for_whoever_reads_english(name: str) -> None:
    assert not re.search(
        "[\u4e00-\u9fff]",
        form(name, {"year": 2026}, "en").replace(POLICY.company, "").replace("\u4e2d\u6587", ""),
    )


def test_it_ticks_what_was_chosen() -> None:
    page = form("complaint_record")
    assert "☑ 重度" in page
    assert "☐ 轻度" in page
    assert "☑" not in form("complaint_record", {})


def test_it_makes_nothing_of_hostile_words() -> None:
    page = form("complaint_record", {"content": "<script>alert(1)</script>", "customer": "\u202egpj"})
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", FORMS)
def test_it_fits_one_sheet_of_a4(browser: Browser, name: str, language: str, tmp_path: Path) -> None:
    def serve(route: Route) -> None:
        file = STATIC / route.request.url.rpartition("/")[2].partition("?")[0]
        if file.is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(body=form(name, language=language), content_type="text/html; charset=utf-8")

    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.route("**/*", serve)
    page.goto("http://forms.example/form")
    folder = Path(os.environ.get("FORMS_TO_LOOK_AT", tmp_path))
    page.screenshot(path=folder / f"{name}_{language}.png", full_page=True)
    pdf = page.pdf(path=folder / f"{name}_{language}.pdf", prefer_css_page_size=True)
    page.close()
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    sides = [tuple(round(float(side)) for side in box) for box in boxes]
    assert sides == [(842, 595) if name in WIDE else (595, 842)]
