"""Many cases at once: handed over or closed together. Complaints are closed one by one, on their pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from casework import handling
from casework.policy import Policy
from casework.rights import Right, demand
from nlp.reading import Kind
from store.tables import Case, CaseStatus, User


@dataclass(frozen=True)
class Closed:
    """What became of closing many."""

    cases: tuple[int, ...]
    complaints: int  # left as they are


def assign_all(
    session: Session, cases: Iterable[Case], owner: User | None, user: User, now: datetime
) -> tuple[int, ...]:
    """Hand these cases to a colleague, or back to everybody; the ids of those that changed hands."""
    demand(user, Right.ANSWER)
    owner_id = owner.id if owner else None
    moved = [case for case in cases if case.owner_id != owner_id]
    for case in moved:
        handling.assign(session, case, owner, user, now)
    return tuple(case.id or 0 for case in moved)


def close_all(session: Session, cases: Iterable[Case], user: User, now: datetime) -> Closed:
    """Close these cases, except complaints: each of them wants its effect looked at and a signature."""
    demand(user, Right.ANSWER)
    standing = [case for case in cases if case.status != CaseStatus.CLOSED]
    closed = [case for case in standing if case.kind != Kind.COMPLAINT]
    for case in closed:
        handling.close(session, case, user, now)
    return Closed(tuple(case.id or 0 for case in closed), len(standing) - len(closed))


def reopen_all(session: Session, cases: Iterable[Case], user: User, now: datetime, policy: Policy) -> int:
    """Undo closing; how many were closed."""
    demand(user, Right.ANSWER)
    closed = [case for case in cases if case.status == CaseStatus.CLOSED]
    for case in closed:
        handling.reopen(session, case, user, now, policy)
    return len(closed)
