"""The customers' pages on a real port, on a database of each kind, and a real browser to look at them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine

from store.engine import open_engine
from tests.office import Office
from tests.web.serving import served
from web.app import create_app

# A browser that talks to nobody but us.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Bell:
    """Notes how often the pages said that something came in."""

    rings: list[None] = field(default_factory=list)

    def __call__(self) -> None:
        self.rings.append(None)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def app(office: Office, bell: Bell) -> FastAPI:
    return create_app(
        office.engine,
        office.files,
        office.policy,
        chat_origins=("http://localhost:*",),
        on_incoming=bell,
        clock=office.clock,
    )


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def visitor(address: str) -> Iterator[httpx.Client]:
    """A browser that has opened the chat."""
    with httpx.Client(base_url=address, headers={"accept-language": "zh"}, timeout=20) as client:
        client.get("/chat").raise_for_status()
        yield client


@pytest.fixture
def other(address: str) -> Iterator[httpx.Client]:
    """Somebody else's browser, not yet here."""
    with httpx.Client(base_url=address, headers={"accept-language": "en"}, timeout=20) as client:
        yield client


# Of one module: while Playwright is open, its event loop runs here and no test can run one of its own.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(QUIET))
        yield browser
        browser.close()
