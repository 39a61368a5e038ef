"""不合格品处置单: by sales within 4 hours after stop-use, return or late supply (S2 5.7)."""

from datetime import datetime

from sqlmodel import Session

from casework import clocks
from casework.complaints.correcting import open_action
from casework.complaints.rows import of_case
from casework.complaints.telling import tell_roles
from casework.policy import Policy
from casework.rights import NotAllowed, Right, demand
from nlp.reading import Reading
from store.history import DESK, log, tell
from store.tables import Case, DeadlineKind, NonconformityNotice, NonconformityReason, Role, User

# Which words of a message say so.
_RULES = (
    ("severe.stop", NonconformityReason.STOP_USE),
    ("severity.line_stop", NonconformityReason.STOP_USE),
    ("moderate.return", NonconformityReason.RETURN),
    ("wrong.late", NonconformityReason.LATE_SUPPLY),
)


def reason_in(reading: Reading) -> NonconformityReason | None:
    """Why this message asks for a notice; the gravest reason of several."""
    said = {found.rule for found in reading.evidence}
    return next((reason for rule, reason in _RULES if rule in said), None)


def expect_notice(
    session: Session,
    case: Case,
    reason: NonconformityReason,
    now: datetime,
    policy: Policy,
    user: User | None = None,
) -> NonconformityNotice:
    """The notice is due in 4 hours, and management knows. A complaint has one; the first reason stands."""
    known = of_case(session, NonconformityNotice, case)
    if known is not None:
        return known
    due_at = clocks.start_by_target(session, DeadlineKind.NONCONFORMITY, now, policy, case_id=case.id)
    notice = NonconformityNotice(case_id=case.id or 0, reason=reason, started_at=now, due_at=due_at)
    session.add(notice)
    log(
        session,
        "nonconformity_expected",
        now,
        user_id=user.id if user else None,
        case_id=case.id,
        details={"reason": reason.value},
    )
    key = f"nonconformity:{case.id}"
    tell_roles(session, (Role.MANAGER,), "nonconformity", key, case, now, reason=reason.value)
    return notice


def issue_notice(
    session: Session,
    notice: NonconformityNotice,
    case: Case,
    user: User,
    now: datetime,
    policy: Policy,
    *,
    goods: str,
    quantity: str,
    disposition: str,
) -> None:
    """Sales issue it: its clock stops, and a CAPA follows."""
    demand(user, Right.ANSWER)
    if not goods or not disposition:
        raise NotAllowed("A nonconformity notice names the goods and what happens to them.")
    notice.goods, notice.quantity, notice.disposition = goods, quantity, disposition
    notice.dropped_at = notice.dropped_by = None
    if notice.issued_at is None:
        notice.issued_by, notice.issued_at = user.id, now
        clocks.end(session, DeadlineKind.NONCONFORMITY, now, case_id=case.id, met=True)
        open_action(session, case, now, policy, user)
    log(session, "nonconformity_issued", now, user_id=user.id, case_id=case.id)
    tell(session, DESK, now)


def drop_notice(session: Session, notice: NonconformityNotice, user: User, now: datetime) -> None:
    """Nothing was stopped, returned or late: the message was misread."""
    demand(user, Right.ANSWER)
    if notice.issued_at is not None:
        raise NotAllowed("The notice is issued already.")
    notice.dropped_by, notice.dropped_at = user.id, now
    clocks.end(session, DeadlineKind.NONCONFORMITY, now, case_id=notice.case_id, met=False)
    log(session, "nonconformity_dropped", now, user_id=user.id, case_id=notice.case_id)
    tell(session, DESK, now)
