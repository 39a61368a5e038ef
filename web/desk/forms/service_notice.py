"""客户服务通知单 (S2 5.5): to be taken along, filled in and confirmed at the customer's."""

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from store.engine import reading
from store.tables import Case, Contact, Customer, ServiceOrder, User, customer_code
from web.desk.forms.printed import Record, printed, shortened
from web.desk.page import desk_router
from web.desk.service_orders import order_for, people_of
from web.forms import RowId
from web.office import AtWork
from web.signed_in import SignedIn

router = desk_router()


@router.get("/service-orders/{order_id}/form")
def print_service(request: Request, office: AtWork, person: SignedIn, order_id: RowId) -> Response:
    """The form as it is filled in so far."""
    with reading(office.engine) as session:
        case, order = order_for(session, order_id, person)
        record = service_record(session, case, order)
        return printed(request, "service_notice", record, f"/desk/service-orders/{order_id}")


def service_record(session: Session, case: Case, order: ServiceOrder) -> Record:
    """Everything on the form."""
    customer = session.get_one(Customer, case.customer_id)
    names = {one: session.get_one(User, one).name for one in people_of(order)}
    return {
        "number": order.number,
        "case": case.number,
        "issued_at": order.issued_at,
        "issued_by": names[order.issued_by],
        "customer_code": customer_code(customer.id or 0),
        "customer": customer.name,
        "contact": session.get_one(Contact, case.contact_id).name,
        "handler": names[order.handler_id],
        "product": order.product,
        "place": order.place,
        "task": shortened(order.task),
        "due_at": order.due_at,
        "finding": order.finding.value if order.finding else None,
        "found": shortened(order.found),
        "work": shortened(order.work),
        "done_by": names.get(order.done_by or 0),
        "done_at": order.done_at,
        "service_rating": order.service_rating,
        "product_rating": order.product_rating,
        "comment": shortened(order.comment),
        "confirmed_by": order.confirmed_by,
        "confirmed_on": order.confirmed_on,
    }
