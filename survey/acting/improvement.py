"""Who complained of something is told, once, what was improved: written by a person, in their language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, cast, func, insert, literal, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col

from casework.policy import Policy
from casework.rights import Right, demand
from casework.wording import Words, words
from store.history import DESK, log, tell
from store.tables import (
    ActionState,
    Channel,
    Contact,
    ContactAddress,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    SurveyAction,
    SurveyCampaign,
    SurveyInvitation,
    SurveyResponse,
    User,
)
from survey.acting.bars import poor_levels
from survey.acting.improving import ActionError
from survey.questionnaires import LANGUAGES, Questionnaire
from survey.questionnaires.keeping import as_asked

LONGEST = 1500


class Group(NamedTuple):
    """How many are told in one language by one way."""

    language: str
    channel: Channel
    number: int


def groups(session: Session, action: SurveyAction) -> list[Group]:
    """Who would be told now, counted by language and way."""
    counted = (
        columns(col(SurveyInvitation.language), col(SurveyInvitation.channel), func.count())
        .where(*_told(session, action))
        .group_by(col(SurveyInvitation.language), col(SurveyInvitation.channel))
        .order_by(col(SurveyInvitation.language).desc(), col(SurveyInvitation.channel))
    )
    return [Group(*row) for row in session.connection().execute(counted)]


def languages_of(found: list[Group]) -> list[str]:
    """The languages that have to be written; the one of most surveys first."""
    spoken = {_language(group.language) for group in found}
    return [language for language in LANGUAGES if language in spoken]


def letters(
    session: Session, action: SurveyAction, texts: Mapping[str, str], policy: Policy
) -> dict[str, Words]:
    """The letters as they would leave, by language. ActionError for a language of theirs without words."""
    asked = _asked(session, action)
    label = next((item.label for item in asked.items if item.id == action.item), None)
    made = {}
    for language in languages_of(groups(session, action)):
        text = texts.get(language, "").strip()[:LONGEST]
        if not text:
            raise ActionError("Write the message in each language that they read.")
        name = label[language] if label else ""
        made[language] = words("improvement", language, company=policy.company, label=name, text=text)
    return made


def tell_customers(
    session: Session,
    action: SurveyAction,
    texts: Mapping[str, str],
    user: User,
    now: datetime,
    policy: Policy,
) -> int:
    """Owe each of them the letter, by the way they were asked; return to how many. Only once.

    Lock the action. Who refused surveys, or cannot be reached there any more, is left alone.
    """
    demand(user, Right.ANSWER)
    if action.state != ActionState.DONE:
        raise ActionError("Customers are told of what is done.")
    if action.told_at is not None:
        raise ActionError("They were told already.")
    told = sum(
        _owe(session, action, language, letter, now)
        for language, letter in letters(session, action, texts, policy).items()
    )
    if not told:
        raise ActionError("There is nobody to tell.")
    action.told_at = now
    details = {"campaign": action.campaign_id, "action": action.id, "item": action.item, "told": told}
    log(session, "survey_improvement_told", now, user_id=user.id, details=details)
    tell(session, DESK, now)
    return told


def _owe(session: Session, action: SurveyAction, language: str, letter: Words, now: datetime) -> int:
    """One statement for all who read the language: the rows need not pass through here."""
    mine = col(SurveyInvitation.language) == language
    if language == LANGUAGES[0]:  # also who reads what we do not write
        mine = col(SurveyInvitation.language).not_in(LANGUAGES[1:])
    values: dict[str, Any] = {
        "kind": literal(OutgoingKind.IMPROVEMENT, Outgoing.__table__.c.kind.type),  # type: ignore[attr-defined]
        "key": literal(f"action:{action.id}:") + cast(col(SurveyInvitation.contact_id), String),
        "channel": col(SurveyInvitation.channel),
        "recipient": col(SurveyInvitation.address),
        "invitation_id": col(SurveyInvitation.id),
        "subject": literal(letter.subject),
        "text": literal(letter.text),
        "due_at": literal(now, Outgoing.__table__.c.due_at.type),  # type: ignore[attr-defined]
        "attempts": literal(0),
        "state": literal(OutgoingState.DUE, Outgoing.__table__.c.state.type),  # type: ignore[attr-defined]
        "created_at": literal(now, Outgoing.__table__.c.created_at.type),  # type: ignore[attr-defined]
    }
    chosen = columns(*values.values()).where(mine, *_told(session, action))
    statement = insert(Outgoing).from_select(list(values), chosen)
    # The row count is thrown away unless asked for.
    return session.connection().execute(statement, execution_options={"preserve_rowcount": True}).rowcount


def _told(session: Session, action: SurveyAction) -> tuple[ColumnElement[bool], ...]:
    """Those who complained of it, at the bar or lower or in words, and may be written to."""
    return (
        col(SurveyInvitation.campaign_id) == action.campaign_id,
        col(SurveyResponse.invitation_id) == col(SurveyInvitation.id),
        _complained(session, action),
        col(Contact.id) == col(SurveyInvitation.contact_id),
        col(Contact.surveys_refused_at).is_(None),
        col(ContactAddress.contact_id) == col(Contact.id),
        col(ContactAddress.channel) == col(SurveyInvitation.channel),
        col(ContactAddress.address) == col(SurveyInvitation.address),
        col(ContactAddress.undeliverable_at).is_(None),
    )


def _complained(session: Session, action: SurveyAction) -> ColumnElement[bool]:
    if not action.item:
        return or_(col(SurveyResponse.score) < action.bar, col(SurveyResponse.comment) != "")
    item = next(one for one in _asked(session, action).items if one.id == action.item)
    chosen = col(SurveyResponse.answers)[item.id].as_string()
    remark = col(SurveyResponse.comments)[item.id].as_string()
    return or_(chosen.in_(poor_levels(item)), func.coalesce(remark, "") != "")


def _asked(session: Session, action: SurveyAction) -> Questionnaire:
    campaign = session.get_one(SurveyCampaign, action.campaign_id)
    return as_asked(session, campaign.questionnaire, campaign.questionnaire_version)


def _language(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]
