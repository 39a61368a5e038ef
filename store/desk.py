"""The desk's queries: which cases wait, by what is due next; letters in doubt."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select, update

from store.search import Found, find_cases
from store.tables import (
    Case,
    Channel,
    Customer,
    Outgoing,
    OutgoingState,
    SpecialRequirement,
    User,
    case_number,
)
from store.unindexed import Unindexed

PAGE = 50
GRAVE = 20  # severe complaints shown above the others
NOBODY = "none"  # as owner: cases nobody has taken
SEVERE = "severe"
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
    found: Found | None = None  # what `q` found; see `looked_up`
    sees_only: int | None = None
    band: bool = False  # severe complaints stand above the others


@dataclass(frozen=True)
class Waiting:
    """One line of the queue."""

    id: int
    status: str
    kind: str
    severity: str | None
    claim: bool
    requirements: list[str]
    customer_id: int
    customer: str
    subject: str
    summary: str
    channel: Channel
    waiting_since: datetime
    due_at: datetime | None
    due_clock: str | None  # by which of the clocks that wait for our answer
    owner_id: int | None
    owner: str | None

    @property
    def number(self) -> str:
        return case_number(self.id)


@dataclass(frozen=True)
class Page:
    """Up to `PAGE` lines, and where the next page starts."""

    grave: tuple[Waiting, ...]  # on the first page: severe complaints that wait
    more_grave: bool
    lines: tuple[Waiting, ...]
    after: str | None


def looked_up(session: Session, wanted: Wanted) -> Wanted:
    """The same with what its words find: a case's number, a customer's code, or words (`store/search`)."""
    if not wanted.q or wanted.found is not None:
        return wanted
    if number := _NUMBER.fullmatch(wanted.q):
        found = Found(frozenset({int(number[1])}), more=False)
    elif code := _CODE.fullmatch(wanted.q):
        theirs = select(Case.id).where(col(Case.customer_id) == int(code[1])).order_by(col(Case.id).desc())
        ids = session.exec(theirs.limit(1000)).all()
        found = Found(frozenset(case_id or 0 for case_id in ids), more=len(ids) == 1000)
    else:
        found = find_cases(session, wanted.q)
    return replace(wanted, found=found)


def queue(session: Session, wanted: Wanted, after: str | None = None) -> Page:
    """The cases by what is due next, those without a deadline last and newest first.

    With a band, severe complaints stand above, by what is due next, too. A few queries that an index answers:
    no database sorts all that waits.
    """
    wanted = looked_up(session, wanted)
    conditions = [*conditions_of(session, wanted).values()]
    place = _place_in(after)
    grave: list[Waiting] = []
    if wanted.band:
        severe = col(Case.severity) == SEVERE
        if place is None:
            grave = _lines(session, [*conditions, severe, *_due_after(None)], GRAVE + 1)
        conditions.append(or_(col(Case.severity).is_(None), ~severe))
    lines: list[Waiting] = []
    if place is None or place[0] is not None:
        lines = _lines(session, [*conditions, *_due_after(place)], PAGE + 1)
        place = None
    if len(lines) <= PAGE:
        never_due = [*conditions, col(Case.due_at).is_(None)]
        if place is not None:
            never_due.append(col(Case.id) < place[1])
        lines += _lines(session, never_due, PAGE + 1 - len(lines), newest_first=True)
    shown = tuple(lines[:PAGE])
    return Page(
        tuple(grave[:GRAVE]), len(grave) > GRAVE, shown, _place(shown[-1]) if len(lines) > PAGE else None
    )


def _lines(
    session: Session, conditions: list[ColumnElement[bool]], most: int, *, newest_first: bool = False
) -> list[Waiting]:
    order = (col(Case.due_at), col(Case.id))
    if newest_first:  # all of them without a deadline: the index read backwards
        order = (col(Case.due_at).desc(), col(Case.id).desc())  # type: ignore[assignment]
    # Chosen before anything is joined: else a planner that expects few rows sorts all of them.
    chosen = select(Case.id).where(*conditions).order_by(*order).limit(most).subquery()
    rows: Any = session.connection().execute(
        _LINES.join(chosen, chosen.c.id == col(Case.id)).order_by(*order)
    )
    return [Waiting(*row) for row in rows]


# The columns of `Waiting`: whole rows of cases would take twice as long.
_LINES = (
    columns(
        *(col(Case.id), col(Case.status), col(Case.kind), col(Case.severity), col(Case.claim)),
        *(col(Case.requirement_categories), col(Case.customer_id), col(Customer.name)),
        *(col(Case.subject), col(Case.summary), col(Case.channel)),
        func.coalesce(col(Case.waiting_since), col(Case.last_message_at)),
        *(col(Case.due_at), col(Case.due_clock), col(Case.owner_id), col(User.name)),
    )
    .select_from(Case)
    .join(Customer, col(Customer.id) == col(Case.customer_id))
    .outerjoin(User, col(User.id) == col(Case.owner_id))
)


def may_see(case_owner: int | None, sees_only: int | None) -> bool:
    """Whether someone with this right sees a case of this owner; the same rule as in the queue."""
    return sees_only is None or case_owner is None or case_owner == sees_only


def visible(sees_only: int | None) -> list[ColumnElement[bool]]:
    """The same rule as a condition on cases."""
    if sees_only is None:
        return []
    owner = Unindexed(col(Case.owner_id))
    return [or_(owner.is_(None), owner == sees_only)]


def conditions_of(session: Session, wanted: Wanted) -> dict[str, ColumnElement[bool]]:
    """What is wanted, as conditions on cases, by filter."""
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
    if wanted.found is not None:
        found["q"] = wanted.found.condition(session)
    for condition in visible(wanted.sees_only):
        found["sees_only"] = condition
    return found


def _due_after(place: tuple[datetime | None, int] | None) -> list[ColumnElement[bool]]:
    """What is due at all, and behind the last line of the page before."""
    due = col(Case.due_at)
    if place is None or place[0] is None:
        return [due.is_not(None)]
    return [due >= place[0], or_(due > place[0], col(Case.id) > place[1])]


def _place_in(after: str | None) -> tuple[datetime | None, int] | None:
    """The last line of the page before, as `_place` has written it: `<due or empty>_<id>`."""
    due, _, last = (after or "").rpartition("_")
    try:
        last_id = int(last)
        moment = datetime.fromisoformat(due).astimezone(UTC) if due else None
    except (ValueError, OverflowError):
        return None
    return (moment, last_id) if 0 <= last_id < 2**31 else None


def _place(line: Waiting) -> str:
    return f"{line.due_at.isoformat() if line.due_at else ''}_{line.id}"


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
