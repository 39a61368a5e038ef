"""A customer opens the link and answers: once, whatever browsers and mail scanners do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from casework.policy import Policy
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import Channel, SurveyCampaign, SurveyInvitation, SurveyResponse
from survey.links import link, token, token_hash
from survey.low_scores import open_complaint
from survey.questionnaires import Questionnaire
from survey.questionnaires.keeping import as_asked
from survey.scoring import score, unanswered

COMMENT_LENGTH = 4000


class Outcome(StrEnum):
    """What became of an answer."""

    KEPT = "kept"
    ANSWERED_BEFORE = "answered_before"  # the first answer stays
    INCOMPLETE = "incomplete"  # nothing was kept
    UNKNOWN = "unknown"  # no such link, or its time is over


@dataclass(frozen=True)
class Asked:
    """What a link leads to."""

    invitation_id: int
    questionnaire: Questionnaire
    language: str
    expires_at: datetime
    answered_at: datetime | None


def find(session: Session, mark: str, now: datetime) -> Asked | None:
    """What the token leads to; None for an unknown one and for one whose time is over. Changes nothing."""
    found = session.exec(
        select(SurveyInvitation, SurveyCampaign, SurveyResponse.answered_at)
        .join(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyInvitation.campaign_id))
        .outerjoin(SurveyResponse, col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
        .where(
            col(SurveyInvitation.token_hash) == token_hash(mark),
            col(SurveyInvitation.expires_at) > now,
        )
    ).first()
    if found is None:
        return None
    invitation, campaign, answered_at = found
    return Asked(
        invitation_id=invitation.id or 0,
        questionnaire=as_asked(session, campaign.questionnaire, campaign.questionnaire_version),
        language=invitation.language,
        expires_at=invitation.expires_at,
        answered_at=answered_at,
    )


def answer(
    session: Session, mark: str, answers: Mapping[str, str], comment: str, now: datetime, policy: Policy
) -> Outcome:
    """Keep the answer (item → level) of the invitation that the token leads to, if it is the first one.

    A score under the bar opens a complaint (S0 5.2.3.3.3).
    """
    asked = find(session, mark, now)
    if asked is None:
        return Outcome.UNKNOWN
    if asked.answered_at is not None:
        return Outcome.ANSWERED_BEFORE
    if unanswered(asked.questionnaire, answers):
        return Outcome.INCOMPLETE
    chosen = {item.id: answers[item.id] for item in asked.questionnaire.items}
    kept = add_once(
        session,
        SurveyResponse(
            invitation_id=asked.invitation_id,
            answers=chosen,
            score=score(asked.questionnaire, chosen),
            comment=clean(comment),
            source="web",
            answered_at=now,
        ),
    )
    if not kept:
        return Outcome.ANSWERED_BEFORE
    _follow(session, asked, now, policy)
    return Outcome.KEPT


def clean(comment: str) -> str:
    """A comment as we keep it: one kind of line end, no control characters, not endless."""
    text = comment[: 2 * COMMENT_LENGTH].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char == "\n" or char.isprintable()).strip()[:COMMENT_LENGTH]


def open_links(session: Session, channel: Channel, address: str, now: datetime, policy: Policy) -> list[str]:
    """The links that wait for an answer of this address: a web chat's page shows them itself."""
    waiting = session.exec(
        select(SurveyInvitation)
        .outerjoin(SurveyResponse, col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
        .where(
            col(SurveyInvitation.channel) == channel,
            col(SurveyInvitation.address) == address,
            col(SurveyInvitation.token_hash).is_not(None),
            col(SurveyInvitation.expires_at) > now,
            col(SurveyResponse.id).is_(None),
        )
    )
    return [link(policy, token(policy, invitation.id or 0, invitation.version)) for invitation in waiting]


def _follow(session: Session, asked: Asked, now: datetime, policy: Policy) -> None:
    response = session.exec(
        select(SurveyResponse).where(col(SurveyResponse.invitation_id) == asked.invitation_id)
    ).one()
    log(session, "survey_answered", now, details={"invitation": asked.invitation_id, "score": response.score})
    bar = asked.questionnaire.bar
    if bar is not None and response.score < bar:
        invitation = session.get_one(SurveyInvitation, asked.invitation_id)
        open_complaint(session, invitation, response, asked.questionnaire, now, policy)
    tell(session, DESK, now)
