"""Who was asked and has not answered is reminded, on the working days that the plan names."""

from datetime import datetime

from sqlmodel import Session, col, select

from casework.policy import Policy
from store.tables import (
    CampaignState,
    Contact,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
    SurveyResponse,
)
from survey.asking.inviting import reminder_after
from survey.asking.letters import owed

AT_ONCE = 500


def remind_due(session: Session, now: datetime, policy: Policy) -> int:
    """Owe the reminders whose time has come to those who are silent; return how many were looked at.

    Who never got the first letter is not reminded of it, nor who said no to surveys.
    """
    due = session.exec(
        select(SurveyInvitation, SurveyPlan, Outgoing.state, SurveyResponse.id)
        .join(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyInvitation.campaign_id))
        .join(SurveyPlan, col(SurveyPlan.id) == col(SurveyCampaign.plan_id))
        .join(
            Outgoing,
            (col(Outgoing.invitation_id) == col(SurveyInvitation.id))
            & (col(Outgoing.kind) == OutgoingKind.SURVEY),
        )
        .join(Contact, col(Contact.id) == col(SurveyInvitation.contact_id))
        .outerjoin(SurveyResponse, col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
        .where(
            col(SurveyInvitation.remind_at) <= now,
            col(SurveyInvitation.expires_at) > now,
            col(SurveyCampaign.state) == CampaignState.RUNNING,
            col(Contact.surveys_refused_at).is_(None),
        )
        .order_by(col(SurveyInvitation.remind_at), col(SurveyInvitation.id))
        .limit(AT_ONCE)
        .with_for_update(of=SurveyInvitation, skip_locked=True)
    ).all()
    for invitation, plan, sent, answered in due:
        if answered is not None:
            invitation.remind_at = None
            continue
        # One for all that were missed.
        while invitation.remind_at is not None and invitation.remind_at <= now:
            invitation.reminders += 1
            invitation.remind_at = reminder_after(
                session, plan, invitation.created_at, invitation.reminders, policy
            )
        if sent == OutgoingState.SENT:
            session.add(owed(invitation, OutgoingKind.SURVEY_REMINDER, now))
    return len(due)
