"""Who was asked how satisfied they are, and what they said."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field

from store.columns import Instant, Json, JsonObject, one_of
from store.tables.people import Channel
from store.tables.row import Row


class CampaignState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"  # nothing goes out; who has the link may answer
    CLOSED = "closed"


class SurveyCampaign(Row, table=True):
    """One round of a plan, in a period. What was approved when it began stays with it."""

    __tablename__ = "survey_campaigns"
    __table_args__ = (
        UniqueConstraint("plan_id", "period"),
        # What a ring looks at: those that run.
        Index("ix_survey_campaigns_state", "state", "closes_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="survey_plans.id")
    period: str = Field(max_length=20)  # 2026-H2, 2027, 2027-Q3, 2027-03-15, for events 2027-03
    questionnaire: str = Field(max_length=60)
    questionnaire_version: int
    state: CampaignState = Field(
        default=CampaignState.RUNNING, sa_column=Column(one_of(CampaignState), nullable=False)
    )
    opens_at: datetime = Field(sa_type=Instant)
    closes_at: datetime = Field(sa_type=Instant)
    target: float | None = None
    customers: int | None = None  # how many the plan meant, counted at the closing; coverage is a share of it
    figures: JsonObject | None = Field(default=None, sa_type=Json)  # counted at the closing, as it stays
    created_at: datetime = Field(sa_type=Instant)


class SurveyInvitation(Row, table=True):
    """One contact asked in one campaign. The link's token is made at sending; only its hash is here."""

    __tablename__ = "survey_invitations"
    __table_args__ = (
        UniqueConstraint("campaign_id", "contact_id"),
        # Whether a customer was asked lately; what was asked within the last minute.
        Index("ix_survey_invitations_customer_id", "customer_id", "created_at"),
        Index("ix_survey_invitations_created", "campaign_id", "created_at"),
        # Whom to remind next.
        Index("ix_survey_invitations_remind_at", "remind_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="survey_campaigns.id")
    customer_id: int = Field(foreign_key="customers.id")
    contact_id: int = Field(foreign_key="contacts.id", index=True)
    channel: Channel = Field(sa_column=Column(one_of(Channel), nullable=False))
    address: str = Field(max_length=320)
    language: str = "zh"
    event: str | None = Field(default=None, max_length=40)  # what it is about: case:12, service_order:4
    version: int = 1  # raised when a link must be replaced
    token_hash: str | None = Field(default=None, unique=True, max_length=64)
    expires_at: datetime = Field(sa_type=Instant)
    reminders: int = 0  # how many were owed
    remind_at: datetime | None = Field(default=None, sa_type=Instant)  # the next; null: none any more
    # What was chosen so far, kept as one goes: item → level, and remarks; gone once the answer counts.
    begun: JsonObject | None = Field(default=None, sa_type=Json)
    created_at: datetime = Field(sa_type=Instant)


class SurveyResponse(Row, table=True):
    """The one answer to an invitation."""

    __tablename__ = "survey_responses"
    __table_args__ = (
        CheckConstraint("source IN ('web', 'telegram', 'webchat') OR entered_by IS NOT NULL", name="entered"),
    )

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="survey_invitations.id", unique=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)  # opened because of it
    answers: JsonObject = Field(default_factory=dict, sa_type=Json)  # item → chosen level
    score: float
    comment: str = ""
    comments: dict[str, str] = Field(default_factory=dict, sa_type=Json)  # item → remark
    source: str = Field(default="web", max_length=20)  # web, telegram, webchat; typed in: paper, phone, visit
    entered_by: int | None = Field(default=None, foreign_key="users.id")  # who of us typed it in
    entered_note: str = Field(default="", max_length=500)  # who said it, and when
    scan: str | None = Field(default=None, max_length=64)  # of the paper: a file's sha256
    scan_name: str = Field(default="", max_length=255)
    scan_type: str = Field(default="", max_length=150)
    answered_at: datetime = Field(sa_type=Instant)
