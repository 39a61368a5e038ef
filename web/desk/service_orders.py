"""Service orders (客户服务通知单) at `/desk/service-orders`: the list, and a page for each."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from casework.rights import Right
from casework.service_orders import results
from store.desk import PAGE, may_see
from store.engine import reading
from store.service_orders import WantedOrders, orders_by_state, service_orders
from store.tables import (
    Case,
    Customer,
    Satisfaction,
    ServiceFinding,
    ServiceOrder,
    ServiceState,
    User,
)
from web.desk.case import case_page
from web.desk.dossier import case_for
from web.desk.page import desk_page, desk_router
from web.errors import Refusal
from web.forms import RowId
from web.i18n import _
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()


@router.get("/service-orders")
def show_orders(
    request: Request,
    office: AtWork,
    person: SignedIn,
    state: str = "",
    mine: str = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The list, state by state."""
    shown = ServiceState(state) if state in set(ServiceState) else ServiceState.ISSUED
    wanted = WantedOrders(shown, person.id, bool(mine), person.sees_only)
    chosen = {"state": shown.value, "mine": "1" if mine else ""}
    with reading(office.engine) as session:
        numbers = orders_by_state(session, wanted)
        return desk_page(
            request,
            session,
            person,
            "service_orders.html",
            lines=service_orders(session, wanted, page),
            numbers=numbers,
            chosen=chosen,
            address=lambda **changes: f"/desk/service-orders?{urlencode(chosen | changes)}",
            states=list(ServiceState),
            page=page,
            pages=-(-numbers.get(shown.value, 0) // PAGE),
        )


@router.get("/service-orders/{order_id}")
def show_order(request: Request, office: AtWork, person: SignedIn, order_id: RowId) -> Response:
    """One order, with what its reader may do about it."""
    with reading(office.engine) as session:
        case, order = order_for(session, order_id, person)
        user = session.get_one(User, person.id)
        names = {one: session.get_one(User, one).name for one in people_of(order)}
        return desk_page(
            request,
            session,
            person,
            "service_order.html",
            case=case,
            sees_case=may_see(case.owner_id, person.sees_only),
            customer=session.get_one(Customer, case.customer_id),
            order=order,
            names=names,
            may_report=results.may_report(order, user),
            is_told=results.is_told(session, order),
            findings=list(ServiceFinding),
            levels=list(Satisfaction),
            today=office.clock().astimezone(office.policy.timezone).date(),
        )


@router.get("/service-orders/{order_id}/draft", dependencies=[holding(Right.ANSWER)])
def draft(request: Request, office: AtWork, person: SignedIn, order_id: RowId) -> Response:
    """The case's page with the letter begun that tells the customer what was found."""
    with reading(office.engine) as session:
        case, order = order_for(session, order_id, person)
        case_for(session, order.case_id, person)
        if order.done_at is None:
            raise Refusal(404)
        text = results.result_draft(session, case, order, office.policy)
        return case_page(request, session, person, case, draft=text)


def order_for(
    session: Session, order_id: int, person: Person, *, lock: bool = False
) -> tuple[Case, ServiceOrder]:
    """The order with its case, for whoever may see the case, and for whom it was given to."""
    order = session.get(ServiceOrder, order_id)
    if order is None:
        raise Refusal(404, _("没有这张客户服务通知单。"))
    if order.handler_id != person.id:
        case_for(session, order.case_id, person)
    case = session.get_one(Case, order.case_id, with_for_update=lock)
    if lock:
        session.refresh(order)
    return case, order


def people_of(order: ServiceOrder) -> set[int]:
    """Whose names stand on it."""
    return {one for one in (order.handler_id, order.issued_by, order.done_by) if one is not None}
