"""A special requirement (S1 2.1): kept, given to somebody, passed to departments, done, reported back."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from sqlmodel import Session, col, select

from casework import clocks
from casework.owing import owe_colleague
from casework.policy import Policy
from casework.rights import NotAllowed, Right, demand, may
from casework.wording import Notice
from store.adding import number
from store.columns import JsonObject
from store.history import DESK, log, tell
from store.tables import (
    DeadlineKind,
    OutgoingKind,
    RequirementPriority,
    RequirementReceipt,
    RequirementScope,
    RequirementStatus,
    Role,
    SpecialRequirement,
    User,
    customer_code,
)

SOURCES = ("stated", "implied", "statutory", "own")
_OF_ROLE = {
    **dict.fromkeys((Role.SALES, Role.HEAD), "sales"),
    Role.QUALITY: "quality",
    **dict.fromkeys((Role.MANAGER, Role.ADMIN), "management"),
}


class RequirementError(Exception):
    """It cannot be kept as asked; the sentence says why."""


@dataclass(frozen=True)
class Terms:
    """What staff write down of a requirement."""

    sentence: str
    category: str
    source: str = "stated"
    scope: RequirementScope = RequirementScope.PRODUCT
    product: str = ""
    valid_until: date | None = None
    priority: RequirementPriority = RequirementPriority.NORMAL
    deadline: date | None = None
    handler_id: int | None = None
    department: str = ""
    remark: str = ""
    review: str = ""


def department_of(user: User) -> str:
    """Where a person works: as the record says, else as the role tells."""
    return user.department or _OF_ROLE.get(user.role, "")


def may_sign_for(user: User, department: str) -> bool:
    """Whether a person may sign for what a department is given: one of its own, or who leads."""
    return department_of(user) == department or may(user.role, Right.SIGN_REVIEW)


def keep(
    session: Session,
    customer_id: int,
    terms: Terms,
    user: User,
    now: datetime,
    policy: Policy,
    *,
    case_id: int | None = None,
) -> SpecialRequirement:
    """A requirement that a person writes into the list."""
    demand(user, Right.KEEP_REQUIREMENTS)
    _check(session, terms)
    requirement = SpecialRequirement(
        customer_id=customer_id,
        case_id=case_id,
        identified_by=department_of(user),
        identified_on=now.astimezone(policy.timezone).date(),
        created_at=now,
        **asdict(terms),
    )
    session.add(number(session, requirement))
    _set_clock(session, requirement, now, policy)
    _note(session, "requirement_added", requirement, user, now, {"category": terms.category})
    return requirement


def change(
    session: Session,
    requirement: SpecialRequirement,
    terms: Terms,
    user: User,
    now: datetime,
    policy: Policy,
) -> bool:
    """Write down other terms; False if nothing differs. The log holds what stood there before."""
    demand(user, Right.KEEP_REQUIREMENTS)
    _check(session, terms)
    before = {name: getattr(requirement, name) for name in asdict(terms)}
    differing = {name: value for name, value in asdict(terms).items() if value != before[name]}
    if not differing:
        return False
    for name, value in differing.items():
        setattr(requirement, name, value)
    _set_clock(session, requirement, now, policy)
    changes = {
        name: {"before": _plain(before[name]), "after": _plain(value)} for name, value in differing.items()
    }
    _note(session, "requirement_changed", requirement, user, now, {"changes": changes})
    return True


def move_to(
    session: Session,
    requirement: SpecialRequirement,
    status: RequirementStatus,
    result: str,
    user: User,
    now: datetime,
    policy: Policy,
) -> None:
    """待处理 → 处理中 → 已完成, and back. Done wants to know how it was done."""
    demand(user, Right.KEEP_REQUIREMENTS)
    if status == RequirementStatus.DONE and not result.strip():
        raise RequirementError("Write down how the requirement was carried out.")
    if status == requirement.status:
        return
    before, requirement.status = requirement.status, status
    done = status == RequirementStatus.DONE
    requirement.done_at, requirement.result = (now, result) if done else (None, "")
    if not done:
        requirement.reported_at = None
    _set_clock(session, requirement, now, policy)
    _note(session, "requirement_moved", requirement, user, now, {"before": before, "after": status})


def report_back(session: Session, requirement: SpecialRequirement, user: User, now: datetime) -> None:
    """The customer was told how its requirement was carried out (S1 3.1)."""
    demand(user, Right.KEEP_REQUIREMENTS)
    if requirement.status != RequirementStatus.DONE:
        raise RequirementError("The customer is told once the requirement is done.")
    if requirement.reported_at is None:
        requirement.reported_at = now
        _note(session, "requirement_reported", requirement, user, now)


def withdraw(session: Session, requirement: SpecialRequirement, user: User, now: datetime) -> None:
    """It is none, or no longer one. It leaves the list and can come back."""
    demand(user, Right.KEEP_REQUIREMENTS)
    if requirement.withdrawn_at is None:
        requirement.withdrawn_at = now
        stop_clock(session, requirement, now, met=False)
        _note(session, "requirement_withdrawn", requirement, user, now)


def bring_back(
    session: Session, requirement: SpecialRequirement, user: User, now: datetime, policy: Policy
) -> None:
    """Undo withdrawing."""
    demand(user, Right.KEEP_REQUIREMENTS)
    if requirement.withdrawn_at is not None:
        requirement.withdrawn_at = None
        _set_clock(session, requirement, now, policy)
        _note(session, "requirement_brought_back", requirement, user, now)


def pass_on(
    session: Session,
    requirement: SpecialRequirement,
    departments: Iterable[str],
    user: User,
    now: datetime,
) -> list[str]:
    """Hand it to departments, whose people are told; return those that did not have it yet."""
    demand(user, Right.KEEP_REQUIREMENTS)
    known = {receipt.department for receipt in receipts(session, requirement)}
    fresh = [department for department in dict.fromkeys(departments) if department not in known]
    for department in fresh:
        session.add(
            RequirementReceipt(
                requirement_id=requirement.id or 0,
                department=department[:40],
                passed_by=user.id or 0,
                passed_at=now,
            )
        )
    if fresh:
        _tell_departments(session, requirement, fresh, now)
        _note(session, "requirement_passed", requirement, user, now, {"departments": fresh})
    return fresh


def sign_for(
    session: Session, requirement: SpecialRequirement, department: str, user: User, now: datetime
) -> None:
    """The department has it (签收)."""
    demand(user, Right.GIVE_OPINION)
    if not may_sign_for(user, department):
        raise NotAllowed("Only people of that department, or a head, may sign for it.")
    for receipt in receipts(session, requirement):
        if receipt.department == department and receipt.received_at is None:
            receipt.received_by, receipt.received_at = user.id, now
            _note(session, "requirement_received", requirement, user, now, {"department": department})


def receipts(session: Session, requirement: SpecialRequirement) -> list[RequirementReceipt]:
    """The departments that were given it, in order."""
    return list(
        session.exec(
            select(RequirementReceipt)
            .where(col(RequirementReceipt.requirement_id) == requirement.id)
            .order_by(col(RequirementReceipt.id))
        )
    )


def stop_clock(session: Session, requirement: SpecialRequirement, now: datetime, *, met: bool) -> None:
    """Nobody is reminded of it any more."""
    clocks.end(
        session,
        DeadlineKind.REQUIREMENT,
        now,
        case_id=requirement.case_id,
        about=requirement.clock,
        met=met,
    )


def _set_clock(session: Session, requirement: SpecialRequirement, now: datetime, policy: Policy) -> None:
    """Its clock runs while it has a day and is not done; it reminds the handler."""
    done = requirement.status == RequirementStatus.DONE
    stop_clock(session, requirement, now, met=done)
    if requirement.deadline is None or done or requirement.withdrawn_at is not None:
        return
    due_at = datetime.combine(requirement.deadline, time(18), policy.timezone)
    clocks.start(
        session,
        DeadlineKind.REQUIREMENT,
        min(now, due_at),
        due_at,
        policy,
        case_id=requirement.case_id,
        customer_id=requirement.customer_id if requirement.case_id is None else None,
        about=requirement.clock,
        user_id=requirement.handler_id,
    )


def _tell_departments(
    session: Session, requirement: SpecialRequirement, departments: list[str], now: datetime
) -> None:
    values: JsonObject = {"number": requirement.number}
    values |= {"customer_code": customer_code(requirement.customer_id)}
    values |= {"sentence": requirement.sentence[:300], "requirement": requirement.id}
    for person in session.exec(select(User).where(col(User.active), col(User.department).in_(departments))):
        key = f"requirement:{requirement.id}:{person.department}"
        notice = Notice("requirement", values)
        owe_colleague(session, OutgoingKind.NOTICE, key, person, notice, now, case_id=requirement.case_id)


def _check(session: Session, terms: Terms) -> None:
    if not terms.sentence.strip() or not terms.category.strip():
        raise RequirementError("A requirement needs its words and a category.")
    if terms.source not in SOURCES:
        raise RequirementError("A requirement is stated, implied, statutory or our own.")
    handler = session.get(User, terms.handler_id) if terms.handler_id else None
    if terms.handler_id and (handler is None or not handler.active):
        raise RequirementError("This colleague is not here any more; choose another.")


def _note(
    session: Session,
    action: str,
    requirement: SpecialRequirement,
    user: User,
    now: datetime,
    details: JsonObject | None = None,
) -> None:
    line = {"requirement": requirement.id, "customer": requirement.customer_id} | (details or {})
    log(session, action, now, user_id=user.id, case_id=requirement.case_id, details=line)
    tell(session, DESK, now)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
