"""Campaigns, whom they asked and what was answered, as it stands in the database: no letter goes out."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from store.tables import Channel, SurveyCampaign, SurveyInvitation, SurveyResponse
from tests.survey.people import NOW

WEEK = timedelta(days=7)


def add_campaign(
    session: Session, plan: int, period: str, at: datetime = NOW, **values: Any
) -> SurveyCampaign:
    """A round of the plan: smt-100, open for a week, unless these values say otherwise."""
    usual: dict[str, Any] = {"questionnaire": "smt-100", "questionnaire_version": 1, "closes_at": at + WEEK}
    campaign = SurveyCampaign(plan_id=plan, period=period, opens_at=at, created_at=at, **(usual | values))
    session.add(campaign)
    session.flush()
    return campaign


def add_invitation(
    session: Session, campaign: int, customer: int, at: datetime = NOW, *, address: str = ""
) -> SurveyInvitation:
    """The customer's contact, who has the same number, is asked by mail; there is a week to answer."""
    invitation = SurveyInvitation(
        campaign_id=campaign,
        customer_id=customer,
        contact_id=customer,
        channel=Channel.EMAIL,
        address=address or f"{customer}@k.example",
        expires_at=at + WEEK,
        created_at=at,
    )
    session.add(invitation)
    session.flush()
    return invitation


def add_response(
    session: Session,
    invitation: SurveyInvitation,
    answers: dict[str, str],
    score: float,
    at: datetime = NOW,
    **values: Any,
) -> None:
    """The answer to the invitation, with these values besides."""
    response = SurveyResponse(
        invitation_id=invitation.id or 0, answers=answers, score=score, answered_at=at, **values
    )
    session.add(response)
    session.flush()
