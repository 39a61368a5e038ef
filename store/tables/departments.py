"""What the company decides of its reviews: its departments, and how it goes about each route."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from store.columns import Instant, Json
from store.tables.row import Row


class Department(Row, table=True):
    """A department. Other tables keep its key, which never changes; what it is called does."""

    __tablename__ = "departments"

    key: str = Field(primary_key=True, max_length=40)
    name: str = Field(default="", max_length=40)  # empty: as shipped, in the reader's language
    judges: str = Field(default="", max_length=200)  # in a review; empty: as shipped
    place: int  # in the order of the form
    active: bool = True  # asked and told of new matters


class ReviewRoute(Row, table=True):
    """How the company goes about a route. Without a row it goes as shipped."""

    __tablename__ = "review_routes"
    __table_args__ = (
        CheckConstraint("opinion_days IS NULL OR opinion_days > 0", name="some_days"),
        CheckConstraint("limit_cents IS NULL OR limit_cents > 0", name="some_money"),
    )

    name: str = Field(primary_key=True, max_length=40)
    departments: list[Any] = Field(sa_type=Json)  # keys of those asked
    signer: str = Field(max_length=40)  # the right that concluding takes
    opinion_days: int | None = None  # working days for an opinion; null: the policy's
    limit_cents: int | None = Field(default=None, sa_type=BigInteger)  # applies from this sum on
    changed_by_id: int = Field(foreign_key="users.id")
    changed_at: datetime = Field(sa_type=Instant)
