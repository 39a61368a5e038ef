"""Orders on the desk: what a case's page shows of its order, and the contract ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from casework.policy import Policy
from casework.reviews.departments import department_of
from casework.reviews.writing_up import order_of
from nlp.reading import Kind
from store.engine import reading
from store.ledger import STATES, Sought, count_states, ledger
from store.tables import Case, User
from web.desk.order_view import order_view
from web.desk.page import desk_page, desk_router
from web.forms import LARGEST_ID
from web.inert import clean_input
from web.office import AtWork
from web.signed_in import Person, SignedIn

router = desk_router()


def panel(session: Session, case: Case, person: Person, policy: Policy) -> Any:  # noqa: ARG001
    """The order of a case; None where nothing is ordered or asked for."""
    if case.kind in (Kind.ORDER, Kind.INQUIRY) or order_of(session, case.id):
        return order_view(session, case)
    return None


@dataclass(frozen=True)
class Filters:
    """The ledger's filters as they stand in the address."""

    state: str
    year: str
    customer: str
    mine: str

    def address(self, **changes: object) -> str:
        """The ledger with some filters changed; one that is set already is taken off."""
        values = dict(self.__dict__)
        for name, value in changes.items():
            values[name] = "" if values.get(name) == value else value
        query = urlencode({name: value for name, value in values.items() if value})
        return f"/desk/reviews?{query}" if query else "/desk/reviews"


@router.get("/reviews")
def show_ledger(
    request: Request,
    office: AtWork,
    person: SignedIn,
    state: str = "",
    year: str = "",
    customer: str = "",
    mine: str = "",
    before: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """Every order with its review, newest first."""
    known_year = year.isascii() and year.isdigit() and len(year) == 4 and 1970 <= int(year) < 9999
    filters = Filters(
        state=state if state in STATES else "",
        year=year if known_year else "",
        customer=clean_input(customer)[:100].strip(),
        mine="1" if mine else "",
    )
    with reading(office.engine) as session:
        department = department_of(session.get_one(User, person.id))
        sought = Sought(
            state=filters.state,
            **_span(filters.year, office.policy),
            customer=filters.customer,
            department=department if filters.mine else None,
            sees_only=person.sees_only,
        )
        entries, following = ledger(session, sought, before)
        this_year = office.clock().astimezone(office.policy.timezone).year
        return desk_page(
            request,
            session,
            person,
            "reviews.html",
            filters=filters,
            entries=entries,
            following=following,
            before=before,
            numbers=count_states(session, sought),
            states=STATES,
            years=[str(this_year - ago) for ago in range(4)],
            department=department,
        )


def _span(year: str, policy: Policy) -> dict[str, datetime]:
    if not year:
        return {}
    begins = [datetime(int(year) + more, 1, 1, tzinfo=policy.timezone) for more in (0, 1)]
    return {"since": begins[0], "until": begins[1]}
