"""The letters of a survey: the link, and a reminder of it. Worded when they are sent, and never kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, exists, select

from casework.policy import Policy
from casework.wording import words
from store.tables import (
    CampaignState,
    Channel,
    Contact,
    Outgoing,
    OutgoingKind,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
    SurveyResponse,
)
from survey.answering.by_buttons import Button, start
from survey.asking.links import link, stop_link, token, token_hash
from survey.questionnaires.loading import words_beside


@dataclass(frozen=True)
class SurveyLetter:
    """A letter as it goes out."""

    subject: str
    text: str
    stop: str  # where its reader says no to further ones
    buttons: tuple[tuple[Button, ...], ...] = ()  # where the chat has them


def owed(invitation: SurveyInvitation, kind: OutgoingKind, now: datetime) -> Outgoing:
    """The letter, or the next reminder, that we owe for an invitation; the key of each is its own."""
    number = f":{invitation.reminders}" if kind == OutgoingKind.SURVEY_REMINDER else ""
    return Outgoing(
        kind=kind,
        key=f"invitation:{invitation.id}{number}",
        channel=invitation.channel,
        recipient=invitation.address,
        invitation_id=invitation.id,
        due_at=now,
        created_at=now,
    )


def letter(session: Session, outgoing: Outgoing, policy: Policy) -> SurveyLetter:
    """The letter with the invitation's link; made again it is the same, link included.

    From here on the link is recognised: the invitation keeps the hash of its token, nothing else. Commit
    before the letter leaves.
    """
    invitation, plan = session.exec(
        select(SurveyInvitation, SurveyPlan)
        .join(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyInvitation.campaign_id))
        .join(SurveyPlan, col(SurveyPlan.id) == col(SurveyCampaign.plan_id))
        .where(col(SurveyInvitation.id) == outgoing.invitation_id)
    ).one()
    mark = token(policy, invitation.id or 0, invitation.version)
    invitation.token_hash = token_hash(mark)
    said = words(
        str(outgoing.kind),
        invitation.language,
        company=policy.company,
        rhythm=plan.rhythm,
        event=plan.event,
        link=link(policy, mark),
        stop=stop_link(policy, mark),
        closes_at=invitation.expires_at,
        timezone=policy.timezone,
    )
    if outgoing.channel != Channel.TELEGRAM:
        return SurveyLetter(said.subject, said.text, stop_link(policy, mark))
    screen = start(session, invitation, policy)
    text = f"{said.text}\n{words_beside(invitation.language)['here']}\n\n{screen.text}\n"
    return SurveyLetter(said.subject, text, stop_link(policy, mark), screen.rows)


def still_asked(session: Session, outgoing: Outgoing, now: datetime) -> bool:
    """Whether the letter still makes sense: the survey runs, and the contact takes surveys."""
    silent = ~exists().where(col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
    still = (
        select(SurveyInvitation.id)
        .join(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyInvitation.campaign_id))
        .join(Contact, col(Contact.id) == col(SurveyInvitation.contact_id))
        .where(
            col(SurveyInvitation.id) == outgoing.invitation_id,
            col(SurveyInvitation.expires_at) > now,
            col(SurveyCampaign.state) == CampaignState.RUNNING,
            col(Contact.surveys_refused_at).is_(None),
            silent,
        )
    )
    return session.exec(still).first() is not None


def still_told(session: Session, outgoing: Outgoing) -> bool:
    """Whether the contact still wants to hear of surveys, and so of what they led to."""
    invitation = session.get_one(SurveyInvitation, outgoing.invitation_id)
    return session.get_one(Contact, invitation.contact_id).surveys_refused_at is None
