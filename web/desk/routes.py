"""How the company reviews, at `/desk/routes`: its routes, its departments, and who belongs to which."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from casework.reviews import organising
from casework.reviews.departments import department_of, department_of_role, departments
from casework.reviews.routes import ROUTES, Route
from casework.reviews.routing import (
    LONGEST_OPINION,
    Course,
    change_route,
    reset_route,
    route_table,
    signers_of,
)
from casework.rights import Right
from store.engine import reading, writing
from store.tables import AuditLog, DeadlineKind, Role, User
from web.desk.ordering import Number
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.desk.story import told
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, Line, RowId
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()
DECIDING = [holding(Right.DECIDE_POLICY)]
PEOPLE_SHOWN = 50
CHANGES_SHOWN = 10
CHANGES = ("route_changed", "route_reset", "department_added", "department_changed", "user_department")


@dataclass(frozen=True)
class Way:
    """A route as it goes now, beside how it was shipped."""

    route: Route
    shipped: Route

    @property
    def changed(self) -> bool:
        return self.route != self.shipped

    @property
    def signers(self) -> tuple[Right, ...]:
        return signers_of(self.shipped)


@router.get("/routes")
def show_routes(
    request: Request,
    office: AtWork,
    person: SignedIn,
    after: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """Everybody sees how reviews go; who decides of it finds the forms beside."""
    with reading(office.engine) as session:
        table = route_table(session)
        people = _people(session, after)
        everybody = {user.id or 0: user for user in session.exec(select(User))}
        return desk_page(
            request,
            session,
            person,
            "routes.html",
            ways=[Way(route, shipped) for route, shipped in zip(table.routes, ROUTES, strict=True)],
            working=table.departments,
            departments=departments(session),
            people=people[:PEOPLE_SHOWN],
            after=people[PEOPLE_SHOWN - 1].id if len(people) > PEOPLE_SHOWN else None,
            later=after > 0,
            department_of=department_of,
            by_role=department_of_role,
            opinion_target=office.policy.matters[DeadlineKind.OPINION],
            longest_opinion=LONGEST_OPINION,
            changes=_changes(session),
            told=lambda line: told(line, everybody),
            names={number: user.name for number, user in everybody.items()},
            decides=person.may(Right.DECIDE_POLICY),
        )


@router.post("/routes/{route}", dependencies=DECIDING)
def save_route(
    office: AtWork,
    person: SignedIn,
    route: str,
    signer: Annotated[Right, Form()],
    asked: Annotated[list[str], Form(max_length=40)] = [],  # noqa: B006  # FastAPI copies it
    opinion_days: Annotated[int | None, EmptyIsNone, Form(ge=1, le=LONGEST_OPINION)] = None,
    limit: Annotated[Decimal | None, Number, Form(gt=0, le=Decimal(10**13), decimal_places=2)] = None,
) -> Response:
    """Reviews that begin from now on go this way."""
    with writing(office.engine) as session, refusing():
        course = Course(
            departments=tuple(dict.fromkeys(asked)),
            signer=signer,
            opinion_days=opinion_days,
            limit_cents=int(limit * 100) if limit is not None else None,
        )
        change_route(session, route, course, session.get_one(User, person.id), office.clock())
    return _back(f"r-{route}")


@router.post("/routes/{route}/reset", dependencies=DECIDING)
def as_shipped(office: AtWork, person: SignedIn, route: str) -> Response:
    """The route as it was shipped."""
    with writing(office.engine) as session, refusing():
        reset_route(session, route, session.get_one(User, person.id), office.clock())
    return _back(f"r-{route}")


@router.post("/departments", dependencies=DECIDING)
def add(office: AtWork, person: SignedIn, name: Line, judges: Line = "") -> Response:
    """One more department."""
    with writing(office.engine) as session, refusing():
        user = session.get_one(User, person.id)
        added = organising.add_department(session, name, judges, user, office.clock())
        key = added.key
    return _back(f"d-{key}")


@router.post("/departments/{department}", dependencies=DECIDING)
def change(
    office: AtWork,
    person: SignedIn,
    department: str,
    name: Line = "",
    judges: Line = "",
    active: Annotated[bool, Form()] = False,
) -> Response:
    """Call it otherwise, switch it off or on."""
    with writing(office.engine) as session, refusing():
        user, now = session.get_one(User, person.id), office.clock()
        organising.change_department(session, department, user, now, name=name, judges=judges, active=active)
    return _back(f"d-{department}")


@router.post("/routes/people/{user_id}", dependencies=DECIDING)
def assign(
    office: AtWork,
    person: SignedIn,
    user_id: RowId,
    department: Annotated[str | None, EmptyIsNone, Form(max_length=40)] = None,
) -> Response:
    """Where a colleague works."""
    with writing(office.engine) as session, refusing():
        colleague = session.get(User, user_id, with_for_update=True)
        if colleague is None:
            raise Refusal(404)
        user = session.get_one(User, person.id)
        organising.assign_department(session, colleague, department, user, office.clock())
    return _back("people")


def _people(session: Session, after: int) -> list[User]:
    """A page of those who give opinions, and one more."""
    wanted = select(User).where(col(User.active), col(User.id) > after, col(User.role) != Role.ADMIN)
    return list(session.exec(wanted.order_by(col(User.id)).limit(PEOPLE_SHOWN + 1)))


def _changes(session: Session) -> list[AuditLog]:
    found = select(AuditLog).where(col(AuditLog.action).in_(CHANGES))
    return list(session.exec(found.order_by(col(AuditLog.id).desc()).limit(CHANGES_SHOWN)))


def _back(where: str) -> Response:
    return RedirectResponse(f"/desk/routes#{where}", 303)
