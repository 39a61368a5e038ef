"""The letters of a survey: the link, and a reminder of it. Worded when they are sent, and never kept."""

from datetime import datetime

from sqlmodel import Session, col, select

from casework.policy import Policy
from casework.wording import Words, words
from store.tables import (
    CampaignState,
    Contact,
    Outgoing,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
    SurveyResponse,
)
from survey.links import link, token, token_hash


def letter(session: Session, outgoing: Outgoing, policy: Policy) -> Words:
    """The letter with the invitation's link; made again it is the same, link included.

    From here on the link is recognised: the invitation keeps the hash of its token, nothing else. Commit
    before the letter leaves.
    """
    invitation = session.get_one(SurveyInvitation, outgoing.invitation_id)
    campaign = session.get_one(SurveyCampaign, invitation.campaign_id)
    plan = session.get_one(SurveyPlan, campaign.plan_id)
    mark = token(policy, invitation.id or 0, invitation.version)
    invitation.token_hash = token_hash(mark)
    return words(
        str(outgoing.kind),
        invitation.language,
        company=policy.company,
        rhythm=plan.rhythm,
        event=plan.event,
        link=link(policy, mark),
        closes_at=invitation.expires_at,
        timezone=policy.timezone,
    )


def still_asked(session: Session, outgoing: Outgoing, now: datetime) -> bool:
    """Whether the letter still makes sense: the survey runs, and the contact takes surveys."""
    invitation = session.get_one(SurveyInvitation, outgoing.invitation_id)
    running = session.get_one(SurveyCampaign, invitation.campaign_id).state == CampaignState.RUNNING
    refused = session.get_one(Contact, invitation.contact_id).surveys_refused_at is not None
    answer = select(SurveyResponse.id).where(col(SurveyResponse.invitation_id) == invitation.id)
    silent = session.exec(answer).first() is None
    return running and silent and not refused and invitation.expires_at > now
