"""What followed from a campaign, and what else happened in the months that it asks about (S2 4.2)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case as when
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from casework.policy import Policy
from casework.reports import market
from casework.reports.figures import Asked, Waits, waits
from casework.reports.market import Heard, Subject
from casework.reports.periods import Period
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Complaint,
    Customer,
    DeadlineKind,
    SurveyAction,
    SurveyCampaign,
    SurveyInvitation,
    SurveyResponse,
    User,
    case_number,
)
from survey.asking.periods import month_after

OPENED_SHOWN, MEDIA_SHOWN, HEARD_SHOWN = 100, 20, 20


@dataclass(frozen=True)
class Opened:
    """A complaint that an answer opened, and how it stands."""

    case_number: str
    customer_id: int
    customer: str
    score: float
    status: CaseStatus
    severity: str | None
    owner: str | None
    satisfied: bool | None  # the customer, with what was done


@dataclass(frozen=True)
class Followed:
    """Complaints opened by the answers: all counted, the newest listed."""

    total: int
    closed: int
    newest: list[Opened]


@dataclass(frozen=True)
class ActionLine:
    """What is analysed and improved because an indicator, or the whole, fell short."""

    action: SurveyAction
    owner: str | None
    remeasured: str | None  # the period of the campaign that measured it again


@dataclass(frozen=True)
class Handling:
    """Complaints registered in some months, and how they were handled (S2 4.2 b, d)."""

    total: int
    closed: int
    severe: int
    satisfied: int
    dissatisfied: int
    first_replies: Waits
    media: list[tuple[str, str, str]]  # number, customer and subject of complaints in the media


@dataclass(frozen=True)
class Market:
    """What was heard of the market in some months (S2 4.2 c)."""

    subjects: list[Subject]
    newest: list[Heard]


def period_between(first: date, last: date, policy: Policy) -> Period:
    """From the first to the last month, both whole."""
    return Period(first, month_after(last) - timedelta(days=1), policy.timezone)


def followed(session: Session, campaign: SurveyCampaign) -> Followed:
    """The complaints that the answers opened. Two queries."""
    closed = func.sum(when((col(Case.status) == CaseStatus.CLOSED, 1), else_=0))
    total, settled = session.execute(_opened(columns(func.count(), closed), campaign)).one()
    wanted = _opened(
        columns(
            *(col(Case.id), col(Customer.id), col(Customer.name), col(SurveyResponse.score)),
            *(col(Case.status), col(Case.severity), col(User.name), col(Complaint.satisfied)),
        ),
        campaign,
    )
    newest = session.execute(wanted.order_by(col(Case.id).desc()).limit(OPENED_SHOWN))
    return Followed(total, settled or 0, [Opened(case_number(case_id), *rest) for case_id, *rest in newest])


def actions(session: Session, campaign: SurveyCampaign) -> list[ActionLine]:
    """What is being done about it, in the order of opening."""
    found = session.exec(
        select(SurveyAction, User.name, SurveyCampaign.period)
        .outerjoin(User, col(User.id) == col(SurveyAction.owner_id))
        .outerjoin(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyAction.remeasured_in))
        .where(col(SurveyAction.campaign_id) == campaign.id)
        .order_by(col(SurveyAction.id))
    )
    return [ActionLine(*row) for row in found]


def handling(session: Session, period: Period, now: datetime) -> Handling:
    """The complaints of the period. Three queries."""
    within = (
        col(Complaint.registered_at) >= period.start,
        col(Complaint.registered_at) < period.end,
        col(Case.kind) == "complaint",
    )
    counted = columns(
        func.count(),
        *(
            func.sum(when((condition, 1), else_=0))
            for condition in (
                col(Case.status) == CaseStatus.CLOSED,
                col(Case.severity) == "severe",
                col(Complaint.satisfied).is_(True),
                col(Complaint.satisfied).is_(False),
            )
        ),
    )
    found = session.execute(
        counted.select_from(Complaint).join(Case, col(Case.id) == col(Complaint.case_id)).where(*within)
    ).one()
    total, closed, severe, satisfied, dissatisfied = (int(number or 0) for number in found)
    media = session.execute(
        columns(col(Case.id), col(Customer.name), col(Case.subject))
        .select_from(Complaint)
        .join(Case, col(Case.id) == col(Complaint.case_id))
        .join(Customer, col(Customer.id) == col(Case.customer_id))
        .where(*within, col(Case.channel) == Channel.MEDIA)
        .order_by(col(Case.id).desc())
        .limit(MEDIA_SHOWN)
    )
    return Handling(
        total=total,
        closed=closed,
        severe=severe,
        satisfied=satisfied,
        dissatisfied=dissatisfied,
        first_replies=waits(session, Asked(period, kind="complaint"), DeadlineKind.FIRST_REPLY, now),
        media=[(case_number(case_id), customer, subject or "") for case_id, customer, subject in media],
    )


def market_of(session: Session, period: Period) -> Market:
    """What was heard in the period. Two queries."""
    return Market(market.subjects(session, period), list(market.notes(session, period, limit=HEARD_SHOWN)))


def _opened(wanted: Any, campaign: SurveyCampaign) -> Any:
    return (
        wanted.select_from(SurveyResponse)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .join(Case, col(Case.id) == col(SurveyResponse.case_id))
        .join(Customer, col(Customer.id) == col(Case.customer_id))
        .outerjoin(User, col(User.id) == col(Case.owner_id))
        .outerjoin(Complaint, col(Complaint.case_id) == col(Case.id))
        .where(col(SurveyInvitation.campaign_id) == campaign.id)
    )
