"""An answer that came on paper, by phone or on a visit: one of us types it in, and notes whose it is."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from casework.policy import Policy
from casework.rights import Right, demand
from store.customers import visible_customers
from store.once import add_once
from store.tables import (
    CampaignState,
    Channel,
    Contact,
    ContactAddress,
    Customer,
    SurveyCampaign,
    SurveyInvitation,
    SurveyResponse,
    User,
)
from survey.answering.answers import Outcome, Typed, asked, count
from survey.answering.given import Given
from survey.answering.remarks import Reads
from survey.questionnaires import LANGUAGES

PEOPLE_SHOWN = 50
# How it came, and the channel by which somebody who was not asked by a letter was asked so.
SOURCES = {"paper": Channel.LETTER, "phone": Channel.PHONE, "visit": Channel.VISIT}


class EntryError(Exception):
    """It cannot be typed in; the sentence says why."""


@dataclass(frozen=True)
class Addressee:
    """A contact, and how far it is with a campaign."""

    contact: Contact
    customer: Customer
    invitation: SurveyInvitation | None  # None: not asked
    response: SurveyResponse | None


def people(
    session: Session, campaign: SurveyCampaign, sees_only: int | None, customer_ids: Collection[int] | None
) -> list[Addressee]:
    """The contacts of these customers; without customers those who were asked and are silent."""
    return _people(
        session,
        campaign,
        *visible_customers(sees_only),
        (col(SurveyInvitation.id).is_not(None) & col(SurveyResponse.id).is_(None))
        if customer_ids is None
        else col(Customer.id).in_(customer_ids),
    )


def state_of(session: Session, campaign: SurveyCampaign, contact_id: int) -> Addressee | None:
    """One contact, and how far it is with the campaign."""
    return next(iter(_people(session, campaign, col(Contact.id) == contact_id)), None)


def enter(
    session: Session,
    campaign: SurveyCampaign,
    contact: Contact,
    given: Given,
    source: str,
    typed: Typed,
    user: User,
    now: datetime,
    policy: Policy,
    reader: Callable[[], Reads] | None,
) -> Outcome:
    """Count what the contact has said, asked by a letter or not; EntryError if the campaign takes no more."""
    demand(user, Right.ANSWER)
    if source not in SOURCES:
        raise EntryError("Say whether it came on paper, by phone or on a visit.")
    if not typed.note:
        raise EntryError("Write down who said it, and when.")
    if campaign.state == CampaignState.CLOSED:
        raise EntryError("This survey is closed; no more answers are counted in it.")
    invitation = _invitation(session, campaign, contact, SOURCES[source], now, policy)
    found = asked(session, invitation)
    return count(session, found, given, now, policy, source=source, reader=reader, typed=typed)


def language_of(customer: Customer, contact: Contact, policy: Policy) -> str:
    """In which language this contact is asked."""
    wanted = customer.required_language or contact.language
    return wanted if wanted in LANGUAGES else policy.language


def _invitation(
    session: Session,
    campaign: SurveyCampaign,
    contact: Contact,
    channel: Channel,
    now: datetime,
    policy: Policy,
) -> SurveyInvitation:
    """That of the contact; one who was not asked gets one without a letter."""
    customer = session.get_one(Customer, contact.customer_id)
    address = select(ContactAddress.address).where(
        col(ContactAddress.contact_id) == contact.id, col(ContactAddress.channel) == channel
    )
    add_once(
        session,
        SurveyInvitation(
            campaign_id=campaign.id or 0,
            customer_id=contact.customer_id,
            contact_id=contact.id or 0,
            channel=channel,
            address=session.exec(address).first() or "",
            language=language_of(customer, contact, policy),
            expires_at=campaign.closes_at,
            created_at=now,
        ),
    )
    of_contact = select(SurveyInvitation).where(
        col(SurveyInvitation.campaign_id) == campaign.id, col(SurveyInvitation.contact_id) == contact.id
    )
    return session.exec(of_contact).one()


def _people(session: Session, campaign: SurveyCampaign, *conditions: ColumnElement[bool]) -> list[Addressee]:
    in_campaign = (col(SurveyInvitation.contact_id) == col(Contact.id)) & (
        col(SurveyInvitation.campaign_id) == campaign.id
    )
    rows = session.exec(
        select(Contact, Customer, SurveyInvitation, SurveyResponse)
        .join(Customer, col(Customer.id) == col(Contact.customer_id))
        .outerjoin(SurveyInvitation, in_campaign)
        .outerjoin(SurveyResponse, col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
        .where(*conditions)
        .order_by(col(Customer.name), col(Contact.id))
        .limit(PEOPLE_SHOWN)
    )
    return [Addressee(*row) for row in rows]
