"""One order at `/desk/cases/NUMBER/order`: written up, made clear, reviewed, accepted, carried out."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from sqlmodel import Session, select

from casework.reviews.accepting import accept, notices_of, sign_receipt
from casework.reviews.departments import voices, working
from casework.reviews.letters import clarify_draft, confirmation_draft, query_draft, quotation_draft
from casework.reviews.opening import open_review
from casework.reviews.progress import note_progress, progress_of
from casework.reviews.quoting import differs, may_quote, quotation_number
from casework.reviews.wording import standing_requirements, wording_of
from casework.reviews.writing_up import Terms, accepted_orders, confirm, order_of, write_up
from casework.rights import Right
from store.engine import reading, writing
from store.tables import (
    Case,
    ContractClass,
    Customer,
    DepartmentNotice,
    Order,
    Quotation,
    Review,
    ReviewOpinion,
    User,
    case_number,
)
from web.desk.case import case_page
from web.desk.dossier import case_for
from web.desk.numbers import CaseId
from web.desk.order_view import order_view
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, Line, RowId
from web.inert import clean_input
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()
MARKS = (
    *("first_order", "changed_standard", "tender", "foreign_trade"),
    *("oral", "beyond_sales", "liability"),
)
CURRENCIES = ("CNY", "USD", "EUR", "HKD", "JPY", "TWD", "GBP")


def _line(text: str) -> str:
    return " ".join(clean_input(text).split())


def _without_commas(value: object) -> object:
    """People write 20,000 or 20，000."""
    if not isinstance(value, str):
        return value
    return value.replace(",", "").replace("，", "").strip() or None


Text = Annotated[str, AfterValidator(_line)]
Number = BeforeValidator(_without_commas)


class OrderForm(BaseModel):
    """The order's sheet as it was filled in."""

    customer_order_no: Text = Field("", max_length=100)
    product: Text = Field("", max_length=300)
    model: Text = Field("", max_length=100)
    quantity: Annotated[float | None, Number] = Field(None, ge=0, le=1e12, allow_inf_nan=False)
    unit: Text = Field("", max_length=20)
    due_on: Annotated[date | None, EmptyIsNone] = None
    address: Text = Field("", max_length=500)
    payment: Text = Field("", max_length=500)
    quality: Annotated[str, AfterValidator(clean_input)] = Field("", max_length=4000)
    value: Annotated[Decimal | None, Number] = Field(None, ge=0, le=Decimal(10**13), decimal_places=2)
    currency: str = Field("CNY", pattern=f"^({'|'.join(CURRENCIES)})$")
    contract_class: ContractClass = ContractClass.REGULAR
    contract_no: Text = Field("", max_length=100)
    supplement_of: Annotated[int | None, EmptyIsNone] = Field(None, ge=1, le=LARGEST_ID)
    marks: list[str] = []

    def terms(self) -> Terms:
        """The same as the rules want it."""
        given: dict[str, Any] = self.model_dump(exclude={"value", "contract_no", "supplement_of", "marks"})
        given |= {mark: mark in self.marks for mark in MARKS}
        cents = int(self.value * 100) if self.value is not None else None
        return Terms(**given, value_cents=cents)


@router.get("/cases/{number}/order")
def show_order(request: Request, office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """The order's sheet with everything that belongs to it."""
    with reading(office.engine) as session:
        case = case_for(session, case_id, person)
        view = order_view(session, case)
        order = view.order
        shown = order or _unwritten(case)
        notices = notices_of(session, order) if order else []
        user = session.get_one(User, person.id)
        return desk_page(
            request,
            session,
            person,
            "order.html",
            case=case,
            customer=session.get_one(Customer, case.customer_id),
            view=view,
            supplementable=[] if order else accepted_orders(session, case, person.sees_only),
            supplemented=session.get(Order, order.supplement_of) if order and order.supplement_of else None,
            case_number=case_number,
            marks=MARKS,
            classes=list(ContractClass),
            currencies=CURRENCIES,
            requirements=wording_of(session, shown)["special_requirements"],
            standing=standing_requirements(session, case),
            notices=notices,
            progress=progress_of(session, order) if order else [],
            departments=working(session),
            speaks_for=voices(session, user, tuple(notice.department for notice in notices)),
            people=_names(session),
            differs=differs,
            number_of=lambda quotation: quotation_number(case, quotation),
            may_quote=may_quote(session, order),
        )


@router.post("/cases/{number}/order", dependencies=[holding(Right.ANSWER)])
def save_order(
    office: AtWork, person: SignedIn, case_id: CaseId, form: Annotated[OrderForm, Form()]
) -> Response:
    """Keep the order as it reads now."""
    with writing(office.engine) as session, refusing():
        case = case_for(session, case_id, person, lock=True)
        user = session.get_one(User, person.id)
        first = next(
            (one for one in accepted_orders(session, case, person.sees_only) if one.id == form.supplement_of),
            None,
        )
        write_up(session, case, form.terms(), form.contract_no, user, office.clock(), supplement_of=first)
    return _back(case_id, "/order?saved=1")


@router.get("/cases/{number}/order/draft", dependencies=[holding(Right.ANSWER)])
def draft(
    request: Request,
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    about: str,
    row: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """The case's page with a letter to the customer begun; the person reads and sends it."""
    with reading(office.engine) as session:
        case = case_for(session, case_id, person)
        text = _draft(session, case, about, row, office.policy)
        return case_page(request, session, person, case, draft=text)


@router.post("/cases/{number}/order/confirm", dependencies=[holding(Right.ANSWER)])
def confirm_order(office: AtWork, person: SignedIn, case_id: CaseId, words: Line) -> Response:
    """The customer has confirmed our writing."""
    with writing(office.engine) as session, refusing():
        case, order = _case_and_order(session, case_id, person)
        confirm(session, case, order, words, session.get_one(User, person.id), office.clock())
    return _back(case_id, "/order")


@router.post("/cases/{number}/order/review", dependencies=[holding(Right.ANSWER)])
def begin_review(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    countersigning: Annotated[list[str], Form()] = [],  # noqa: B006  # FastAPI copies it
) -> Response:
    """Ask the departments of the order's route."""
    with writing(office.engine) as session, refusing():
        case, order = _case_and_order(session, case_id, person)
        user = session.get_one(User, person.id)
        asked = tuple(countersigning)
        review = open_review(session, case, order, user, office.clock(), office.policy, countersigning=asked)
    return RedirectResponse(f"/desk/reviews/{review.id}", 303)


@router.post("/cases/{number}/order/accept", dependencies=[holding(Right.ANSWER)])
def accept_order(office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """Promise what was ordered, and tell the departments."""
    with writing(office.engine) as session, refusing():
        case, order = _case_and_order(session, case_id, person)
        accept(session, case, order, session.get_one(User, person.id), office.clock())
    return _back(case_id, "/order#notices")


@router.post("/cases/{number}/order/notices/{notice_id}/receive", dependencies=[holding(Right.GIVE_OPINION)])
def receive_notice(office: AtWork, person: SignedIn, case_id: CaseId, notice_id: RowId) -> Response:
    """The department signs for it."""
    with writing(office.engine) as session, refusing():
        case, order = _case_and_order(session, case_id, person)
        notice = session.get(DepartmentNotice, notice_id)
        if notice is None or notice.order_id != order.id:
            raise Refusal(404)
        sign_receipt(session, case, notice, session.get_one(User, person.id), office.clock())
    return _back(case_id, "/order#notices")


@router.post("/cases/{number}/order/progress", dependencies=[holding(Right.ANSWER)])
def add_progress(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    words: Line,
    planned_on: Annotated[date | None, EmptyIsNone, Form()] = None,
) -> Response:
    """A step of the delivery plan, or a note."""
    with writing(office.engine) as session, refusing():
        case, order = _case_and_order(session, case_id, person)
        user = session.get_one(User, person.id)
        note_progress(session, case, order, words, planned_on, user, office.clock())
    return _back(case_id, "/order#progress")


def _draft(session: Session, case: Case, about: str, row: int, policy: Any) -> str:
    view = order_view(session, case)
    order = view.order
    if about == "clarify" and view.missing:
        return clarify_draft(session, case, view.terms, policy)
    if about == "confirmation" and order:
        return confirmation_draft(session, case, order, policy)
    if about == "quotation" and (quotation := session.get(Quotation, row)) and quotation.case_id == case.id:
        return quotation_draft(session, case, quotation, order, policy)
    if about == "query" and order and (opinion := session.get(ReviewOpinion, row)):
        review = session.get_one(Review, opinion.review_id)
        if review.order_id == order.id:
            return query_draft(session, case, opinion, policy)
    raise Refusal(404)


def _case_and_order(session: Session, case_id: int, person: Person) -> tuple[Case, Order]:
    case = case_for(session, case_id, person, lock=True)
    order = order_of(session, case_id)
    if order is None:
        raise Refusal(404)
    return case, order


def _unwritten(case: Case) -> Order:
    return Order(case_id=case.id or 0, wording_sha256="", created_at=case.opened_at)


def _names(session: Session) -> dict[int, str]:
    return {user_id or 0: name for user_id, name in session.exec(select(User.id, User.name))}


def _back(case_id: int, where: str = "") -> Response:
    return RedirectResponse(f"/desk/cases/{case_number(case_id)}{where}", 303)
