"""A major loss (S1 5.6): a meeting led by the head of quality reviews it before the complaint closes."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, and_, col, select

from casework.complaints.telling import tell_roles
from casework.rights import NotAllowed, Right, demand
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import Case, CaseStatus, LossReview, Role, User


@dataclass(frozen=True)
class Meeting:
    """What came of the meeting; all of it is written down."""

    held_on: date
    participants: str
    cause: str
    decisions: str
    done_by: date  # when the last of it has to be done


def loss_of(session: Session, case_id: int | None) -> LossReview | None:
    """The loss that stands for this complaint."""
    return session.exec(select(LossReview).where(stands_for(case_id))).first()


def stands_for(case_id: Any) -> Any:
    """The condition of a loss that stands for this complaint."""
    return and_(col(LossReview.case_id) == case_id, col(LossReview.lifted_at).is_(None))


def declare_loss(session: Session, case: Case, reason: str, user: User, now: datetime) -> None:
    """From now on the complaint does not close without the meeting's record. Quality is told."""
    demand(user, Right.INVESTIGATE)
    _demand_open(case)
    if not reason:
        raise NotAllowed("Write down why this is a major loss.")
    if loss_of(session, case.id) is not None:
        raise NotAllowed("This is a major loss already.")
    case_id = case.id or 0
    fresh = LossReview(case_id=case_id, reason="", declared_by_id=user.id or 0, declared_at=now)
    add_once(session, fresh)
    loss = session.get_one(LossReview, case_id, populate_existing=True, with_for_update=True)
    loss.reason, loss.declared_by_id, loss.declared_at = reason[:300], user.id or 0, now
    loss.lifted_at = None
    log(session, "loss_declared", now, user_id=user.id, case_id=case_id, details={"reason": reason})
    tell(session, DESK, now)
    key = f"loss:{case_id}:{now.timestamp()}"
    roles = (Role.QUALITY, Role.MANAGER)
    tell_roles(session, roles, "loss_declared", key, case, now, but=user.id, reason=reason)


def lift_loss(session: Session, case: Case, user: User, now: datetime) -> None:
    """It was none after all; what was reviewed stays reviewed."""
    demand(user, Right.INVESTIGATE)
    _demand_open(case)
    loss = loss_of(session, case.id)
    if loss is None or loss.signed_at is not None:
        raise NotAllowed("There is no major loss that still waits for its meeting.")
    loss.lifted_at = now
    log(session, "loss_lifted", now, user_id=user.id, case_id=case.id)
    tell(session, DESK, now)


def sign_meeting(session: Session, case: Case, meeting: Meeting, user: User, now: datetime) -> None:
    """Quality signs what the meeting came to; written anew, it is signed anew."""
    demand(user, Right.LEAD_LOSS_REVIEW)
    _demand_open(case)
    loss = loss_of(session, case.id)
    if loss is None:
        raise NotAllowed("This complaint is no major loss.")
    if not (meeting.participants and meeting.cause and meeting.decisions):
        raise NotAllowed("Write down who took part, the cause and what was decided.")
    if meeting.held_on > meeting.done_by:
        raise NotAllowed("What was decided cannot be due before the meeting.")
    for name, value in asdict(meeting).items():
        setattr(loss, name, value)
    loss.signed_by_id, loss.signed_at = user.id, now
    details = {"held_on": meeting.held_on.isoformat(), "done_by": meeting.done_by.isoformat()}
    log(session, "loss_reviewed", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)


def demand_reviewed(session: Session, case_id: int | None) -> None:
    """Go on closing only if a major loss, should it be one, has been reviewed; raises NotAllowed."""
    loss = loss_of(session, case_id)
    if loss is not None and loss.signed_at is None:
        raise NotAllowed("A major loss closes after quality has signed the meeting's record.")


def _demand_open(case: Case) -> None:
    if case.status == CaseStatus.CLOSED:
        raise NotAllowed("The complaint is closed; reopen it first.")
