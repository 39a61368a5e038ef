"""The log as a book to look things up in: by person, act, time and case, newest first, page by page."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, or_, text
from sqlmodel import Session, col, select

from store.tables import AuditLog

LINES = 50
PROGRAM = "program"  # as person: what nobody of us did
# Goes from one act to the next along its index, however long the log is.
_ACTIONS = text(
    "WITH RECURSIVE known(action) AS (SELECT min(action) FROM audit_log UNION ALL "
    "SELECT (SELECT min(a.action) FROM audit_log a WHERE a.action > known.action) FROM known "
    "WHERE known.action IS NOT NULL) SELECT action FROM known WHERE action IS NOT NULL"
)


@dataclass(frozen=True)
class Sought:
    """What lines are sought; None means any."""

    person: str | None = None  # a user's id, or PROGRAM
    action: str | None = None
    case_id: int | None = None
    start: datetime | None = None
    end: datetime | None = None


def lines(session: Session, sought: Sought, before: str = "") -> tuple[list[AuditLog], str | None]:
    """Up to `LINES` of them, and the place where the next page starts, if there is one."""
    wanted = select(AuditLog).where(*_conditions(sought), *_beyond(before))
    found = session.exec(
        wanted.order_by(col(AuditLog.at).desc(), col(AuditLog.id).desc()).limit(LINES + 1)
    ).all()
    last = found[LINES - 1] if len(found) > LINES else None
    return list(found[:LINES]), f"{last.at.isoformat()}_{last.id}" if last else None


def actions(session: Session) -> list[str]:
    """Every act that the log tells of."""
    return list(session.connection().execute(_ACTIONS).scalars())


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if sought.person is not None:
        nobody = sought.person == PROGRAM
        found.append(
            col(AuditLog.user_id).is_(None) if nobody else col(AuditLog.user_id) == int(sought.person)
        )
    if sought.action is not None:
        found.append(col(AuditLog.action) == sought.action)
    if sought.case_id is not None:
        found.append(col(AuditLog.case_id) == sought.case_id)
    if sought.start is not None:
        found.append(col(AuditLog.at) >= sought.start)
    if sought.end is not None:
        found.append(col(AuditLog.at) < sought.end)
    return found


def _beyond(before: str) -> list[ColumnElement[bool]]:
    moment, _, last = before.rpartition("_")
    try:
        at, last_id = datetime.fromisoformat(moment).astimezone(UTC), int(last)
    except (ValueError, OverflowError):
        return []
    if not 0 <= last_id < 2**31:
        return []
    return [
        col(AuditLog.at) <= at,
        or_(col(AuditLog.at) < at, and_(col(AuditLog.at) == at, col(AuditLog.id) < last_id)),
    ]
