"""Adding rows that may be there already: the unique key decides, also between processes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped
from sqlmodel import Session

from store.tables.row import Row


def add_once(session: Session, *rows: Row) -> int:
    """Add rows of one table; return how many were added. One whose unique key exists changes nothing."""
    values = [row.values() for row in rows]
    # PostgreSQL's row count is thrown away unless asked for.
    options = {"preserve_rowcount": True}
    added = session.connection().execute(_insert(session, rows[0]), values, execution_options=options)
    return added.rowcount


def added(session: Session, rows: Sequence[Row], key: Mapped[Any]) -> set[Any]:
    """Add rows of one table by one statement, in order; the keys of those that were not there."""
    if not rows:
        return set()
    statement = _insert(session, rows[0]).returning(key)
    return set(session.connection().execute(statement, [row.values() for row in rows]).scalars())


def _insert(session: Session, row: Row) -> Any:
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(type(row)).on_conflict_do_nothing()
