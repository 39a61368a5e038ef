"""How the surveys go, for the desk: each campaign in figures, and the customers who scored low."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy import select as columns
from sqlmodel import Session, case, col, func, select

from store.tables import (
    CampaignState,
    Customer,
    CustomerStatus,
    Outgoing,
    OutgoingState,
    SurveyCampaign,
    SurveyInvitation,
    SurveyResponse,
    case_number,
)
from survey.questionnaires.loading import questionnaire

LOW_SCORES_SHOWN = 100
VALID_RATE = 0.8  # of answers to what was sent: below, a campaign says little (S3)


@dataclass(frozen=True)
class CampaignOverview:
    """One campaign in figures. Rates are shares from 0 to 1."""

    id: int
    period: str
    questionnaire: str
    state: CampaignState
    opens_at: datetime
    closes_at: datetime | None
    invited: int
    sent: int
    answered: int
    low: int  # complaints opened because of the score
    average: float | None  # None while nobody has answered
    bar: float | None  # below it a customer's result opens a complaint
    customers: int  # existing customers now

    @property
    def response_rate(self) -> float:
        """回收率: answers / sent."""
        return self.answered / self.sent if self.sent else 0.0

    @property
    def coverage(self) -> float:
        """覆盖率: customers asked / all existing customers. One contact of each is asked."""
        return min(1.0, self.invited / self.customers) if self.customers else 0.0


@dataclass(frozen=True)
class LowScore:
    """A customer who scored under the bar, and the complaint opened for it."""

    customer_id: int
    customer: str
    period: str
    score: float
    comment: str
    answered_at: datetime
    case_number: str


def overview(session: Session) -> list[CampaignOverview]:
    """Every campaign, the newest first."""
    customers = _existing(session)
    figures = {row.campaign_id: row for row in session.connection().execute(_FIGURES)}
    campaigns = session.exec(select(SurveyCampaign).order_by(col(SurveyCampaign.id).desc())).all()
    return [_in_figures(campaign, figures.get(campaign.id), customers) for campaign in campaigns]


def overview_of(session: Session, campaign: SurveyCampaign) -> CampaignOverview:
    """One campaign."""
    of_it = _FIGURES.where(col(SurveyInvitation.campaign_id) == campaign.id)
    return _in_figures(campaign, session.connection().execute(of_it).one_or_none(), _existing(session))


def _existing(session: Session) -> int:
    existing = col(Customer.status) == CustomerStatus.EXISTING
    return session.exec(select(func.count()).select_from(Customer).where(existing)).one()


# One outgoing row and at most one response an invitation: no count is multiplied by the joins.
_FIGURES = (
    columns(
        col(SurveyInvitation.campaign_id),
        func.count().label("invited"),
        func.count(case((col(Outgoing.state) == OutgoingState.SENT, 1))).label("sent"),
        func.count(col(SurveyResponse.id)).label("answered"),
        func.count(col(SurveyResponse.case_id)).label("low"),
        func.avg(col(SurveyResponse.score)).label("average"),
    )
    .outerjoin(Outgoing, col(Outgoing.invitation_id) == col(SurveyInvitation.id))
    .outerjoin(SurveyResponse, col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
    .group_by(col(SurveyInvitation.campaign_id))
)


def _in_figures(campaign: SurveyCampaign, row: Row[Any] | None, customers: int) -> CampaignOverview:
    return CampaignOverview(
        id=campaign.id or 0,
        period=campaign.period,
        questionnaire=campaign.questionnaire,
        state=campaign.state,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        invited=row.invited if row else 0,
        sent=row.sent if row else 0,
        answered=row.answered if row else 0,
        low=row.low if row else 0,
        bar=None if (bar := questionnaire(campaign.questionnaire).bar) is None else float(bar),
        average=round(row.average, 1) if row and row.average is not None else None,
        customers=customers,
    )


def low_scores(session: Session) -> list[LowScore]:
    """The newest answers under the bar, with their complaints."""
    rows = session.exec(
        select(SurveyResponse, Customer, SurveyCampaign.period)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .join(Customer, col(Customer.id) == col(SurveyInvitation.customer_id))
        .join(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyInvitation.campaign_id))
        .where(col(SurveyResponse.case_id).is_not(None))
        .order_by(col(SurveyResponse.answered_at).desc())
        .limit(LOW_SCORES_SHOWN)
    ).all()
    return [
        LowScore(
            customer_id=customer.id or 0,
            customer=customer.name,
            period=period,
            score=response.score,
            comment=response.comment,
            answered_at=response.answered_at,
            case_number=case_number(response.case_id or 0),
        )
        for response, customer, period in rows
    ]
