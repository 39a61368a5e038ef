"""What Telegram told us by webhook, between the page that takes it and the listener that keeps it."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from store.once import add_once
from store.tables import TelegramUpdate


def add_update(session: Session, source: str, update_id: int, raw: str) -> None:
    """Lay it down for the listener; the same again changes nothing."""
    add_once(session, TelegramUpdate(source=source, update_id=update_id, raw=raw))


def waiting_updates(session: Session, source: str, most: int) -> list[TelegramUpdate]:
    """What lies there for this listener, oldest first."""
    ours = select(TelegramUpdate).where(col(TelegramUpdate.source) == source)
    return list(session.exec(ours.order_by(col(TelegramUpdate.update_id)).limit(most)))


def take_away(session: Session, source: str, update_ids: Sequence[int]) -> None:
    """These are kept now."""
    ours = col(TelegramUpdate.source) == source, col(TelegramUpdate.update_id).in_(update_ids)
    session.exec(delete(TelegramUpdate).where(*ours))
