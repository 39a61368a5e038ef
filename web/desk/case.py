"""One case at `/desk/cases/NUMBER`: the conversation, why it was read so, and what can be done with it."""

from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, func, select

from casework import handling
from casework.colleagues import add_colleague
from casework.drafting import drafting_now
from casework.rights import Right
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
from web.desk import complaint, notes, requirements, review, service_panel
from web.desk.canned import offered
from web.desk.dossier import answered_by, case_for, dossier
from web.desk.numbers import CaseId
from web.desk.page import desk_page, desk_router
from web.desk.promise import Promise, suggested
from web.desk.story import told
from web.errors import Refusal
from web.evidence import why_words
from web.forms import LARGEST_ID, EmptyIsNone
from web.office import AtWork
from web.pages import page
from web.signed_in import Person, SignedIn, holding
from web.words import CATEGORIES

router = desk_router()
# What other rooms show on a case's page.
PANELS = {
    "complaint": complaint,
    "review": review,
    "service": service_panel,
    "requirements": requirements,
    "notes": notes,
}


@router.get("/cases/{number}")
def show_case(
    request: Request,
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    all: str = "",  # noqa: A002
    canned: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """The case page; with a canned answer in its answer box for browsers without scripts."""
    with reading(office.engine) as session:
        case = case_for(session, case_id, person)
        return case_page(request, session, person, case, everything=bool(all), canned=canned)


def case_page(
    request: Request,
    session: Session,
    person: Person,
    case: Case,
    *,
    status: int = 200,
    draft: str = "",
    problem: str | None = None,
    promise: Promise | None = None,
    everything: bool = False,
    canned: int = 0,
) -> Response:
    """The page of this case; after a reply that could not go out with the draft and the reason."""
    office = request.app.state.office
    policy = office.policy
    found = dossier(session, case, person, policy, everything=everything)
    answers = offered(session, found, person) if person.may(Right.ANSWER) else []
    draft = draft or next((one.text for one in answers if one.id == canned), "")
    return desk_page(
        request,
        session,
        person,
        "case.html",
        status=status,
        found=found,
        case=case,
        panels={name: room.panel(session, case, person, policy) for name, room in PANELS.items()},
        draft=draft,
        canned=answers,
        others=drafting_now(session, case.id or 0, person.id, office.clock()),
        problem=problem,
        promise=promise or suggested(session, person, office.clock(), policy),
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
        others = drafting_now(session, case_id, person.id, office.clock())
        return page(request, "desk/case_news.html", case=case, fresh=fresh, after=after, others=others)


@router.post("/cases/{number}/assign", dependencies=[holding(Right.ANSWER)])
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


@router.post("/cases/{number}/close", dependencies=[holding(Right.ANSWER)])
def close(office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """The matter is settled."""
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        if case.status != CaseStatus.CLOSED:
            handling.close(session, case, session.get_one(User, person.id), office.clock())
    return _back(case_id)


@router.post("/cases/{number}/reopen", dependencies=[holding(Right.ANSWER)])
def reopen(office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """Undo closing or filing."""
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        if case.status in (CaseStatus.CLOSED, CaseStatus.FILED):
            user = session.get_one(User, person.id)
            handling.reopen(session, case, user, office.clock(), office.policy)
    return _back(case_id)


@router.post("/cases/{number}/correct", dependencies=[holding(Right.ANSWER)])
def correct(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    kind: Annotated[Kind, Form()],
    severity: Annotated[Severity | None, EmptyIsNone, Form()] = None,
    claim: Annotated[bool, Form()] = False,
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
            claim=claim,
            categories=tuple(category for category in requirement if category in known),
        )
    return _back(case_id)


@router.post("/cases/{number}/existing", dependencies=[holding(Right.KEEP_CUSTOMERS)])
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


@router.post("/cases/{number}/colleague", dependencies=[holding(Right.KEEP_CUSTOMERS)])
def colleague(office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """The stranger who answers a letter of ours is known: a colleague of whom we wrote to."""
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        if answered := answered_by(session, case, person, office.policy):
            add_colleague(session, case, answered, session.get_one(User, person.id), office.clock())
    return _back(case_id)


def _back(case_id: int) -> Response:
    return RedirectResponse(f"/desk/cases/{case_number(case_id)}", 303)
