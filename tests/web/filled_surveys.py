"""The surveys of the filled desk: two plans, a round that is over, one that runs, and what followed."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from casework.policy import Policy
from store.tables import (
    CampaignState,
    PlanState,
    Rhythm,
    SurveyAction,
    SurveyCampaign,
    SurveyEvent,
    SurveyPlan,
)
from survey.acting.improving import start_clock
from survey.asking.plans import CHANNELS
from tests.survey.invited import add_campaign, add_invitation, add_response


def add_surveys(session: Session, now: datetime, policy: Policy) -> None:
    """A finished half-year with one low score, one that runs, and a plan that waits for its approval."""
    asked_at = now - timedelta(days=150)
    plan = SurveyPlan(
        title="半年度客户满意度调查",
        questionnaire="smt-100",
        questionnaire_version=1,
        rhythm=Rhythm.HALF_YEARLY,
        starts_on=date(2026, 1, 1),
        channels=list(CHANNELS),
        target=85.0,
        state=PlanState.APPROVED,
        approved_by=3,
        approved_at=asked_at,
        created_at=asked_at,
    )
    after_complaints = SurveyPlan(
        title="投诉处理后回访",
        questionnaire="service-visit",
        questionnaire_version=1,
        rhythm=Rhythm.EVENT,
        event=SurveyEvent.COMPLAINT_CLOSED,
        starts_on=date(2026, 12, 1),
        channels=list(CHANNELS),
        made_by=4,
        created_at=now,
    )
    session.add_all([plan, after_complaints])
    session.flush()
    number, target = plan.id or 0, plan.target
    closed = {"state": CampaignState.CLOSED, "customers": 1}
    before = add_campaign(session, number, "2026-H1", asked_at, target=target, **closed)
    add_campaign(session, number, "2026-H2", now, target=target)
    invitation = add_invitation(session, before.id or 0, 1, asked_at, address="li.min@huadong.example")
    answers = {
        "quality": "best",
        **dict.fromkeys(("delivery", "problems"), "fair"),
        **dict.fromkeys(("quantity", "packing", "staff", "drivers"), "good"),
    }
    comment, answered_at = "交期经常改，问题处理要催。", asked_at + timedelta(days=1)
    add_response(session, invitation, answers, 72.0, answered_at, case_id=1, comment=comment)
    add_actions(session, before, now, policy)


def add_actions(session: Session, campaign: SurveyCampaign, now: datetime, policy: Policy) -> None:
    """What followed from the finished one: a meeting, and a late delivery that nobody has analysed."""
    due_on = (now - timedelta(days=2)).date()
    whole, delivery = (
        SurveyAction(
            campaign_id=campaign.id or 0,
            item=item,
            result=result,
            bar=bar,
            owner_id=5,
            due_on=due_on,
            created_at=campaign.closes_at,
        )
        for item, result, bar in (("", 72.0, 85.0), ("delivery", 50.0, 65.0))
    )
    whole.meeting_on = due_on
    session.add_all([whole, delivery])
    session.flush()
    for action in (whole, delivery):
        start_clock(session, action, now, policy)
