"""满意度分析报告 of one campaign: results, what was said, what followed, and our own figures (S2 4.2, S0)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from casework.policy import Policy
from casework.reports.periods import Period
from store.tables import Rhythm, SurveyCampaign, SurveyInvitation, SurveyPlan, SurveyResponse
from survey.questionnaires import NOT_APPLICABLE, Item, Questionnaire, Section
from survey.questionnaires.keeping import as_asked
from survey.reporting.comments import Gathered, Remarks, by_item, by_subject, passing
from survey.reporting.customers import GroupResult, by_owner, by_region, customers_answered
from survey.reporting.following import (
    ActionLine,
    Followed,
    Handling,
    Market,
    actions,
    followed,
    handling,
    market_of,
    period_between,
)
from survey.reporting.internal import Evaluation, composite, evaluation
from survey.reporting.overview import VALID_RATE, CampaignOverview, overview_of
from survey.reporting.scoring import Tally, overall, satisfaction, tallies

ENOUGH_ASKED = 0.6  # of the customers meant (S2 4.1.1, S3 4.4.2 ⑴)
CAMPAIGNS_SHOWN = 8
IN_ONE_READ = 1000


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
class Round:
    """One campaign of the trend: its average and the target it had."""

    period: str
    average: float
    target: float | None


@dataclass(frozen=True)
class Report:
    """Everything about one campaign but its customers one by one. Results run up to `questionnaire.top`."""

    figures: CampaignOverview
    after_events: bool  # only those are asked to whom something happened: coverage says nothing
    answered: int  # customers; several contacts of one may have answered
    questionnaire: Questionnaire
    result: float | None
    internal: Evaluation
    internal_share: int  # percent
    items: list[ItemResult]
    sections: list[tuple[Section, float | None]]
    owners: list[GroupResult]
    regions: list[GroupResult]
    trend: list[Round]  # the oldest first
    by_item: list[Remarks]
    by_subject: list[Remarks]
    general_remarks: int  # all of them, read or not
    opened: Followed
    actions: list[ActionLine]
    period: Period  # of handling and market notes: the months that the campaign asks about
    handling: Handling
    market: Market

    @property
    def enough_answered(self) -> bool:
        """Whether the response rate makes the survey valid (S3)."""
        return self.figures.response_rate >= VALID_RATE

    @property
    def enough_asked(self) -> bool:
        """Whether so many customers were asked as the procedures want; events choose whom they choose."""
        return self.after_events or self.figures.coverage >= ENOUGH_ASKED

    @property
    def enough_returned(self) -> bool:
        """Whether so many of the customers meant have answered as the procedures want (发放、回收 60%)."""
        return self.after_events or self.answered_share >= ENOUGH_ASKED

    @property
    def answered_share(self) -> float:
        """Customers who answered / customers whom the plan means."""
        customers = self.figures.customers
        return min(1.0, self.answered / customers) if customers else 0.0

    @property
    def below_target(self) -> float | None:
        """By how much the result misses its target; None without one, and where it is reached."""
        target = self.figures.target
        missed = target is not None and self.result is not None and self.result < target
        return round(target - self.result, 2) if missed and target and self.result is not None else None

    @property
    def composite(self) -> float | None:
        """Customers and internal evaluation together, up to 100; the survey alone without the latter."""
        if self.result is None:
            return None
        return composite(self.result, self.questionnaire.top, self.internal.score, self.internal_share)


def report(session: Session, campaign: SurveyCampaign, now: datetime, policy: Policy) -> Report:
    """The report as it stands now; read in a fixed number of queries and in little memory."""
    asked = as_asked(session, campaign.questionnaire, campaign.questionnaire_version)
    plan = session.get_one(SurveyPlan, campaign.plan_id)
    given = (
        select(
            SurveyResponse.id,
            SurveyResponse.answers,
            SurveyResponse.comment,
            SurveyResponse.comments,
        )
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .where(col(SurveyInvitation.campaign_id) == campaign.id)
    )
    said = Gathered()
    counted = tallies(asked, passing(session.exec(given.execution_options(yield_per=IN_ONE_READ)), said))
    internal = evaluation(session, campaign, plan, policy)
    period = period_between(internal.first, internal.last, policy)
    return Report(
        figures=overview_of(session, campaign),
        after_events=plan.rhythm == Rhythm.EVENT,
        answered=customers_answered(session, campaign),
        questionnaire=asked,
        result=overall(asked, counted),
        internal=internal,
        internal_share=plan.internal_share,
        items=[_item(item, counted[item.id]) for item in asked.items],
        sections=[
            (section, overall(asked, counted, asked.items_of(section.id))) for section in asked.sections
        ],
        owners=by_owner(session, campaign),
        regions=by_region(session, campaign),
        trend=_trend(session, campaign, asked),
        by_item=by_item(session, asked, said),
        by_subject=by_subject(session, said),
        general_remarks=said.counts[""],
        opened=followed(session, campaign),
        actions=actions(session, campaign),
        period=period,
        handling=handling(session, period, now),
        market=market_of(session, period),
    )


def _item(item: Item, tally: Tally) -> ItemResult:
    share = satisfaction(item, tally)
    return ItemResult(item, None if share is None else float(share), tally)


def _trend(session: Session, campaign: SurveyCampaign, asked: Questionnaire) -> list[Round]:
    """Campaigns with these questions, and of this plan whose results run up to the same."""
    same = col(SurveyCampaign.questionnaire) == campaign.questionnaire
    found = session.exec(
        select(SurveyCampaign, func.avg(col(SurveyResponse.score)))
        .join(SurveyInvitation, col(SurveyInvitation.campaign_id) == col(SurveyCampaign.id))
        .join(SurveyResponse, col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
        .where(
            same | (col(SurveyCampaign.plan_id) == campaign.plan_id), col(SurveyCampaign.id) <= campaign.id
        )
        .group_by(col(SurveyCampaign.id))
        .order_by(col(SurveyCampaign.id).desc())
        .limit(CAMPAIGNS_SHOWN)
    ).all()
    return [
        Round(one.period, round(mean, 2), one.target)
        for one, mean in reversed(found)
        if one.questionnaire == campaign.questionnaire
        or as_asked(session, one.questionnaire, one.questionnaire_version).top == asked.top
    ]
