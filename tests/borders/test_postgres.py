"""Each test gets a PostgreSQL database that nobody else has touched."""

import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.borders.postgres import PostgresServer, postgres_server


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[str]:
    url = postgres.fresh_database()
    yield url
    postgres.drop(url)


def tables(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [name for (name,) in rows]


def test_it_gives_an_empty_database_that_speaks_chinese(database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE matter AS SELECT '轴承座' AS product")
        assert connection.execute("SELECT product FROM matter").fetchall() == [("轴承座",)]


def test_it_gives_another_empty_database_each_time(postgres: PostgresServer, database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE matter ()")
    other = postgres.fresh_database()
    assert tables(database) == ["matter"]
    assert tables(other) == []
    postgres.drop(other)
    postgres.drop(other)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(other)


def test_it_clones_a_database_that_is_in_use(postgres: PostgresServer, database: str) -> None:
    psycopg.connect(database, autocommit=True).execute("CREATE TABLE matter ()").connection.close()
    with psycopg.connect(database):
        clone = postgres.clone(database)
    assert tables(clone) == ["matter"]
    postgres.drop(clone)


def test_it_drops_a_database_under_its_users(postgres: PostgresServer) -> None:
    url = postgres.fresh_database()
    with psycopg.connect(url) as connection:
        postgres.drop(url)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")


def test_it_is_reached_by_sqlalchemy(database: str) -> None:
    engine = create_engine(database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT current_setting('fsync')")) == "off"
    engine.dispose()


def test_it_leaves_no_process_and_no_folder() -> None:
    with postgres_server() as server:
        with psycopg.connect(server.fresh_database()) as connection:
            (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
        pid = int((Path(folder) / "postmaster.pid").read_text().split()[0])
        assert is_running(pid)
    assert not Path(folder).exists()
    ends = time.monotonic() + 20  # what was told to stop may still be at it on a busy machine
    while is_running(pid) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    """A process that ended but was never collected, in a container without init, has no command line."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except (FileNotFoundError, ProcessLookupError):  # also while we read
        return False
