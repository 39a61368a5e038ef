"""A real desk over HTTP: real SQLite, real files, only the clock is ours."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Protocol

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from store.engine import open_engine
from store.files import FileStore
from store.schema import upgrade
from tests.borders.postgres import PostgresServer
from tests.web.filled import NOW, PASSWORD, POLICY, fill
from tests.web.log_watch import LogWatch
from tests.web.serving import served
from web.app import create_app


class Browser(Protocol):
    def __call__(self, name: str | None = None) -> httpx.Client: ...


on_both = pytest.mark.parametrize("desk_url", ["sqlite", "postgresql"], indirect=True)


class Clock:
    """The time the pages go by."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    engine = open_engine(f"sqlite:///{folder / 'desk.db'}")
    upgrade(engine)
    fill(engine, FileStore(folder / "files"))
    engine.dispose()
    return folder


@pytest.fixture
def home(filled_once: Path, tmp_path: Path) -> Path:
    """A copy of the filled desk's files."""
    return Path(shutil.copytree(filled_once, tmp_path / "home"))


@pytest.fixture(scope="session")
def filled_postgres(postgres: PostgresServer, postgres_template: str, filled_once: Path) -> str:
    """The same desk on PostgreSQL, to be cloned."""
    url = postgres.clone(postgres_template)
    engine = open_engine(url)
    fill(engine, FileStore(filled_once / "files"))
    engine.dispose()
    return url


@pytest.fixture
def desk_url(request: pytest.FixtureRequest, home: Path) -> Iterator[str]:
    """SQLite, unless a test asks for both with `on_both`."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{home / 'desk.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.clone(request.getfixturevalue("filled_postgres"))
    yield url
    server.drop(url)


@pytest.fixture
def engine(desk_url: str) -> Iterator[Engine]:
    engine = open_engine(desk_url)
    yield engine
    engine.dispose()


@pytest.fixture
def files(home: Path) -> FileStore:
    return FileStore(home / "files")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def log_watch(engine: Engine) -> LogWatch:
    """What the desk writes, transaction by transaction."""
    return LogWatch(engine)


@pytest.fixture
def app(engine: Engine, files: FileStore, clock: Clock, log_watch: LogWatch) -> Iterator[FastAPI]:
    """The desk; whatever a test does there, no change of the business goes without a line of the log."""
    yield create_app(engine, files, POLICY, clock=clock)
    assert log_watch.silent == []


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    """Where the desk is served."""
    with served(app) as address:
        yield address


@pytest.fixture
def browser(address: str) -> Iterator[Browser]:
    """Makes a new browser; it shows redirects instead of following them."""
    with ExitStack() as opened:

        def new(name: str | None = None) -> httpx.Client:
            # A busy machine may take its time: how long a page takes is no test's matter.
            client = httpx.Client(base_url=address, headers={"accept-language": "zh"}, timeout=60)
            opened.enter_context(client)
            if name is not None:
                answer = client.post("/sign-in", data={"name": name, "password": PASSWORD})
                assert answer.status_code == 303, answer.text
            return client

        yield new


@pytest.fixture
def stranger(browser: Browser) -> httpx.Client:
    """A browser nobody has signed in with."""
    return browser()


@pytest.fixture
def boss(browser: Browser) -> httpx.Client:
    """赵敏, who manages, signed in."""
    return browser("赵敏")


@pytest.fixture
def wang(browser: Browser) -> httpx.Client:
    """王芳 of sales, signed in."""
    return browser("王芳")
