"""A customer answers: once, whatever browsers, buttons and mail scanners do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from casework.policy import Policy
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import SurveyCampaign, SurveyInvitation, SurveyResponse
from survey.answering.given import Given, kept, understood
from survey.answering.low_scores import follow
from survey.answering.remarks import Reads
from survey.asking.links import token_hash
from survey.questionnaires import Questionnaire
from survey.questionnaires.keeping import as_asked
from survey.reporting.scoring import score, unanswered


class Outcome(StrEnum):
    """What became of an answer."""

    KEPT = "kept"
    ANSWERED_BEFORE = "answered_before"  # the first answer stays
    INCOMPLETE = "incomplete"  # it does not count; what was chosen may be kept as begun
    UNKNOWN = "unknown"  # no such link, or its time is over


@dataclass(frozen=True)
class Asked:
    """What a link leads to."""

    invitation_id: int
    contact_id: int
    questionnaire: Questionnaire
    language: str
    expires_at: datetime
    answered_at: datetime | None
    begun: Given  # what was kept so far


@dataclass(frozen=True)
class Typed:
    """An answer that one of us typed in: from paper, a call or a visit."""

    user_id: int
    note: str  # who said it, and when
    scan: str | None = None  # of the paper: its name in the file store
    scan_name: str = ""
    scan_type: str = ""


def find(session: Session, mark: str, now: datetime) -> Asked | None:
    """What the token leads to; None for an unknown one and for one whose time is over. Changes nothing."""
    known = select(SurveyInvitation).where(
        col(SurveyInvitation.token_hash) == token_hash(mark), col(SurveyInvitation.expires_at) > now
    )
    invitation = session.exec(known).first()
    return asked(session, invitation) if invitation else None


def asked(session: Session, invitation: SurveyInvitation) -> Asked:
    """What an invitation asks, and how far its answer has come."""
    campaign = session.get_one(SurveyCampaign, invitation.campaign_id)
    answered = select(SurveyResponse.answered_at).where(col(SurveyResponse.invitation_id) == invitation.id)
    questionnaire = as_asked(session, campaign.questionnaire, campaign.questionnaire_version)
    return Asked(
        invitation_id=invitation.id or 0,
        contact_id=invitation.contact_id,
        questionnaire=questionnaire,
        language=invitation.language,
        expires_at=invitation.expires_at,
        answered_at=session.exec(answered).first(),
        begun=understood(questionnaire, kept(invitation.begun)),
    )


def answer(
    session: Session,
    mark: str,
    answers: Mapping[str, str],
    comment: str,
    now: datetime,
    policy: Policy,
    *,
    comments: Mapping[str, str] | None = None,
    reader: Callable[[], Reads] | None = None,
) -> Outcome:
    """Keep the answer (item → level) of the invitation that the token leads to, if it is the first one."""
    found = find(session, mark, now)
    if found is None:
        return Outcome.UNKNOWN
    given = Given(answers, comment, comments or {})
    return count(session, found, given, now, policy, source="web", reader=reader)


def count(
    session: Session,
    found: Asked,
    given: Given,
    now: datetime,
    policy: Policy,
    *,
    source: str,
    reader: Callable[[], Reads] | None,
    typed: Typed | None = None,
) -> Outcome:
    """Count a complete answer if it is the first; what was begun is emptied, and what follows from it done.

    A score under the bar (S0 5.2.3.3.3), or a remark that `reader` takes for a complaint, opens one.
    """
    if found.answered_at is not None:
        return Outcome.ANSWERED_BEFORE
    clear = understood(found.questionnaire, given)
    if unanswered(found.questionnaire, clear.choices):
        return Outcome.INCOMPLETE
    invitation = hold(session, found.invitation_id)
    response = SurveyResponse(
        invitation_id=found.invitation_id,
        answers=dict(clear.choices),
        score=score(found.questionnaire, clear.choices),
        comment=clear.comment,
        comments=dict(clear.comments),
        source=source,
        answered_at=now,
    )
    if typed is not None:
        response.entered_by, response.entered_note = typed.user_id, typed.note
        response.scan, response.scan_name, response.scan_type = typed.scan, typed.scan_name, typed.scan_type
    if not add_once(session, response):
        return Outcome.ANSWERED_BEFORE
    invitation.begun, invitation.remind_at = None, None
    written = select(SurveyResponse).where(col(SurveyResponse.invitation_id) == found.invitation_id)
    response = session.exec(written).one()
    log(
        session,
        "survey_entered" if typed else "survey_answered",
        now,
        user_id=typed.user_id if typed else None,
        details={"invitation": found.invitation_id, "score": response.score, "source": source},
    )
    follow(session, invitation, response, found.questionnaire, now, policy, reader)
    tell(session, DESK, now)
    return Outcome.KEPT


def begin(session: Session, found: Asked, given: Given) -> bool:
    """Keep what is chosen and remarked so far instead of what was; False once the answer has counted."""
    invitation = hold(session, found.invitation_id)
    answered = select(SurveyResponse.id).where(col(SurveyResponse.invitation_id) == found.invitation_id)
    if session.exec(answered).first() is not None:
        return False
    so_far = understood(found.questionnaire, given).as_json()
    if invitation.begun != so_far:
        invitation.begun = so_far
    return True


def hold(session: Session, invitation_id: int) -> SurveyInvitation:
    """The invitation as it is now, kept from others until this transaction ends.

    Else what was begun could come back after the answer that emptied it.
    """
    wanted = select(SurveyInvitation).where(col(SurveyInvitation.id) == invitation_id).with_for_update()
    return session.exec(wanted, execution_options={"populate_existing": True}).one()
