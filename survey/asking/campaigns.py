"""Campaigns run by themselves: opened when their plan says so, sent out, closed; or stopped by a person."""

from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, exists, func, select, update

from casework.calendar_days import working_days
from casework.policy import Policy
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import (
    CampaignState,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Rhythm,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
    User,
)
from survey.acting.shortfalls import open_actions
from survey.asking.audience import meant
from survey.asking.inviting import ask
from survey.asking.periods import Round, month_after, round_of
from survey.asking.plans import approved
from survey.reporting.mail import owe_report
from survey.reporting.overview import keep_figures

INVITATIONS_AT_ONCE = 500
_LETTERS = (OutgoingKind.SURVEY, OutgoingKind.SURVEY_REMINDER)


class CampaignError(Exception):
    """It cannot be done to this campaign; the sentence says why."""


def open_due(session: Session, now: datetime, policy: Policy) -> int:
    """Open the campaign of each approved plan whose day has come; return how many were opened."""
    return sum(_open(session, plan, now, policy) for plan in approved(session))


def dispatch_due(session: Session, now: datetime, policy: Policy) -> int:
    """Invite a batch of those whom the running campaigns have not asked; close what is over.

    Returns how many invitations were made and campaigns closed.
    """
    closed = close_due(session, now, policy)
    plans = {plan.id: plan for plan in approved(session)}
    running = session.exec(
        select(SurveyCampaign)
        .where(
            col(SurveyCampaign.state) == CampaignState.RUNNING,
            col(SurveyCampaign.opens_at) <= now,
            col(SurveyCampaign.closes_at) > now,
            col(SurveyCampaign.plan_id).in_(plans),
        )
        .order_by(col(SurveyCampaign.id))
    ).all()
    asked = 0
    for campaign in running:
        plan = plans[campaign.plan_id]
        room = min(INVITATIONS_AT_ONCE - asked, _room(session, campaign, plan, now))
        if room > 0:
            asked += ask(session, campaign, plan, now, policy, room)
    return asked + closed


def close_due(session: Session, now: datetime, policy: Policy) -> int:
    """Close the campaigns whose time is over; return how many."""
    over = session.exec(
        select(SurveyCampaign)
        .where(col(SurveyCampaign.state) != CampaignState.CLOSED, col(SurveyCampaign.closes_at) <= now)
        .with_for_update(skip_locked=True)
    ).all()
    for campaign in over:
        _close(session, campaign, now, policy)
    return len(over)


def close(session: Session, campaign: SurveyCampaign, user: User, now: datetime, policy: Policy) -> None:
    """Close a campaign before its time: its links end now."""
    _demand_unfinished(session, campaign, user)
    campaign.closes_at = now
    _expire(session, campaign, now)
    _close(session, campaign, now, policy, user)


def pause(session: Session, campaign: SurveyCampaign, user: User, now: datetime) -> None:
    """Send nothing more until it is resumed. Whoever has the link may answer meanwhile."""
    _demand_unfinished(session, campaign, user)
    if campaign.state == CampaignState.PAUSED:
        return
    campaign.state = CampaignState.PAUSED
    _take_back(session, campaign)
    _note(session, "survey_paused", campaign, now, user)


def resume(session: Session, campaign: SurveyCampaign, user: User, now: datetime) -> None:
    """Go on where it was paused."""
    _demand_unfinished(session, campaign, user)
    if campaign.state == CampaignState.RUNNING:
        return
    campaign.state = CampaignState.RUNNING
    session.exec(
        update(Outgoing)
        .where(col(Outgoing.state) == OutgoingState.CANCELLED, *_letters_of(campaign))
        .values(state=OutgoingState.DUE, due_at=now)
    )
    _note(session, "survey_resumed", campaign, now, user)


def extend(session: Session, campaign: SurveyCampaign, days: int, user: User, now: datetime) -> None:
    """Let everybody asked answer so many days longer. Events end each on its own day: CampaignError."""
    _demand_unfinished(session, campaign, user)
    if not 1 <= days <= 90:
        raise CampaignError("A survey is extended by 1 to 90 days.")
    if session.get_one(SurveyPlan, campaign.plan_id).rhythm == Rhythm.EVENT:
        raise CampaignError("A survey after events has no day on which it ends for everybody.")
    campaign.closes_at += timedelta(days=days)
    _expire(session, campaign, campaign.closes_at)
    _note(session, "survey_extended", campaign, now, user, days=days)


def _open(session: Session, plan: SurveyPlan, now: datetime, policy: Policy) -> bool:
    today = now.astimezone(policy.timezone).date()
    found = round_of(plan.rhythm, plan.starts_on, today)
    if found is None or _asked_lately(session, plan, found, now):
        return False
    opens_at, closes_at = _span(session, plan, found, now, policy)
    if now < opens_at or not meant(session, plan):
        return False
    campaign = SurveyCampaign(
        plan_id=plan.id or 0,
        period=found.period,
        questionnaire=plan.questionnaire,
        questionnaire_version=plan.questionnaire_version,
        opens_at=opens_at if plan.rhythm == Rhythm.EVENT else now,
        closes_at=closes_at,
        target=plan.target,
        created_at=now,
    )
    if not add_once(session, campaign):
        return False
    log(session, "survey_opened", now, details={"plan": plan.id, "period": found.period})
    tell(session, DESK, now)
    return True


def _asked_lately(session: Session, plan: SurveyPlan, found: Round, now: datetime) -> bool:
    """Whether this round was opened, or the one before so late that everybody would still be resting."""
    of_plan = col(SurveyCampaign.plan_id) == plan.id
    before = col(SurveyCampaign.period) == found.period
    if plan.rhythm != Rhythm.EVENT:
        before |= col(SurveyCampaign.opens_at) > now - timedelta(days=plan.rest_days)
    return bool(session.exec(select(exists().where(of_plan, before))).one())


def _span(
    session: Session, plan: SurveyPlan, found: Round, now: datetime, policy: Policy
) -> tuple[datetime, datetime]:
    """From when the round may be opened, and when it closes if it is opened now."""
    days = timedelta(days=plan.open_days)
    if plan.rhythm == Rhythm.EVENT:
        begins = datetime.combine(found.begins, time(), policy.timezone)
        ends = datetime.combine(month_after(found.begins), time(), policy.timezone)
        return max(begins, plan.approved_at or begins), ends + timedelta(days=plan.after_days) + days
    calendar, day = working_days(session, policy, found.begins), found.begins
    while not calendar.is_worked(day):  # nobody is asked on New Year's Day
        day += timedelta(days=1)
    return datetime.combine(day, policy.opens, policy.timezone), now + days


def _room(session: Session, campaign: SurveyCampaign, plan: SurveyPlan, now: datetime) -> int:
    """How many more may be invited in this minute."""
    if plan.per_minute is None:
        return INVITATIONS_AT_ONCE
    recent = select(func.count()).where(
        col(SurveyInvitation.campaign_id) == campaign.id,
        col(SurveyInvitation.created_at) > now - timedelta(minutes=1),
    )
    return plan.per_minute - session.exec(recent).one()


def _close(
    session: Session, campaign: SurveyCampaign, now: datetime, policy: Policy, user: User | None = None
) -> None:
    campaign.state = CampaignState.CLOSED
    campaign.customers = meant(session, session.get_one(SurveyPlan, campaign.plan_id))
    _take_back(session, campaign)
    session.exec(
        update(SurveyInvitation)
        .where(col(SurveyInvitation.campaign_id) == campaign.id, col(SurveyInvitation.remind_at).is_not(None))
        .values(remind_at=None)
    )
    keep_figures(session, campaign)
    _note(session, "survey_closed", campaign, now, user)
    open_actions(session, campaign, now, policy)
    owe_report(session, campaign, now, policy)


def _take_back(session: Session, campaign: SurveyCampaign) -> None:
    session.exec(
        update(Outgoing)
        .where(col(Outgoing.state) == OutgoingState.DUE, *_letters_of(campaign))
        .values(state=OutgoingState.CANCELLED)
    )


def _letters_of(campaign: SurveyCampaign) -> tuple[ColumnElement[bool], ...]:
    invited = select(SurveyInvitation.id).where(col(SurveyInvitation.campaign_id) == campaign.id)
    return col(Outgoing.kind).in_(_LETTERS), col(Outgoing.invitation_id).in_(invited)


def _expire(session: Session, campaign: SurveyCampaign, at: datetime) -> None:
    session.exec(
        update(SurveyInvitation).where(col(SurveyInvitation.campaign_id) == campaign.id).values(expires_at=at)
    )


def _demand_unfinished(session: Session, campaign: SurveyCampaign, user: User) -> None:
    demand(user, Right.PLAN_SURVEYS)
    session.refresh(campaign, with_for_update=True)
    if campaign.state == CampaignState.CLOSED:
        raise CampaignError("This survey is closed.")


def _note(
    session: Session,
    action: str,
    campaign: SurveyCampaign,
    now: datetime,
    user: User | None,
    **details: object,
) -> None:
    values = {"campaign": campaign.id, "period": campaign.period, **details}
    log(session, action, now, user_id=user.id if user else None, details=values)
    tell(session, DESK, now)
