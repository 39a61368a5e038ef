"""Quotations of a case: kept, told, settled with the order, or refused by the customer."""

from decimal import Decimal
from typing import Annotated

from fastapi import Form
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from casework.reviews.quoting import quote, refuse, settle
from casework.rights import Right
from store.engine import writing
from store.tables import Case, Quotation, User, case_number
from web.desk.dossier import case_for
from web.desk.numbers import CaseId
from web.desk.ordering import CURRENCIES, Number
from web.desk.page import desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import Line, RowId
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()


@router.post("/cases/{number}/order/quotations", dependencies=[holding(Right.ANSWER)])
def add_quotation(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    value: Annotated[Decimal, Number, Form(ge=0, le=Decimal(10**13), decimal_places=2)],
    currency: Annotated[str, Form(pattern=f"^({'|'.join(CURRENCIES)})$")] = "CNY",
    words: Line = "",
) -> Response:
    """Keep it, and show the letter that tells it."""
    now = office.clock()
    with writing(office.engine) as session, refusing():
        case = case_for(session, case_id, person, lock=True)
        user = session.get_one(User, person.id)
        today = now.astimezone(office.policy.timezone).date()
        made = quote(session, case, int(value * 100), currency, words, user, now, today)
    address = f"/desk/cases/{case_number(case_id)}/order/draft?about=quotation&row={made.id}#reply"
    return RedirectResponse(address, 303)


@router.post("/cases/{number}/order/quotations/{quotation_id}/settle", dependencies=[holding(Right.ANSWER)])
def settle_difference(
    office: AtWork, person: SignedIn, case_id: CaseId, quotation_id: RowId, words: Line
) -> Response:
    """What the order differs in was settled."""
    with writing(office.engine) as session, refusing():
        case, quotation = _found(session, case_id, quotation_id, person)
        settle(session, case, quotation, words, session.get_one(User, person.id), office.clock())
    return _back(case_id)


@router.post("/cases/{number}/order/quotations/{quotation_id}/refuse", dependencies=[holding(Right.ANSWER)])
def refuse_quotation(office: AtWork, person: SignedIn, case_id: CaseId, quotation_id: RowId) -> Response:
    """The customer does not take it."""
    with writing(office.engine) as session, refusing():
        case, quotation = _found(session, case_id, quotation_id, person)
        refuse(session, case, quotation, session.get_one(User, person.id), office.clock())
    return _back(case_id)


def _found(session: Session, case_id: int, quotation_id: int, person: Person) -> tuple[Case, Quotation]:
    case = case_for(session, case_id, person, lock=True)
    quotation = session.get(Quotation, quotation_id)
    if quotation is None or quotation.case_id != case_id:
        raise Refusal(404)
    return case, quotation


def _back(case_id: int) -> Response:
    return RedirectResponse(f"/desk/cases/{case_number(case_id)}/order#quotations", 303)
