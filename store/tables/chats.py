"""What belongs to a web chat beside its lines: codes, an e-mail left there, how far it was read."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from store.columns import Instant
from store.tables.row import Row


class ChatCode(Row, table=True):
    """A code used once: it takes a chat along to another device, or says whose contact the visitor is."""

    __tablename__ = "chat_codes"
    __table_args__ = (
        CheckConstraint("(conversation IS NULL) <> (contact_id IS NULL)", name="for_one_thing"),
        CheckConstraint("contact_id IS NULL OR made_by IS NOT NULL", name="given_by_us"),
    )

    code_hash: str = Field(primary_key=True, max_length=64)  # sha256: the code itself is kept nowhere
    conversation: str | None = Field(default=None, max_length=200, index=True)  # taken back by a newer one
    contact_id: int | None = Field(default=None, foreign_key="contacts.id", index=True)
    made_by: int | None = Field(default=None, foreign_key="users.id")
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class ChatMail(Row, table=True):
    """Where a visitor wants answers that he has not read. A claim: nobody is known by this address."""

    __tablename__ = "chat_mails"

    conversation: str = Field(primary_key=True, max_length=200)
    address: str = Field(max_length=320)
    language: str = Field(max_length=10)
    given_at: datetime = Field(sa_type=Instant)


class ChatRead(Row, table=True):
    """The newest line of ours that a visitor has had before his eyes."""

    __tablename__ = "chat_reads"

    conversation: str = Field(primary_key=True, max_length=200)
    message_id: int = Field(foreign_key="messages.id")
    at: datetime = Field(sa_type=Instant)
