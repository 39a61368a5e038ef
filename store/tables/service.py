"""Looking after a customer: property of theirs, what we hear of the market, visits and the yearly plan."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from store.columns import Instant, Json, JsonObject, one_of
from store.tables.row import Row


class PropertyKind(StrEnum):
    DRAWING = "drawing"  # 图纸
    SAMPLE = "sample"  # 样品
    TOOLING = "tooling"  # 模具、工装
    MATERIAL = "material"  # 来料
    INFORMATION = "information"  # 资料、技术秘密
    OTHER = "other"


class PropertyState(StrEnum):
    KEPT = "kept"
    RETURNED = "returned"
    LOST = "lost"
    DAMAGED = "damaged"


class MarketTopic(StrEnum):
    DEMAND = "demand"  # what the customer wants and is like
    COMPETITOR = "competitor"
    MARKET = "market"
    FEEDBACK = "feedback"


class VisitKind(StrEnum):
    VISIT = "visit"
    SURVEY = "survey"


class CustomerProperty(Row, table=True):
    """What a customer handed over to us (顾客财产, ISO 9001 8.5.3): labelled, kept, given back."""

    __tablename__ = "customer_property"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customers.id", index=True)
    kind: PropertyKind = Field(sa_column=Column(one_of(PropertyKind), nullable=False))
    name: str = Field(max_length=200)
    quantity: str = Field(default="", max_length=60)
    place: str = Field(default="", max_length=200)  # where it is kept
    received_on: date
    received_by: int = Field(foreign_key="users.id")
    state: PropertyState = Field(
        default=PropertyState.KEPT, sa_column=Column(one_of(PropertyState), nullable=False)
    )
    state_note: str = Field(default="", max_length=1000)
    told_at: datetime | None = Field(default=None, sa_type=Instant)  # the customer knows of the state
    created_at: datetime = Field(sa_type=Instant)

    @property
    def label(self) -> str:
        """What stands on the thing itself (做出识别标识)."""
        return f"CP-{self.id or 0:05d}"


class MarketNote(Row, table=True):
    """What we heard of the market in a conversation (市场信息, S0)."""

    __tablename__ = "market_notes"
    __table_args__ = (Index("ix_market_notes_heard", "heard_on", "id"),)  # of a month, newest first

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customers.id", index=True)
    user_id: int = Field(foreign_key="users.id")
    topic: MarketTopic = Field(sa_column=Column(one_of(MarketTopic), nullable=False))
    text: str
    heard_on: date
    created_at: datetime = Field(sa_type=Instant)


class Visit(Row, table=True):
    """A visit or survey of a customer: planned for a month (★), made on a day (☆), or both (S0 5.2.1)."""

    __tablename__ = "visits"
    __table_args__ = (
        # The grid of a year, and once in a month whatever two people click.
        UniqueConstraint("customer_id", "kind", "month"),
        Index("ix_visits_month", "month"),
        Index("ix_visits_made_on", "made_on"),
        CheckConstraint("month IS NOT NULL OR made_on IS NOT NULL", name="planned_or_made"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customers.id")
    kind: VisitKind = Field(sa_column=Column(one_of(VisitKind), nullable=False))
    month: date | None = None  # planned for; its first day
    made_on: date | None = None
    user_id: int | None = Field(default=None, foreign_key="users.id")  # who of us was there
    met: str = Field(default="", max_length=200)  # whom
    said: str = ""
    confirmed_by: str = Field(default="", max_length=200)  # the customer's word for it
    created_at: datetime = Field(sa_type=Instant)

    @property
    def clock(self) -> str:
        """What its reminder is about."""
        return f"visit:{self.id}"


class RequirementReceipt(Row, table=True):
    """A special requirement passed to a department, and its signature for it (签收)."""

    __tablename__ = "requirement_receipts"
    __table_args__ = (UniqueConstraint("requirement_id", "department"),)

    id: int | None = Field(default=None, primary_key=True)
    requirement_id: int = Field(foreign_key="special_requirements.id")
    department: str = Field(max_length=40)
    passed_by: int = Field(foreign_key="users.id")
    passed_at: datetime = Field(sa_type=Instant)
    received_by: int | None = Field(default=None, foreign_key="users.id")
    received_at: datetime | None = Field(default=None, sa_type=Instant)


class CustomerMove(Row, table=True):
    """Two customers made one, or a contact moved to another: what exactly was moved, to be moved back."""

    __tablename__ = "customer_moves"
    __table_args__ = (
        # Only one merge of a customer stands.
        Index(
            "uq_customer_moves_merged",
            "from_id",
            unique=True,
            sqlite_where=text("contact_id IS NULL AND undone_at IS NULL"),
            postgresql_where=text("contact_id IS NULL AND undone_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    from_id: int = Field(foreign_key="customers.id")
    into_id: int = Field(foreign_key="customers.id", index=True)  # what the customer's page can undo
    contact_id: int | None = Field(default=None, foreign_key="contacts.id")  # null: everything was moved
    moved: dict[str, list[int]] = Field(default_factory=dict, sa_type=Json)  # "table.column" → ids
    before: JsonObject = Field(default_factory=dict, sa_type=Json)  # what stood in the two customers' rows
    last_case_id: int  # cases opened later follow their contact back
    user_id: int = Field(foreign_key="users.id")
    at: datetime = Field(sa_type=Instant)
    undone_at: datetime | None = Field(default=None, sa_type=Instant)
