"""Who was asked how satisfied they are, and what they said."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from store.columns import Instant, Json, JsonObject, one_of
from store.tables.people import Channel
from store.tables.row import Row


class CampaignState(StrEnum):
    PLANNED = "planned"  # the very first one waits for a person's release
    RELEASED = "released"
    CLOSED = "closed"


class SurveyCampaign(Row, table=True):
    """One round of asking: a period and a questionnaire."""

    __tablename__ = "survey_campaigns"
    __table_args__ = (UniqueConstraint("period", "questionnaire"),)

    id: int | None = Field(default=None, primary_key=True)
    period: str = Field(max_length=20)  # 2026-H2
    questionnaire: str = Field(max_length=60)
    state: CampaignState = Field(sa_column=Column(one_of(CampaignState), nullable=False))
    opens_at: datetime = Field(sa_type=Instant)
    closes_at: datetime | None = Field(default=None, sa_type=Instant)  # 7 days after the release
    released_by: int | None = Field(default=None, foreign_key="users.id")
    released_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)


class SurveyInvitation(Row, table=True):
    """One contact asked in one campaign. The link's token is made at sending; only its hash is here."""

    __tablename__ = "survey_invitations"
    __table_args__ = (UniqueConstraint("campaign_id", "contact_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="survey_campaigns.id")
    customer_id: int = Field(foreign_key="customers.id", index=True)
    contact_id: int = Field(foreign_key="contacts.id", index=True)
    channel: Channel = Field(sa_column=Column(one_of(Channel), nullable=False))
    address: str = Field(max_length=320)
    language: str = "zh"
    version: int = 1  # raised when a link must be replaced
    token_hash: str | None = Field(default=None, unique=True, max_length=64)
    expires_at: datetime = Field(sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)


class SurveyResponse(Row, table=True):
    """The one answer to an invitation."""

    __tablename__ = "survey_responses"

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="survey_invitations.id", unique=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id")  # opened because the score is low
    answers: JsonObject = Field(default_factory=dict, sa_type=Json)  # item → chosen level
    score: float
    comment: str = ""
    source: str = Field(default="web", max_length=20)
    answered_at: datetime = Field(sa_type=Instant)
