"""What every test may ask for: a database of each kind, and an office to work in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from store.engine import open_engine
from store.schema import upgrade
from tests.borders.postgres import PostgresServer, postgres
from tests.office import Office, Reads, reading_process

__all__ = ["postgres"]


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """A PostgreSQL database with our tables, to be cloned; migrating anew for each test would be slow."""
    url = postgres.fresh_database()
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A SQLite file with our tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "huiyin.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path.read_bytes()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database with our tables, once of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "huiyin.db"
        path.write_bytes(request.getfixturevalue("sqlite_template"))
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.clone(request.getfixturevalue("postgres_template"))
    yield url
    server.drop(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A new database with our tables, once of each kind."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def reading_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Reads]]:
    """A folder for files, and a process that reads from it: to start one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("files")
    worker = reading_process(folder)
    yield folder, worker
    worker.close()


@pytest.fixture
def office(engine: Engine, reading_room: tuple[Path, Reads]) -> Office:
    """A sales office on a new database: mails come in, a salesperson answers, time passes when told."""
    return Office(engine, *reading_room)
