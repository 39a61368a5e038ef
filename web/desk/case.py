"""One case at `/desk/cases/NUMBER`: the conversation, why it was read so, and what can be done with it."""

import re
from typing import Annotated

from fastapi import Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, func, select

from casework import handling
from casework.colleagues import add_colleague
from nlp.reading import Kind, Severity
from store.engine import reading, writing
from store.history import DESK, log, tell
from store.tables import (
    KINDS,
    SEVERITIES,
    Case,
    CaseStatus,
    Customer,
    CustomerStatus,
    Message,
    User,
    case_number,
)
from web.desk.dossier import answered_by, case_for, dossier
from web.desk.page import desk_page, desk_router
from web.desk.story import told
from web.errors import Refusal
from web.evidence import why_words
from web.forms import LARGEST_ID, EmptyIsNone
from web.office import AtWork
from web.pages import page
from web.signed_in import Person, SignedIn
from web.words import CATEGORIES

router = desk_router()
_NUMBER = re.compile(r"HY-0*([1-9]\d{0,8})", re.IGNORECASE)


def number_in_address(number: str) -> int:
    """HY-000123 → 123."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        raise Refusal(404)
    return int(match[1])


CaseId = Annotated[int, Depends(number_in_address)]


@router.get("/cases/{number}")
def show_case(request: Request, office: AtWork, person: SignedIn, case_id: CaseId, all: str = "") -> Response:  # noqa: A002
    """The case page."""
    with reading(office.engine) as session:
        case = case_for(session, case_id, person)
        return case_page(request, session, person, case, everything=bool(all))


def case_page(
    request: Request,
    session: Session,
    person: Person,
    case: Case,
    *,
    status: int = 200,
    draft: str = "",
    problem: str | None = None,
    everything: bool = False,
) -> Response:
    """The page of this case; after a reply that could not go out with the draft and the reason."""
    found = dossier(session, case, person, request.app.state.office.policy, everything=everything)
    return desk_page(
        request,
        session,
        person,
        "case.html",
        status=status,
        found=found,
        case=case,
        draft=draft,
        problem=problem,
        told=told,
        why_words=why_words,
        kinds=KINDS,
        severities=SEVERITIES,
        categories=sorted({*CATEGORIES, *case.requirement_categories}, key=_in_our_order),
        sent=request.query_params.get("sent") == "1",
    )


def _in_our_order(category: str) -> tuple[int, str]:
    return (CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES), category)


@router.get("/cases/{number}/news")
def news(
    request: Request,
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    after: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """A line above the answer when somebody wrote since the page was opened."""
    with reading(office.engine) as session:
        case = case_for(session, case_id, person)
        since = select(func.count()).select_from(Message)
        since = since.where(col(Message.case_id) == case.id, col(Message.id) > after)
        since = since.where(~col(Message.automatic))
        fresh = session.exec(since).one()
        return page(request, "desk/case_news.html", case=case, fresh=fresh, after=after)


@router.post("/cases/{number}/assign")
def assign(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    owner: Annotated[int | None, EmptyIsNone, Form(ge=1, le=LARGEST_ID)] = None,
) -> Response:
    """Hand the case to a colleague, or back to everybody."""
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        new_owner = session.get(User, owner) if owner else None
        if owner and (new_owner is None or not new_owner.active):
            raise Refusal(422, "")
        if (new_owner.id if new_owner else None) != case.owner_id:
            handling.assign(session, case, new_owner, session.get_one(User, person.id), office.clock())
        still_visible = person.sees_only is None or case.owner_id in (None, person.id)
    return _back(case_id) if still_visible else RedirectResponse("/desk", 303)


@router.post("/cases/{number}/close")
def close(office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """The matter is settled."""
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        if case.status != CaseStatus.CLOSED:
            handling.close(session, case, session.get_one(User, person.id), office.clock())
    return _back(case_id)


@router.post("/cases/{number}/reopen")
def reopen(office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """Undo closing or filing."""
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        if case.status in (CaseStatus.CLOSED, CaseStatus.FILED):
            user = session.get_one(User, person.id)
            handling.reopen(session, case, user, office.clock(), office.policy)
    return _back(case_id)


@router.post("/cases/{number}/correct")
def correct(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    kind: Annotated[Kind, Form()],
    severity: Annotated[Severity | None, EmptyIsNone, Form()] = None,
    requirement: Annotated[list[str], Form()] = [],  # noqa: B006  # FastAPI copies it
) -> Response:
    """Put right how the case was read."""
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        known = {*CATEGORIES, *case.requirement_categories}
        handling.correct(
            session,
            case,
            session.get_one(User, person.id),
            office.clock(),
            office.policy,
            kind=kind,
            severity=severity,
            categories=tuple(category for category in requirement if category in known),
        )
    return _back(case_id)


@router.post("/cases/{number}/existing")
def make_existing(office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """The stranger has become a customer: from now on surveys go there, too."""
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        customer = session.get_one(Customer, case.customer_id)
        if customer.status != CustomerStatus.EXISTING:
            customer.status = CustomerStatus.EXISTING
            log(
                session,
                "customer_existing",
                office.clock(),
                user_id=person.id,
                case_id=case_id,
                details={"customer": customer.id},
            )
            tell(session, DESK, office.clock())
    return _back(case_id)


@router.post("/cases/{number}/colleague")
def colleague(office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """The stranger who answers a letter of ours is known: a colleague of whom we wrote to."""
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        if answered := answered_by(session, case, person, office.policy):
            add_colleague(session, case, answered, session.get_one(User, person.id), office.clock())
    return _back(case_id)


def _back(case_id: int) -> Response:
    return RedirectResponse(f"/desk/cases/{case_number(case_id)}", 303)
