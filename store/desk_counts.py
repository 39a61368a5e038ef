"""How many cases each chip and each saved view of the queue would show, at a price that does not grow."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, cast, func, union_all
from sqlalchemy import select as columns
from sqlmodel import Session, col

from store.desk import NOBODY, Wanted, conditions_of, looked_up
from store.tables import Case, CaseStatus

# How many cases of a state are looked at. Where there are more, a number means "at least".
COUNTED = 100
COUNTED_OF_CHOSEN = 3000
COUNTED_OF_ANY = 500
COUNTED_OF_VIEW = 100
ALL = "all"
FILTERS = ("status", "kind", "severity", "owner", "requirement")


@dataclass(frozen=True)
class Group:
    """Cases that no filter tells apart."""

    status: str
    kind: str
    severity: str
    owner: str
    requirements: tuple[str, ...]
    number: int

    def values(self, name: str) -> tuple[str, ...]:
        """What a chip of this filter would have to say to show them."""
        if name == "requirement":
            return self.requirements
        return (getattr(self, name),)


def counts(session: Session, wanted: Wanted) -> dict[str, dict[str, str]]:
    """For each filter, how many cases each choice would show with the others as they are: 12, or 12+."""
    wanted = looked_up(session, wanted)
    groups, cut = _groups(session, wanted)
    found = {
        name: _summed(groups, wanted, name, more=bool(cut) if wanted.status is None else wanted.status in cut)
        for name in ("kind", "severity", "owner", "requirement")
    }
    by_status = _summed(groups, wanted, "status", more=False)
    total = sum(map(int, by_status.values()))
    found["status"] = {status: number + "+" * (status in cut) for status, number in by_status.items()}
    found["status"][ALL] = f"{total}{'+' * bool(cut)}"
    return found


def count_each(session: Session, views: Mapping[int, Wanted]) -> dict[int, str]:
    """How many cases each view shows, up to 99+; in one query. Views that search are not counted."""
    counted = {key: view for key, view in views.items() if not view.q}
    if not counted:
        return {}
    numbers = [
        columns(func.count())
        .select_from(
            columns(col(Case.id))
            .where(*conditions_of(session, view).values())
            .limit(COUNTED_OF_VIEW)
            .subquery()
        )
        .scalar_subquery()
        for view in counted.values()
    ]
    row = session.connection().execute(columns(*numbers)).one()
    return {
        key: f"{COUNTED_OF_VIEW - 1}+" if number >= COUNTED_OF_VIEW else str(number)
        for key, number in zip(counted, row, strict=True)
    }


def _groups(session: Session, wanted: Wanted) -> tuple[list[Group], set[str]]:
    """Cases grouped by what the filters tell apart, and the states that were not looked at to their end."""
    conditions = conditions_of(session, wanted)
    seen = [condition for name, condition in conditions.items() if name == "sees_only"]
    told_apart: list[Any] = [
        col(Case.status).label("status"),
        col(Case.kind).label("kind"),
        col(Case.severity).label("severity"),
        col(Case.owner_id).label("owner"),
        cast(col(Case.requirement_categories), String).label("requirements"),
    ]
    limits: dict[str, int] = {}
    if "q" in conditions:  # few enough
        cases = columns(*told_apart).where(conditions["q"], *seen).subquery()
    else:
        unchosen = COUNTED if wanted.status else COUNTED_OF_ANY
        limits = {status: COUNTED_OF_CHOSEN if status == wanted.status else unchosen for status in CaseStatus}
        of_each = [
            columns(columns(*told_apart).where(col(Case.status) == status, *seen).limit(limit).subquery())
            for status, limit in limits.items()
        ]
        cases = union_all(*of_each).subquery()
    rows: Any = session.connection().execute(columns(*cases.c, func.count()).group_by(*cases.c))
    groups = [
        Group(
            status=status,
            kind=kind,
            severity=severity or "",
            owner=NOBODY if owner is None else str(owner),
            requirements=tuple(json.loads(requirements)),
            number=number,
        )
        for status, kind, severity, owner, requirements, number in rows
    ]
    looked_at: defaultdict[str, int] = defaultdict(int)
    for group in groups:
        looked_at[group.status] += group.number
    return groups, {status for status, limit in limits.items() if looked_at[status] >= limit}


def _summed(groups: Sequence[Group], wanted: Wanted, name: str, *, more: bool) -> dict[str, str]:
    others = [(other, chosen) for other in FILTERS if other != name and (chosen := getattr(wanted, other))]
    sums: defaultdict[str, int] = defaultdict(int)
    for group in groups:
        if all(chosen in group.values(other) for other, chosen in others):
            for value in group.values(name):
                sums[value] += group.number
    largest_first = sorted(sums.items(), key=lambda one: -one[1])
    return {value: f"{number}{'+' * more}" for value, number in largest_first}
