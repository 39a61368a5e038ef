"""What our people do with a case besides answering: hand it over, put its reading right, close it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from casework import clocks
from casework.carrying import carry_by_themselves
from casework.complaints.approvals import gravity_of
from casework.complaints.closing import demand_signed, is_surveyed, reopened
from casework.complaints.gate import Gravity, lowering
from casework.complaints.registering import follow_complaint
from casework.policy import Policy
from casework.requirements import stop_clock
from casework.rights import NotAllowed, Right, demand
from nlp.reading import Kind, Severity
from store.history import DESK, log, tell
from store.tables import (
    Case,
    CaseStatus,
    Correction,
    DeadlineKind,
    Direction,
    Message,
    SpecialRequirement,
    User,
)


def assign(session: Session, case: Case, owner: User | None, user: User, now: datetime) -> None:
    """Hand the case to a colleague, or back to everybody."""
    demand(user, Right.ANSWER)
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
    """The matter is settled: no clock runs any more. A later word of the customer opens a new case.

    A complaint closes only after its effect is recorded and the head has signed; raises NotAllowed.
    """
    demand(user, Right.ANSWER)
    if case.kind == Kind.COMPLAINT:
        demand_signed(session, case)
    clocks.stop_clocks(session, case, now, met=False)
    case.status, case.closed_at = CaseStatus.CLOSED, now
    log(session, "closed", now, user_id=user.id, case_id=case.id)
    tell(session, DESK, now)


def reopen(session: Session, case: Case, user: User, now: datetime, policy: Policy) -> None:
    """Undo closing or filing. If the customer's word was the last one, the reply clock goes on from it."""
    demand(user, Right.ANSWER)
    last = session.exec(
        select(Message)
        .where(col(Message.case_id) == case.id, ~col(Message.automatic))
        .order_by(col(Message.at).desc(), col(Message.id).desc())
        .limit(1)
    ).first()
    answered = last is not None and last.direction == Direction.OUT
    promised = clocks.resume_promise(session, case, policy)
    case.status, case.closed_at = CaseStatus.REPLIED if answered and not promised else CaseStatus.OPEN, None
    reopened(session, case)
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
    claim: bool,
    categories: tuple[str, ...],
) -> None:
    """Put right how the case was read. Each difference is kept as labelled data beside the first reading.

    Making a complaint lighter, or none, takes the right to confirm its answers; what a survey opened stays a
    complaint; raises NotAllowed.
    """
    demand(user, Right.ANSWER)
    first = session.exec(
        select(Message)
        .where(col(Message.case_id) == case.id, col(Message.direction) == Direction.IN)
        .order_by(col(Message.at), col(Message.id))
    ).first()
    severity = (severity or Severity.LIGHT) if kind == Kind.COMPLAINT else None
    claim = claim and kind == Kind.COMPLAINT
    right = lowering(Kind(case.kind), gravity_of(case), kind, Gravity(severity, claim))
    if right is not None:
        demand(user, right)
    if kind == Kind.COMPLAINT != case.kind and case.status == CaseStatus.CLOSED:
        raise NotAllowed("The case is closed; reopen it before it becomes a complaint.")
    if case.kind == Kind.COMPLAINT != kind and is_surveyed(session, case.id):
        raise NotAllowed("A survey opened this complaint: it stays one until the customer is satisfied.")
    wanted = sorted(set(categories))
    changes: list[tuple[str, Any, Any]] = [
        ("kind", case.kind, kind.value),
        ("severity", case.severity, severity.value if severity else None),
        ("claim", case.claim, claim),
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
    before_kind, was_complaint = case.kind, case.kind == Kind.COMPLAINT
    case.kind, case.severity, case.claim, case.requirement_categories = kind, severity, claim, wanted
    if kind == Kind.ORDER != before_kind:
        carry_by_themselves(session, case, now, policy)
    if kind == Kind.OTHER and case.due_at is not None:
        clocks.stop_clocks(session, case, now, met=False)
    elif before_kind == Kind.OTHER and kind != Kind.OTHER and case.status == CaseStatus.OPEN:
        clocks.start_first_reply(session, case, case.last_message_at, policy)
    else:
        clocks.change_kind(session, case, before_kind, policy)
    if was_complaint and kind != Kind.COMPLAINT:
        for clock in (DeadlineKind.NONCONFORMITY, DeadlineKind.CORRECTIVE_ACTION):
            clocks.end(session, clock, now, case_id=case.id, met=False)
    follow_complaint(session, case, now, policy, complainant=first.sender_name if first else "")
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
            if requirement.deadline is not None:
                stop_clock(session, requirement, now, met=False)
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
