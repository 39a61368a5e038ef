"""Bringing a database to the shape this version needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from store import guards

# Any number that no other program uses for its advisory locks: two processes that start at once take turns.
_UPGRADE_LOCK = 7_483_920


def upgrade(engine: Engine) -> None:
    """Apply every migration that is missing, in one transaction. Does nothing on a current database.

    SQLite changes a table by making it anew, and would refuse to drop the old one while rows refer to it: the
    references are checked at the end instead. Raises RuntimeError, and changes nothing, if one leads nowhere.
    """
    with engine.connect() as connection, _references_checked_at_the_end(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        config = configuration()
        config.attributes["connection"] = connection
        if _revision(connection) != ScriptDirectory.from_config(config).get_current_head():
            guards.lift(connection)
            command.upgrade(config, "head")
            guards.put_up(connection)
            if (
                connection.dialect.name == "sqlite"
                and connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            ):
                raise RuntimeError("A row of the database refers to one that is not there.")


@contextmanager
def _references_checked_at_the_end(connection: Connection) -> Iterator[None]:
    """SQLite hears of it outside a transaction only, so before SQLAlchemy begins one."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def is_current(engine: Engine) -> bool:
    """Whether the database has the shape this version needs."""
    with engine.connect() as connection:
        found = _revision(connection)
    return found == ScriptDirectory.from_config(configuration()).get_current_head()


def configuration() -> Config:
    """Alembic's settings; the caller adds `attributes["connection"]`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
