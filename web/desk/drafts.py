"""Answers that wait for a confirmation: another person confirms, sends back, or edits (S3 4.3.2 ⑵)."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, func, select

from casework.complaints import confirming
from casework.replies import ReplyError
from casework.rights import Right
from store.engine import reading, writing
from store.tables import Case, Direction, Message, ReplyDraft, User, case_number
from web.desk.case import case_page
from web.desk.dossier import case_for
from web.desk.numbers import CaseId
from web.desk.page import desk_router
from web.errors import Refusal
from web.forms import LARGEST_ID, Paragraphs, RowId
from web.i18n import _
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding
from web.told import told

router = desk_router()


@router.post("/cases/{number}/drafts/{draft_id}/confirm", dependencies=[holding(Right.CONFIRM_REPLY)])
def confirm(
    request: Request,
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    draft_id: RowId,
    seen: Annotated[int, Form(ge=0, le=LARGEST_ID)],
) -> Response:
    """Take it: what is sent leaves at once. Not while the customer has said more than the page showed."""
    problem = None
    try:
        with writing(office.engine) as session:
            case, draft = _draft(session, case_id, draft_id, person)
            if _says_more(session, case, seen):
                problem = _("客户又来了新消息。请先看过，再决定是否确认。")
            else:
                user = session.get_one(User, person.id)
                confirming.confirm(session, draft, case, user, office.clock(), office.policy)
    except ReplyError as error:
        problem = told(str(error))
    if problem is None:
        return _back(case_id)
    with reading(office.engine) as session:
        case = case_for(session, case_id, person)
        return case_page(request, session, person, case, status=409, problem=problem)


@router.post("/cases/{number}/drafts/{draft_id}/back", dependencies=[holding(Right.CONFIRM_REPLY)])
def send_back(
    office: AtWork, person: SignedIn, case_id: CaseId, draft_id: RowId, remark: Paragraphs
) -> Response:
    """Not like this; the remark says why."""
    if not remark.strip():
        raise Refusal(422, _("请写明退回的意见，好让作者知道改什么。"))
    with writing(office.engine) as session:
        case, draft = _draft(session, case_id, draft_id, person)
        user = session.get_one(User, person.id)
        confirming.send_back(session, draft, case, user, remark.strip(), office.clock())
    return _back(case_id)


@router.post("/cases/{number}/drafts/{draft_id}/edit", dependencies=[holding(Right.ANSWER)])
def edit(office: AtWork, person: SignedIn, case_id: CaseId, draft_id: RowId, text: Paragraphs) -> Response:
    """Other words with the same files: whoever edits is the author now, and somebody else confirms."""
    if not text.strip():
        raise Refusal(422, _("答复还没有写内容。"))
    with writing(office.engine) as session:
        case, draft = _draft(session, case_id, draft_id, person)
        waiting = confirming.live_draft(session, case)
        if waiting is not None and waiting.id != draft.id:
            raise Refusal(409, _("这份答复已被另一份代替。请打开案件查看最新的一份。"))
        confirming.propose(
            session,
            case,
            session.get_one(User, person.id),
            text,
            office.clock(),
            files=confirming.files_of(session, draft),
            sends=draft.sends,
        )
    return _back(case_id)


@router.post("/cases/{number}/drafts/{draft_id}/withdraw", dependencies=[holding(Right.ANSWER)])
def withdraw(office: AtWork, person: SignedIn, case_id: CaseId, draft_id: RowId) -> Response:
    """Its author takes it back."""
    with writing(office.engine) as session:
        case, draft = _draft(session, case_id, draft_id, person)
        confirming.withdraw(session, draft, case, session.get_one(User, person.id), office.clock())
    return _back(case_id)


@router.post("/cases/{number}/drafts/{draft_id}/told", dependencies=[holding(Right.ANSWER)])
def told_customer(office: AtWork, person: SignedIn, case_id: CaseId, draft_id: RowId) -> Response:
    """The confirmed words were told by voice or on paper."""
    with writing(office.engine) as session:
        case, draft = _draft(session, case_id, draft_id, person)
        try:
            user = session.get_one(User, person.id)
            confirming.told_by_voice(session, draft, case, user, office.clock())
        except ReplyError as error:
            raise Refusal(409, told(str(error))) from error
    return _back(case_id)


def _draft(session: Session, case_id: int, draft_id: int, person: Person) -> tuple[Case, ReplyDraft]:
    case = case_for(session, case_id, person, lock=True)
    draft = session.get(ReplyDraft, draft_id)
    if draft is None or draft.case_id != case_id:
        raise Refusal(404)
    return case, draft


def _says_more(session: Session, case: Case, seen: int) -> bool:
    newer = select(func.count()).select_from(Message)
    newer = newer.where(col(Message.case_id) == case.id, col(Message.id) > seen)
    return session.exec(newer.where(col(Message.direction) == Direction.IN)).one() > 0


def _back(case_id: int) -> Response:
    return RedirectResponse(f"/desk/cases/{case_number(case_id)}?draft=1#draft", 303)
