"""Reminders: who is told when about what is due; once each, and always somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from casework.clocks import reminder_at
from casework.owing import owe_colleague
from casework.policy import Policy
from casework.wording import Notice
from store.columns import JsonObject
from store.tables import Case, Deadline, DeadlineKind, OutgoingKind, Role, User, customer_code

RINGS_AT_ONCE = 100


@dataclass(frozen=True)
class Matter:
    """Whose matter a deadline is, and how pressing: overdue at the deadline, repeated from the day after."""

    person: int | None  # who has to do it: named by the clock, else the case's owner
    overdue: bool
    repeated: bool


def remind_due(session: Session, now: datetime, policy: Policy) -> int:
    """Owe the reminders whose time has come; return how many deadlines rang. One ring of the clock.

    Rows that another process rings at this moment are passed over; after an outage the missed reminders of
    one deadline come as a single one.
    """
    due = session.exec(
        select(Deadline, Case)
        .outerjoin(Case, col(Case.id) == col(Deadline.case_id))
        .where(col(Deadline.remind_at) <= now)
        .order_by(col(Deadline.remind_at))
        .limit(RINGS_AT_ONCE)
        .with_for_update(of=Deadline, skip_locked=True)
    ).all()
    if not due:
        return 0
    people = session.exec(select(User).where(col(User.active)).order_by(col(User.id))).all()
    for deadline, case in due:
        _remind(session, deadline, case, people, now, policy)
    return len(due)


def reminded(people: Sequence[User], matter: Matter) -> list[User]:
    """Who of the active people is reminded.

    The person whose matter it is; without one, sales on duty and the head. At the deadline the managers, too;
    from the day after the head as well, and for somebody off duty the head at once. When that is nobody:
    head and managers, else the admins, else everybody.
    """
    owner = next((one for one in people if one.id == matter.person), None)
    if owner is not None:
        told = {owner.id}
    else:
        told = {one.id for one in people if one.on_duty and one.role in (Role.SALES, Role.HEAD)}
    roles: set[Role] = set()
    if matter.overdue:
        roles.add(Role.MANAGER)
    if matter.repeated or (owner is not None and not owner.on_duty):
        roles.add(Role.HEAD)
    chosen = [one for one in people if one.id in told or one.role in roles]
    for fallback in ({Role.HEAD, Role.MANAGER}, {Role.ADMIN}, set(Role)):
        if chosen:
            break
        chosen = [one for one in people if one.role in fallback]
    return chosen


def _remind(
    session: Session,
    deadline: Deadline,
    case: Case | None,
    people: Sequence[User],
    now: datetime,
    policy: Policy,
) -> None:
    given = deadline.reminders
    while (following := reminder_at(deadline.started_at, deadline.due_at, given, policy)) <= now:
        given += 1
    deadline.reminders, deadline.remind_at = given, following
    owner = deadline.user_id or (case.owner_id if case else None)
    overdue = now >= deadline.due_at
    customer = case.customer_id if case else deadline.customer_id
    values: JsonObject = {
        "number": case.number if case else None,
        "customer_code": customer_code(customer) if customer else None,
        "due_at": deadline.due_at.isoformat(),
        "overdue": overdue,
        "unassigned": not any(person.id == owner for person in people),
    }
    if case is None and deadline.kind == DeadlineKind.REQUIREMENT:
        values["requirement"] = int(deadline.about.rpartition(":")[2])
    if deadline.kind == DeadlineKind.SURVEY_ACTION:
        values["action"] = int(deadline.about.rpartition(":")[2])
    notice, key = Notice(f"reminder/{deadline.kind}", values), f"deadline:{deadline.id}:{given}"
    repeated = given > len(policy.reminder_shares)
    for person in reminded(people, Matter(owner, overdue, repeated)):
        owe_colleague(
            session,
            OutgoingKind.REMINDER,
            key,
            person,
            notice,
            now,
            case_id=deadline.case_id,
            deadline_id=deadline.id,
        )
