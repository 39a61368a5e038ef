"""How many cases each chip and each saved view of the queue would show, at a price that does not grow."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Integer, String, bindparam, cast, func, type_coerce, union_all
from sqlalchemy import select as columns
from sqlmodel import Session, col

from store.desk import NOBODY, Wanted, conditions_of, looked_up, visible
from store.tables import Case, CaseStatus

# How many cases of a state are looked at. Where there are more, a number means "at least".
COUNTED = 100
COUNTED_OF_CHOSEN = 3000
COUNTED_OF_ANY = 500
COUNTED_OF_VIEW = 100
ALL = "all"
FILTERS = ("status", "kind", "severity", "owner", "requirement")


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that no filter tells apart: what a chip of each filter would have to say to show them."""

    says: tuple[tuple[str, ...], ...]  # in the order of FILTERS
    number: int


def counts(session: Session, wanted: Wanted) -> dict[str, dict[str, str]]:
    """For each filter, how many cases each choice would show with the others as they are: 12, or 12+."""
    wanted = looked_up(session, wanted)
    groups, cut = _groups(session, wanted)
    sums = _summed(groups, wanted)
    more = bool(cut) if wanted.status is None else wanted.status in cut
    found = {name: {value: f"{number}{'+' * more}" for value, number in sums[name]} for name in FILTERS}
    found["status"] = {status: f"{number}{'+' * (status in cut)}" for status, number in sums["status"]}
    found["status"][ALL] = f"{sum(number for _status, number in sums['status'])}{'+' * bool(cut)}"
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
    limits: dict[str, int] = {}
    if wanted.found is not None:  # few enough
        seen = [wanted.found.condition(session), *visible(wanted.sees_only)]
        cases = columns(*_told_apart()).where(*seen).subquery()
        asked: Any = columns(*cases.c, func.count()).group_by(*cases.c)
    else:
        asked = _counting(everybodys=wanted.sees_only is None)
        unchosen = COUNTED if wanted.status else COUNTED_OF_ANY
        limits = {status: COUNTED_OF_CHOSEN if status == wanted.status else unchosen for status in CaseStatus}
    values = {**limits, "sees_only": wanted.sees_only} if limits else {}
    groups = []
    looked_at: Counter[str] = Counter()
    for status, kind, severity, owner, requirements, number in session.connection().execute(asked, values):
        owner = NOBODY if owner is None else str(owner)
        says = ((status,), (kind,), (severity or "",), (owner,), _listed(requirements))
        groups.append(Group(says, number))
        looked_at[status] += number
    return groups, {status for status, limit in limits.items() if looked_at[status] >= limit}


@cache
def _counting(*, everybodys: bool) -> Any:
    """The query over all states, up to so many of each. Kept: putting it together takes as long as asking."""
    seer: Any = bindparam("sees_only", type_=Integer)
    seen = visible(None if everybodys else seer)
    of_each = [
        columns(*_told_apart())
        .where(col(Case.status) == status, *seen)
        .limit(bindparam(status.value, type_=Integer))
        for status in CaseStatus
    ]
    cases = union_all(*(columns(one.subquery()) for one in of_each)).subquery()
    return columns(*cases.c, func.count()).group_by(*cases.c)


def _told_apart() -> list[Any]:
    return [
        type_coerce(col(Case.status), String).label("status"),
        col(Case.kind).label("kind"),
        col(Case.severity).label("severity"),
        col(Case.owner_id).label("owner"),
        cast(col(Case.requirement_categories), String).label("requirements"),
    ]


@lru_cache(maxsize=10_000)
def _listed(requirements: str) -> tuple[str, ...]:
    return tuple(json.loads(requirements))


def _summed(groups: Iterable[Group], wanted: Wanted) -> dict[str, list[tuple[str, int]]]:
    """By filter, the choices with their numbers, the largest first.

    A chip counts what every other filter lets through: what all let through counts for each of them, what
    only one holds back for that one.
    """
    chosen = [(place, value) for place, name in enumerate(FILTERS) if (value := getattr(wanted, name))]
    sums: list[defaultdict[str, int]] = [defaultdict(int) for _name in FILTERS]
    for group in groups:
        held_back = [place for place, value in chosen if value not in group.says[place]]
        if len(held_back) > 1:
            continue
        for place in held_back or range(len(FILTERS)):
            for value in group.says[place]:
                sums[place][value] += group.number
    return {
        name: sorted(found.items(), key=lambda one: -one[1])
        for name, found in zip(FILTERS, sums, strict=True)
    }
