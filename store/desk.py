"""The desk's queries: which cases wait, by what is due next; how many of each sort; letters in doubt."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_
from sqlmodel import Session, col, select, update

from store.tables import (
    Case,
    Channel,
    Customer,
    Deadline,
    Message,
    Outgoing,
    OutgoingState,
    SpecialRequirement,
    User,
    case_number,
)

PAGE = 50
NOBODY = "none"  # as owner: cases nobody has taken
_NUMBER = re.compile(r"\s*HY-?0*([1-9]\d{0,8})\s*", re.IGNORECASE)
_CODE = re.compile(r"\s*C-?0*([1-9]\d{0,8})\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Wanted:
    """What the queue is filtered by; None means any. `sees_only` is a right, not a wish."""

    status: str | None = None
    kind: str | None = None
    severity: str | None = None
    requirement: str | None = None
    owner: str | None = None  # a user's id, or NOBODY
    q: str = ""
    sees_only: int | None = None


@dataclass(frozen=True)
class Waiting:
    """One line of the queue."""

    id: int
    status: str
    kind: str
    severity: str | None
    claim: bool
    requirements: tuple[str, ...]
    customer_id: int
    customer: str
    subject: str
    summary: str
    channel: Channel
    waiting_since: datetime
    due_at: datetime | None
    owner_id: int | None
    owner: str | None

    @property
    def number(self) -> str:
        return case_number(self.id)


@dataclass(frozen=True)
class Page:
    """Up to `PAGE` lines, and where the next page starts."""

    lines: tuple[Waiting, ...]
    after: str | None


def queue(session: Session, wanted: Wanted, after: str | None = None) -> Page:
    """The cases by what is due next, those without a deadline last and newest first. One query."""
    rows = session.exec(
        select(Case, Customer.name, User.name, Deadline.started_at)
        .join(Customer, col(Customer.id) == col(Case.customer_id))
        .outerjoin(User, col(User.id) == col(Case.owner_id))
        .outerjoin(Deadline, and_(col(Deadline.case_id) == col(Case.id), col(Deadline.ended_at).is_(None)))
        .where(*_conditions(wanted).values(), *_beyond(after))
        .order_by(
            col(Case.due_at).is_(None),
            col(Case.due_at),
            case((col(Case.due_at).is_(None), -col(Case.id)), else_=col(Case.id)),
        )
        .limit(PAGE + 1)
    ).all()
    lines = tuple(_line(*row) for row in rows[:PAGE])
    return Page(lines, _place(lines[-1]) if len(rows) > PAGE else None)


def counts(session: Session, wanted: Wanted) -> dict[str, dict[str, int]]:
    """For each filter, how many cases each choice would show with the other filters as they are."""
    grouped: dict[str, Any] = {
        "status": col(Case.status),
        "kind": col(Case.kind),
        "severity": col(Case.severity),
        "owner": col(Case.owner_id),
    }
    found = {name: _count(session, wanted, name, column) for name, column in grouped.items()}
    found["owner"] = {NOBODY if owner == "None" else owner: n for owner, n in found["owner"].items()}
    requirements = session.exec(
        select(SpecialRequirement.category, func.count(func.distinct(SpecialRequirement.case_id)))
        .join(Case, col(Case.id) == col(SpecialRequirement.case_id))
        .where(
            col(SpecialRequirement.withdrawn_at).is_(None),
            *_conditions(replace(wanted, requirement=None)).values(),
        )
        .group_by(col(SpecialRequirement.category))
    ).all()
    return found | {"requirement": dict(requirements)}


def may_see(case_owner: int | None, sees_only: int | None) -> bool:
    """Whether someone with this right sees a case of this owner; the same rule as in the queue."""
    return sees_only is None or case_owner is None or case_owner == sees_only


def visible(sees_only: int | None) -> list[ColumnElement[bool]]:
    """The same rule as a condition on cases."""
    if sees_only is None:
        return []
    return [or_(col(Case.owner_id).is_(None), col(Case.owner_id) == sees_only)]


def _count(session: Session, wanted: Wanted, name: str, column: Any) -> dict[str, int]:
    others = [condition for key, condition in _conditions(wanted).items() if key != name]
    rows = session.exec(select(column, func.count()).select_from(Case).where(*others).group_by(column)).all()
    return {str(value): number for value, number in rows}


def _conditions(wanted: Wanted) -> dict[str, ColumnElement[bool]]:
    found: dict[str, ColumnElement[bool]] = {}
    for name, column in (("status", Case.status), ("kind", Case.kind), ("severity", Case.severity)):
        if value := getattr(wanted, name):
            found[name] = col(column) == value
    if wanted.owner:
        nobody = wanted.owner == NOBODY
        found["owner"] = col(Case.owner_id).is_(None) if nobody else col(Case.owner_id) == int(wanted.owner)
    if wanted.requirement:
        found["requirement"] = exists().where(
            col(SpecialRequirement.case_id) == col(Case.id),
            col(SpecialRequirement.category) == wanted.requirement,
            col(SpecialRequirement.withdrawn_at).is_(None),
        )
    if wanted.q:
        found["q"] = _says(wanted.q)
    for condition in visible(wanted.sees_only):
        found["sees_only"] = condition
    return found


def _says(q: str) -> ColumnElement[bool]:
    """The case's number, the customer's code or name, or words of its subject or messages."""
    if number := _NUMBER.fullmatch(q):
        return col(Case.id) == int(number[1])
    if code := _CODE.fullmatch(q):
        return col(Case.customer_id) == int(code[1])
    return or_(
        col(Case.subject).icontains(q, autoescape=True),
        col(Case.customer_id).in_(
            select(Customer.id).where(col(Customer.name).icontains(q, autoescape=True))
        ),
        exists().where(col(Message.case_id) == col(Case.id), col(Message.text).icontains(q, autoescape=True)),
    )


def _beyond(after: str | None) -> list[ColumnElement[bool]]:
    """What stands behind the last line of the page before: `<due or empty>_<id>`."""
    if not after:
        return []
    due, _, last = after.rpartition("_")
    try:
        last_id = int(last)
        moment = datetime.fromisoformat(due).astimezone(UTC) if due else None
    except (ValueError, OverflowError):
        return []
    if not 0 <= last_id < 2**31:
        return []
    if moment is None:
        return [col(Case.due_at).is_(None), col(Case.id) < last_id]
    return [
        or_(
            col(Case.due_at).is_(None),
            col(Case.due_at) > moment,
            and_(col(Case.due_at) == moment, col(Case.id) > last_id),
        )
    ]


def _place(line: Waiting) -> str:
    return f"{line.due_at.isoformat() if line.due_at else ''}_{line.id}"


def _line(found: Case, customer: str, owner: str | None, started_at: datetime | None) -> Waiting:
    return Waiting(
        id=found.id or 0,
        status=found.status,
        kind=found.kind,
        severity=found.severity,
        claim=found.claim,
        requirements=tuple(found.requirement_categories),
        customer_id=found.customer_id,
        customer=customer,
        subject=found.subject,
        summary=found.summary,
        channel=found.channel,
        waiting_since=started_at or found.last_message_at,
        due_at=found.due_at,
        owner_id=found.owner_id,
        owner=owner,
    )


def send_again(session: Session, letter: Outgoing, now: datetime) -> bool:
    """A person decides that a letter that failed, or may not have left, is sent once more."""
    return _decide(session, letter, state=OutgoingState.DUE, due_at=now, attempts=0, error=None)


def take_as_sent(session: Session, letter: Outgoing, now: datetime) -> bool:
    """A person found out that the letter did leave."""
    return _decide(session, letter, state=OutgoingState.SENT, sent_at=now, error=None)


def _decide(session: Session, letter: Outgoing, **values: Any) -> bool:
    undecided = col(Outgoing.state).in_((OutgoingState.FAILED, OutgoingState.UNCERTAIN))
    changed = session.exec(
        update(Outgoing)
        .where(col(Outgoing.id) == letter.id, undecided)
        .values(claimed_by=None, claimed_until=None, **values)
    )
    return changed.rowcount == 1
