"""The company's departments: added, named, switched off and on; and who belongs to which."""

from datetime import datetime

from sqlmodel import Session

from casework.reviews.departments import DEPARTMENTS, departments
from casework.reviews.errors import OrganisingError
from casework.reviews.routing import route_table
from casework.rights import Right, demand
from store.columns import JsonObject
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import Department, User

MOST = 40  # departments


def add_department(session: Session, name: str, judges: str, user: User, now: datetime) -> Department:
    """One more, at the end of the form."""
    demand(user, Right.DECIDE_POLICY)
    known = departments(session)
    _demand_new_name(known, name)
    if len(known) >= MOST:
        raise OrganisingError(f"There are {MOST} departments already; take one that is not used any more.")
    place = max((department.place for department in known), default=0) + 1
    key = f"own-{place}"
    fresh = Department(key=key, name=name[:40], judges=judges[:200], place=place, active=True)
    if not add_once(session, fresh):
        raise OrganisingError("Somebody has added a department at this moment; look, and try again.")
    _note(session, "department_added", user, now, {"department": key, "name": name})
    return session.get_one(Department, key)


def change_department(
    session: Session, key: str, user: User, now: datetime, *, name: str, judges: str, active: bool
) -> None:
    """Call it otherwise, or switch it off or on. An empty name of a shipped one is its own again."""
    demand(user, Right.DECIDE_POLICY)
    department = _locked(session, key)
    if name != department.name:
        _demand_new_name(
            [one for one in departments(session) if one.key != key], name, shipped=key in DEPARTMENTS
        )
    if department.active and not active:
        _demand_unasked(session, key)
    fresh = {"name": name[:40], "judges": judges[:200], "active": active}
    changed = {field: value for field, value in fresh.items() if getattr(department, field) != value}
    if not changed:
        return
    before = {field: getattr(department, field) for field in changed}
    for field, value in changed.items():
        setattr(department, field, value)
    _note(session, "department_changed", user, now, {"department": key, "before": before, "after": changed})


def assign_department(session: Session, person: User, key: str | None, user: User, now: datetime) -> None:
    """Where somebody works from now on; none: where the role says."""
    demand(user, Right.DECIDE_POLICY)
    if key is not None and key != person.department and not _locked(session, key).active:
        raise OrganisingError("This department is switched off; switch it on first.")
    if key == person.department:
        return
    details = {"user": person.id, "name": person.name, "before": person.department, "after": key}
    person.department = key
    _note(session, "user_department", user, now, details)


def department_called(session: Session, words: str) -> Department | None:
    """The working department of this key or name, as somebody types it."""
    found = [one for one in departments(session) if one.active and words in (one.key, one.name)]
    return found[0] if words and found else None


def _locked(session: Session, key: str) -> Department:
    department = session.get(Department, key, with_for_update=True)
    if department is None:
        raise OrganisingError("There is no such department.")
    return department


def _demand_new_name(others: list[Department], name: str, *, shipped: bool = False) -> None:
    if not name and not shipped:
        raise OrganisingError("A department needs a name.")
    if name and any(name in (other.name, other.key) for other in others):
        raise OrganisingError(f"There is a department {name} already.")


def _demand_unasked(session: Session, key: str) -> None:
    if any(key in route.departments for route in route_table(session).routes):
        raise OrganisingError("A route asks this department; take it out of the route first.")


def _note(session: Session, action: str, user: User, now: datetime, details: JsonObject) -> None:
    log(session, action, now, user_id=user.id, details=details)
    tell(session, DESK, now)
