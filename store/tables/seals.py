"""The seals on the log: what it said at a moment, so that a later change shows."""

from datetime import datetime

from sqlmodel import Field

from store.columns import Instant
from store.tables.row import Row


class AuditSeal(Row, table=True):
    """A stretch of the log with the digest of its lines and of the seal before. Triggers refuse a change."""

    __tablename__ = "audit_seals"

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(unique=True)  # one chain, whatever two processes do at once
    last_id: int
    lines: int
    digest: str = Field(max_length=64)  # sha256
    at: datetime = Field(sa_type=Instant)
