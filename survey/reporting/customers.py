"""A campaign's results by customer, salesperson and region."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, func

from store.desk import PAGE
from store.tables import Customer, SurveyCampaign, SurveyInvitation, SurveyResponse, User, case_number

IN_ONE_READ = 500
GROUPS_SHOWN = 100


class Order(StrEnum):
    """What the list of customers is sorted by."""

    LOWEST = "lowest"
    HIGHEST = "highest"
    NAME = "name"
    OWNER = "owner"
    REGION = "region"


@dataclass(frozen=True)
class GroupResult:
    """The customers of one salesperson or region; no name: nobody's, or none."""

    name: str | None
    answers: int
    average: float
    low: int  # complaints opened because of the score


@dataclass(frozen=True)
class CustomerResult:
    """One customer's answers; several contacts of one may be asked."""

    customer_id: int
    name: str
    region: str
    owner: str | None
    answers: int
    average: float
    answered_at: datetime  # the last of them
    case_number: str | None


@dataclass(frozen=True)
class CustomerPage:
    """Some of the customers, and how many there are."""

    lines: list[CustomerResult]
    total: int


def by_owner(session: Session, campaign: SurveyCampaign) -> list[GroupResult]:
    """Lowest first."""
    return _groups(session, campaign, col(User.name))


def by_region(session: Session, campaign: SurveyCampaign) -> list[GroupResult]:
    """Lowest first; nothing where no customer has a region."""
    found = _groups(session, campaign, col(Customer.region))
    return found if any(group.name for group in found) else []


def customers(
    session: Session, campaign: SurveyCampaign, order: Order = Order.LOWEST, page: int = 1
) -> CustomerPage:
    """A page of the customers who answered. Two queries."""
    lines = _of_customers(campaign, order).limit(PAGE).offset((page - 1) * PAGE)
    return CustomerPage(
        [_line(*row) for row in session.execute(lines)], customers_answered(session, campaign)
    )


def customers_answered(session: Session, campaign: SurveyCampaign) -> int:
    """How many customers have answered."""
    counted = _answers(columns(func.count(func.distinct(col(Customer.id)))), campaign)
    return int(session.execute(counted).scalar_one())


def all_customers(session: Session, campaign: SurveyCampaign) -> Iterator[CustomerResult]:
    """Every customer who answered, the lowest first, read as they come."""
    wanted = _of_customers(campaign, Order.LOWEST).execution_options(yield_per=IN_ONE_READ)
    return (_line(*row) for row in session.execute(wanted))


def _of_customers(campaign: SurveyCampaign, order: Order) -> Any:
    average = func.avg(col(SurveyResponse.score))
    wanted = columns(
        *(col(Customer.id), col(Customer.name), col(Customer.region), col(User.name)),
        *(func.count(), average, func.max(col(SurveyResponse.answered_at))),
        func.max(col(SurveyResponse.case_id)),
    )
    sorts: dict[Order, tuple[Any, ...]] = {
        Order.LOWEST: (average,),
        Order.HIGHEST: (average.desc(),),
        Order.NAME: (col(Customer.name),),
        Order.OWNER: (func.coalesce(col(User.name), ""), average),
        Order.REGION: (col(Customer.region), average),
    }
    named = (col(Customer.id), col(Customer.name), col(Customer.region), col(User.name))
    return _answers(wanted, campaign).group_by(*named).order_by(*sorts[order], col(Customer.id))


def _groups(session: Session, campaign: SurveyCampaign, name: Any) -> list[GroupResult]:
    average = func.avg(col(SurveyResponse.score))
    wanted = columns(name, func.count(), average, func.count(col(SurveyResponse.case_id)))
    found = _answers(wanted, campaign).group_by(name).order_by(average, name).limit(GROUPS_SHOWN)
    return [
        GroupResult(name or None, answers, round(mean, 2), low)
        for name, answers, mean, low in session.execute(found)
    ]


def _answers(wanted: Any, campaign: SurveyCampaign) -> Any:
    return (
        wanted.select_from(SurveyResponse)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .join(Customer, col(Customer.id) == col(SurveyInvitation.customer_id))
        .outerjoin(User, col(User.id) == col(Customer.owner_id))
        .where(col(SurveyInvitation.campaign_id) == campaign.id)
    )


def _line(
    customer_id: int,
    name: str,
    region: str,
    owner: str | None,
    answers: int,
    average: float,
    answered_at: datetime,
    case_id: int | None,
) -> CustomerResult:
    case = case_number(case_id) if case_id else None
    return CustomerResult(customer_id, name, region, owner, answers, round(average, 2), answered_at, case)
