"""Customers at `/desk/customers`: the list, found by name, code, contact or address; a new one by hand."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from casework.customer_book.card import Card, open_card
from casework.reports.sheets import Column, Sheet
from casework.rights import Right
from store.customers import WantedCustomers, all_customers, customers, may_see_customer
from store.engine import reading, writing
from store.tables import Customer, CustomerStatus, User
from web.customer_words import sheet_word
from web.desk.downloads import as_file
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, Line
from web.i18n import _
from web.inert import clean_input
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding
from web.words import customer_status_word

router = desk_router()
OptionalId = Annotated[int | None, EmptyIsNone, Query(ge=1, le=LARGEST_ID)]


@router.get("/customers")
def show_customers(
    request: Request,
    office: AtWork,
    person: SignedIn,
    q: str = "",
    status: str = "",
    owner: OptionalId = None,
    region: str = "",
    after: OptionalId = None,
) -> Response:
    """The list by name."""
    wanted = _wanted(person, q, status, owner, region)
    chosen = _chosen(wanted)
    with reading(office.engine) as session:
        return desk_page(
            request,
            session,
            person,
            "customers.html",
            found=customers(session, wanted, after),
            chosen=chosen,
            address=lambda ending="", **changes: f"/desk/customers{ending}?{urlencode(chosen | changes)}",
            after=after,
            people=people_at_work(session),
            statuses=list(CustomerStatus),
            may_keep=person.may(Right.KEEP_CUSTOMERS),
        )


@router.get("/customers.{ending}", dependencies=[holding(Right.KEEP_CUSTOMERS)])
def export_customers(
    office: AtWork,
    person: SignedIn,
    ending: str,
    q: str = "",
    status: str = "",
    owner: OptionalId = None,
    region: str = "",
) -> Response:
    """The same customers as Excel or CSV, under headings that an import knows again."""
    with reading(office.engine) as session:
        found = all_customers(session, _wanted(person, q, status, owner, region))
        columns = (
            *(Column(sheet_word("own_code"), 14), Column(sheet_word("name"), 30)),
            *(Column(sheet_word("status"), 10), Column(sheet_word("owner"), 12)),
            *(Column(sheet_word("region"), 12), Column(sheet_word("language"), 10)),
            *(Column(sheet_word("manner"), 12), Column(sheet_word("notes"), 50)),
        )
        return as_file([Sheet(_("客户名册"), columns, map(_row, found))], "customers", ending, office)


@router.post("/customers", dependencies=[holding(Right.KEEP_CUSTOMERS)])
def add_customer(
    office: AtWork,
    person: SignedIn,
    name: Line,
    status: Annotated[CustomerStatus, Form()] = CustomerStatus.POTENTIAL,
) -> Response:
    """A new customer, whose card is filled in on its page. Whoever adds it looks after it."""
    with refusing(), writing(office.engine) as session:
        user = session.get_one(User, person.id)
        card = Card(name=name[:200], status=status, owner_id=person.id)
        customer = open_card(session, card, user, office.clock())
    return RedirectResponse(f"/desk/customers/{customer.id}", 303)


def _wanted(person: Person, q: str, status: str, owner: int | None, region: str) -> WantedCustomers:
    return WantedCustomers(
        status=status if status in set(CustomerStatus) else None,
        owner=owner,
        region=clean_input(region)[:60].strip(),
        q=clean_input(q)[:200].strip(),
        sees_only=person.sees_only,
    )


def _chosen(wanted: WantedCustomers) -> dict[str, str | int]:
    return {
        "q": wanted.q,
        "status": wanted.status or "",
        "owner": wanted.owner or "",
        "region": wanted.region,
    }


def _row(found: tuple[Customer, str | None]) -> tuple[str | None, ...]:
    customer, owner = found
    return (
        *(customer.own_code, customer.name, customer_status_word(customer.status), owner, customer.region),
        *(customer.required_language, customer.required_manner, customer.notes),
    )


def customer_for(session: Session, number: int, person: Person, *, lock: bool = False) -> Customer:
    """The customer, if this person may see it. Locked, two forms about the same one take turns."""
    wanted = select(Customer).where(col(Customer.id) == number)
    customer = session.exec(wanted.with_for_update() if lock else wanted).first()
    if customer is None:
        raise Refusal(404, _("没有这个客户。请在客户列表里搜索。"))
    if not may_see_customer(session, customer, person.sees_only):
        raise Refusal(403, _("这位客户由另一位同事负责。如需查看，请联系部门主管。"))
    return customer


def people_at_work(session: Session) -> list[User]:
    """Whom something can be handed to."""
    return list(session.exec(select(User).where(col(User.active)).order_by(col(User.name))))
