"""How the surveys go, for the desk: each campaign in figures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, case, col, func, select

from store.tables import (
    CampaignState,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
    SurveyResponse,
)
from survey.asking.audience import meant
from survey.questionnaires.keeping import as_asked

CAMPAIGNS_SHOWN = 50
Counts = dict[str, Any]
VALID_RATE = 0.8  # of answers to what was sent: below, a campaign says little (S3)


@dataclass(frozen=True)
class CampaignOverview:
    """One campaign in figures. Rates are shares from 0 to 1."""

    id: int
    title: str  # of its plan
    period: str
    questionnaire: str
    state: CampaignState
    opens_at: datetime
    closes_at: datetime
    invited: int
    asked: int  # customers; several contacts of one may be invited
    sent: int
    answered: int
    low: int  # complaints opened because of the score
    average: float | None  # None while nobody has answered
    bar: float | None  # below it a customer's result opens a complaint
    target: float | None
    customers: int  # whom the plan means; after the closing, whom it meant then

    @property
    def response_rate(self) -> float:
        """回收率: answers / sent."""
        return self.answered / self.sent if self.sent else 0.0

    @property
    def coverage(self) -> float:
        """覆盖率: customers asked / customers whom the plan means."""
        return min(1.0, self.asked / self.customers) if self.customers else 0.0


def overview(session: Session) -> list[CampaignOverview]:
    """The newest campaigns, the newest first. Only those that run are counted now."""
    campaigns = session.exec(
        select(SurveyCampaign, SurveyPlan)
        .join(SurveyPlan, col(SurveyPlan.id) == col(SurveyCampaign.plan_id))
        .order_by(col(SurveyCampaign.id).desc())
        .limit(CAMPAIGNS_SHOWN)
    ).all()
    figures = _counted(session, [campaign for campaign, _ in campaigns])
    return [_in_figures(session, campaign, plan, figures[campaign.id]) for campaign, plan in campaigns]


def overview_of(session: Session, campaign: SurveyCampaign) -> CampaignOverview:
    """One campaign."""
    plan = session.get_one(SurveyPlan, campaign.plan_id)
    return _in_figures(session, campaign, plan, _counted(session, [campaign])[campaign.id])


def keep_figures(session: Session, campaign: SurveyCampaign) -> None:
    """Keep the counts of a campaign that closes: nothing changes in them any more."""
    campaign.figures = _counted(session, [campaign])[campaign.id]


def _counted(session: Session, campaigns: list[SurveyCampaign]) -> dict[int | None, Counts]:
    """The counts of each: as they were kept, else of now."""
    running = [campaign.id for campaign in campaigns if campaign.figures is None]
    rows = session.connection().execute(_FIGURES.where(col(SurveyInvitation.campaign_id).in_(running)))
    now = {row.campaign_id: row._asdict() for row in rows}
    return {campaign.id: campaign.figures or now.get(campaign.id, _NONE) for campaign in campaigns}


_NONE: Counts = {"invited": 0, "asked": 0, "sent": 0, "answered": 0, "low": 0, "average": None}

# One first letter and at most one response an invitation: no count is multiplied by the joins.
_FIGURES = (
    columns(
        col(SurveyInvitation.campaign_id),
        func.count().label("invited"),
        func.count(func.distinct(col(SurveyInvitation.customer_id))).label("asked"),
        # Who was asked by hand (on paper, by phone) has no letter.
        func.count(case((col(Outgoing.id).is_(None) | (col(Outgoing.state) == OutgoingState.SENT), 1))).label(
            "sent"
        ),
        func.count(col(SurveyResponse.id)).label("answered"),
        func.count(col(SurveyResponse.case_id)).label("low"),
        func.avg(col(SurveyResponse.score)).label("average"),
    )
    .outerjoin(
        Outgoing,
        (col(Outgoing.invitation_id) == col(SurveyInvitation.id))
        & (col(Outgoing.kind) == OutgoingKind.SURVEY),
    )
    .outerjoin(SurveyResponse, col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
    .group_by(col(SurveyInvitation.campaign_id))
)


def _in_figures(
    session: Session, campaign: SurveyCampaign, plan: SurveyPlan, counts: Counts
) -> CampaignOverview:
    bar = as_asked(session, campaign.questionnaire, campaign.questionnaire_version).bar
    return CampaignOverview(
        id=campaign.id or 0,
        title=plan.title,
        period=campaign.period,
        questionnaire=campaign.questionnaire,
        state=campaign.state,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        **{name: counts[name] for name in _NONE if name != "average"},
        bar=None if bar is None else float(bar),
        average=None if counts["average"] is None else round(counts["average"], 1),
        target=campaign.target,
        customers=meant(session, plan) if campaign.customers is None else campaign.customers,
    )
