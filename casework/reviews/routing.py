"""The company's own settings for its routes, laid over those shipped; each change is told in the log."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlmodel import Session, select

from casework.reviews.departments import working
from casework.reviews.errors import OrganisingError
from casework.reviews.routes import ROUTES, SIGNERS, Route, RouteTable
from casework.rights import Right, demand
from store.columns import JsonObject
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import ReviewRoute, User

LONGEST_OPINION = 60  # working days


@dataclass(frozen=True)
class Course:
    """What a company decides of a route."""

    departments: tuple[str, ...]
    signer: Right
    opinion_days: int | None = None
    limit_cents: int | None = None


def route_table(session: Session) -> RouteTable:
    """How this company reviews, as it stands."""
    own = {row.name: row for row in session.exec(select(ReviewRoute))}
    return RouteTable(tuple(_with(route, own.get(route.name)) for route in ROUTES), working(session))


def change_route(session: Session, name: str, course: Course, user: User, now: datetime) -> None:
    """From now on reviews that begin go this way; those that run keep the way they began."""
    demand(user, Right.DECIDE_POLICY)
    shipped = shipped_route(name)
    _check(shipped, course, working(session))
    before = _told(next(route for route in route_table(session).routes if route.name == name))
    after = _told(replace(shipped, **asdict(course)))
    if before == after:
        return
    own = ReviewRoute(name=name, changed_by_id=user.id or 0, changed_at=now, **after)
    add_once(session, own)  # two people may be at it
    row = session.get_one(ReviewRoute, name, with_for_update=True)
    for field, value in (own.values() | after).items():
        setattr(row, field, value)
    details = {"route": name, "before": before, "after": after}
    log(session, "route_changed", now, user_id=user.id, details=details)
    tell(session, DESK, now)


def reset_route(session: Session, name: str, user: User, now: datetime) -> None:
    """As shipped again. What it was stands in the log."""
    demand(user, Right.DECIDE_POLICY)
    shipped = shipped_route(name)
    row = session.get(ReviewRoute, name, with_for_update=True)
    if row is None:
        return
    details = {"route": name, "before": _told(_with(shipped, row))}
    session.delete(row)
    log(session, "route_reset", now, user_id=user.id, details=details)
    tell(session, DESK, now)


def shipped_route(name: str) -> Route:
    """The route as shipped; an OrganisingError if there is none."""
    for route in ROUTES:
        if route.name == name:
            return route
    raise OrganisingError("There is no such route.")


def signers_of(route: Route) -> tuple[Right, ...]:
    """Who may be made its signer: never anybody lower than a clause allows."""
    if route.name == "regular":
        return SIGNERS
    # S3 4.1.3: what concerns liability or law goes to the general manager or deputy.
    return (Right.RULE_ON_REVIEW,) if route.name == "liability" else SIGNERS[1:]


def _with(route: Route, own: ReviewRoute | None) -> Route:
    if own is None:
        return route
    signer = Right(own.signer)
    return replace(
        route,
        departments=tuple(own.departments),
        signer=signer,
        own_allowed=route.own_allowed and signer == route.signer,
        opinion_days=own.opinion_days,
        limit_cents=own.limit_cents,
    )


def _check(shipped: Route, course: Course, known: tuple[str, ...]) -> None:
    if set(course.departments) - set(known):
        raise OrganisingError("Only departments that are at work can be asked.")
    if shipped.departments and not course.departments:
        raise OrganisingError("At least one department has to be asked on this route.")
    if course.signer not in signers_of(shipped):
        raise OrganisingError("The clause of this route wants somebody higher to sign.")
    if course.opinion_days is not None and not 0 < course.opinion_days <= LONGEST_OPINION:
        raise OrganisingError(f"An opinion takes between 1 and {LONGEST_OPINION} working days.")
    if (shipped.limit_cents is None) != (course.limit_cents is None) or course.limit_cents == 0:
        raise OrganisingError("This route begins at a sum of money; write one above zero.")


def _told(route: Route) -> JsonObject:
    return {
        "departments": list(route.departments),
        "signer": route.signer.value,
        "opinion_days": route.opinion_days,
        "limit_cents": route.limit_cents,
    }
