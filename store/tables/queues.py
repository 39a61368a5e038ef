"""What came in and waits to be received, what we owe and wait to send, and who listens where."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from store.columns import Instant, Json, JsonObject, one_of
from store.tables.people import Channel
from store.tables.row import Row


class IncomingState(StrEnum):
    NEW = "new"
    RECEIVED = "received"  # became a message
    DUPLICATE = "duplicate"  # the same mail again
    IGNORED = "ignored"  # nothing a person said, such as "bot was added to the group"
    QUARANTINED = "quarantined"  # could not be read; kept raw, shown on the desk


class OutgoingKind(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    REPLY = "reply"
    INTERIM = "interim"  # we are at it; fixed wording, which needs nobody's confirmation
    REMINDER = "reminder"
    NOTICE = "notice"
    SURVEY = "survey"
    SURVEY_REMINDER = "survey_reminder"
    IMPROVEMENT = "improvement"  # a customer is told what a survey led to
    DIALOGUE = "dialogue"  # the bot says something in a chat
    CHAT_COPY = "chat_copy"  # an answer in a web chat that was not read there, by mail


class OutgoingState(StrEnum):
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # we cannot know whether it left; a person decides
    CANCELLED = "cancelled"


class Incoming(Row, table=True):
    """Something as it arrived, committed before the sender's server is told that we have it."""

    __tablename__ = "incoming"
    __table_args__ = (
        # The same UID or update id fetched again is the same row.
        UniqueConstraint("source", "external_id"),
        # Next to receive, in order per conversation.
        Index("ix_incoming_state", "state", "id"),
        # The lines of one chat.
        Index("ix_incoming_conversation", "conversation", "id"),
        # Which conversations another process is at.
        Index("ix_incoming_claimed", "state", "claimed_until"),
        # The same mail another way (P3).
        Index(
            "uq_incoming_fingerprint",
            "fingerprint",
            unique=True,
            sqlite_where=text("state = 'received'"),
            postgresql_where=text("state = 'received'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: Channel = Field(sa_column=Column(one_of(Channel), nullable=False))
    source: str = Field(max_length=200)  # the listener it came by: mail:sales@…/INBOX, telegram:42, import
    external_id: str = Field(max_length=200)
    conversation: str = Field(max_length=200)  # rows of one conversation are received in order
    raw: str | None = Field(default=None, max_length=100)  # its bytes as they came: a name in the file store
    payload: JsonObject | None = Field(default=None, sa_type=Json)  # of a chat message or a form
    fingerprint: str | None = Field(default=None, max_length=64)
    # A command or a button, said to the bot: it waits for no further line.
    prompt: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    history: bool = False  # older than our listening: filed, never answered
    arrived_at: datetime = Field(sa_type=Instant)  # the receiving server's time, never later than ours
    stored_at: datetime = Field(sa_type=Instant)
    state: IncomingState = Field(
        default=IncomingState.NEW, sa_column=Column(one_of(IncomingState), nullable=False)
    )
    claimed_by: str | None = None  # the process that works on it, as in Listener.holder
    claimed_until: datetime | None = Field(default=None, sa_type=Instant)
    attempts: int = 0
    reason: str | None = None  # why it is quarantined or ignored, in a sentence


class Outgoing(Row, table=True):
    """Something we owe somebody. Added in the transaction of what caused it; only the deliverer sends."""

    __tablename__ = "outgoing"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        # The deliverer's claim.
        Index("ix_outgoing_state", "state", "due_at"),
        # Receipts of the last minute.
        Index("ix_outgoing_sent", "kind", "sent_at"),
        # Notices on a person's desk; acknowledgements of the last hour to one address.
        Index("ix_outgoing_user", "user_id", "read_at"),
        Index("ix_outgoing_recipient", "recipient", "kind", "due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: OutgoingKind = Field(sa_column=Column(one_of(OutgoingKind), nullable=False))
    key: str = Field(max_length=200)
    channel: Channel = Field(sa_column=Column(one_of(Channel), nullable=False))
    recipient: str = Field(max_length=320)
    user_id: int | None = Field(default=None, foreign_key="users.id")  # when it goes to one of us
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)
    message_id: int | None = Field(default=None, foreign_key="messages.id")  # the message that it carries
    invitation_id: int | None = Field(default=None, foreign_key="survey_invitations.id", index=True)
    # Of an answer that somebody had to confirm: it lets one letter out.
    approval_id: int | None = Field(default=None, foreign_key="reply_approvals.id", unique=True)
    # A reminder's clock; index: what is taken back when the clock stops.
    deadline_id: int | None = Field(default=None, foreign_key="deadlines.id", index=True)
    subject: str = ""
    text: str = ""  # empty for a survey: its link is made at sending and never kept
    # Under the bot's line: rows of [label, mark].
    buttons: list[list[list[str]]] | None = Field(default=None, sa_type=Json)
    # What one of us is told: a folder of casework/wording and what fills it, worded once its reader is known.
    wording: str | None = Field(default=None, max_length=40)
    details: JsonObject | None = Field(default=None, sa_type=Json)
    due_at: datetime = Field(sa_type=Instant)
    claimed_by: str | None = None  # the process that works on it, as in Listener.holder
    claimed_until: datetime | None = Field(default=None, sa_type=Instant)
    attempts: int = 0
    # Of a letter that its channel sends as several messages: how many have left, so that the rest follows.
    parts_sent: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    state: OutgoingState = Field(
        default=OutgoingState.DUE, sa_column=Column(one_of(OutgoingState), nullable=False)
    )
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    read_at: datetime | None = Field(default=None, sa_type=Instant)  # a desk notice was seen
    error: str | None = None
    created_at: datetime = Field(sa_type=Instant)


class Listener(Row, table=True):
    """One mailbox or bot: how far it has been read, who reads it now, and how it fares."""

    __tablename__ = "listeners"

    name: str = Field(primary_key=True, max_length=200)
    channel: Channel = Field(sa_column=Column(one_of(Channel), nullable=False))
    connected_at: datetime | None = Field(default=None, sa_type=Instant)  # first ever
    generation: int | None = Field(default=None, sa_type=BigInteger)  # IMAP UIDVALIDITY, 32 bits unsigned
    cursor: int = Field(default=0, sa_type=BigInteger)  # the last UID or update id that is safely stored
    polled_at: datetime | None = Field(default=None, sa_type=Instant)
    failing_since: datetime | None = Field(default=None, sa_type=Instant)
    error: str | None = None
    outage_told: datetime | None = Field(default=None, sa_type=Instant)  # start of the outage people know of
    removed_at: datetime | None = Field(default=None, sa_type=Instant)  # no longer in the settings
    holder: str | None = None  # host:boot id:pid:start time
    held_until: datetime | None = Field(default=None, sa_type=Instant)


class Credential(Row, table=True):
    """What a token server gave us for an account, sealed with a key derived from HUIYIN_SECRET_KEY."""

    __tablename__ = "credentials"

    name: str = Field(primary_key=True, max_length=400)
    sealed: str
    changed_at: datetime = Field(sa_type=Instant)
