"""纠正和预防措施处理单 (CAPA; 8D is its long form): issued within 2 working days, then verified (S2 5.7)."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from casework import clocks
from casework.calendar_days import due
from casework.complaints.gate import Gravity
from casework.complaints.rows import of_case
from casework.policy import Policy
from casework.rights import NotAllowed, Right, demand
from nlp.reading import Severity
from store.history import DESK, log, tell
from store.tables import Case, CorrectiveAction, CorrectiveMeasure, DeadlineKind, User

# The short form and what 8D adds to it.
SHORT = ("problem", "cause", "action", "prevention")
EIGHT_D = ("team", "problem", "containment", "cause", "action", "implemented", "prevention", "recognition")


def demanded(gravity: Gravity) -> bool:
    """Whether such a complaint gets a CAPA by itself ◦; for a lighter one a person opens it (视情况)."""
    return gravity.claim or gravity.severity in (Severity.MODERATE, Severity.SEVERE)


def open_action(
    session: Session, case: Case, now: datetime, policy: Policy, user: User | None = None
) -> CorrectiveAction:
    """The complaint's CAPA; a new one's clock runs from now. Without a user the program opened it."""
    known = of_case(session, CorrectiveAction, case)
    if known is not None:
        return known
    ends = due(session, policy.matters[DeadlineKind.CORRECTIVE_ACTION], now, policy)
    action = CorrectiveAction(
        case_id=case.id or 0,
        eight_d=case.severity == Severity.SEVERE,
        opened_at=now,
        due_at=ends.at,
        due_assumed=ends.assumed,
    )
    session.add(action)
    clocks.start_by_target(session, DeadlineKind.CORRECTIVE_ACTION, now, policy, case_id=case.id)
    log(session, "capa_opened", now, user_id=user.id if user else None, case_id=case.id)
    return action


def fill_action(
    session: Session,
    action: CorrectiveAction,
    user: User,
    values: dict[str, str],
    now: datetime,
    *,
    eight_d: bool,
) -> None:
    """Write down what is known; what is not given stays. An issued one may still be completed."""
    demand(user, Right.INVESTIGATE)
    changed = [name for name in EIGHT_D if name in values and values[name] != getattr(action, name)]
    for name in changed:
        setattr(action, name, values[name])
    if changed or action.eight_d != eight_d:
        action.eight_d = eight_d
        _noted(session, "capa_filled", action, user, now, fields=changed)


def issue_action(session: Session, action: CorrectiveAction, user: User, now: datetime) -> None:
    """Cause and action stand: it goes to the departments, and its clock stops."""
    demand(user, Right.INVESTIGATE)
    if action.issued_at is not None:
        return
    if not action.cause or not action.action:
        raise NotAllowed("A CAPA is issued with its cause and its action filled in.")
    action.issued_by, action.issued_at = user.id, now
    clocks.end(session, DeadlineKind.CORRECTIVE_ACTION, now, case_id=action.case_id, met=True)
    _noted(session, "capa_issued", action, user, now)


def verify_action(
    session: Session, action: CorrectiveAction, user: User, words: str, now: datetime, *, effective: bool
) -> None:
    """Quality looked whether it worked."""
    demand(user, Right.INVESTIGATE)
    if action.issued_at is None:
        raise NotAllowed("A CAPA is verified after it was issued.")
    action.verification, action.effective = words, effective
    action.verified_by, action.verified_at = user.id, now
    _noted(session, "capa_verified", action, user, now, effective=effective)


def add_measure(
    session: Session,
    action: CorrectiveAction,
    user: User,
    measure: str,
    now: datetime,
    *,
    department: str,
    person: str,
    due_on: date | None,
) -> None:
    """One more thing to be done, by whom and until when."""
    demand(user, Right.INVESTIGATE)
    session.add(
        CorrectiveMeasure(
            case_id=action.case_id, measure=measure, department=department, person=person, due_on=due_on
        )
    )
    _noted(session, "measure_added", action, user, now)


def finish_measure(
    session: Session, measure: CorrectiveMeasure, user: User, done_on: date | None, words: str, now: datetime
) -> None:
    """It was done on that day, as somebody verified; no day takes it back."""
    demand(user, Right.INVESTIGATE)
    measure.done_on, measure.verification = done_on, words[:2000]
    log(
        session,
        "measure_done" if done_on else "measure_undone",
        now,
        user_id=user.id,
        case_id=measure.case_id,
        details={"measure": measure.id},
    )
    tell(session, DESK, now)


def measures_of(session: Session, case_id: int) -> list[CorrectiveMeasure]:
    """What is to be done, in the order it was written down."""
    wanted = select(CorrectiveMeasure).where(col(CorrectiveMeasure.case_id) == case_id)
    return list(session.exec(wanted.order_by(col(CorrectiveMeasure.id)).limit(50)))


def _noted(
    session: Session, what: str, action: CorrectiveAction, user: User, now: datetime, **details: object
) -> None:
    log(session, what, now, user_id=user.id, case_id=action.case_id, details=details)
    tell(session, DESK, now)
