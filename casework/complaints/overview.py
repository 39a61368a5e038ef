"""Complaints as lists: what waits for my confirmation, what is open and how far it is, what came before."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, or_, select

from casework.complaints.steps import Facts, Step, next_step
from casework.rights import Right, may
from store.desk import visible
from store.tables import (
    Case,
    CaseStatus,
    Complaint,
    ComplaintSignature,
    CorrectiveAction,
    Customer,
    Direction,
    DraftState,
    Message,
    NonconformityNotice,
    ReplyDraft,
    SignedMatter,
    User,
)

PAGE = 50


@dataclass(frozen=True)
class Waiting:
    """An answer that somebody wrote and I may confirm."""

    draft: ReplyDraft
    case: Case
    customer: str
    author: str


@dataclass(frozen=True)
class Line:
    """One complaint in the list."""

    complaint: Complaint
    case: Case
    customer: str
    owner: str | None
    action: CorrectiveAction | None
    notice: NonconformityNotice | None
    next: Step | None


def waiting_for(session: Session, user: User) -> list[Waiting]:
    """The drafts that wait for this person, oldest first: not his own, and within his rights."""
    if not may(user.role, Right.CONFIRM_REPLY):
        return []
    author = aliased(User)
    wanted = (
        select(ReplyDraft, Case, Customer.name, author.name)
        .join(Case, col(Case.id) == col(ReplyDraft.case_id))
        .join(Customer, col(Customer.id) == col(Case.customer_id))
        .join(author, col(author.id) == col(ReplyDraft.author_id))
        .where(col(ReplyDraft.state) == DraftState.WAITING, col(ReplyDraft.author_id) != user.id)
        .order_by(col(ReplyDraft.id))
        .limit(PAGE)
    )
    if not may(user.role, Right.CONFIRM_CLAIM):
        wanted = wanted.where(~col(Case.claim))
    return [Waiting(*row) for row in session.exec(wanted)]


def complaints(
    session: Session, sees_only: int | None, *, still_open: bool, before: int | None = None
) -> list[Line]:
    """A page of them and one more, newest first: those that are not closed, or those that are."""
    closed = col(Case.status) == CaseStatus.CLOSED
    wanted = (
        columns(
            Complaint,
            Case,
            col(Customer.name),
            col(User.name),
            CorrectiveAction,
            NonconformityNotice,
            _signed(SignedMatter.COUNTERMEASURE_SALES),
            _signed(SignedMatter.COUNTERMEASURE_HEAD),
            exists().where(
                col(Message.case_id) == col(Case.id),
                col(Message.direction) == Direction.OUT,
                ~col(Message.automatic),
            ),
        )
        .join(Case, col(Case.id) == col(Complaint.case_id))
        .join(Customer, col(Customer.id) == col(Case.customer_id))
        .outerjoin(User, col(User.id) == col(Case.owner_id))
        .outerjoin(CorrectiveAction, col(CorrectiveAction.case_id) == col(Case.id))
        .outerjoin(NonconformityNotice, col(NonconformityNotice.case_id) == col(Case.id))
        .where(
            col(Case.kind) == "complaint",
            and_(~closed, col(Case.status) != CaseStatus.FILED) if still_open else closed,
            *visible(sees_only),
        )
        .order_by(col(Complaint.case_id).desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        wanted = wanted.where(col(Complaint.case_id) < before)
    return [_line(*row) for row in session.execute(wanted)]


def repeats(session: Session, complaint: Complaint, case: Case, sees_only: int | None) -> list[Line]:
    """Other complaints of this customer's about the same product or defect, and of anybody's about both."""
    same: list[ColumnElement[bool]] = [
        getattr(Complaint, name) == value
        for name in ("part_no", "product", "defect")
        if (value := getattr(complaint, name))
    ]
    if not same:
        return []
    alike = and_(col(Case.customer_id) == case.customer_id, or_(*same))
    if complaint.part_no and complaint.defect:
        both = and_(col(Complaint.part_no) == complaint.part_no, col(Complaint.defect) == complaint.defect)
        alike = or_(alike, both)
    wanted = (
        select(Complaint, Case, Customer.name)
        .join(Case, col(Case.id) == col(Complaint.case_id))
        .join(Customer, col(Customer.id) == col(Case.customer_id))
        .where(alike, col(Case.kind) == "complaint", col(Case.id) != case.id, *visible(sees_only))
        .order_by(col(Case.id).desc())
        .limit(10)
    )
    return [Line(found, other, name, None, None, None, None) for found, other, name in session.exec(wanted)]


def has_replied(session: Session, case: Case) -> bool:
    """Whether a person has answered the customer."""
    found = select(Message.id).where(
        col(Message.case_id) == case.id,
        col(Message.direction) == Direction.OUT,
        ~col(Message.automatic),
    )
    return session.exec(found.limit(1)).first() is not None


def _signed(matter: SignedMatter) -> Any:
    return exists().where(
        col(ComplaintSignature.case_id) == col(Complaint.case_id),
        col(ComplaintSignature.matter) == matter,
        col(ComplaintSignature.words) == col(Complaint.countermeasure),
    )


def _line(
    complaint: Complaint,
    case: Case,
    customer: str,
    owner: str | None,
    action: CorrectiveAction | None,
    notice: NonconformityNotice | None,
    by_sales: bool,
    by_head: bool,
    replied: bool,
) -> Line:
    facts = Facts(by_sales and by_head, replied, case.status == CaseStatus.CLOSED)
    return Line(complaint, case, customer, owner, action, notice, next_step(complaint, facts))
