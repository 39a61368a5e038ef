"""Adding a row that may be there already: the unique key decides, also between processes."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def add_once(session: Session, table: type[SQLModel], **values: Any) -> bool:
    """Add a row with these values; False if one with the same unique key exists (nothing changes then)."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    # PostgreSQL's row count of a single INSERT is thrown away unless asked for.
    statement = insert(table).values(**values).on_conflict_do_nothing()
    result = session.connection().execute(statement, execution_options={"preserve_rowcount": True})
    return result.rowcount == 1
