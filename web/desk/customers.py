"""Customers at `/desk/customers`: the list, found by name, code, contact or address; a new one by hand."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from casework.customer_book.card import Card, open_card
from casework.rights import Right
from store.customers import WantedCustomers, customers, may_see_customer
from store.engine import reading, writing
from store.tables import Customer, CustomerStatus, User
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, Line
from web.i18n import _
from web.inert import clean_input
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

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
    after: OptionalId = None,
) -> Response:
    """The list by name."""
    q = clean_input(q)[:200].strip()
    status = status if status in set(CustomerStatus) else ""
    chosen = {"q": q, "status": status, "owner": owner or ""}
    wanted = WantedCustomers(status=status or None, owner=owner, q=q, sees_only=person.sees_only)
    with reading(office.engine) as session:
        return desk_page(
            request,
            session,
            person,
            "customers.html",
            found=customers(session, wanted, after),
            chosen=chosen,
            address=lambda **changes: f"/desk/customers?{urlencode(chosen | changes)}",
            after=after,
            people=people_at_work(session),
            statuses=list(CustomerStatus),
            may_keep=person.may(Right.KEEP_CUSTOMERS),
        )


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
