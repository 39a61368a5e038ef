"""Orders and their contract review: what was ordered, who judged it, what was promised, who was told."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from store.columns import Instant, Json, JsonObject, one_of
from store.tables.row import Row


class ContractClass(StrEnum):
    """The three classes of contract (S0)."""

    REGULAR = "regular"  # 常规: made now
    NEW_PRODUCT = "new_product"  # 新产品, also a new scheme
    TEMPORARY = "temporary"  # 临时: oral, by call or letter


class ReviewState(StrEnum):
    OPEN = "open"
    PASSED = "passed"
    REFUSED = "refused"
    VOID = "void"  # the order's wording changed, or it is reviewed anew


class Stance(StrEnum):
    AGREE = "agree"
    CONDITIONS = "conditions"  # agrees, on conditions
    DISAGREE = "disagree"
    QUESTION = "question"  # to the customer; the opinion waits for the answer (S1 5.2.2.6)


class QuotationState(StrEnum):
    OPEN = "open"
    ORDERED = "ordered"
    REFUSED = "refused"
    REPLACED = "replaced"  # by a newer one


class NoticeKind(StrEnum):
    ACCEPTED = "accepted"
    CHANGED = "changed"


class Order(Row, table=True):
    """What a customer orders in a case, as written up by us. Its wording is what a review binds."""

    __tablename__ = "orders"
    __table_args__ = (
        # The ledger, newest first, of a year.
        Index("ix_orders_created", "created_at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", unique=True)
    supplement_of: int | None = Field(default=None, foreign_key="orders.id")  # 补充合同 to this order
    customer_order_no: str = Field(default="", max_length=100)

    product: str = Field(default="", max_length=300)
    model: str = Field(default="", max_length=100)
    quantity: float | None = None
    unit: str = Field(default="", max_length=20)
    due_on: date | None = None
    address: str = Field(default="", max_length=500)
    payment: str = Field(default="", max_length=500)
    quality: str = Field(default="", max_length=4000)  # quality and technical requirements, acceptance
    value_cents: int | None = Field(default=None, sa_type=BigInteger)  # in hundredths of the currency
    currency: str = Field(default="CNY", max_length=3)

    contract_class: ContractClass = Field(
        default=ContractClass.REGULAR, sa_column=Column(one_of(ContractClass), nullable=False)
    )
    first_order: bool = False  # of a new customer
    changed_standard: bool = False
    tender: bool = False
    foreign_trade: bool = False
    oral: bool = False
    beyond_sales: bool = False  # implied, or beyond what sales may promise (S3 4.1.2)
    liability: bool = False  # liability, law, or what nobody below can decide (S3 4.1.3)

    wording_sha256: str = Field(max_length=64)  # of all the above with the case's special requirements
    contract_no: str = Field(default="", max_length=100)  # of the signed contract; a new customer signs one
    confirmed_at: datetime | None = Field(default=None, sa_type=Instant)  # by the customer, in writing
    confirmation: str = Field(default="", max_length=1000)
    confirmed_sha256: str | None = Field(default=None, max_length=64)  # the wording that was confirmed
    created_at: datetime = Field(sa_type=Instant)
    accepted_at: datetime | None = Field(default=None, sa_type=Instant)  # a trigger asks for a passed review
    accepted_by_id: int | None = Field(default=None, foreign_key="users.id")


class ReviewCounter(Row, table=True):
    """The last running number of a year: locked by whoever takes the next one until that is committed."""

    __tablename__ = "review_counters"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int = 0


class Review(Row, table=True):
    """One contract review (合同评审单) of one wording of an order."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("year", "running"),
        # An order has one review that counts.
        Index(
            "uq_reviews_standing",
            "order_id",
            unique=True,
            sqlite_where=text("state <> 'void'"),
            postgresql_where=text("state <> 'void'"),
        ),
        CheckConstraint(
            "ruled_by_id IS NULL OR own_allowed OR ruled_by_id <> opened_by_id", name="not_ones_own"
        ),
        CheckConstraint(
            "state NOT IN ('passed', 'refused') OR (ruled_by_id IS NOT NULL AND ruled_at IS NOT NULL)",
            name="concluded_by_somebody",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", index=True)
    year: int
    running: int
    route: str = Field(max_length=40)
    own_allowed: bool  # who opened it may sign it: regular orders and self-review only
    signer: str = Field(max_length=40)  # the right that concluding it takes, as the route had it
    opinion_days: int | None = None  # working days for an opinion, as the route had them; null: the policy's
    joint: bool = False  # its minutes are written down before it is concluded (集中评审)
    needs_consent: bool  # the customer agrees with the result before the order is accepted (S1 5.2.2.5)
    wording: JsonObject = Field(sa_type=Json)  # what is reviewed
    wording_sha256: str = Field(max_length=64)
    state: ReviewState = Field(
        default=ReviewState.OPEN, sa_column=Column(one_of(ReviewState), nullable=False)
    )
    opened_by_id: int = Field(foreign_key="users.id")
    opened_at: datetime = Field(sa_type=Instant)
    conclusion: str = Field(default="", max_length=4000)
    ruled_by_id: int | None = Field(default=None, foreign_key="users.id")
    ruled_at: datetime | None = Field(default=None, sa_type=Instant)
    told_at: datetime | None = Field(default=None, sa_type=Instant)  # the customer, of the result
    consent_at: datetime | None = Field(default=None, sa_type=Instant)
    consent: str = Field(default="", max_length=1000)  # how the customer agreed

    @property
    def number(self) -> str:
        return review_number(self.year, self.running)


class ReviewOpinion(Row, table=True):
    """What one department thinks of it (会签), signed by name and time."""

    __tablename__ = "review_opinions"
    __table_args__ = (
        UniqueConstraint("review_id", "department"),
        CheckConstraint(
            "stance IS NULL OR (given_by_id IS NOT NULL AND given_at IS NOT NULL)", name="signed"
        ),
        # What waits for a department.
        Index("ix_review_opinions_department", "department", "stance"),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="reviews.id")
    department: str = Field(max_length=40)
    due_at: datetime = Field(sa_type=Instant)
    stance: Stance | None = Field(default=None, sa_column=Column(one_of(Stance), nullable=True))
    words: str = Field(default="", max_length=4000)
    given_by_id: int | None = Field(default=None, foreign_key="users.id")
    given_at: datetime | None = Field(default=None, sa_type=Instant)
    question: str = Field(default="", max_length=4000)
    answer: str = Field(default="", max_length=4000)  # the customer's, in writing
    answered_at: datetime | None = Field(default=None, sa_type=Instant)


class Quotation(Row, table=True):
    """A price we named, tracked until it becomes an order or is refused."""

    __tablename__ = "quotations"
    __table_args__ = (UniqueConstraint("case_id", "running"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id")
    running: int
    amount_cents: int = Field(sa_type=BigInteger)
    currency: str = Field(default="CNY", max_length=3)
    words: str = Field(default="", max_length=1000)
    quoted_on: date
    quoted_by_id: int = Field(foreign_key="users.id")
    state: QuotationState = Field(
        default=QuotationState.OPEN, sa_column=Column(one_of(QuotationState), nullable=False)
    )
    settled_at: datetime | None = Field(default=None, sa_type=Instant)  # what the order differs in
    settlement: str = Field(default="", max_length=1000)


class DepartmentNotice(Row, table=True):
    """What a department is told about an order, with all its special requirements, and its receipt (签收)."""

    __tablename__ = "department_notices"
    __table_args__ = (
        # What waits for a department's signature.
        Index("ix_department_notices_department", "department", "received_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", index=True)
    department: str = Field(max_length=40)
    kind: NoticeKind = Field(sa_column=Column(one_of(NoticeKind), nullable=False))
    wording: JsonObject = Field(sa_type=Json)
    changes: list[Any] = Field(default_factory=list, sa_type=Json)  # names of what differs from before
    sent_at: datetime = Field(sa_type=Instant)
    received_by_id: int | None = Field(default=None, foreign_key="users.id")
    received_at: datetime | None = Field(default=None, sa_type=Instant)


class OrderProgress(Row, table=True):
    """A step of the delivery plan, or how far an order has come."""

    __tablename__ = "order_progress"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", index=True)
    planned_on: date | None = None  # of the plan; null: a note on the progress
    words: str = Field(max_length=1000)
    user_id: int = Field(foreign_key="users.id")
    at: datetime = Field(sa_type=Instant)


def review_number(year: int, running: int) -> str:
    """AA-B (S0): two digits of the year and a running number: 26-7."""
    return f"{year % 100:02d}-{running}"
