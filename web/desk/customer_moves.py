"""Two customers that are one, a contact of another customer: looked at first, and undone with one click."""

import re
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response
from sqlmodel import Session, col, select

from casework.customer_book import moving
from casework.rights import Right
from store.customers import WantedCustomers, customers
from store.engine import reading, writing
from store.tables import Customer, CustomerMove, User
from web.desk.customer import KEEPERS, back_to, card_of, contact_of
from web.desk.customers import customer_for
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import LARGEST_ID, Line, RowId
from web.i18n import _
from web.inert import clean_input
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()
_CODE = re.compile(r"C-?0*([1-9]\d{0,8})", re.IGNORECASE)
CustomerId = Annotated[int, Form(ge=1, le=LARGEST_ID)]


@router.get("/customers/{row_id}/merge", dependencies=[holding(Right.KEEP_CUSTOMERS)])
def choose(request: Request, office: AtWork, person: SignedIn, row_id: RowId, q: str = "") -> Response:
    """Which customer is the same company? Both are shown side by side before anything is moved."""
    q = clean_input(q)[:200].strip()
    with reading(office.engine) as session:
        customer = customer_for(session, row_id, person)
        wanted = WantedCustomers(q=q or customer.name[:4], sees_only=person.sees_only)
        alike = [
            card_of(session, line.customer, person)
            for line in customers(session, wanted).lines[:9]
            if line.customer.id != customer.id
        ]
        mine = card_of(session, customer, person)
        return desk_page(request, session, person, "customer_merge.html", card=mine, alike=alike, q=q)


@router.post("/customers/{row_id}/merge", dependencies=KEEPERS)
def merge(office: AtWork, person: SignedIn, row_id: RowId, other: CustomerId) -> Response:
    """The other one becomes part of this one."""
    with refusing(), writing(office.engine) as session:
        for number in sorted((row_id, other)):  # two merges at once take turns
            customer_for(session, number, person, lock=True)
        into, merged = customer_for(session, row_id, person), customer_for(session, other, person)
        moving.merge(session, merged, into, session.get_one(User, person.id), office.clock())
    return back_to(row_id)


@router.post("/customers/{row_id}/move-contact", dependencies=KEEPERS)
def move_contact(
    office: AtWork,
    person: SignedIn,
    row_id: RowId,
    contact: CustomerId,
    to: Line,
    with_cases: Annotated[bool, Form()] = False,
) -> Response:
    """A contact works for another customer, which is named by its code."""
    with refusing(), writing(office.engine) as session:
        customer = customer_for(session, row_id, person, lock=True)
        into = _called(session, to, person)
        found = contact_of(session, customer, contact)
        user = session.get_one(User, person.id)
        moving.move_contact(session, found, into, user, office.clock(), with_cases=with_cases)
    return back_to(into.id or 0, "people")


@router.post("/customers/{row_id}/undo", dependencies=KEEPERS)
def undo(office: AtWork, person: SignedIn, row_id: RowId, move: CustomerId) -> Response:
    """Back as it was."""
    with refusing(), writing(office.engine) as session:
        customer_for(session, row_id, person, lock=True)
        wanted = select(CustomerMove).where(col(CustomerMove.id) == move).with_for_update()
        found = session.exec(wanted).first()
        if found is None or found.into_id != row_id:
            raise Refusal(404)
        moving.undo(session, found, session.get_one(User, person.id), office.clock())
    return back_to(row_id)


def _called(session: Session, words: str, person: Person) -> Customer:
    """The customer of this code, ours or the company's own."""
    own = session.exec(select(Customer.id).where(col(Customer.own_code) == words)).first()
    code = _CODE.fullmatch(words)
    number = own or (int(code[1]) if code else None)
    if number is None:
        raise Refusal(422, _("请填写目标客户的代码，例如 C-00012；代码在客户页面的名称旁边。"))
    return customer_for(session, number, person, lock=True)
