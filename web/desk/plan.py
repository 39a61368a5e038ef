"""The yearly service plan at `/desk/plan` (客户服务年度计划): customers by months, ★ planned, ☆ made."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from casework.customer_book.visits import make_plan, month_of, toggle
from casework.rights import Right
from store.desk import PAGE
from store.engine import reading, writing
from store.plan import WantedPlan, plan_of
from store.tables import CustomerStatus, User, VisitKind
from web.desk.customers import OptionalId, customer_for, people_at_work
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()
_CELL = re.compile(r"([1-9]\d{0,8}):(20\d\d)-(0[1-9]|1[0-2])")
LARGEST_PAGE = 10_000


@dataclass(frozen=True)
class Chosen:
    """The filters as they stand in the address; what is not known there is left out."""

    year: int
    kind: str
    owner: int | None
    status: str

    def wanted(self, person: Person) -> WantedPlan:
        """Whose plan they ask for, as far as this person may see it."""
        return WantedPlan(self.owner, self.status or None, person.sees_only)

    def address(self, form: str = "", **changes: object) -> str:
        """The plan, or its form to print, with some filters changed."""
        return f"/desk/plan{form}?{self.query(**changes)}"

    def query(self, **changes: object) -> str:
        """The filters as an address has them."""
        return urlencode({name: value for name, value in (asdict(self) | changes).items() if value})


def chosen_filters(
    office: AtWork,
    year: Annotated[int | None, Query(ge=2000, le=2099)] = None,
    kind: str = "",
    owner: OptionalId = None,
    status: str = "",
) -> Chosen:
    """What is known of the filters in an address; this year unless another is asked for."""
    return Chosen(
        year=year or month_of(office.clock(), office.policy).year,
        kind=kind if kind in set(VisitKind) else VisitKind.VISIT.value,
        owner=owner,
        status=status if status in set(CustomerStatus) else "",
    )


Filters = Annotated[Chosen, Depends(chosen_filters)]


@router.get("/plan")
def show_plan(
    request: Request,
    office: AtWork,
    person: SignedIn,
    chosen: Filters,
    page: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 1,
) -> Response:
    """The grid of a year."""
    with reading(office.engine) as session:
        found = plan_of(session, chosen.year, chosen.wanted(person), office.policy.timezone, page)
        return desk_page(
            request,
            session,
            person,
            "plan.html",
            found=found,
            chosen=chosen,
            here=chosen.query(page=page),
            page=page,
            pages=-(-found.total // PAGE),
            open_from=_months_over(chosen.year, month_of(office.clock(), office.policy)),
            people=people_at_work(session),
            kinds=list(VisitKind),
            statuses=list(CustomerStatus),
            may_keep=person.may(Right.KEEP_CUSTOMERS),
        )


@router.post("/plan", dependencies=[holding(Right.KEEP_CUSTOMERS)])
def make(office: AtWork, person: SignedIn, year: Annotated[int, Form(ge=2000, le=2099)]) -> Response:
    """Plan the year by the procedure's defaults."""
    with refusing(), writing(office.engine) as session:
        make_plan(session, year, session.get_one(User, person.id), office.clock(), office.policy)
    return RedirectResponse(f"/desk/plan?year={year}", 303)


@router.post("/plan/cell", dependencies=[holding(Right.KEEP_CUSTOMERS)])
def click(
    office: AtWork,
    person: SignedIn,
    cell: Annotated[str, Form(max_length=20)],
    kind: Annotated[VisitKind, Form()] = VisitKind.VISIT,
    here: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """One cell: planned, or not planned any more."""
    match = _CELL.fullmatch(cell)
    if match is None:
        raise Refusal(422, "")
    month = date(int(match[2]), int(match[3]), 1)
    with refusing(), writing(office.engine) as session:
        customer = customer_for(session, int(match[1]), person, lock=True)
        user = session.get_one(User, person.id)
        toggle(session, customer, kind, month, user, office.clock(), office.policy)
    place = here if re.fullmatch(r"[\w=&%+.-]*", here, re.ASCII) else ""
    return RedirectResponse(f"/desk/plan?{place}#c{match[1]}", 303)


def _months_over(year: int, this_month: date) -> int:
    """The first month of the year that can still be planned; 13 when all are over."""
    if year != this_month.year:
        return 1 if year > this_month.year else 13
    return this_month.month
