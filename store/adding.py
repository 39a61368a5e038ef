"""New rows are written together: one INSERT a table, in the order in which the tables refer to each other.

A mail leaves a dozen rows that nobody changes afterwards. Appended they cost a fraction of what a session
spends on rows that it tracks, and a batch of mails is a dozen statements.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import event, insert, text
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, SQLModel, col, func, select

from store.tables.row import Row

AnyRow = TypeVar("AnyRow", bound=Row)
_APPENDED, _NUMBERED = "appended", "numbered"
KEPT = "kept"  # in `session.info` what a follower keeps from flush to flush
# What others refer to by id before it is written, however it was added.
_ALWAYS_NUMBERED = frozenset({"messages", "customers", "contacts"})
# Who writes rows that follow from new ones, in the same transaction: the search index.
followers: list[Callable[[Session, Mapping[str, Sequence[dict[str, Any]]]], None]] = []


class AddingSession(Session):
    """A session of one transaction that writes its new rows together, at its next flush or its end."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what was appended, too: a session that tracks no change would not even look."""
        with self.no_autoflush:
            _write_new_rows(self)
        super().flush(objects)


def append(session: Session, table: Any, **values: Any) -> None:
    """Write a new row of the table that the database numbers, and at which nobody looks again here."""
    row = table.filled(values)
    if table.__tablename__ in _ALWAYS_NUMBERED:
        row["id"] = _next_id(session, table)
    else:
        del row["id"]
    session.info.setdefault(_APPENDED, defaultdict(list))[table.__table__].append(row)


def append_numbered(session: Session, row: AnyRow) -> AnyRow:
    """Write a new row that gets its id at once. It is not tracked: what changes after the flush is lost."""
    session.info.setdefault(_NUMBERED, []).append(number(session, row))
    return row


def number(session: Session, row: AnyRow) -> AnyRow:
    """Give a new row its id before it is written, so that others can name it."""
    row.id = _next_id(session, type(row))
    return row


def _next_id(session: Session, table: Any) -> int:
    if table not in session.info:
        session.info[table] = _ids(session, table)
    ids: Iterator[int] = session.info[table]
    return next(ids)


def _ids(session: Session, table: type[Row]) -> Iterator[int]:
    """The ids of the next rows, which no other transaction gets."""
    if session.get_bind().dialect.name == "sqlite":
        # Nobody else writes before our transaction ends.
        with session.no_autoflush:
            newest = session.exec(select(func.max(col(table.id)))).one()  # type: ignore[attr-defined]
        yield from count((newest or 0) + 1)
    taken = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :wanted)")
    wanted = 1
    while True:
        values = {"name": table.__tablename__, "wanted": wanted}
        yield from session.connection().execute(taken, values).scalars().all()
        wanted *= 2  # a page opens one case, a batch dozens; a gap does not matter


@event.listens_for(AddingSession, "before_commit")
def _write_new_rows(session: Session, *_: object) -> None:
    for row in session.new:
        if row.__tablename__ in _ALWAYS_NUMBERED and row.id is None:
            number(session, row)
    tracked = [row for row in session.new if getattr(row, "id", None) is not None]
    for row in tracked:
        session.expunge(row)
    numbered: Any = defaultdict(list)
    for row in (*tracked, *session.info.get(_NUMBERED, ())):
        numbered[type(row).__table__].append(row.values())
    appended = session.info.get(_APPENDED, {})
    written: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for table in SQLModel.metadata.sorted_tables if numbered or appended else ():
        for rows in (numbered.get(table), appended.get(table)):
            if rows:
                session.connection().execute(insert(table), rows)
                written[table.name] += rows
    for key in session.info.keys() - {KEPT}:
        del session.info[key]  # rows that the database numbers itself may follow now
    for follow in followers:
        follow(session, written)
    for row in tracked:
        make_transient_to_detached(row)
        session.add(row)
