"""What our people do with a case besides answering: hand it over, put its reading right, close it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from casework import clocks
from casework.policy import Policy
from nlp.reading import Kind, Severity
from store.history import DESK, log, tell
from store.tables import (
    Case,
    CaseStatus,
    Correction,
    Direction,
    Message,
    SpecialRequirement,
    User,
)


def assign(session: Session, case: Case, owner: User | None, user: User, now: datetime) -> None:
    """Hand the case to a colleague, or back to everybody."""
    before, case.owner_id = case.owner_id, owner.id if owner else None
    log(
        session,
        "assigned",
        now,
        user_id=user.id,
        case_id=case.id,
        details={"before": before, "after": case.owner_id},
    )
    tell(session, DESK, now)


def close(session: Session, case: Case, user: User, now: datetime) -> None:
    """The matter is settled: no clock runs any more. A later word of the customer opens a new case."""
    clocks.stop_clocks(session, case, now, met=False)
    case.status, case.closed_at = CaseStatus.CLOSED, now
    log(session, "closed", now, user_id=user.id, case_id=case.id)
    tell(session, DESK, now)


def reopen(session: Session, case: Case, user: User, now: datetime, policy: Policy) -> None:
    """Undo closing or filing. If the customer's word was the last one, the reply clock goes on from it."""
    last = session.exec(
        select(Message)
        .where(col(Message.case_id) == case.id, ~col(Message.automatic))
        .order_by(col(Message.at).desc(), col(Message.id).desc())
        .limit(1)
    ).first()
    answered = last is not None and last.direction == Direction.OUT
    case.status, case.closed_at = CaseStatus.REPLIED if answered else CaseStatus.OPEN, None
    if last is not None and not answered and case.kind != Kind.OTHER:
        started = last.at if now - last.at < policy.history_after else now
        clocks.start_first_reply(session, case, started, policy)
    log(session, "reopened", now, user_id=user.id, case_id=case.id)
    tell(session, DESK, now)


def correct(
    session: Session,
    case: Case,
    user: User,
    now: datetime,
    policy: Policy,
    *,
    kind: Kind,
    severity: Severity | None,
    categories: tuple[str, ...],
) -> None:
    """Put right how the case was read. Each difference is kept as labelled data beside the first reading."""
    first = session.exec(
        select(Message)
        .where(col(Message.case_id) == case.id, col(Message.direction) == Direction.IN)
        .order_by(col(Message.at), col(Message.id))
    ).first()
    severity = (severity or Severity.LIGHT) if kind == Kind.COMPLAINT else None
    wanted = sorted(set(categories))
    changes: list[tuple[str, Any, Any]] = [
        ("kind", case.kind, kind.value),
        ("severity", case.severity, severity.value if severity else None),
        ("special_requirements", case.requirement_categories, wanted),
    ]
    changes = [change for change in changes if change[1] != change[2]]
    for name, before, after in changes:
        if first is not None:
            session.add(
                Correction(
                    case_id=case.id or 0,
                    message_id=first.id or 0,
                    field=name,
                    before=before,
                    after=after,
                    user_id=user.id or 0,
                    at=now,
                )
            )
    if not changes:
        return
    _set_requirements(session, case, first, wanted, now)
    was_other = case.kind == Kind.OTHER
    case.kind, case.severity, case.requirement_categories = kind, severity, wanted
    if kind == Kind.OTHER and case.due_at is not None:
        clocks.stop_clocks(session, case, now, met=False)
    elif was_other and kind != Kind.OTHER and case.status == CaseStatus.OPEN:
        clocks.start_first_reply(session, case, case.last_message_at, policy)
    details = {name: {"before": before, "after": after} for name, before, after in changes}
    log(session, "corrected", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)


def _set_requirements(
    session: Session, case: Case, message: Message | None, wanted: list[str], now: datetime
) -> None:
    standing = session.exec(
        select(SpecialRequirement).where(
            col(SpecialRequirement.case_id) == case.id, col(SpecialRequirement.withdrawn_at).is_(None)
        )
    ).all()
    for requirement in standing:
        if requirement.category not in wanted:
            requirement.withdrawn_at = now
    for category in set(wanted) - {requirement.category for requirement in standing}:
        session.add(
            SpecialRequirement(
                customer_id=case.customer_id,
                case_id=case.id or 0,
                message_id=message.id if message else None,
                category=category,
                sentence=case.subject,
                created_at=now,
            )
        )
