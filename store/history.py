"""Writing down what happened: the log for people, the events for live pages."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select

from store.adding import append
from store.columns import JsonObject
from store.tables import AuditLog, Event

EVENTS_KEPT = timedelta(hours=1)
DESK = "desk"
_TOLD = "told"


def log(
    session: Session,
    action: str,
    now: datetime,
    *,
    user_id: int | None = None,
    case_id: int | None = None,
    details: JsonObject | None = None,
) -> None:
    """One line of the append-only log, in the transaction it tells of. No user: the program."""
    append(session, AuditLog, at=now, user_id=user_id, action=action, case_id=case_id, details=details or {})


def tell(session: Session, topic: str, now: datetime) -> None:
    """Wake the live pages that watch this topic, once the transaction is committed: one word is enough."""
    told = session.info.setdefault(_TOLD, set())
    if topic not in told:
        told.add(topic)
        append(session, Event, topic=topic, at=now)


def chat_topic(conversation: str) -> str:
    """The topic of one web chat."""
    return f"chat:{conversation}"


def forget_events(session: Session, now: datetime) -> None:
    """Drop events that every page has long seen, but for the newest: SQLite would give its number again."""
    newest = select(func.max(Event.id)).scalar_subquery()
    session.exec(delete(Event).where(col(Event.at) < now - EVENTS_KEPT, col(Event.id) < newest))


def told_since(session: Session, topic: str, event_id: int) -> bool:
    """Whether this topic was told of after that event."""
    later = select(Event.id).where(Event.topic == topic, col(Event.id) > event_id)
    return session.exec(later.limit(1)).first() is not None
