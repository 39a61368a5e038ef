"""Typing in what did not come by wire: a call, a fax, a letter, a visit. It takes the same path as a mail."""

from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import File, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from casework.rights import Right
from intake.arrive import Said, keep_said
from store.engine import reading, writing
from store.tables import (
    Case,
    Channel,
    Contact,
    ContactAddress,
    Customer,
    Incoming,
    IncomingState,
    Message,
    case_number,
)
from web.desk.dossier import case_for
from web.desk.page import desk_page, desk_router
from web.desk.replying import keep_files
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, Line, Paragraphs
from web.i18n import _
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()
SOURCE = "desk"
EARLIEST_YEAR = 1970  # before, it is a slip of the finger
CHANNELS = (Channel.PHONE, Channel.VISIT, Channel.FAX, Channel.LETTER, Channel.ONSITE, Channel.MEDIA)


@router.get("/new", dependencies=[holding(Right.ANSWER)])
def empty_form(
    request: Request,
    office: AtWork,
    person: SignedIn,
    contact: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
) -> Response:
    """The form; for a known contact its name and number are filled in."""
    now = office.clock().astimezone(office.policy.timezone)
    values = {"channel": Channel.PHONE, "at": f"{now:%Y-%m-%dT%H:%M}", "form": str(uuid4())}
    with reading(office.engine) as session:
        known = _known(session, contact, person)
        if known is not None:
            values |= _of_contact(session, known)
        return _form(request, session, person, values, known, problem=None)


@router.post("/new", dependencies=[holding(Right.ANSWER)])
def register(
    request: Request,
    office: AtWork,
    person: SignedIn,
    form: Annotated[UUID, Form()],
    channel: Annotated[Channel, Form()],
    at: Annotated[str, Form(max_length=30)],
    name: Line,
    text: Paragraphs,
    company: Line = "",
    address: Line = "",
    subject: Line = "",
    contact: Annotated[int | None, EmptyIsNone, Form(ge=1, le=LARGEST_ID)] = None,
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006  # FastAPI copies it
) -> Response:
    """Keep it as an incoming row; sent twice, the same form is one message."""
    now, moment = office.clock(), _moment(at, office)
    problem = None
    if moment is None or moment > now:
        problem = _("请填写沟通的时间，不能晚于现在。")
    elif channel not in CHANNELS or not name or not text.strip():
        problem = _("请填写渠道、对方姓名和沟通内容。")
    with reading(office.engine) as session:
        known = _known(session, contact, person)
        if problem or moment is None:
            values = {"form": str(form), "channel": channel, "at": at, "name": name, "text": text}
            values |= {"company": company, "address": address, "subject": subject}
            return _form(request, session, person, values, known, problem=problem)
    said = Said(
        channel=channel,
        source=SOURCE,
        external_id=str(form),
        conversation=str(form),
        address=address,
        name=name if known or not company else f"{company} {name}",
        text=text,
        at=moment,
        subject=subject or None,
        files=keep_files(office.files, files),
        user_id=person.id,
        contact_id=known.id if known else None,
    )
    with writing(office.engine) as session:
        keep_said(session, said, now)
    office.on_incoming()
    return RedirectResponse(f"/desk/new/{form}", 303)


@router.get("/new/{form}", dependencies=[holding(Right.ANSWER)])
def arriving(request: Request, office: AtWork, person: SignedIn, form: UUID) -> Response:
    """Wait until it has become a case, then go there; the page asks again by itself."""
    with reading(office.engine) as session:
        found = session.exec(
            select(Incoming, Message.case_id)
            .outerjoin(Message, col(Message.incoming_id) == col(Incoming.id))
            .where(col(Incoming.source) == SOURCE, col(Incoming.external_id) == str(form))
        ).first()
        if found is None:
            raise Refusal(404)
        row, case_id = found
        if case_id is not None:
            return RedirectResponse(f"/desk/cases/{case_number(case_id)}", 303)
        failed = row.state == IncomingState.QUARANTINED
        return desk_page(request, session, person, "arriving.html", failed=failed)


def _form(
    request: Request,
    session: Session,
    person: Person,
    values: dict[str, str],
    known: Contact | None,
    *,
    problem: str | None,
) -> Response:
    empty = dict.fromkeys(("name", "company", "address", "subject", "text"), "")
    return desk_page(
        request,
        session,
        person,
        "new.html",
        status=422 if problem else 200,
        filled=empty | values,
        known=known,
        customer=session.get(Customer, known.customer_id) if known else None,
        channels=CHANNELS,
        problem=problem,
    )


def _known(session: Session, contact_id: int | None, person: Person) -> Contact | None:
    """The contact, for those who may see one of its cases."""
    if contact_id is None:
        return None
    cases = session.exec(select(Case.id).where(col(Case.contact_id) == contact_id)).all()
    for case_id in cases:
        try:
            case_for(session, case_id or 0, person)
        except Refusal:
            continue
        return session.get(Contact, contact_id)
    raise Refusal(404)


def _of_contact(session: Session, contact: Contact) -> dict[str, str]:
    number = session.exec(
        select(ContactAddress.address).where(
            col(ContactAddress.contact_id) == contact.id, col(ContactAddress.channel) == Channel.PHONE
        )
    ).first()
    return {"name": contact.name, "address": number or ""}


def _moment(at: str, office: AtWork) -> datetime | None:
    """The office's local time as typed; a browser sends 2026-11-20T10:30."""
    try:
        local = datetime.fromisoformat(at)
    except ValueError:
        return None
    if local.tzinfo is not None or local.year < EARLIEST_YEAR:
        return None
    return local.replace(tzinfo=office.policy.timezone)
