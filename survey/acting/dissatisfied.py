"""The customers whom a survey found dissatisfied, and how each of them stands (S2: until satisfied)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from store.desk import visible
from store.tables import (
    Case,
    CaseStatus,
    Complaint,
    ComplaintSignature,
    Customer,
    SignedMatter,
    SurveyCampaign,
    SurveyInvitation,
    SurveyResponse,
)

PAGE = 50


class Standing(StrEnum):
    """How far we are with a customer who was not satisfied."""

    OPEN = "open"
    SATISFIED = "satisfied"  # the customer says so
    REASON = "reason"  # closed by the head, for a reason


@dataclass(frozen=True)
class Dissatisfied:
    """One answer that opened a case."""

    response_id: int
    customer_id: int
    customer: str
    period: str
    score: float
    comment: str
    answered_at: datetime
    case: Case
    standing: Standing
    reason: str


def dissatisfied(session: Session, sees_only: int | None, before: int | None = None) -> list[Dissatisfied]:
    """A page of them and one more, the newest first, in one query; `before` is the last one's response."""
    reason = (
        select(ComplaintSignature.reason)
        .where(
            col(ComplaintSignature.case_id) == col(Case.id),
            col(ComplaintSignature.matter) == SignedMatter.CLOSING,
        )
        .order_by(col(ComplaintSignature.id).desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    wanted = (
        select(SurveyResponse, Customer, SurveyCampaign.period, Case)
        .add_columns(col(Complaint.satisfied), reason)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .join(Customer, col(Customer.id) == col(SurveyInvitation.customer_id))
        .join(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyInvitation.campaign_id))
        .join(Case, col(Case.id) == col(SurveyResponse.case_id))
        .outerjoin(Complaint, col(Complaint.case_id) == col(Case.id))
        .where(*visible(sees_only))
        .order_by(col(SurveyResponse.id).desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        wanted = wanted.where(col(SurveyResponse.id) < before)
    return [
        Dissatisfied(
            response_id=response.id or 0,
            customer_id=customer.id or 0,
            customer=customer.name,
            period=period,
            score=response.score,
            comment=response.comment,
            answered_at=response.answered_at,
            case=case,
            standing=standing(closed=case.status == CaseStatus.CLOSED, satisfied=satisfied is True),
            reason=words or "",
        )
        for response, customer, period, case, satisfied, words in session.execute(wanted)
    ]


def standing(*, closed: bool, satisfied: bool) -> Standing:
    """Open until the case is closed, whatever was recorded; closed by the customer's word or a reason."""
    if not closed:
        return Standing.OPEN
    return Standing.SATISFIED if satisfied else Standing.REASON
