"""顾客回访信息表 of a visit (S0): what was said, to be confirmed by the customer; empty before the visit."""

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session, col, select

from store.engine import reading
from store.tables import Customer, MarketNote, MarketTopic, User, Visit, customer_code
from web.customer_words import market_word, visit_word
from web.desk.customers import customer_for
from web.desk.forms.printed import Record, printed, shortened
from web.desk.page import desk_router
from web.errors import Refusal
from web.forms import RowId
from web.office import AtWork
from web.signed_in import SignedIn
from web.words import customer_status_word

router = desk_router()
NOTES = 20


@router.get("/customers/{row_id}/visits/{visit_id}/form")
def print_visit(
    request: Request, office: AtWork, person: SignedIn, row_id: RowId, visit_id: RowId
) -> Response:
    """The form of a visit, made or planned."""
    with reading(office.engine) as session:
        customer = customer_for(session, row_id, person)
        visit = session.get(Visit, visit_id)
        if visit is None or visit.customer_id != row_id:
            raise Refusal(404)
        record = visit_record(session, visit, customer)
        return printed(request, "visit_record", record, f"/desk/customers/{row_id}#visits")


def visit_record(session: Session, visit: Visit, customer: Customer) -> Record:
    """Everything on the form, in three queries: what was heard on that day stands by its subject."""
    visitor = session.get(User, visit.user_id or customer.owner_id or 0)
    heard: dict[MarketTopic, list[str]] = {}
    notes = select(MarketNote).where(
        col(MarketNote.customer_id) == visit.customer_id, col(MarketNote.heard_on) == visit.made_on
    )
    for note in session.exec(notes.order_by(col(MarketNote.id)).limit(NOTES)) if visit.made_on else ():
        heard.setdefault(MarketTopic(note.topic), []).append(note.text)
    return {
        "customer_code": customer_code(customer.id or 0),
        "customer": customer.name,
        "status": customer_status_word(customer.status),
        "kind": visit_word(visit.kind),
        "planned": f"{visit.month:%Y-%m}" if visit.month else None,
        "made_on": visit.made_on,
        "visitor": visitor.name if visitor else None,
        "met": visit.met,
        "said": shortened(visit.said),
        "heard": [(market_word(topic), shortened("\n".join(heard.get(topic, ())))) for topic in MarketTopic],
        "confirmed_by": visit.confirmed_by,
    }
