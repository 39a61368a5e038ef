"""The half-yearly survey runs by itself: planned, released, sent out, closed. Each function is one ring."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, exists, select, update

from casework.policy import Policy
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import (
    CampaignState,
    Customer,
    CustomerStatus,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    SurveyCampaign,
    SurveyInvitation,
    User,
)
from survey.asking import ask, customers_to_ask

QUESTIONNAIRE = "smt-100"
INVITATIONS_AT_ONCE = 100


def period_of(now: datetime, timezone: ZoneInfo) -> str:
    """The half-year that is running at home: 2026-H2."""
    local = now.astimezone(timezone)
    return f"{local.year}-H{1 if local.month <= 6 else 2}"


def plan_due(session: Session, now: datetime, policy: Policy) -> int:
    """Plan the campaign of this half-year if there is none yet; return how many were planned.

    It starts by itself, but not before a person has released one for the first time.
    """
    period = period_of(now, policy.timezone)
    if not _lacks_campaign(session, period) or _asked_lately(session, now - policy.survey_gap):
        return 0
    trusted = bool(session.exec(select(exists().where(col(SurveyCampaign.released_by).is_not(None)))).one())
    planned = add_once(
        session,
        SurveyCampaign(
            period=period,
            questionnaire=QUESTIONNAIRE,
            state=CampaignState.RELEASED if trusted else CampaignState.PLANNED,
            opens_at=now,
            closes_at=now + policy.survey_open if trusted else None,
            released_at=now if trusted else None,
            created_at=now,
        ),
    )
    if not planned:
        return 0
    if not trusted:
        _drop_unreleased(session, period)
    log(session, "survey_planned", now, details={"period": period, "released": trusted})
    tell(session, DESK, now)
    return 1


def release(session: Session, campaign: SurveyCampaign, user: User, now: datetime, policy: Policy) -> bool:
    """Let a planned campaign start now; False if it was started or dropped meanwhile.

    Management approves it first (S2 4.3.1): NotAllowed for a person who may not.
    """
    demand(user, Right.DECIDE_POLICY)
    changed = session.exec(
        update(SurveyCampaign)
        .where(col(SurveyCampaign.id) == campaign.id, col(SurveyCampaign.state) == CampaignState.PLANNED)
        .values(
            state=CampaignState.RELEASED,
            opens_at=now,
            closes_at=now + policy.survey_open,
            released_by=user.id,
            released_at=now,
        )
    )
    if changed.rowcount == 0:
        return False
    session.refresh(campaign)
    log(session, "survey_released", now, user_id=user.id, details={"period": campaign.period})
    tell(session, DESK, now)
    return True


def dispatch_due(session: Session, now: datetime, policy: Policy) -> int:
    """Invite up to a batch of the customers whom a running campaign has not asked; close what is over.

    Returns how many customers were invited and campaigns closed. A campaign that another process is at now is
    passed over.
    """
    closed = close_due(session, now)
    running = session.exec(
        select(SurveyCampaign)
        .where(
            col(SurveyCampaign.state) == CampaignState.RELEASED,
            col(SurveyCampaign.opens_at) <= now,
            col(SurveyCampaign.closes_at) > now,
        )
        .order_by(col(SurveyCampaign.id))
        .with_for_update(skip_locked=True)
    ).all()
    asked = 0
    for campaign in running:
        customers = customers_to_ask(session, campaign, INVITATIONS_AT_ONCE - asked)
        asked += ask(session, campaign, customers, now, policy)
    return asked + closed


def close_due(session: Session, now: datetime) -> int:
    """Close the campaigns whose time is over and take back what was not sent; return how many."""
    over = session.exec(
        select(SurveyCampaign)
        .where(col(SurveyCampaign.state) == CampaignState.RELEASED, col(SurveyCampaign.closes_at) <= now)
        .with_for_update(skip_locked=True)
    ).all()
    for campaign in over:
        campaign.state = CampaignState.CLOSED
        _cancel_unsent(session, campaign)
        log(session, "survey_closed", now, details={"period": campaign.period})
        tell(session, DESK, now)
    return len(over)


def _lacks_campaign(session: Session, period: str) -> bool:
    known = exists().where(col(SurveyCampaign.period) == period)
    someone = exists().where(col(Customer.status) == CustomerStatus.EXISTING)
    return bool(session.exec(select(~known & someone)).one())


def _asked_lately(session: Session, since: datetime) -> bool:
    """A campaign that a person released late in one half-year must not be followed at once by the next."""
    return bool(session.exec(select(exists().where(col(SurveyCampaign.released_at) > since))).one())


def _drop_unreleased(session: Session, period: str) -> None:
    # Half a year went by without a release: what would be asked now is the new half-year.
    session.exec(
        update(SurveyCampaign)
        .where(col(SurveyCampaign.state) == CampaignState.PLANNED, col(SurveyCampaign.period) != period)
        .values(state=CampaignState.CLOSED)
    )


def _cancel_unsent(session: Session, campaign: SurveyCampaign) -> None:
    invited = select(SurveyInvitation.id).where(col(SurveyInvitation.campaign_id) == campaign.id)
    session.exec(
        update(Outgoing)
        .where(
            col(Outgoing.kind) == OutgoingKind.SURVEY,
            col(Outgoing.state) == OutgoingState.DUE,
            col(Outgoing.invitation_id).in_(invited),
        )
        .values(state=OutgoingState.CANCELLED)
    )
