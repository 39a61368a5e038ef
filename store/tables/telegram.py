"""Telegram by webhook: what it told us, until the listener has taken it."""

from sqlalchemy import BigInteger, Column
from sqlmodel import Field

from store.tables.row import Row


class TelegramUpdate(Row, table=True):
    """An update as it came, committed before Telegram hears that we have it. The listener takes it away."""

    __tablename__ = "telegram_updates"

    # The same update again is the same row; the listener reads them in this order.
    source: str = Field(primary_key=True, max_length=200)  # telegram:<bot id>, the listener's name
    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    raw: str  # JSON
