"""What each transaction of a served desk wrote, and how many lines of the log went with it (P24)."""

import re
import threading
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
_LOG = "audit_log"
# Not the business itself: queues in and out, who is signed in, what wakes pages, who is just typing or
# reading, codes that do nothing yet, the last running number of a year (its review has the line), the log
# with its seals.
HOUSEKEEPING = frozenset(
    {
        *("incoming", "outgoing", "listeners", "credentials", "user_sessions", "events"),
        *("drafting", "chat_reads", "chat_codes", "review_counters", _LOG, "audit_seals"),
    }
)


@dataclass
class Written:
    """One committed transaction."""

    tables: set[str] = field(default_factory=set)
    log_lines: int = 0

    @property
    def business(self) -> set[str]:
        return self.tables - HOUSEKEEPING


class LogWatch:
    """Watches an engine; what a test writes itself, in the main thread, does not count."""

    def __init__(self, engine: Engine) -> None:
        self.transactions: list[Written] = []
        event.listen(engine, "after_cursor_execute", self._executed)
        event.listen(engine, "commit", self._committed)
        event.listen(engine, "rollback", self._forget)

    @property
    def silent(self) -> list[set[str]]:
        """The tables of every transaction that changed the business without a line of the log."""
        return [done.business for done in self.transactions if done.business and not done.log_lines]

    def _executed(
        self, connection: Connection, cursor: Any, statement: str, values: Any, _context: Any, many: bool
    ) -> None:
        wrote = _WRITES.match(statement)
        if wrote and cursor.rowcount:  # an UPDATE that met nothing changed nothing
            written = connection.info.setdefault("written", Written())
            written.tables.add(wrote[1])
            if wrote[1] == _LOG:
                written.log_lines += len(values) if many else 1

    def _committed(self, connection: Connection) -> None:
        written = connection.info.pop("written", None)
        if written is not None and threading.current_thread() is not threading.main_thread():
            self.transactions.append(written)

    def _forget(self, connection: Connection) -> None:
        connection.info.pop("written", None)
