"""On a customer's page: property handed over, what is heard of the market, visits made."""

from datetime import date
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from casework.customer_book import belongings, market, visits
from store.engine import writing
from store.tables import (
    CustomerProperty,
    MarketTopic,
    PropertyKind,
    PropertyState,
    User,
    Visit,
    VisitKind,
)
from web.desk.customer import KEEPERS, back_to
from web.desk.customers import customer_for
from web.desk.page import desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import LARGEST_ID, Line, Paragraphs, RowId
from web.office import AtWork
from web.signed_in import SignedIn

router = desk_router()
FormId = Annotated[int, Form(ge=1, le=LARGEST_ID)]
Day = Annotated[date, Form()]


@router.post("/customers/{row_id}/property", dependencies=KEEPERS)
def register_property(
    office: AtWork,
    person: SignedIn,
    row_id: RowId,
    kind: Annotated[PropertyKind, Form()],
    name: Line,
    received_on: Day,
    quantity: Line = "",
    place: Line = "",
) -> Response:
    """Something was handed over to us."""
    thing = belongings.Thing(kind, name[:200], received_on, quantity[:60], place[:200])
    with refusing(), writing(office.engine) as session:
        customer = customer_for(session, row_id, person)
        belongings.register(session, customer, thing, session.get_one(User, person.id), office.clock())
    return back_to(row_id, "property")


@router.post("/customers/{row_id}/property/state", dependencies=KEEPERS)
def change_property(
    office: AtWork,
    person: SignedIn,
    row_id: RowId,
    thing: FormId,
    state: Annotated[PropertyState | None, Form()] = None,
    note: Line = "",
    told: Annotated[bool, Form()] = False,
) -> Response:
    """What became of it, or that the customer was told."""
    with refusing(), writing(office.engine) as session:
        customer_for(session, row_id, person)
        kept = session.get(CustomerProperty, thing, with_for_update=True)
        if kept is None or kept.customer_id != row_id:
            raise Refusal(404)
        user = session.get_one(User, person.id)
        if told:
            belongings.told_customer(session, kept, user, office.clock())
        elif state is not None:
            belongings.change_state(session, kept, state, note, user, office.clock())
    return back_to(row_id, "property")


@router.post("/customers/{row_id}/market", dependencies=KEEPERS)
def note_market(
    office: AtWork,
    person: SignedIn,
    row_id: RowId,
    topic: Annotated[MarketTopic, Form()],
    text: Paragraphs,
) -> Response:
    """Something worth knowing was heard."""
    today = office.clock().astimezone(office.policy.timezone).date()
    with refusing(), writing(office.engine) as session:
        customer, user = customer_for(session, row_id, person), session.get_one(User, person.id)
        market.note(session, customer, topic, text[:5000], today, user, office.clock())
    return back_to(row_id, "market")


@router.post("/customers/{row_id}/visits", dependencies=KEEPERS)
def record_visit(
    office: AtWork,
    person: SignedIn,
    row_id: RowId,
    made_on: Day,
    met: Line,
    said: Paragraphs,
    kind: Annotated[VisitKind, Form()] = VisitKind.VISIT,
    confirmed_by: Line = "",
) -> Response:
    """A visit was made (顾客回访信息表)."""
    report = visits.Report(made_on, met[:200], said[:20_000], confirmed_by[:200])
    with refusing(), writing(office.engine) as session:
        customer = customer_for(session, row_id, person, lock=True)
        user = session.get_one(User, person.id)
        visits.record(session, customer, kind, report, user, office.clock(), office.policy)
    return back_to(row_id, "visits")


@router.post("/customers/{row_id}/visits/confirm", dependencies=KEEPERS)
def confirm_visit(office: AtWork, person: SignedIn, row_id: RowId, visit: FormId, by: Line) -> Response:
    """The customer confirmed what was written."""
    with refusing(), writing(office.engine) as session:
        customer = customer_for(session, row_id, person)
        found = session.get(Visit, visit, with_for_update=True)
        if found is None or found.customer_id != row_id:
            raise Refusal(404)
        visits.confirm(session, customer, found, by, session.get_one(User, person.id), office.clock())
    return back_to(row_id, "visits")
