"""One special requirement: written by hand, changed, given to somebody, passed on, done, told back."""

from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from casework import requirements as rules
from casework.reviews.departments import working
from casework.rights import Right
from store.desk import may_see
from store.engine import reading, writing
from store.tables import (
    Case,
    Customer,
    RequirementPriority,
    RequirementScope,
    RequirementStatus,
    SpecialRequirement,
    User,
    case_number,
)
from web.desk.customers import OptionalId, customer_for, people_at_work
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, Line, Paragraphs, RowId
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding
from web.words import CATEGORIES

router = desk_router()
KEEPERS = [holding(Right.KEEP_REQUIREMENTS)]
OptionalDay = Annotated[date | None, EmptyIsNone, Form()]
LONGEST = 5_000


def written_terms(
    sentence: Paragraphs,
    category: Annotated[str, Form(max_length=40)],
    source: Annotated[str, Form(max_length=20)] = "stated",
    scope: Annotated[RequirementScope, Form()] = RequirementScope.PRODUCT,
    product: Line = "",
    valid_until: OptionalDay = None,
    priority: Annotated[RequirementPriority, Form()] = RequirementPriority.NORMAL,
    deadline: OptionalDay = None,
    handler: Annotated[int | None, EmptyIsNone, Form(ge=1, le=LARGEST_ID)] = None,
    department: Annotated[str, Form(max_length=40)] = "",
    remark: Paragraphs = "",
    review: Paragraphs = "",
) -> rules.Terms:
    """What the form says."""
    return rules.Terms(
        sentence=sentence[:LONGEST].strip(),
        category=category,
        source=source,
        scope=scope,
        product=product[:200],
        valid_until=valid_until,
        priority=priority,
        deadline=deadline,
        handler_id=handler,
        department=department,
        remark=remark[:LONGEST].strip(),
        review=review[:LONGEST].strip(),
    )


Terms = Annotated[rules.Terms, Depends(written_terms)]


@router.get("/requirements/new", dependencies=KEEPERS)
def empty_form(
    request: Request, office: AtWork, person: SignedIn, customer: OptionalId = None, case: OptionalId = None
) -> Response:
    """The form for a customer, or for a case of one."""
    with reading(office.engine) as session:
        about = _case(session, case, person)
        known = customer_for(session, about.customer_id if about else customer or 0, person)
        blank = SpecialRequirement(
            customer_id=known.id or 0, category="packaging", sentence="", created_at=office.clock()
        )
        return _page(request, session, person, known, about, blank, new=True)


@router.post("/requirements/new", dependencies=KEEPERS)
def add(
    office: AtWork,
    person: SignedIn,
    terms: Terms,
    customer: Annotated[int, Form(ge=1, le=LARGEST_ID)],
    case: Annotated[int | None, EmptyIsNone, Form(ge=1, le=LARGEST_ID)] = None,
) -> Response:
    """Into the list."""
    with refusing(), writing(office.engine) as session:
        about = _case(session, case, person)
        known = customer_for(session, about.customer_id if about else customer, person)
        user = session.get_one(User, person.id)
        kept = rules.keep(session, known.id or 0, terms, user, office.clock(), office.policy, case_id=case)
        if about is not None:
            about.requirement_categories = sorted({*about.requirement_categories, terms.category})
    return _back(kept)


@router.get("/requirements/{row_id}")
def show_requirement(request: Request, office: AtWork, person: SignedIn, row_id: RowId) -> Response:
    """The record as a form, its departments and its course."""
    with reading(office.engine) as session:
        found = requirement_for(session, row_id, person)
        customer = session.get_one(Customer, found.customer_id)
        about = session.get(Case, found.case_id) if found.case_id else None
        return _page(request, session, person, customer, about, found, new=False)


@router.post("/requirements/{row_id}", dependencies=KEEPERS)
def change(office: AtWork, person: SignedIn, row_id: RowId, terms: Terms) -> Response:
    """Other terms."""
    with refusing(), writing(office.engine) as session:
        found = requirement_for(session, row_id, person, lock=True)
        rules.change(session, found, terms, session.get_one(User, person.id), office.clock(), office.policy)
    return _back(found)


@router.post("/requirements/{row_id}/status", dependencies=KEEPERS)
def move(
    office: AtWork,
    person: SignedIn,
    row_id: RowId,
    status: Annotated[RequirementStatus, Form()],
    result: Paragraphs = "",
) -> Response:
    """How far it is."""
    with refusing(), writing(office.engine) as session:
        found = requirement_for(session, row_id, person, lock=True)
        user, now = session.get_one(User, person.id), office.clock()
        rules.move_to(session, found, status, result[:LONGEST].strip(), user, now, office.policy)
    return _back(found)


@router.post("/requirements/{row_id}/pass", dependencies=KEEPERS)
def pass_on(
    office: AtWork,
    person: SignedIn,
    row_id: RowId,
    department: Annotated[list[str], Form(max_length=20)] = [],  # noqa: B006  # FastAPI copies it
) -> Response:
    """Departments get it."""
    with refusing(), writing(office.engine) as session:
        found = requirement_for(session, row_id, person, lock=True)
        known = working(session)
        chosen = [one for one in department if one in known]
        rules.pass_on(session, found, chosen, session.get_one(User, person.id), office.clock())
    return _back(found)


@router.post("/requirements/{row_id}/sign", dependencies=[holding(Right.GIVE_OPINION)])
def sign(
    office: AtWork, person: SignedIn, row_id: RowId, department: Annotated[str, Form(max_length=40)]
) -> Response:
    """A department has it."""
    with refusing(), writing(office.engine) as session:
        found = requirement_for(session, row_id, person, lock=True)
        rules.sign_for(session, found, department, session.get_one(User, person.id), office.clock())
    return _back(found)


@router.post("/requirements/{row_id}/reported", dependencies=KEEPERS)
def reported(office: AtWork, person: SignedIn, row_id: RowId) -> Response:
    """The customer knows how it went."""
    with refusing(), writing(office.engine) as session:
        found = requirement_for(session, row_id, person, lock=True)
        rules.report_back(session, found, session.get_one(User, person.id), office.clock())
    return _back(found)


@router.post("/requirements/{row_id}/withdraw", dependencies=KEEPERS)
def withdraw(
    office: AtWork, person: SignedIn, row_id: RowId, back: Annotated[bool, Form()] = False
) -> Response:
    """It is none; or it is one after all."""
    with refusing(), writing(office.engine) as session:
        found = requirement_for(session, row_id, person, lock=True)
        user, now = session.get_one(User, person.id), office.clock()
        if back:
            rules.bring_back(session, found, user, now, office.policy)
        else:
            rules.withdraw(session, found, user, now)
    return _back(found)


def requirement_for(
    session: Session, number: int, person: Person, *, lock: bool = False
) -> SpecialRequirement:
    """The requirement, if this person may see its customer and its case."""
    found = session.get(SpecialRequirement, number, with_for_update=lock)
    if found is None:
        raise Refusal(404)
    customer_for(session, found.customer_id, person)
    return found


def _case(session: Session, number: int | None, person: Person) -> Case | None:
    case = session.get(Case, number) if number else None
    if number and case is None:
        raise Refusal(404)
    if case is not None and not may_see(case.owner_id, person.sees_only):
        raise Refusal(403)
    return case


def _page(
    request: Request,
    session: Session,
    person: Person,
    customer: Customer,
    case: Case | None,
    found: SpecialRequirement,
    *,
    new: bool,
) -> Response:
    user = session.get_one(User, person.id)
    people = people_at_work(session)
    at_work = dict.fromkeys([*working(session), *([found.department] if found.department else [])])
    kept = [] if new else rules.receipts(session, found)
    values: dict[str, Any] = {
        "found": found,
        "customer": customer,
        "case": case,
        "case_number": case_number(case.id or 0) if case else "",
        "seen": case is not None and may_see(case.owner_id, person.sees_only),
        "new": new,
        "receipts": kept,
        "signing": {one.department for one in kept if rules.may_sign_for(user, one.department)},
        "people": people,
        "names": {one.id: one.name for one in people},
        "departments": at_work,
        "categories": list(dict.fromkeys([*CATEGORIES, found.category])),
        "sources": rules.SOURCES,
        "scopes": list(RequirementScope),
        "priorities": list(RequirementPriority),
        "statuses": list(RequirementStatus),
        "may_keep": person.may(Right.KEEP_REQUIREMENTS),
        "may_sign": person.may(Right.GIVE_OPINION),
    }
    return desk_page(request, session, person, "requirement.html", **values)


def _back(found: SpecialRequirement) -> Response:
    return RedirectResponse(f"/desk/requirements/{found.id}", 303)
