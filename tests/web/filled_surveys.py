"""The surveys of the filled desk: two plans, a round that is over, one that runs, and what followed."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from casework.policy import Policy
from store.tables import (
    CampaignState,
    Channel,
    PlanState,
    Rhythm,
    SurveyAction,
    SurveyCampaign,
    SurveyEvent,
    SurveyInvitation,
    SurveyPlan,
    SurveyResponse,
)
from survey.acting.improving import start_clock
from survey.asking.plans import CHANNELS


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
    before, running = (
        SurveyCampaign(
            plan_id=plan.id or 0,
            period=period,
            questionnaire="smt-100",
            questionnaire_version=1,
            state=state,
            opens_at=opens_at,
            closes_at=opens_at + timedelta(days=7),
            target=plan.target,
            customers=1 if state == CampaignState.CLOSED else None,
            created_at=opens_at,
        )
        for period, state, opens_at in (
            ("2026-H1", CampaignState.CLOSED, asked_at),
            ("2026-H2", CampaignState.RUNNING, now),
        )
    )
    session.add_all([before, running])
    session.flush()
    invitation = SurveyInvitation(
        campaign_id=before.id or 0,
        customer_id=1,
        contact_id=1,
        channel=Channel.EMAIL,
        address="li.min@huadong.example",
        expires_at=asked_at + timedelta(days=7),
        created_at=asked_at,
    )
    session.add(invitation)
    session.flush()
    response = SurveyResponse(
        invitation_id=invitation.id or 0,
        case_id=1,
        answers={
            "quality": "best",
            **dict.fromkeys(("delivery", "problems"), "fair"),
            **dict.fromkeys(("quantity", "packing", "staff", "drivers"), "good"),
        },
        score=72.0,
        comment="交期经常改，问题处理要催。",
        answered_at=asked_at + timedelta(days=1),
    )
    session.add(response)
    session.flush()
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
