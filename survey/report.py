"""满意度分析报告 of one campaign: results by item, indicator, owner and customer, what was said (S2 4.2)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from store.tables import Customer, SurveyCampaign, SurveyInvitation, SurveyResponse, User, case_number
from survey.overview import CampaignOverview, overview_of
from survey.questionnaires import NOT_APPLICABLE, Item, Questionnaire, Section
from survey.questionnaires.keeping import as_asked
from survey.scoring import Tally, overall, satisfaction, tallies

CUSTOMERS_SHOWN = 100
COMMENTS_SHOWN = 100
CAMPAIGNS_SHOWN = 8


@dataclass(frozen=True)
class ItemResult:
    """One item: the share of its maximum that was reached, None if it applies to nobody; who chose what."""

    item: Item
    share: float | None
    tally: Tally

    @property
    def left_out(self) -> int:
        """How many said that it does not apply."""
        return self.tally.get(NOT_APPLICABLE, 0)


@dataclass(frozen=True)
class OwnerResult:
    """The customers of one salesperson; no name: nobody's."""

    name: str | None
    answers: int
    average: float


@dataclass(frozen=True)
class Answer:
    """What one customer said."""

    customer_id: int
    customer: str
    score: float
    comment: str
    answered_at: datetime
    case_number: str | None  # opened because the score is low


@dataclass(frozen=True)
class Report:
    """Everything about one campaign. Results run up to the questionnaire's `top`."""

    figures: CampaignOverview
    questionnaire: Questionnaire
    result: float | None
    items: list[ItemResult]
    sections: list[tuple[Section, float | None]]
    owners: list[OwnerResult]
    trend: list[tuple[str, float]]  # period and average, the oldest first, of campaigns with these questions
    lowest: list[Answer]
    comments: list[Answer]


def report(session: Session, campaign: SurveyCampaign) -> Report:
    """The report as it stands now; read in a fixed number of queries and in little memory."""
    asked = as_asked(session, campaign.questionnaire, campaign.questionnaire_version)
    given = (
        select(SurveyResponse.answers)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .where(col(SurveyInvitation.campaign_id) == campaign.id)
    )
    counted = tallies(asked, session.exec(given.execution_options(yield_per=1000)))
    return Report(
        figures=overview_of(session, campaign),
        questionnaire=asked,
        result=overall(asked, counted),
        items=[_item(item, counted[item.id]) for item in asked.items],
        sections=[
            (section, overall(asked, counted, asked.items_of(section.id))) for section in asked.sections
        ],
        owners=_owners(session, campaign),
        trend=_trend(session, campaign),
        lowest=_answers(session, campaign, commented=False),
        comments=_answers(session, campaign, commented=True),
    )


def _item(item: Item, tally: Tally) -> ItemResult:
    share = satisfaction(item, tally)
    return ItemResult(item, None if share is None else float(share), tally)


def _owners(session: Session, campaign: SurveyCampaign) -> list[OwnerResult]:
    average = func.avg(col(SurveyResponse.score))
    found = session.exec(
        select(User.name, func.count(), average)
        .select_from(SurveyResponse)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .join(Customer, col(Customer.id) == col(SurveyInvitation.customer_id))
        .outerjoin(User, col(User.id) == col(Customer.owner_id))
        .where(col(SurveyInvitation.campaign_id) == campaign.id)
        .group_by(col(User.name))
        .order_by(average)
    )
    return [OwnerResult(name, answers, round(mean, 2)) for name, answers, mean in found]


def _trend(session: Session, campaign: SurveyCampaign) -> list[tuple[str, float]]:
    found = session.exec(
        select(SurveyCampaign.period, func.avg(col(SurveyResponse.score)))
        .join(SurveyInvitation, col(SurveyInvitation.campaign_id) == col(SurveyCampaign.id))
        .join(SurveyResponse, col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
        .where(
            col(SurveyCampaign.questionnaire) == campaign.questionnaire,
            col(SurveyCampaign.id) <= campaign.id,
        )
        .group_by(col(SurveyCampaign.id), col(SurveyCampaign.period))
        .order_by(col(SurveyCampaign.id).desc())
        .limit(CAMPAIGNS_SHOWN)
    ).all()
    return [(period, round(mean, 2)) for period, mean in reversed(found)]


def _answers(session: Session, campaign: SurveyCampaign, *, commented: bool) -> list[Answer]:
    """The lowest scores, or the newest remarks."""
    found = (
        select(SurveyResponse, Customer.id, Customer.name)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .join(Customer, col(Customer.id) == col(SurveyInvitation.customer_id))
        .where(col(SurveyInvitation.campaign_id) == campaign.id)
    )
    if commented:
        newest = col(SurveyResponse.id).desc()
        found = found.where(col(SurveyResponse.comment) != "").order_by(newest).limit(COMMENTS_SHOWN)
    else:
        lowest = col(SurveyResponse.score), col(SurveyResponse.id)
        found = found.order_by(*lowest).limit(CUSTOMERS_SHOWN)
    return [
        Answer(
            customer_id=customer_id or 0,
            customer=name,
            score=response.score,
            comment=response.comment,
            answered_at=response.answered_at,
            case_number=case_number(response.case_id) if response.case_id else None,
        )
        for response, customer_id, name in session.exec(found)
    ]
