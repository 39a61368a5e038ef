"""Adding rows that may be there already: the unique key decides, also between processes."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from store.tables.row import Row


def add_once(session: Session, *rows: Row) -> int:
    """Add rows of one table; return how many were added. One whose unique key exists changes nothing."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    values = [row.values() for row in rows]
    # PostgreSQL's row count is thrown away unless asked for.
    options = {"preserve_rowcount": True}
    statement = insert(type(rows[0])).on_conflict_do_nothing()
    return session.connection().execute(statement, values, execution_options=options).rowcount
