"""What happened: the append-only log, and the short-lived events that wake live pages."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from store.columns import Instant, Json, JsonObject
from store.tables.row import Row


class AuditLog(Row, table=True):
    """Who did what, when. Triggers refuse to change or delete a row."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_action", "action", "at"),  # recent failures to sign in; the log's page by action
        Index("ix_audit_log_at", "at"),  # the log's page: the newest lines, or those of a period
        # The log's page by person. Most lines are the program's own and cost nothing here.
        Index(
            "ix_audit_log_user",
            "user_id",
            "at",
            sqlite_where=text("user_id IS NOT NULL"),
            postgresql_where=text("user_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Instant)
    user_id: int | None = Field(default=None, foreign_key="users.id")  # null: the program itself
    action: str = Field(max_length=40)
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)
    details: JsonObject = Field(default_factory=dict, sa_type=Json)


class Event(Row, table=True):
    """A word to live pages that something changed: a topic, never the content."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_at", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    topic: str = Field(max_length=200)  # desk, or chat:<conversation>
    at: datetime = Field(sa_type=Instant)
