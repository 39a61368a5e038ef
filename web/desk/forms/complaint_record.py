"""客户投诉登记及处理表 of a complaint (S3 4.3.2)."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session, col, select

from casework.complaints import closing, correcting, form
from casework.reviews.departments import department_of
from store.engine import reading
from store.tables import (
    Case,
    Complaint,
    Contact,
    ContactAddress,
    Customer,
    Direction,
    Message,
    ReplyApproval,
    SignedMatter,
    User,
    customer_code,
)
from web.desk.complaint import complaint_for, standing_signature
from web.desk.complaint_words import field_word
from web.desk.forms.printed import Record, printed, shortened
from web.desk.numbers import CaseId
from web.desk.page import desk_router
from web.i18n import _
from web.office import AtWork
from web.review_words import call_departments, department_word
from web.signed_in import SignedIn
from web.words import channel_word

router = desk_router()


@router.get("/cases/{number}/complaint/form")
def print_complaint(request: Request, office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """The form as it is filled in so far."""
    with reading(office.engine) as session:
        call_departments(session)
        case, complaint = complaint_for(session, case_id, person)
        back = f"/desk/cases/{case.number}/complaint"
        return printed(request, "complaint_record", complaint_record(session, case, complaint), back)


def complaint_record(session: Session, case: Case, complaint: Complaint) -> Record:
    """Everything on the form, in eight queries."""
    people = {user.id: user for user in session.exec(select(User))}
    customer = session.get_one(Customer, case.customer_id)
    asked = _message(session, case, Direction.IN)
    answered = _message(session, case, Direction.OUT)
    registered_by = people.get(asked.author_id) if asked else None
    by = registered_by or people.get(case.owner_id)
    return {
        "number": case.number,
        "registered_at": complaint.registered_at,
        "registered_by": registered_by.name if registered_by else _("系统自动登记"),
        "department": department_word(department_of(by) or "") if by else None,
        "channel": channel_word(case.channel),
        "severity": case.severity,
        "claim": case.claim,
        "customer_code": customer_code(customer.id or 0),
        "customer": customer.name,
        **_complainant(session, case, complaint),
        "complained_at": case.opened_at,
        "deadline": complaint.answer_by or case.due_at,
        **{name: getattr(complaint, name) for name in ("product", "part_no", "order_no", "quantity")},
        **{name: getattr(complaint, name) for name in ("ordered_on", "delivered_on", "unit")},
        "content": shortened(f"{complaint.defect}\n{asked.new_text if asked else case.subject}"),
        "demand": shortened(complaint.demand),
        "investigation": _section(complaint, "check"),
        "cause": shortened(complaint.cause),
        "countermeasures": _countermeasures(session, complaint),
        "stocks": _section(complaint, "stocks"),
        "returned": _section(complaint, "returned"),
        "reply": shortened(answered.new_text) if answered else None,
        "replied_by": _name(people, answered.author_id) if answered else None,
        "replied_at": answered.at if answered else None,
        "effect": shortened(complaint.effect),
        "verified_by": _name(people, complaint.effect_by),
        "customer_satisfied": complaint.satisfied,
        "signatures": _signatures(session, complaint, people),
    }


def _message(session: Session, case: Case, direction: Direction) -> Message | None:
    """What the customer complained first; what a person of us answered last."""
    wanted = select(Message).where(
        col(Message.case_id) == case.id, col(Message.direction) == direction, ~col(Message.automatic)
    )
    first = direction == Direction.IN
    order = (col(Message.at), col(Message.id)) if first else (col(Message.at).desc(), col(Message.id).desc())
    return session.exec(wanted.order_by(*order).limit(1)).first()


def _complainant(session: Session, case: Case, complaint: Complaint) -> Record:
    rows = session.exec(
        select(Contact.name, ContactAddress.address)
        .outerjoin(ContactAddress, col(ContactAddress.contact_id) == col(Contact.id))
        .where(col(Contact.id) == case.contact_id)
        .order_by(col(ContactAddress.channel) != case.channel, col(ContactAddress.id))
        .limit(1)
    ).one()
    return {"complainant": complaint.complainant or rows[0], "contact": rows[1]}


def _section(complaint: Complaint, section: str) -> str:
    """The fields of a section that are filled in, a line each."""
    said = ((name, getattr(complaint, name)) for name in form.SECTIONS[section].fields)
    return "\n".join(
        f"{field_word(name)}{_('：')}{_plain(value)}" for name, value in said if value not in (None, "")
    )


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return shortened(value) if isinstance(value, str) else value


def _countermeasures(session: Session, complaint: Complaint) -> list[Record]:
    """What was agreed first, then the measures of the CAPA."""
    said = (complaint.countermeasure, complaint.prevention)
    agreed: list[Record] = [{"action": shortened(text)} for text in said if text]
    return agreed + [
        {
            "action": shortened(one.measure),
            "department": " ".join(filter(None, (one.department, one.person))),
            "due": one.due_on,
            "done": one.done_on,
        }
        for one in correcting.measures_of(session, complaint.case_id)
    ]


def _signatures(session: Session, complaint: Complaint, people: dict[int | None, User]) -> list[Record]:
    names = closing.signatures_of(session, complaint.case_id)
    confirmed = session.exec(
        select(ReplyApproval)
        .where(col(ReplyApproval.case_id) == complaint.case_id)
        .order_by(col(ReplyApproval.id).desc())
        .limit(1)
    ).first()
    lines = [
        (_("业务员"), SignedMatter.COUNTERMEASURE_SALES),
        (_("部门负责人"), SignedMatter.COUNTERMEASURE_HEAD),
        (_("关闭投诉"), SignedMatter.CLOSING),
    ]
    signed = [(label, standing_signature(names, matter, complaint)) for label, matter in lines]
    return [
        *(_signed(label, one.user_id, one.at, people) if one else {"label": label} for label, one in signed),
        *([_signed(_("确认答复"), confirmed.confirmer_id, confirmed.at, people)] if confirmed else []),
    ]


def _signed(label: str, user_id: int, at: Any, people: dict[int | None, User]) -> Record:
    return {"label": label, "name": _name(people, user_id), "at": at}


def _name(people: dict[int | None, User], user_id: int | None) -> str | None:
    person = people.get(user_id) if user_id else None
    return person.name if person else None
