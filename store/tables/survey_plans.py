"""Whom we ask how satisfied they are, what, how and when: plans, and the questionnaires they ask."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field

from store.columns import Instant, Json, one_of
from store.tables.row import Row


class KeptQuestionnaire(Row, table=True):
    """A questionnaire as it was worded: the company's own, and shipped ones that a plan was approved with.

    A version never changes: what was asked can be read and scored again years later.
    """

    __tablename__ = "questionnaires"
    __table_args__ = (UniqueConstraint("name", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=60)
    version: int
    source: str  # TOML, as `survey.questionnaires.loading` reads it
    made_by: int | None = Field(default=None, foreign_key="users.id")  # null: shipped
    created_at: datetime = Field(sa_type=Instant)


class Rhythm(StrEnum):
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    QUARTERLY = "quarterly"
    ONCE = "once"
    EVENT = "event"  # each customer after what happened to it


class SurveyEvent(StrEnum):
    PROJECT_DONE = "project_done"  # an order above a value was closed
    COMPLAINT_CLOSED = "complaint_closed"
    NEW_PRODUCT = "new_product"  # an order of it was accepted in its first half-year
    SERVICE_ORDER = "service_order"  # was carried out


class Audience(StrEnum):
    ALL = "all"
    SAMPLE = "sample"
    OWNER = "owner"
    PRODUCT = "product"  # who ordered it


class PlanState(StrEnum):
    DRAFT = "draft"  # waits for the manager's approval
    APPROVED = "approved"  # runs by itself
    ENDED = "ended"


class SurveyPlan(Row, table=True):
    """What the manager approves once (S2 4.3.1). A change of what is asked, whom or how makes it a draft."""

    __tablename__ = "survey_plans"
    __table_args__ = (
        CheckConstraint("(rhythm = 'event') = (event IS NOT NULL)", name="event_named"),
        CheckConstraint("audience <> 'sample' OR share BETWEEN 60 AND 100", name="share_enough"),
        CheckConstraint("audience <> 'owner' OR owner_id IS NOT NULL", name="owner_named"),
        CheckConstraint("state <> 'approved' OR approved_at IS NOT NULL", name="approved_first"),
    )

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=100)
    questionnaire: str = Field(max_length=60)
    questionnaire_version: int
    rhythm: Rhythm = Field(sa_column=Column(one_of(Rhythm), nullable=False))
    starts_on: date  # the first time; the following ones a half-year, year or quarter after it
    event: SurveyEvent | None = Field(default=None, sa_column=Column(one_of(SurveyEvent), nullable=True))
    worth_cents: int | None = Field(default=None, sa_type=BigInteger)  # of a project; above it is asked
    after_days: int = 3  # between what happened and the question
    audience: Audience = Field(default=Audience.ALL, sa_column=Column(one_of(Audience), nullable=False))
    share: int = 100  # percent of a sample
    seed: int = Field(default=0, sa_type=BigInteger)  # of the sample, so that it can be drawn again
    owner_id: int | None = Field(default=None, foreign_key="users.id")
    product: str = Field(default="", max_length=300)
    every_contact: bool = False  # all whom we know at a customer; coverage counts customers
    channels: list[str] = Field(default_factory=list, sa_type=Json)  # which may be used; of two the first
    per_minute: int | None = 60  # invitations; null: as fast as they go out
    open_days: int = 7
    reminder_days: list[int] = Field(default_factory=lambda: [2, 4], sa_type=Json)  # working days
    rest_days: int = 60  # who was asked within them, by whatever plan, is not asked again
    target: float | None = None  # of a period's overall result
    internal_share: int = 50  # percent of the internal evaluation in the composite result
    state: PlanState = Field(default=PlanState.DRAFT, sa_column=Column(one_of(PlanState), nullable=False))
    made_by: int | None = Field(default=None, foreign_key="users.id")  # null: made by itself
    approved_by: int | None = Field(default=None, foreign_key="users.id")
    approved_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
