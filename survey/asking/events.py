"""What happened to a customer that a plan asks about: each kind of event is one query."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, cast, literal
from sqlalchemy import select as columns
from sqlmodel import Session, col, exists

from store.tables import (
    Case,
    CaseStatus,
    Customer,
    CustomerStatus,
    Order,
    ServiceOrder,
    SurveyCampaign,
    SurveyEvent,
    SurveyInvitation,
    SurveyPlan,
)

Found = Select[Any, Any, Any, Any]
NEW_FOR = timedelta(days=183)  # a product is new within its first half-year (S2)


class Event(NamedTuple):
    """Something that happened to a customer."""

    customer_id: int
    contact_id: int  # whose matter it was
    about: str  # case:12, service_order:4


def happened(
    session: Session,
    plan: SurveyPlan,
    since: datetime,
    now: datetime,
    limit: int,
    *askable: ColumnElement[bool],
) -> list[Event]:
    """The oldest events since then that are old enough to be asked about and were not yet."""
    assert plan.event is not None  # the table asks for it
    found = _QUERIES[plan.event](plan)
    about, at = found.selected_columns[2], found.selected_columns[3]
    asked = exists().where(
        col(SurveyInvitation.event) == about,
        col(SurveyCampaign.id) == col(SurveyInvitation.campaign_id),
        col(SurveyCampaign.plan_id) == plan.id,
    )
    rows = session.connection().execute(
        found.join(Customer, col(Customer.id) == col(Case.customer_id))
        .where(
            at >= since,
            at <= now - timedelta(days=plan.after_days),
            col(Customer.status) == CustomerStatus.EXISTING,
            ~asked,
            *askable,
        )
        .order_by(at, about)
        .limit(limit)
    )
    return [Event(row[0], row[1], row[2]) for row in rows]


def _project_done(plan: SurveyPlan) -> Found:
    about = _named("case", col(Case.id))
    return (
        columns(col(Case.customer_id), col(Case.contact_id), about, col(Case.closed_at))
        .join(Order, col(Order.case_id) == col(Case.id))
        .where(col(Case.status) == CaseStatus.CLOSED, col(Order.value_cents) > (plan.worth_cents or 0))
    )


def _complaint_closed(plan: SurveyPlan) -> Found:  # noqa: ARG001 - all are asked by the same key
    about = _named("case", col(Case.id))
    return columns(col(Case.customer_id), col(Case.contact_id), about, col(Case.closed_at)).where(
        col(Case.status) == CaseStatus.CLOSED, col(Case.kind) == "complaint"
    )


def _service_order(plan: SurveyPlan) -> Found:  # noqa: ARG001
    about = _named("service_order", col(ServiceOrder.id))
    return columns(col(Case.customer_id), col(Case.contact_id), about, col(ServiceOrder.done_at)).join(
        ServiceOrder, col(ServiceOrder.case_id) == col(Case.id)
    )


def _new_product(plan: SurveyPlan) -> Found:
    """The plan starts on the day of the product's launch."""
    about = _named("case", col(Case.id))
    ends = datetime.combine(plan.starts_on, time(), UTC) + NEW_FOR
    return (
        columns(col(Case.customer_id), col(Case.contact_id), about, col(Order.accepted_at))
        .join(Order, col(Order.case_id) == col(Case.id))
        .where(
            col(Order.product).icontains(plan.product, autoescape=True),
            col(Order.accepted_at) < ends,
        )
    )


def _named(kind: str, key: Any) -> ColumnElement[str]:
    return literal(f"{kind}:") + cast(key, String)


_QUERIES: dict[SurveyEvent, Callable[[SurveyPlan], Found]] = {
    SurveyEvent.PROJECT_DONE: _project_done,
    SurveyEvent.COMPLAINT_CLOSED: _complaint_closed,
    SurveyEvent.NEW_PRODUCT: _new_product,
    SurveyEvent.SERVICE_ORDER: _service_order,
}
