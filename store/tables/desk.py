"""What a day at the desk needs beside the cases: notes among colleagues, saved views, canned answers."""

from datetime import datetime

from sqlmodel import Field

from store.columns import Instant
from store.tables.row import Row


class Note(Row, table=True):
    """What a colleague wrote about a case for colleagues. No customer ever sees it."""

    __tablename__ = "notes"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    user_id: int = Field(foreign_key="users.id")
    text: str
    at: datetime = Field(sa_type=Instant)


class SavedView(Row, table=True):
    """Filters of the queue under a name: one's own, or shared with everybody."""

    __tablename__ = "saved_views"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    name: str = Field(max_length=80)
    query: str = Field(max_length=1000)  # as in the queue's address
    shared: bool = False
    created_at: datetime = Field(sa_type=Instant)


class CannedAnswer(Row, table=True):
    """Words that are written again and again, with {客户}, {编号} and {姓名} to be filled in."""

    __tablename__ = "canned_answers"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    name: str = Field(max_length=80)
    zh: str = ""
    en: str = ""
    shared: bool = False
    created_at: datetime = Field(sa_type=Instant)


class Drafting(Row, table=True):
    """Who was last seen writing an answer to a case. Nothing is locked by it."""

    __tablename__ = "drafting"

    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    user_id: int = Field(primary_key=True, foreign_key="users.id")
    at: datetime = Field(sa_type=Instant)
