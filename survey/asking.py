"""Whom a campaign asks, and where: one contact of each existing customer, the way it last wrote to us."""

from datetime import UTC, datetime
from itertools import groupby

from sqlmodel import Session, col, exists, func, select

from casework.policy import Policy
from store.tables import (
    Case,
    Channel,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    Direction,
    Message,
    Outgoing,
    OutgoingKind,
    SurveyCampaign,
    SurveyInvitation,
)
from survey.questionnaires import LANGUAGES

# Where a link can be sent; of two ways never used, the first here.
WAYS = (Channel.EMAIL, Channel.TELEGRAM, Channel.WEBCHAT)
_NEVER = datetime.min.replace(tzinfo=UTC)


def customers_to_ask(session: Session, campaign: SurveyCampaign, limit: int) -> list[Customer]:
    """Existing customers whom this campaign has not asked and who can be reached."""
    reachable = exists().where(
        col(Contact.customer_id) == col(Customer.id),
        col(ContactAddress.contact_id) == col(Contact.id),
        col(ContactAddress.channel).in_(WAYS),
        col(ContactAddress.undeliverable_at).is_(None),
    )
    asked = exists().where(
        col(SurveyInvitation.campaign_id) == campaign.id,
        col(SurveyInvitation.customer_id) == col(Customer.id),
    )
    return list(
        session.exec(
            select(Customer)
            .where(col(Customer.status) == CustomerStatus.EXISTING, reachable, ~asked)
            .order_by(col(Customer.id))
            .limit(limit)
        )
    )


def ask(
    session: Session, campaign: SurveyCampaign, customers: list[Customer], now: datetime, policy: Policy
) -> int:
    """Invite each of these customers: an invitation, and the letter that we owe for it."""
    assert campaign.closes_at is not None  # a released campaign has an end
    stipulated = {customer.id: customer.required_language for customer in customers}
    invitations = [
        SurveyInvitation(
            campaign_id=campaign.id or 0,
            customer_id=contact.customer_id,
            contact_id=contact.id or 0,
            channel=way.channel,
            address=way.address,
            language=_language(stipulated[contact.customer_id] or contact.language, policy),
            expires_at=campaign.closes_at,
            created_at=now,
        )
        for contact, way in _best_ways(session, customers)
    ]
    session.add_all(invitations)
    session.flush()
    session.add_all(_owed(invitation, now) for invitation in invitations)
    return len(invitations)


def _language(wanted: str, policy: Policy) -> str:
    # Somebody who mixes languages is asked in the one of the house.
    return wanted if wanted in LANGUAGES else policy.language


def _owed(invitation: SurveyInvitation, now: datetime) -> Outgoing:
    return Outgoing(
        kind=OutgoingKind.SURVEY,
        key=f"invitation:{invitation.id}",
        channel=invitation.channel,
        recipient=invitation.address,
        invitation_id=invitation.id,
        due_at=now,
        created_at=now,
    )


def _best_ways(session: Session, customers: list[Customer]) -> list[tuple[Contact, ContactAddress]]:
    """For each customer the contact and address to write to: as stipulated, else where it wrote last."""
    manner = {customer.id: customer.required_manner for customer in customers}
    heard = (
        select(col(Case.contact_id), col(Message.channel), func.max(col(Message.at)).label("at"))
        .join(Message, col(Message.case_id) == col(Case.id))
        .where(col(Case.customer_id).in_(manner), col(Message.direction) == Direction.IN)
        .group_by(col(Case.contact_id), col(Message.channel))
        .subquery()
    )
    ways = session.exec(
        select(Contact, ContactAddress, heard.c.at)
        .join(ContactAddress, col(ContactAddress.contact_id) == col(Contact.id))
        .outerjoin(
            heard,
            (heard.c.contact_id == col(Contact.id)) & (heard.c.channel == col(ContactAddress.channel)),
        )
        .where(
            col(Contact.customer_id).in_(manner),
            col(ContactAddress.channel).in_(WAYS),
            col(ContactAddress.undeliverable_at).is_(None),
        )
        .order_by(col(Contact.customer_id), col(Contact.id), col(ContactAddress.id))
    ).all()

    def preference(way: tuple[Contact, ContactAddress, datetime | None]) -> tuple[bool, datetime, int]:
        contact, address, last = way
        stipulated = address.channel == manner[contact.customer_id]
        return stipulated, last or _NEVER, -WAYS.index(address.channel)

    by_customer = groupby(ways, key=lambda way: way[0].customer_id)
    return [max(group, key=preference)[:2] for _, group in by_customer]
