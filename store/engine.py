"""Opening the database, and the two kinds of transaction: writing and reading."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlmodel import Session

import store.search  # noqa: F401 - files what is written
from store.adding import AddingSession

BUSY_TIMEOUT_MS = 15_000
CACHE_KB = 16_000  # of each connection to SQLite; with its own 2 MB a queue is read from the file each time


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…` (psycopg 3). Opening does not touch the tables."""
    address = make_url(url)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    if address.get_backend_name() == "sqlite":
        if address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(address, json_serializer=encode, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        json_serializer=encode,
        hide_parameters=True,  # an error must not carry a customer's words into the logs
        pool_pre_ping=True,
        pool_size=10,
    )


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that is committed at the end, or rolled back by an exception.

    Only entry points open it: a page, a ring of the clock, a step of a listener.
    """
    with AddingSession(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only looks, at one moment: its counts and its lists agree.

    On SQLite it takes no write lock, so pages never wait for the listeners.
    """
    one_moment: dict[str, Any] = {"huiyin_reading": True}
    if engine.dialect.name == "postgresql":
        one_moment["isolation_level"] = "REPEATABLE READ"
    with Session(engine.execution_options(**one_moment), autoflush=False) as session:
        yield session


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # pysqlite's own transactions start late and lose updates silently; we say BEGIN ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        f"cache_size=-{CACHE_KB}",
        "temp_store=MEMORY",  # what a query sorts or groups
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    only_looks = connection.get_execution_options().get("huiyin_reading")
    connection.exec_driver_sql("BEGIN" if only_looks else "BEGIN IMMEDIATE")
