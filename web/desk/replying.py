"""Answering a case, and what can be done when an answer did not get through."""

from typing import Annotated

from fastapi import File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from casework.complaints.approvals import right_to_confirm
from casework.complaints.confirming import live_draft, propose
from casework.drafting import forget_drafting
from casework.replies import ReplyError, StoredFile, note_reply, reply
from casework.rights import Right
from store.desk import send_again, take_as_sent
from store.engine import reading, writing
from store.files import FileStore
from store.history import log
from store.tables import Case, Customer, Direction, Message, Outgoing, User, case_number
from web.desk.case import case_page
from web.desk.dossier import BY_VOICE_OR_PAPER, case_for, channel_out
from web.desk.numbers import CaseId
from web.desk.page import desk_router
from web.errors import Refusal
from web.forms import LARGEST_ID, Paragraphs, RowId
from web.i18n import _
from web.inert import inert
from web.office import AtWork, Office
from web.pages import page
from web.signed_in import Person, SignedIn, holding
from web.told import told

router = desk_router()
Files = Annotated[list[UploadFile], File()]


@router.post("/cases/{number}/reply", dependencies=[holding(Right.ANSWER)])
def answer(
    request: Request,
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    text: Paragraphs,
    seen: Annotated[int, Form(ge=0, le=LARGEST_ID)],
    only_note: Annotated[bool, Form()] = False,
    files: Files = [],  # noqa: B006  # FastAPI copies it
) -> Response:
    """Send or note the answer. The same words to the same state of the conversation are one answer."""
    done = RedirectResponse(f"/desk/cases/{case_number(case_id)}?sent=1#end", 303)
    with reading(office.engine) as session:
        case_for(session, case_id, person)  # before anything is stored
    stored = keep_files(office.files, files)
    problem = None if text.strip() else _("答复还没有写内容。")
    status = 422
    if problem is None:
        try:
            with writing(office.engine) as session:
                case = case_for(session, case_id, person, lock=True)
                newer = _newer_than(session, case, seen)
                if any(_is_this(message, person, text) for message in newer) or _waits(
                    session, case, person, text
                ):
                    return done
                if newer:
                    problem, status = _("您写答复时来了新消息。请先看过，再发送；草稿已保留。"), 409
                else:
                    _answer(session, office, case, person, text, stored, only_note=only_note)
                    forget_drafting(session, case_id, person.id)
                    return done
        except ReplyError as error:
            problem = told(str(error))
    with reading(office.engine) as session:
        case = case_for(session, case_id, person)
        return case_page(request, session, person, case, status=status, draft=text, problem=problem)


def keep_files(store: FileStore, files: list[UploadFile]) -> tuple[StoredFile, ...]:
    """Put uploaded files into the file store. An empty file field is no file."""
    stored = []
    for file in files:
        content = file.file.read()
        if not file.filename and not content:
            continue
        name = " ".join(inert(file.filename).split())[:255] or "file"
        kind = inert(file.content_type) or "application/octet-stream"
        stored.append(StoredFile(name, kind[:150], len(content), store.put(content)))
    return tuple(stored)


@router.get("/cases/{number}/letters/{letter_id}")
def letter_state(
    request: Request, office: AtWork, person: SignedIn, case_id: CaseId, letter_id: RowId
) -> Response:
    """How far an answer has got; the page asks until it is out."""
    with reading(office.engine) as session:
        case = case_for(session, case_id, person)
        letter = _letter(session, case, letter_id)
        return page(request, "desk/letter.html", person=person, case=case, letter=letter)


@router.post("/cases/{number}/letters/{letter_id}/again", dependencies=[holding(Right.ANSWER)])
def again(office: AtWork, person: SignedIn, case_id: CaseId, letter_id: RowId) -> Response:
    """Send once more; a repeat carries the same Message-ID, so that a double is harmless."""
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        letter = _letter(session, case, letter_id)
        if send_again(session, letter, office.clock()):
            log(session, "sent_again", office.clock(), user_id=person.id, case_id=case_id)
    return RedirectResponse(f"/desk/cases/{case_number(case_id)}#end", 303)


@router.post("/cases/{number}/letters/{letter_id}/sent", dependencies=[holding(Right.ANSWER)])
def was_sent(office: AtWork, person: SignedIn, case_id: CaseId, letter_id: RowId) -> Response:
    """A person found out that the answer did arrive."""
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        letter = _letter(session, case, letter_id)
        if take_as_sent(session, letter, office.clock()):
            log(session, "taken_as_sent", office.clock(), user_id=person.id, case_id=case_id)
    return RedirectResponse(f"/desk/cases/{case_number(case_id)}#end", 303)


def _answer(
    session: Session,
    office: Office,
    case: Case,
    person: Person,
    text: str,
    stored: tuple[StoredFile, ...],
    *,
    only_note: bool,
) -> None:
    user, now = session.get_one(User, person.id), office.clock()
    customer = session.get_one(Customer, case.customer_id)
    by_voice = only_note or channel_out(case, customer) in BY_VOICE_OR_PAPER
    if right_to_confirm(case) is not None:
        propose(session, case, user, text, now, files=stored, sends=not by_voice)
    elif by_voice:
        note_reply(session, case, user, text, now, files=stored)
    else:
        reply(session, case, user, text, now, office.policy, files=stored)


def _waits(session: Session, case: Case, person: Person, text: str) -> bool:
    """Whether these words of this person's wait for a confirmation already."""
    draft = live_draft(session, case)
    return draft is not None and draft.author_id == person.id and draft.text.strip() == text.strip()


def _newer_than(session: Session, case: Case, seen: int) -> list[Message]:
    """What people said since the writer looked; our receipts do not count."""
    return list(
        session.exec(
            select(Message).where(
                col(Message.case_id) == case.id, col(Message.id) > seen, ~col(Message.automatic)
            )
        )
    )


def _is_this(message: Message, person: Person, text: str) -> bool:
    return (
        message.direction == Direction.OUT
        and message.author_id == person.id
        and message.text.strip() == text.strip()
    )


def _letter(session: Session, case: Case, letter_id: int) -> Outgoing:
    letter = session.get(Outgoing, letter_id)
    if letter is None or letter.case_id != case.id:
        raise Refusal(404)
    return letter
