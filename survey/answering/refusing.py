"""A contact says no to surveys, by the link in each letter or to one of us; and may change its mind."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from store.history import DESK, log, tell
from store.tables import Contact, Outgoing, OutgoingKind, OutgoingState, SurveyInvitation, User
from survey.asking.links import token_hash

_LETTERS = (OutgoingKind.SURVEY, OutgoingKind.SURVEY_REMINDER)


def contact_of_link(session: Session, mark: str) -> tuple[Contact, str] | None:
    """Whom the token was sent to, and the language of the letter; also long after the survey is over."""
    wanted = (
        select(Contact, SurveyInvitation.language)
        .join(SurveyInvitation, col(SurveyInvitation.contact_id) == col(Contact.id))
        .where(col(SurveyInvitation.token_hash) == token_hash(mark))
    )
    return session.exec(wanted).first()


def refuse(session: Session, contact: Contact, now: datetime, user: User | None = None) -> None:
    """Ask this contact no more; letters and reminders that have not left are taken back."""
    session.refresh(contact, with_for_update=True)
    if contact.surveys_refused_at is not None:
        return
    contact.surveys_refused_at = now
    _turn(session, contact, OutgoingState.DUE, OutgoingState.CANCELLED, now)
    _note(session, "surveys_refused", contact, now, user)


def allow(session: Session, contact: Contact, now: datetime, user: User | None = None) -> None:
    """Ask this contact again; what was taken back and still makes sense goes out after all."""
    session.refresh(contact, with_for_update=True)
    if contact.surveys_refused_at is None:
        return
    contact.surveys_refused_at = None
    _turn(session, contact, OutgoingState.CANCELLED, OutgoingState.DUE, now)
    _note(session, "surveys_allowed", contact, now, user)


def _turn(
    session: Session, contact: Contact, before: OutgoingState, after: OutgoingState, now: datetime
) -> None:
    """The letters of surveys that are still open, from one state to the other. Whether one that goes out
    after all still makes sense, the deliverer asks (`letters.still_asked`)."""
    invited = select(SurveyInvitation.id).where(
        col(SurveyInvitation.contact_id) == contact.id, col(SurveyInvitation.expires_at) > now
    )
    session.exec(
        update(Outgoing)
        .where(
            col(Outgoing.invitation_id).in_(invited),
            col(Outgoing.kind).in_(_LETTERS),
            col(Outgoing.state) == before,
        )
        .values(state=after)
    )


def _note(session: Session, action: str, contact: Contact, now: datetime, user: User | None) -> None:
    values = {"customer": contact.customer_id, "contact": contact.id}
    log(session, action, now, user_id=user.id if user else None, details=values)
    tell(session, DESK, now)
