"""What a customer's matter consists of: the case, its messages, how they were read, and its deadlines."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlmodel import Field

from store.columns import Instant, Json, JsonObject, one_of, only
from store.tables.people import Channel
from store.tables.row import Row

# nlp owns these words; the two rooms do not know each other, so the schema spells them out.
KINDS = ("inquiry", "order", "complaint", "suggestion", "other")
SEVERITIES = ("light", "moderate", "severe")


class CaseStatus(StrEnum):
    OPEN = "open"  # the customer waits for us
    REPLIED = "replied"  # we have answered and wait for the customer
    CLOSED = "closed"
    FILED = "filed"  # history, auto-mail and the like: searchable, nobody waits


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class DeadlineKind(StrEnum):
    FIRST_REPLY = "first_reply"  # a person's first answer
    SOLUTION = "solution"  # the solution, or a proposal for one
    FINAL_REPLY = "final_reply"  # promised by an interim reply
    NONCONFORMITY = "nonconformity"  # the notice after stop-use, return or late supply
    CORRECTIVE_ACTION = "corrective_action"  # to be issued, and each of its measures
    OPINION = "opinion"  # a department's, in a contract review
    REVIEW_FEEDBACK = "review_feedback"  # to the customer after a review passed
    REQUIREMENT = "requirement"  # a special requirement's own
    VISIT = "visit"  # planned in the service plan
    SERVICE_ORDER = "service_order"  # to be done, by the day that stands on it
    SURVEY_ACTION = "survey_action"  # what a survey found is improved, by the day that stands on it


class RequirementStatus(StrEnum):
    PENDING = "pending"  # 待处理
    IN_PROGRESS = "in_progress"  # 处理中
    DONE = "done"  # 已完成


class RequirementScope(StrEnum):
    PRODUCT = "product"  # this product, and what resembles it
    CUSTOMER = "customer"  # whatever the customer orders


class RequirementPriority(StrEnum):
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Case(Row, table=True):
    """One matter of one customer, from its first message to closing (沟通记录)."""

    __tablename__ = "cases"
    __table_args__ = (
        only("kind", *KINDS),
        only("severity", *SEVERITIES),
        # The queue: open cases by what is due next; filtered by owner.
        Index("ix_cases_queue", "status", "due_at", "id"),
        Index("ix_cases_owner", "owner_id", "due_at", "id"),
        # The queue across all states, and its band of severe complaints.
        Index("ix_cases_due", "due_at", "id"),
        Index("ix_cases_grave", "status", "severity", "due_at", "id"),
        # The numbers on chips are counted from ix_cases_counts alone. Migration 0016 makes it, for
        # each database in its own way: JSON is no key on PostgreSQL.
        # Reports count the cases of a period from the index alone.
        Index(
            "ix_cases_reports",
            *("opened_at", "kind", "severity", "channel", "owner_id", "customer_id", "closed_at"),
        ),
        # A chat message joins the open case of its conversation.
        Index("ix_cases_conversation", "channel", "conversation"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customers.id", index=True)
    contact_id: int = Field(foreign_key="contacts.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="users.id")
    channel: Channel = Field(sa_column=Column(one_of(Channel), nullable=False))
    conversation: str | None = None  # the chat this case is talked about in; null for mail
    status: CaseStatus = Field(sa_column=Column(one_of(CaseStatus), nullable=False))
    kind: str = Field(max_length=20)
    severity: str | None = Field(default=None, max_length=20)
    claim: bool = False  # money is claimed (索赔)
    language: str = "zh"
    subject: str = Field(max_length=500)
    summary: str = Field(default="", max_length=300)  # the start of the newest words, for the queue
    requirement_categories: list[str] = Field(default_factory=list, sa_type=Json)
    opened_at: datetime = Field(sa_type=Instant)
    last_message_at: datetime = Field(sa_type=Instant)
    # The nearest of the clocks that wait for our answer: when, which, and since when the customer waits.
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    due_clock: str | None = Field(default=None, max_length=20)
    waiting_since: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)

    @property
    def number(self) -> str:
        return case_number(self.id or 0)


class Message(Row, table=True):
    """One communication in a case, in or out."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_case", "case_id", "at"),
        # A mail that answers names the Message-ID of what it answers.
        Index("ix_messages_message_id", "message_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id")
    direction: Direction = Field(sa_column=Column(one_of(Direction), nullable=False))
    channel: Channel = Field(sa_column=Column(one_of(Channel), nullable=False))
    incoming_id: int | None = Field(default=None, foreign_key="incoming.id", unique=True)  # one message each
    author_id: int | None = Field(default=None, foreign_key="users.id")  # who of us wrote or typed it in
    automatic: bool = False  # our own program wrote it (an acknowledgement)
    sender_name: str = ""
    sender_address: str = ""
    message_id: str | None = None  # as in the mail's header, with angle brackets
    references: list[str] = Field(default_factory=list, sa_type=Json)  # In-Reply-To last
    cc: list[str] = Field(default_factory=list, sa_type=Json)  # information only, never a recipient
    subject: str | None = None
    text: str = ""
    new_text: str = ""  # what its writer wrote now
    html: str | None = None  # a file's sha256; sanitised when shown
    # Whole mails attached as evidence: name, address, subject and text of each.
    forwarded: list[dict[str, str]] | None = Field(default=None, sa_type=Json)
    auto_generated: str | None = None
    note: str | None = None  # a hint for staff, such as "signed reference from an unknown address"
    at: datetime = Field(sa_type=Instant)  # when it reached the receiving server, or was sent
    created_at: datetime = Field(sa_type=Instant)


class Attachment(Row, table=True):
    """A file that came with a message or goes with a reply. Its bytes are in the file store."""

    __tablename__ = "attachments"

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="messages.id", index=True)
    name: str = Field(max_length=255)
    type: str = Field(max_length=150)
    size: int
    sha256: str = Field(max_length=64)
    inline: bool = False


class MessageReading(Row, table=True):
    """How the reader understood a message, with the words behind each decision. Never changed afterwards."""

    __tablename__ = "readings"
    __table_args__ = (only("kind", *KINDS), only("severity", *SEVERITIES))

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="messages.id", unique=True)
    language: str
    kind: str
    confidence: float
    severity: str | None = None
    auto_generated: str | None = None
    special_requirements: list[str] = Field(default_factory=list, sa_type=Json)
    entities: JsonObject = Field(default_factory=dict, sa_type=Json)
    # Each {"label", "field", "start", "end", "text", "rule"}; offsets into subject or new_text.
    evidence: list[JsonObject] = Field(default_factory=list, sa_type=Json)
    created_at: datetime = Field(sa_type=Instant)


class Correction(Row, table=True):
    """What staff put right in a reading: labelled data that no later reading overwrites."""

    __tablename__ = "corrections"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    message_id: int = Field(foreign_key="messages.id", index=True)
    field: str = Field(max_length=40)  # kind, severity, special_requirements
    before: Any = Field(default=None, sa_type=Json, nullable=True)
    after: Any = Field(default=None, sa_type=Json, nullable=True)
    user_id: int = Field(foreign_key="users.id")
    at: datetime = Field(sa_type=Instant)


class SpecialRequirement(Row, table=True):
    """One customer-specific requirement (顾客特殊要求), a record of its own (S1 2.1)."""

    __tablename__ = "special_requirements"
    __table_args__ = (
        only("scope", *(scope.value for scope in RequirementScope)),
        only("priority", *(priority.value for priority in RequirementPriority)),
        # Carried to an order once.
        UniqueConstraint("case_id", "carried_from"),
        # The list over all customers, by what is to be done.
        Index("ix_special_requirements_status", "status", "deadline"),
        # The statistics of a period.
        Index("ix_special_requirements_created", "created_at"),
        # The queue filtered by one that few cases have.
        Index(
            "ix_special_requirements_wanted",
            *("category", "case_id"),
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customers.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)  # null: of no single case
    message_id: int | None = Field(default=None, foreign_key="messages.id")
    carried_from: int | None = Field(default=None, foreign_key="special_requirements.id", index=True)
    category: str = Field(max_length=40)
    source: str = Field(default="stated", max_length=20)
    sentence: str
    scope: str = Field(default=RequirementScope.PRODUCT.value, max_length=20)
    product: str = Field(default="", max_length=200)
    identified_by: str = Field(default="", max_length=40)  # the department; empty: read by the program
    identified_on: date | None = None
    valid_until: date | None = None
    priority: str = Field(default=RequirementPriority.NORMAL.value, max_length=20)
    status: RequirementStatus = Field(
        default=RequirementStatus.PENDING, sa_column=Column(one_of(RequirementStatus), nullable=False)
    )
    deadline: date | None = None
    handler_id: int | None = Field(default=None, foreign_key="users.id")
    department: str = Field(default="", max_length=40)  # that carries it out
    remark: str = ""
    review: str = ""  # 评审记录
    result: str = ""  # how it was carried out
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    reported_at: datetime | None = Field(default=None, sa_type=Instant)  # the customer knows how it went
    created_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)  # staff said it is none

    @property
    def number(self) -> str:
        return f"SR-{self.id or 0:06d}"

    @property
    def clock(self) -> str:
        """What its reminder is about."""
        return f"requirement:{self.id}"


class Deadline(Row, table=True):
    """A clock. It runs until met or cancelled; `remind_at` says when to ring next.

    `about` tells clocks of one kind on a case apart, such as `opinion:12`. With a `user_id` that person is
    reminded, else who answers for the case.
    """

    __tablename__ = "deadlines"
    __table_args__ = (
        # The clock's ring: running deadlines whose reminder is due.
        Index("ix_deadlines_remind_at", "remind_at"),
        # Reports tell from the index alone how the clocks of a period went.
        Index("ix_deadlines_reports", "kind", "started_at", "met_at", "due_at", "ended_at"),
        # One running clock of a kind for a matter, whatever two processes do at once.
        Index(
            "uq_deadlines_running",
            "case_id",
            "kind",
            "about",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        # The same for clocks of no case: to a unique key one NULL is not the other.
        Index(
            "uq_deadlines_running_alone",
            "kind",
            "about",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND case_id IS NULL"),
            postgresql_where=text("ended_at IS NULL AND case_id IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)  # null: of no case
    customer_id: int | None = Field(default=None, foreign_key="customers.id")  # whose matter, without a case
    kind: DeadlineKind = Field(sa_column=Column(one_of(DeadlineKind), nullable=False))
    about: str = Field(default="", max_length=80)
    user_id: int | None = Field(default=None, foreign_key="users.id")
    started_at: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant)
    assumed: bool = False  # reckoned across a year whose days off were not published then
    remind_at: datetime | None = Field(default=None, sa_type=Instant)
    reminders: int = 0  # how many have been given
    met_at: datetime | None = Field(default=None, sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)  # met, or the case was closed or filed


def case_number(case_id: int) -> str:
    """The number a customer sees and may write in a subject: 123 → HY-000123 (S1 自动生成案件号)."""
    return f"HY-{case_id:06d}"
