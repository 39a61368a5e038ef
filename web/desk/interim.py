"""Sending an interim reply: we are at it, and until when the final answer comes."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator
from sqlmodel import Session, col, select

from casework.replies import ReplyError, interim
from casework.rights import Right
from store.engine import reading, writing
from store.tables import Case, Customer, Message, User, case_number
from web.desk.case import case_page
from web.desk.dossier import BY_VOICE_OR_PAPER, case_for, channel_out
from web.desk.numbers import CaseId
from web.desk.page import desk_router
from web.desk.promise import Promise, moment_in
from web.forms import LARGEST_ID, Line
from web.i18n import _
from web.inert import clean_input
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding
from web.told import told

router = desk_router()
Detail = Annotated[str, Form(max_length=4000), AfterValidator(clean_input)]


@router.post("/cases/{number}/interim", dependencies=[holding(Right.ANSWER)])
def send_interim(
    request: Request,
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    seen: Annotated[int, Form(ge=0, le=LARGEST_ID)],
    final_by: Annotated[str, Form(max_length=40)] = "",
    departments: Line = "",
    detail: Detail = "",
) -> Response:
    """Send or note it. The same form sent twice is one interim reply."""
    done = RedirectResponse(f"/desk/cases/{case_number(case_id)}?sent=1#end", 303)
    moment, status = moment_in(final_by, person), 422
    problem = None
    if moment is None:
        problem = _("请选择最终答复的日期和时间。")
    elif not departments or not detail.strip():
        problem = _("请写明会同的部门，以及暂时不能解决的原因。")
    else:
        try:
            with writing(office.engine) as session:
                case = case_for(session, case_id, person, lock=True)
                newer = _newer_than(session, case, seen)
                if any(message.author_id == person.id for message in newer):
                    return done
                if not newer:
                    user, customer = (
                        session.get_one(User, person.id),
                        session.get_one(Customer, case.customer_id),
                    )
                    interim(
                        session,
                        case,
                        user,
                        moment,
                        office.clock(),
                        office.policy,
                        detail=detail.strip(),
                        departments=departments,
                        by_voice=channel_out(case, customer) in BY_VOICE_OR_PAPER,
                    )
                    return done
                problem, status = _("您填写时来了新消息。请先看过，再发送；填写的内容已保留。"), 409
        except ReplyError as refused:
            problem = told(str(refused))
    return _again(request, office, person, case_id, status, Promise(final_by, departments, detail, problem))


def _again(
    request: Request, office: AtWork, person: Person, case_id: int, status: int, promise: Promise
) -> Response:
    with reading(office.engine) as session:
        case = case_for(session, case_id, person)
        return case_page(request, session, person, case, status=status, promise=promise)


def _newer_than(session: Session, case: Case, seen: int) -> list[Message]:
    """What people said since the writer looked; our receipts do not count."""
    since = col(Message.case_id) == case.id, col(Message.id) > seen, ~col(Message.automatic)
    return list(session.exec(select(Message).where(*since)))
