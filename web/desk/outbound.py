"""Writing first (异常通知): staff open a case and tell a customer what endangers its order, in writing."""

from typing import Annotated

from fastapi import File, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, exists, select

from casework.customers import contact_at
from casework.reviews.outbound import open_outbound
from casework.rights import Right
from store.desk import visible
from store.engine import reading, writing
from store.tables import Case, Channel, Contact, Customer, User
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.desk.replying import keep_files
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, Line, Paragraphs
from web.i18n import _
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()


@router.get("/new-outbound", dependencies=[holding(Right.ANSWER)])
def outbound_form(
    request: Request,
    office: AtWork,
    person: SignedIn,
    contact: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
) -> Response:
    """The form; for a known contact its address need not be typed."""
    with reading(office.engine) as session:
        return _form(request, session, person, _known(session, contact, person), {}, None)


@router.post("/new-outbound", dependencies=[holding(Right.ANSWER)])
def send_outbound(
    request: Request,
    office: AtWork,
    person: SignedIn,
    subject: Line,
    text: Paragraphs,
    address: Line = "",
    contact: Annotated[int | None, EmptyIsNone, Form(ge=1, le=LARGEST_ID)] = None,
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006  # FastAPI copies it
) -> Response:
    """Open the case and owe the letter."""
    with reading(office.engine) as session:
        known = _known(session, contact, person) or _at(session, address, person)
        problem = None
        if known is None:
            problem = _("没有这个邮箱地址的联系人。请核对地址；新客户请先登记一次沟通。")
        elif not subject or not text.strip():
            problem = _("请填写主题和内容。")
        if problem or known is None:
            filled = {"subject": subject, "text": text, "address": address}
            return _form(request, session, person, known, filled, problem)
    stored = keep_files(office.files, files)
    with writing(office.engine) as session, refusing():
        user, now = session.get_one(User, person.id), office.clock()
        made = open_outbound(session, known, subject[:200], text, user, now, office.policy, files=stored)
        session.flush()
    return RedirectResponse(f"/desk/cases/{made.number}", 303)


def _form(
    request: Request,
    session: Session,
    person: Person,
    known: Contact | None,
    filled: dict[str, str],
    problem: str | None,
) -> Response:
    return desk_page(
        request,
        session,
        person,
        "new_outbound.html",
        status=422 if problem else 200,
        known=known,
        customer=session.get(Customer, known.customer_id) if known else None,
        filled={"subject": "", "text": "", "address": ""} | filled,
        problem=problem,
    )


def _known(session: Session, contact_id: int | None, person: Person) -> Contact | None:
    """The contact, for those who may see one of its cases."""
    if contact_id is None:
        return None
    contact = session.get(Contact, contact_id)
    if contact is None or not _may_write(session, contact, person):
        raise Refusal(404)
    return contact


def _at(session: Session, address: str, person: Person) -> Contact | None:
    contact = contact_at(session, Channel.EMAIL, address.lower())
    return contact if contact and _may_write(session, contact, person) else None


def _may_write(session: Session, contact: Contact, person: Person) -> bool:
    seen = exists().where(col(Case.customer_id) == contact.customer_id, *visible(person.sees_only))
    return bool(session.exec(select(seen)).one())
