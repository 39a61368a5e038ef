"""Who was asked in a campaign, as it stands in the database: no letter goes out."""

from sqlmodel import Session

from store.tables import Channel, SurveyInvitation
from tests.survey.people import NOW, later


def invite(session: Session, campaign: int, customer: int) -> SurveyInvitation:
    """The customer's contact, who has the same number, asked by mail; there is a week to answer."""
    invitation = SurveyInvitation(
        campaign_id=campaign,
        customer_id=customer,
        contact_id=customer,
        channel=Channel.EMAIL,
        address=f"{customer}@k.example",
        expires_at=later(days=7),
        created_at=NOW,
    )
    session.add(invitation)
    session.flush()
    return invitation
