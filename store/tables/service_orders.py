"""客户服务通知单 (S2): what is to be done for a customer, what was found, and the customer's word for it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index
from sqlmodel import Field

from store.columns import Instant, one_of, only
from store.tables.row import Row


class ServiceState(StrEnum):
    ISSUED = "issued"
    DONE = "done"  # waits for the customer's confirmation
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"  # not needed after all


class ServiceFinding(StrEnum):
    """What was found (S2 5.3.2)."""

    FAULT = "fault"  # of the product: how we make it better is told to the customer
    MISUSE = "misuse"  # how to use it right is told
    NEITHER = "neither"  # such as an installation


class Satisfaction(StrEnum):
    """The five levels of S2."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    MEETS_NEED = "meets_need"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"


class ServiceOrder(Row, table=True):
    """One service order, issued on a customer's call or mail (S2 5.5.2)."""

    __tablename__ = "service_orders"
    __table_args__ = (
        # The list of what is still to be done, the most pressing first.
        Index("ix_service_orders_state", "state", "due_at", "id"),
        # What was given to me.
        Index("ix_service_orders_handler", "handler_id", "state"),
        CheckConstraint(
            "state NOT IN ('done', 'confirmed') OR "
            "(done_at IS NOT NULL AND done_by IS NOT NULL AND finding IS NOT NULL)",
            name="done_by_somebody",
        ),
        CheckConstraint(
            "state <> 'confirmed' OR (confirmed_by <> '' AND confirmed_on IS NOT NULL"
            " AND service_rating IS NOT NULL AND product_rating IS NOT NULL)",
            name="confirmed_by_somebody",
        ),
        only("service_rating", *(level.value for level in Satisfaction)),
        only("product_rating", *(level.value for level in Satisfaction)),
        CheckConstraint("state <> 'withdrawn' OR done_at IS NULL", name="done_is_done"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    state: ServiceState = Field(
        default=ServiceState.ISSUED, sa_column=Column(one_of(ServiceState), nullable=False)
    )
    handler_id: int = Field(foreign_key="users.id")  # to whom
    product: str = Field(default="", max_length=300)
    place: str = Field(default="", max_length=300)  # where, and whom to ask for
    task: str = Field(max_length=4000)
    due_at: datetime = Field(sa_type=Instant)
    issued_by: int = Field(foreign_key="users.id")
    issued_at: datetime = Field(sa_type=Instant)
    finding: ServiceFinding | None = Field(
        default=None, sa_column=Column(one_of(ServiceFinding), nullable=True)
    )
    found: str = Field(default="", max_length=4000)  # the fault, or how it was used wrongly
    work: str = Field(default="", max_length=4000)  # what was done
    done_by: int | None = Field(default=None, foreign_key="users.id")
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    confirmed_by: str = Field(default="", max_length=200)  # of the customer's people
    confirmed_on: date | None = None
    # Of the five levels.
    service_rating: str | None = Field(default=None, max_length=20)
    product_rating: str | None = Field(default=None, max_length=20)
    comment: str = Field(default="", max_length=4000)

    @property
    def number(self) -> str:
        return f"SV-{self.id or 0:05d}"

    @property
    def clock(self) -> str:
        """What its reminder is about."""
        return f"service:{self.id}"
