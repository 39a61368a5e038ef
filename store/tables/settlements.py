"""What a review needs besides opinions: minutes of a joint one, and a settlement with a supplier."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column
from sqlmodel import Field

from store.columns import Instant, one_of
from store.tables.row import Row


class ReviewMinutes(Row, table=True):
    """Who came together for a joint review (集中评审, S0 6.3, 6.5), and what was said."""

    __tablename__ = "review_minutes"
    __table_args__ = (CheckConstraint("participants <> '' AND words <> ''", name="written"),)

    review_id: int = Field(foreign_key="reviews.id", primary_key=True)
    held_on: date
    participants: str = Field(max_length=2000)
    words: str
    signed_by_id: int = Field(foreign_key="users.id")
    signed_at: datetime = Field(sa_type=Instant)


class SettlementState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"  # confirmed by the customer and by the supplier
    OTHER_SUPPLIER = "other_supplier"  # another one supplies as the customer wants it
    FILED = "filed"  # no agreement: on file, and the order is not to be had so


class SupplierSettlement(Row, table=True):
    """What customer and supplier disagree about, and the settlement of the three (S3 4.1.4, 4.1.5)."""

    __tablename__ = "supplier_settlements"
    __table_args__ = (
        CheckConstraint(
            "state <> 'settled' OR (terms <> '' AND customer_name <> '' AND customer_on IS NOT NULL "
            "AND supplier_name <> '' AND supplier_on IS NOT NULL)",
            name="confirmed_by_both",
        ),
        CheckConstraint("state <> 'other_supplier' OR other_supplier <> ''", name="names_the_other"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="reviews.id", index=True)
    supplier: str = Field(max_length=300)
    difference: str = Field(max_length=4000)
    terms: str = Field(default="", max_length=4000)  # what all three accept
    customer_name: str = Field(default="", max_length=300)  # who confirmed the terms, and when
    customer_on: date | None = None
    supplier_name: str = Field(default="", max_length=300)
    supplier_on: date | None = None
    other_supplier: str = Field(default="", max_length=300)
    state: SettlementState = Field(
        default=SettlementState.OPEN, sa_column=Column(one_of(SettlementState), nullable=False)
    )
    opened_by_id: int = Field(foreign_key="users.id")
    opened_at: datetime = Field(sa_type=Instant)
    ended_by_id: int | None = Field(default=None, foreign_key="users.id")
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
