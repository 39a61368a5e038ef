"""The clocks of a case: when an answer is due, who is reminded when, and when the clock stops."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from casework.owing import answers_for, cancel_reminders, owe_colleague
from casework.policy import Policy
from casework.wording import Notice, local_time
from store.adding import append
from store.tables import (
    Case,
    Deadline,
    DeadlineKind,
    OutgoingKind,
    Role,
    User,
    customer_code,
)

HOUR = timedelta(hours=1)
RINGS_AT_ONCE = 100
# What the customer waits for; the nearest of them stands in `Case.due_at`.
ANSWERS = (DeadlineKind.FIRST_REPLY, DeadlineKind.SOLUTION, DeadlineKind.FINAL_REPLY)


def reminder_at(started_at: datetime, due_at: datetime, given: int, policy: Policy) -> datetime:
    """When the next reminder rings after `given` of them: at the shares of the time, then daily."""
    shares = policy.reminder_shares
    if given < len(shares):
        return started_at + (due_at - started_at) * shares[given]
    return due_at + policy.reminder_repeat * (given - len(shares) + 1)


def start(
    session: Session,
    kind: DeadlineKind,
    at: datetime,
    due_at: datetime,
    policy: Policy,
    *,
    case_id: int | None = None,
    about: str = "",
    user_id: int | None = None,
) -> None:
    """Let a clock run from `at` until `due_at`. It reminds `user_id`, or who answers for the case.

    Only one clock of a kind may run about a matter: end it before starting another.
    """
    append(
        session,
        Deadline,
        case_id=case_id,
        kind=kind,
        about=about,
        user_id=user_id,
        started_at=at,
        due_at=due_at,
        remind_at=reminder_at(at, due_at, 0, policy),
    )


def end(
    session: Session,
    kind: DeadlineKind,
    now: datetime,
    *,
    case_id: int | None = None,
    about: str = "",
    met: bool,
) -> None:
    """Stop a running clock: met, or no longer needed. Nothing happens when none runs."""
    running = select(Deadline).where(
        col(Deadline.case_id) == case_id if case_id is not None else col(Deadline.case_id).is_(None),
        col(Deadline.kind) == kind,
        col(Deadline.about) == about,
        col(Deadline.ended_at).is_(None),
    )
    for deadline in session.exec(running):
        _end(deadline, now, met=met)


def start_first_reply(session: Session, case: Case, at: datetime, policy: Policy) -> None:
    """Let the reply clock run from `at` (the receiving server's time). A clock that runs already goes on."""
    if case.due_at is not None:
        return
    case.due_at = at + policy.first_reply
    start(session, DeadlineKind.FIRST_REPLY, at, case.due_at, policy, case_id=case.id)


def stop_clocks(session: Session, case: Case, now: datetime, *, met: bool) -> None:
    """End every clock of the case that waits for our answer: met by it, or no longer needed."""
    running = select(Deadline).where(
        col(Deadline.case_id) == case.id, col(Deadline.kind).in_(ANSWERS), col(Deadline.ended_at).is_(None)
    )
    for deadline in session.exec(running):
        _end(deadline, now, met=met)
    case.due_at = None
    cancel_reminders(session, case.id or 0)


def _end(deadline: Deadline, now: datetime, *, met: bool) -> None:
    deadline.ended_at, deadline.met_at, deadline.remind_at = now, now if met else None, None


def running_deadline(session: Session, case: Case, kind: DeadlineKind) -> Deadline | None:
    """The clock of this kind that runs on the case, if one does."""
    return session.exec(
        select(Deadline).where(
            col(Deadline.case_id) == case.id, col(Deadline.kind) == kind, col(Deadline.ended_at).is_(None)
        )
    ).first()


def remind_due(session: Session, now: datetime, policy: Policy) -> int:
    """Owe the reminders whose time has come; return how many deadlines rang. One ring of the clock.

    Rows that another process rings at this moment are passed over; after an outage the missed reminders of
    one deadline come as a single one.
    """
    due = session.exec(
        select(Deadline, Case)
        .join(Case, col(Case.id) == col(Deadline.case_id))
        .where(col(Deadline.remind_at) <= now)
        .order_by(col(Deadline.remind_at))
        .limit(RINGS_AT_ONCE)
        .with_for_update(of=Deadline, skip_locked=True)
    ).all()
    if not due:
        return 0
    people = list(session.exec(select(User).where(col(User.active))))
    for deadline, case in due:
        _remind(session, deadline, case, people, now, policy)
    return len(due)


def _remind(
    session: Session, deadline: Deadline, case: Case, people: list[User], now: datetime, policy: Policy
) -> None:
    given = deadline.reminders
    while (following := reminder_at(deadline.started_at, deadline.due_at, given, policy)) <= now:
        given += 1
    deadline.reminders, deadline.remind_at = given, following
    overdue = now >= deadline.due_at
    values = {
        "number": case.number,
        "customer_code": customer_code(case.customer_id),
        "due_at": local_time(deadline.due_at, policy.timezone),
        "overdue": overdue,
        "unassigned": case.owner_id is None,
    }
    notice = Notice("reminder", values)
    for person in people:
        if not _is_reminded(person, case, overdue=overdue):
            continue
        key = f"deadline:{deadline.id}:{given}"
        owe_colleague(session, OutgoingKind.REMINDER, key, person, notice, now, case_id=case.id)


def _is_reminded(person: User, case: Case, *, overdue: bool) -> bool:
    """Who answers for the case; once overdue, the managers too."""
    return answers_for(person, case) or (overdue and person.role == Role.MANAGER)
