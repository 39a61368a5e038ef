"""Complaints that cost dear, and what a month of complaints comes to in words."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from store.columns import Instant
from store.tables.row import Row


class LossReview(Row, table=True):
    """A major loss (重大损失, S1 5.6): reviewed in a meeting led by the head of quality before it closes."""

    __tablename__ = "loss_reviews"
    __table_args__ = (
        CheckConstraint(
            "signed_at IS NULL OR (signed_by_id IS NOT NULL AND held_on IS NOT NULL AND participants <> '' "
            "AND cause <> '' AND decisions <> '' AND done_by IS NOT NULL)",
            name="signed_in_full",
        ),
    )

    case_id: int = Field(foreign_key="complaints.case_id", primary_key=True)
    reason: str = Field(max_length=300)
    declared_by_id: int = Field(foreign_key="users.id")
    declared_at: datetime = Field(sa_type=Instant)
    lifted_at: datetime | None = Field(default=None, sa_type=Instant)  # it was none after all
    held_on: date | None = None
    participants: str = Field(default="", max_length=2000)
    cause: str = ""
    decisions: str = ""
    done_by: date | None = None  # when the last of it has to be done
    signed_by_id: int | None = Field(default=None, foreign_key="users.id")
    signed_at: datetime | None = Field(default=None, sa_type=Instant)


class MonthEvaluation(Row, table=True):
    """总结与综合评价 of a month's complaints, an input to management review (S3 4.3.2)."""

    __tablename__ = "month_evaluations"
    __table_args__ = (CheckConstraint("words <> ''", name="written"),)

    month: date = Field(primary_key=True)  # its first day
    words: str
    signed_by_id: int = Field(foreign_key="users.id")
    signed_at: datetime = Field(sa_type=Instant)
