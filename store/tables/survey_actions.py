"""What follows from a survey: what is analysed and improved, and how we judge ourselves."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field

from store.columns import Instant, one_of
from store.tables.row import Row


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"  # carried out; the next campaign shows whether it helped
    DROPPED = "dropped"  # nothing needs doing, for the reason that stands in the analysis


class SurveyAction(Row, table=True):
    """纠正和预防措施 for one indicator, or for the whole, that fell short in a campaign (S2, S3 4.4.2)."""

    __tablename__ = "survey_actions"
    __table_args__ = (
        UniqueConstraint("campaign_id", "item"),
        Index("ix_survey_actions_state", "state", "due_on"),
        CheckConstraint(
            "state <> 'done' OR (analysis <> '' AND solution <> '' AND done_at IS NOT NULL)",
            name="done_in_words",
        ),
        CheckConstraint("state <> 'dropped' OR analysis <> ''", name="dropped_for_a_reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="survey_campaigns.id")
    item: str = Field(max_length=60)  # of the questionnaire; empty: the whole result fell short of its target
    result: float  # up to the questionnaire's best result
    bar: float  # what it should have been above
    analysis: str = ""
    solution: str = ""
    owner_id: int | None = Field(default=None, foreign_key="users.id")
    due_on: date | None = None
    state: ActionState = Field(
        default=ActionState.OPEN, sa_column=Column(one_of(ActionState), nullable=False)
    )
    outcome: str = ""  # what was done, in words
    done_by: int | None = Field(default=None, foreign_key="users.id")
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    # Of the whole, when quality, engineering and production are called together (S0 5.2.3.3.3).
    meeting_on: date | None = None
    met_on: date | None = None
    minutes: str = ""
    told_at: datetime | None = Field(default=None, sa_type=Instant)  # the customers, of the improvement
    remeasured_in: int | None = Field(default=None, foreign_key="survey_campaigns.id")
    remeasured: float | None = None  # the result there
    former_id: int | None = Field(
        default=None, foreign_key="survey_actions.id"
    )  # the one before, of this item
    created_at: datetime = Field(sa_type=Instant)


class TargetDecision(StrEnum):
    REVISED = "revised"  # the plan has the proposed target from its next round on
    KEPT = "kept"  # chance, or another reason that stands in the words


class TargetReview(Row, table=True):
    """A result above its target: chance, or was the target too low (S2)? Asked at the closing."""

    __tablename__ = "survey_target_reviews"
    __table_args__ = (
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_once"),
        CheckConstraint("decision <> 'kept' OR words <> ''", name="kept_for_a_reason"),
    )

    campaign_id: int = Field(foreign_key="survey_campaigns.id", primary_key=True)
    result: float
    target: float
    proposed: float
    decision: TargetDecision | None = Field(
        default=None, sa_column=Column(one_of(TargetDecision), nullable=True)
    )
    words: str = Field(default="", max_length=1000)
    decided_by: int | None = Field(default=None, foreign_key="users.id")
    decided_at: datetime | None = Field(default=None, sa_type=Instant)


class DeliveryMonth(Row, table=True):
    """Deliveries of a month, as the books have them: for the internal evaluation (S2 IATF)."""

    __tablename__ = "delivery_months"
    __table_args__ = (
        CheckConstraint("late BETWEEN 0 AND deliveries AND returned BETWEEN 0 AND deliveries", name="parts"),
    )

    month: date = Field(primary_key=True)  # its first day
    deliveries: int
    late: int
    returned: int
    entered_by: int = Field(foreign_key="users.id")
    entered_at: datetime = Field(sa_type=Instant)
