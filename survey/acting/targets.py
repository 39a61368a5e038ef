"""The target of a period: set while it runs; after a result above it, chance or too low? (S2 4.1.3)"""

from datetime import datetime
from fractions import Fraction
from math import ceil

from sqlmodel import Session

from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.tables import (
    CampaignState,
    SurveyCampaign,
    SurveyPlan,
    TargetDecision,
    TargetReview,
    User,
)
from survey.acting.improving import ActionError
from survey.questionnaires import Questionnaire

LONGEST = 1000


def set_target(
    session: Session,
    campaign: SurveyCampaign,
    asked: Questionnaire,
    target: float | None,
    user: User,
    now: datetime,
) -> None:
    """What the overall result of this round has to reach; None for no target. Only while it runs."""
    demand(user, Right.DECIDE_POLICY)
    session.refresh(campaign, with_for_update=True)
    if campaign.state == CampaignState.CLOSED:
        raise ActionError("The survey is closed: its target stands.")
    if target is not None and not -asked.top <= target <= asked.top:
        raise ActionError("The target lies beyond the results that there can be.")
    before, campaign.target = campaign.target, target
    if before != target:
        _note(session, "survey_target_set", campaign, user, now, before=before, after=target)


def proposed(result: float, target: float, top: Fraction) -> float:
    """The target to propose after a result above it: half-way between both, up to a whole number ◦."""
    half_way = (Fraction(str(result)) + Fraction(str(target))) / 2
    return float(min(Fraction(ceil(half_way)), top))


def review_target(session: Session, campaign: SurveyCampaign, result: float, top: Fraction) -> None:
    """Ask, at the closing, what a result above the target means."""
    if campaign.target is None or result <= campaign.target:
        return
    if session.get(TargetReview, campaign.id) is None:
        session.add(
            TargetReview(
                campaign_id=campaign.id or 0,
                result=result,
                target=campaign.target,
                proposed=proposed(result, campaign.target, top),
            )
        )


def revise_target(session: Session, campaign: SurveyCampaign, user: User, now: datetime) -> None:
    """It was too low: the plan has the proposed one from its next round on.

    ◦ A plan whose target changes needs no new approval: whom it asks, what and how stay as approved, and only
    the manager, who approves plans, or an admin decides this.
    """
    review = _decide(session, campaign, TargetDecision.REVISED, "", user, now)
    plan = session.get_one(SurveyPlan, campaign.plan_id, with_for_update=True)
    before, plan.target = plan.target, review.proposed
    details = {"plan": plan.id, "before": before, "after": plan.target}
    _note(session, "survey_target_revised", campaign, user, now, **details)


def keep_target(session: Session, campaign: SurveyCampaign, words: str, user: User, now: datetime) -> None:
    """It was chance, or something else that the words say; the target stays."""
    if not words.strip():
        raise ActionError("Say in a word why the target stays.")
    _decide(session, campaign, TargetDecision.KEPT, words.strip()[:LONGEST], user, now)
    _note(session, "survey_target_kept", campaign, user, now)


def _decide(
    session: Session,
    campaign: SurveyCampaign,
    decision: TargetDecision,
    words: str,
    user: User,
    now: datetime,
) -> TargetReview:
    demand(user, Right.DECIDE_POLICY)
    review = session.get(TargetReview, campaign.id, with_for_update=True)
    if review is None or review.decision is not None:
        raise ActionError("There is no target to decide about here.")
    review.decision, review.words = decision, words
    review.decided_by, review.decided_at = user.id, now
    return review


def _note(
    session: Session, action: str, campaign: SurveyCampaign, user: User, now: datetime, **details: object
) -> None:
    values = {"campaign": campaign.id, "period": campaign.period, **details}
    log(session, action, now, user_id=user.id, details=values)
    tell(session, DESK, now)
