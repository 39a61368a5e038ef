"""Which customers a plan means, and which of them may be asked now: conditions on `customers`."""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast
from sqlmodel import Session, col, exists, func, select

from store.tables import (
    Audience,
    Case,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    Order,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
)

_PRIME = 2_147_483_647


def meant(session: Session, plan: SurveyPlan) -> int:
    """How many customers the plan means: what coverage is a share of."""
    return session.exec(select(func.count()).select_from(Customer).where(*audience(plan))).one()


def audience(plan: SurveyPlan) -> list[ColumnElement[bool]]:
    """Which existing customers the plan means."""
    conditions = [col(Customer.status) == CustomerStatus.EXISTING]
    if plan.audience == Audience.OWNER:
        conditions.append(col(Customer.owner_id) == plan.owner_id)
    if plan.audience == Audience.PRODUCT:
        ordered = exists().where(
            col(Case.customer_id) == col(Customer.id),
            col(Order.case_id) == col(Case.id),
            col(Order.product).icontains(plan.product, autoescape=True),
        )
        conditions.append(ordered)
    return conditions


def reachable(plan: SurveyPlan) -> ColumnElement[bool]:
    """They have somebody who takes surveys, at an address that the plan may use."""
    return exists().where(
        col(Contact.customer_id) == col(Customer.id),
        col(Contact.surveys_refused_at).is_(None),
        col(ContactAddress.contact_id) == col(Contact.id),
        *usable(plan),
    )


def usable(plan: SurveyPlan) -> tuple[ColumnElement[bool], ...]:
    """Addresses that the plan may use."""
    return col(ContactAddress.channel).in_(plan.channels), col(ContactAddress.undeliverable_at).is_(None)


def rested(plan: SurveyPlan, campaign: SurveyCampaign | None, now: datetime) -> ColumnElement[bool]:
    """They were not asked in this campaign, nor lately by whatever plan."""
    asked = col(SurveyInvitation.created_at) > now - timedelta(days=plan.rest_days)
    if campaign is not None:
        asked |= col(SurveyInvitation.campaign_id) == campaign.id
    return ~exists().where(col(SurveyInvitation.customer_id) == col(Customer.id), asked)


def left_of_sample(session: Session, plan: SurveyPlan, campaign: SurveyCampaign | None) -> int:
    """How many customers the sample still lacks. It is a share of all that the plan means."""
    size = ceil(meant(session, plan) * plan.share / 100)
    if campaign is None:
        return size
    asked = func.count(func.distinct(col(SurveyInvitation.customer_id)))
    return size - session.exec(select(asked).where(col(SurveyInvitation.campaign_id) == campaign.id)).one()


def drawn(seed: int) -> tuple[Any, Any]:
    """An order of customers that looks random, and is the same for the same seed on both databases."""
    scattered = (cast(col(Customer.id), BigInteger) * 48_271 + seed % _PRIME) % _PRIME
    return (scattered * scattered) % _PRIME, col(Customer.id)
