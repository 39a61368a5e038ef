"""A complaint from its registration to its effect, and what people put their names to on the way."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, text
from sqlmodel import Field

from store.columns import Instant, one_of, only
from store.tables.cases import SEVERITIES
from store.tables.row import Row

_LIVE = text("state IN ('waiting', 'confirmed')")


class DraftState(StrEnum):
    WAITING = "waiting"  # for another person's confirmation
    CONFIRMED = "confirmed"  # may be told the customer by voice or on paper; what is sent leaves at once
    SENT_BACK = "sent_back"  # with a remark, to its author
    REPLACED = "replaced"  # by an edited one, or withdrawn
    REPLIED = "replied"


class ReplyDraft(Row, table=True):
    """An answer that may not leave yet (S3 4.3.2). Its words never change: an edit is a new draft."""

    __tablename__ = "reply_drafts"
    __table_args__ = (
        # One answer of a case waits at a time, whatever two people do at once.
        Index("uq_reply_drafts_live", "case_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        # What waits for me.
        Index("ix_reply_drafts_state", "state", "id"),
        # The drafts of a case on its page.
        Index("ix_reply_drafts_case", "case_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id")
    author_id: int = Field(foreign_key="users.id")
    text: str
    sha256: str = Field(max_length=64)  # of the text and of each file, in order
    sends: bool = True  # False: told by voice or on paper and written down
    state: DraftState = Field(sa_column=Column(one_of(DraftState), nullable=False))
    remark: str = Field(default="", max_length=2000)  # why it came back
    decided_by: int | None = Field(default=None, foreign_key="users.id")
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)


class ReplyDraftFile(Row, table=True):
    """A file that goes with a draft. Its bytes are in the file store."""

    __tablename__ = "reply_draft_files"

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="reply_drafts.id", index=True)
    name: str = Field(max_length=255)
    type: str = Field(max_length=150)
    size: int
    sha256: str = Field(max_length=64)


class ReplyApproval(Row, table=True):
    """Somebody else confirmed this very text for a complaint of this severity. Never changed afterwards."""

    __tablename__ = "reply_approvals"
    __table_args__ = (
        only("severity", *SEVERITIES),
        CheckConstraint("author_id <> confirmer_id", name="another_person"),
    )

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="reply_drafts.id", unique=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    author_id: int = Field(foreign_key="users.id")
    confirmer_id: int = Field(foreign_key="users.id")
    sha256: str = Field(max_length=64)
    severity: str | None = Field(default=None, max_length=20)
    claim: bool
    at: datetime = Field(sa_type=Instant)


class Complaint(Row, table=True):
    """客户投诉登记及处理表: what is known of a complaint and what was done, section by section.

    How far it has got follows from what is filled in (`casework/complaints/steps.py`).
    """

    __tablename__ = "complaints"
    __table_args__ = (
        # The same product or defect before.
        Index("ix_complaints_part_no", "part_no"),
        Index("ix_complaints_product", "product"),
        Index("ix_complaints_defect", "defect"),
        # The month's summary.
        Index("ix_complaints_registered_at", "registered_at"),
    )

    case_id: int = Field(foreign_key="cases.id", primary_key=True)
    registered_at: datetime = Field(sa_type=Instant)
    # Registration
    complainant: str = Field(default="", max_length=300)
    demand: str = ""
    answer_by: date | None = None
    product: str = Field(default="", max_length=300)
    part_no: str = Field(default="", max_length=300)
    batch: str = Field(default="", max_length=300)
    quantity: str = Field(default="", max_length=300)
    defect: str = Field(default="", max_length=300)
    order_no: str = Field(default="", max_length=300)
    ordered_on: date | None = None
    delivered_on: date | None = None
    # Stock and line check
    in_production: bool | None = None
    stopped: bool | None = None
    isolated: bool | None = None
    isolated_quantity: str = Field(default="", max_length=300)
    samples: str = ""
    # Cause
    unit: str = Field(default="", max_length=300)
    met_on: date | None = None
    cause: str = ""
    prevention: str = ""
    standard_updated: bool | None = None
    standard: str = Field(default="", max_length=300)
    # Countermeasure: filled in jointly by head and sales, who both sign
    countermeasure: str = ""
    # The four stocks
    at_line: str = ""
    in_stock: str = ""
    at_customer: str = ""
    sold_on: str = ""
    # Returned goods
    returned_quantity: str = Field(default="", max_length=300)
    returned_on: date | None = None
    inspection: str = ""
    restocked: str = Field(default="", max_length=300)
    reworked: str = Field(default="", max_length=300)
    # Effect
    effect: str = ""
    effective: bool | None = None
    satisfied: bool | None = None
    told_on: date | None = None  # the customer, of the effect
    effect_by: int | None = Field(default=None, foreign_key="users.id")
    effect_at: datetime | None = Field(default=None, sa_type=Instant)


class SignedMatter(StrEnum):
    COUNTERMEASURE_SALES = "countermeasure_sales"
    COUNTERMEASURE_HEAD = "countermeasure_head"
    CLOSING = "closing"  # by the head (S3 4.3.2 ⑷)


class ComplaintSignature(Row, table=True):
    """Somebody's name under words of a complaint. It counts as long as the words stay. Never changed."""

    __tablename__ = "complaint_signatures"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    matter: SignedMatter = Field(sa_column=Column(one_of(SignedMatter), nullable=False))
    words: str
    reason: str = Field(default="", max_length=2000)  # why a dissatisfied customer's complaint is closed
    user_id: int = Field(foreign_key="users.id")
    at: datetime = Field(sa_type=Instant)


class CorrectiveAction(Row, table=True):
    """纠正和预防措施处理单 of a complaint; D1 to D8 are its long form. Issued in 2 working days (S2 5.7)."""

    __tablename__ = "corrective_actions"

    case_id: int = Field(foreign_key="cases.id", primary_key=True)
    eight_d: bool = False
    team: str = ""  # D1
    problem: str = ""  # D2
    containment: str = ""  # D3
    cause: str = ""  # D4
    action: str = ""  # D5
    implemented: str = ""  # D6
    prevention: str = ""  # D7
    recognition: str = ""  # D8
    opened_at: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant)
    due_assumed: bool = False  # reckoned across a year whose days off were not published
    issued_by: int | None = Field(default=None, foreign_key="users.id")
    issued_at: datetime | None = Field(default=None, sa_type=Instant)
    verification: str = ""
    effective: bool | None = None
    verified_by: int | None = Field(default=None, foreign_key="users.id")
    verified_at: datetime | None = Field(default=None, sa_type=Instant)


class CorrectiveMeasure(Row, table=True):
    """One thing to be done: by which department, by whom, until when, and whether it was."""

    __tablename__ = "corrective_measures"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="corrective_actions.case_id", index=True)
    measure: str
    department: str = Field(default="", max_length=300)
    person: str = Field(default="", max_length=300)
    due_on: date | None = None
    done_on: date | None = None
    verification: str = Field(default="", max_length=2000)


class NonconformityReason(StrEnum):
    STOP_USE = "stop_use"
    RETURN = "return"
    LATE_SUPPLY = "late_supply"


class NonconformityNotice(Row, table=True):
    """不合格品处置单, by sales within 4 hours after stop-use, return or late supply (S2 5.7)."""

    __tablename__ = "nonconformity_notices"

    case_id: int = Field(foreign_key="cases.id", primary_key=True)
    reason: NonconformityReason = Field(sa_column=Column(one_of(NonconformityReason), nullable=False))
    started_at: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant)
    goods: str = Field(default="", max_length=300)
    quantity: str = Field(default="", max_length=300)
    disposition: str = ""
    issued_by: int | None = Field(default=None, foreign_key="users.id")
    issued_at: datetime | None = Field(default=None, sa_type=Instant)
    dropped_by: int | None = Field(default=None, foreign_key="users.id")  # misread: there was none
    dropped_at: datetime | None = Field(default=None, sa_type=Instant)
