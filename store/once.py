"""Adding a row that may be there already: the unique key decides, also between processes."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def add_once(session: Session, table: type[SQLModel], **values: Any) -> bool:
    """Add a row with these values; False if one with the same unique key exists (nothing changes then)."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    result = session.connection().execute(insert(table).values(**values).on_conflict_do_nothing())
    return result.rowcount == 1
