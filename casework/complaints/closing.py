"""Names under a complaint: head and sales under the countermeasure, the head at its end (S3 4.3.2 ⑶, ⑷)."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from casework.complaints.losses import demand_reviewed
from casework.rights import NotAllowed, Right, demand
from store.history import DESK, log, tell
from store.tables import Case, Complaint, ComplaintSignature, Role, SignedMatter, SurveyResponse, User


def sign_countermeasure(session: Session, complaint: Complaint, user: User, now: datetime) -> None:
    """Head and sales fill it in jointly: two people sign the same words, one for each side."""
    if not complaint.countermeasure:
        raise NotAllowed("There is no countermeasure to sign yet.")
    head = user.role in (Role.HEAD, Role.MANAGER)
    demand(user, Right.SIGN_CLOSING if head else Right.ANSWER)
    matter = SignedMatter.COUNTERMEASURE_HEAD if head else SignedMatter.COUNTERMEASURE_SALES
    standing = signature(signatures_of(session, complaint.case_id), matter, complaint.countermeasure)
    if standing is None:
        _sign(session, complaint, matter, complaint.countermeasure, user, now)


def sign_closing(
    session: Session, complaint: Complaint, user: User, now: datetime, *, reason: str = ""
) -> None:
    """The head signs that the matter is settled; for a customer who is not satisfied, with a reason (S2).

    Whom a survey found dissatisfied is so until somebody has recorded the contrary.
    """
    demand(user, Right.SIGN_CLOSING)
    if not complaint.effect or complaint.effect_at is None:
        raise NotAllowed("A complaint closes after its effect is recorded.")
    demand_reviewed(session, complaint.case_id)
    _demand_reason(session, complaint, reason.strip())
    _sign(session, complaint, SignedMatter.CLOSING, complaint.effect, user, now, reason.strip()[:2000])


def demand_signed(session: Session, case: Case) -> None:
    """Go on closing only if the effect is recorded and the head has signed since; raises NotAllowed."""
    session.flush()
    complaint = session.get(Complaint, case.id)
    if complaint is None or not complaint.effect or complaint.effect_at is None:
        raise NotAllowed("A complaint closes after its effect is recorded.")
    demand_reviewed(session, complaint.case_id)
    signed = signature(signatures_of(session, complaint.case_id), SignedMatter.CLOSING, complaint.effect)
    if signed is None or signed.at < complaint.effect_at:
        raise NotAllowed("A complaint closes after the head has signed.")
    _demand_reason(session, complaint, signed.reason)


def takes_reason(satisfied: bool | None, *, surveyed: bool) -> bool:
    """Whether closing takes a reason: after a survey also where nobody knows what the customer says now."""
    return satisfied is False or (surveyed and satisfied is None)


def is_surveyed(session: Session, case_id: int | None) -> bool:
    """Whether a survey opened this complaint."""
    answers = select(SurveyResponse.id).where(col(SurveyResponse.case_id) == case_id)
    return session.exec(answers.limit(1)).first() is not None


def reopened(session: Session, case: Case) -> None:
    """The effect has to be recorded, and signed, anew."""
    complaint = session.get(Complaint, case.id)
    if complaint is not None:
        complaint.effect_by = complaint.effect_at = None


def signatures_of(session: Session, case_id: int) -> list[ComplaintSignature]:
    """Every name under the complaint, oldest first."""
    wanted = select(ComplaintSignature).where(col(ComplaintSignature.case_id) == case_id)
    return list(session.exec(wanted.order_by(col(ComplaintSignature.id)).limit(200)))


def signature(
    signatures: Sequence[ComplaintSignature], matter: SignedMatter, words: str
) -> ComplaintSignature | None:
    """The newest signature under these very words; an edit leaves it without effect."""
    found = (one for one in reversed(signatures) if one.matter == matter and one.words == words)
    return next(found, None)


def _demand_reason(session: Session, complaint: Complaint, reason: str) -> None:
    if reason or complaint.satisfied:
        return
    if takes_reason(complaint.satisfied, surveyed=is_surveyed(session, complaint.case_id)):
        raise NotAllowed(
            "The customer is not satisfied: closing takes a reason."
            if complaint.satisfied is False
            else "A survey opened this complaint: record that the customer is satisfied, or give a reason."
        )


def _sign(
    session: Session,
    complaint: Complaint,
    matter: SignedMatter,
    words: str,
    user: User,
    now: datetime,
    reason: str = "",
) -> None:
    session.flush()
    session.add(
        ComplaintSignature(
            case_id=complaint.case_id,
            matter=matter,
            words=words,
            reason=reason,
            user_id=user.id or 0,
            at=now,
        )
    )
    log(
        session,
        "complaint_signed",
        now,
        user_id=user.id,
        case_id=complaint.case_id,
        details={"matter": matter.value},
    )
    tell(session, DESK, now)
