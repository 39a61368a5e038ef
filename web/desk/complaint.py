"""A complaint: what the case page shows of it, and its registration and handling form with its steps."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from casework import handling
from casework.complaints import closing, confirming, correcting, form, losses, nonconforming, overview, steps
from casework.complaints.approvals import right_to_confirm
from casework.policy import Policy
from casework.replies import StoredFile
from casework.rights import Right
from nlp.reading import Kind
from store.engine import reading, writing
from store.tables import (
    Case,
    CaseStatus,
    Complaint,
    ComplaintSignature,
    CorrectiveAction,
    CorrectiveMeasure,
    Customer,
    LossReview,
    NonconformityNotice,
    NonconformityReason,
    ReplyDraft,
    SignedMatter,
    User,
    case_number,
)
from web.desk.complaint_words import WORDS, section_word
from web.desk.dossier import case_for
from web.desk.numbers import CaseId
from web.desk.page import desk_page, desk_router
from web.desk.typed import Typed, in_section, mark, text_of, values_of
from web.errors import Refusal
from web.forms import EmptyIsNone, Line, RowId
from web.i18n import _
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()


@dataclass(frozen=True)
class Draft:
    """An answer that waits for a confirmation, or came back."""

    row: ReplyDraft
    author: str
    decider: str | None
    files: tuple[StoredFile, ...]
    void: bool
    mine: bool
    for_me: bool


@dataclass(frozen=True)
class Panel:
    """What the case page shows: the gate, the drafts, and how far the complaint is."""

    gate: Right | None
    drafts: list[Draft]
    complaint: Complaint | None
    steps: dict[steps.Step, bool]
    action: CorrectiveAction | None
    notice: NonconformityNotice | None
    loss: LossReview | None
    repeats: list[overview.Line]

    @property
    def words(self) -> Any:
        return WORDS


def panel(session: Session, case: Case, person: Person, policy: Policy) -> Panel | None:  # noqa: ARG001
    """What the case page shows of it; None where it is no complaint and no answer waits."""
    gate = right_to_confirm(case)
    if case.kind != Kind.COMPLAINT and gate is None:
        return None
    complaint, action, notice, loss = _known(session, case)
    return Panel(
        gate=gate,
        drafts=_drafts(session, case, session.get_one(User, person.id)),
        complaint=complaint,
        steps=_steps(session, case, complaint) if complaint else {},
        action=action,
        notice=notice,
        loss=loss,
        repeats=overview.repeats(session, complaint, case, person.sees_only) if complaint else [],
    )


_Known = tuple[Complaint | None, CorrectiveAction | None, NonconformityNotice | None, LossReview | None]


def _known(session: Session, case: Case) -> _Known:
    """Whatever is written down of the complaint, at once."""
    found = session.exec(
        select(Complaint, CorrectiveAction, NonconformityNotice, LossReview)
        .outerjoin(CorrectiveAction, col(CorrectiveAction.case_id) == col(Complaint.case_id))
        .outerjoin(NonconformityNotice, col(NonconformityNotice.case_id) == col(Complaint.case_id))
        .outerjoin(LossReview, losses.stands_for(col(Complaint.case_id)))
        .where(col(Complaint.case_id) == case.id)
    ).first()
    return found or (None, None, None, None)


def _drafts(session: Session, case: Case, user: User) -> list[Draft]:
    """The one that waits, and what came back since the last answer."""
    rows = session.exec(
        select(ReplyDraft)
        .where(
            col(ReplyDraft.case_id) == case.id,
            col(ReplyDraft.state).in_((*confirming.LIVE, "sent_back")),
        )
        .order_by(col(ReplyDraft.id).desc())
        .limit(1)
    ).all()
    people = {person.id: person.name for person in session.exec(select(User))} if rows else {}
    return [
        Draft(
            row=row,
            author=people[row.author_id],
            decider=people.get(row.decided_by),
            files=confirming.files_of(session, row),
            void=confirming.is_void(session, row, case),
            mine=row.author_id == user.id,
            for_me=confirming.may_confirm(row, case, user),
        )
        for row in rows
    ]


def _steps(session: Session, case: Case, complaint: Complaint) -> dict[steps.Step, bool]:
    names = closing.signatures_of(session, complaint.case_id)
    facts = steps.Facts(
        signed=all(_signature(names, matter, complaint.countermeasure) for matter in _BOTH),
        replied=overview.has_replied(session, case),
        closed=case.status == CaseStatus.CLOSED,
    )
    return steps.done(complaint, facts)


_BOTH = (SignedMatter.COUNTERMEASURE_SALES, SignedMatter.COUNTERMEASURE_HEAD)
_signature = closing.signature


@router.get("/cases/{number}/complaint")
def show_form(request: Request, office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """客户投诉登记及处理表 on one page, to be filled in and printed."""
    with reading(office.engine) as session:
        case, complaint = complaint_for(session, case_id, person)
        user = session.get_one(User, person.id)
        names = closing.signatures_of(session, case_id)
        people = {one.id: one for one in session.exec(select(User))}
        return desk_page(
            request,
            session,
            person,
            "complaint.html",
            case=case,
            customer=session.get_one(Customer, case.customer_id),
            complaint=complaint,
            steps=_steps(session, case, complaint),
            sections=form.SECTIONS,
            fills={
                name: mark(values_of(complaint, name)) for name in form.SECTIONS if form.may_fill(name, user)
            },
            signed={matter: standing_signature(names, matter, complaint) for matter in SignedMatter},
            signatures=names,
            action_row=session.get(CorrectiveAction, case_id),
            measures=correcting.measures_of(session, case_id),
            notice=session.get(NonconformityNotice, case_id),
            loss=losses.loss_of(session, case_id),
            surveyed=(surveyed := closing.is_surveyed(session, case_id)),
            takes_reason=closing.takes_reason(complaint.satisfied, surveyed=surveyed),
            reasons=NonconformityReason,
            repeats=overview.repeats(session, complaint, case, person.sees_only),
            people=people,
            rights=Right,
            eight_d=correcting.EIGHT_D,
            short=correcting.SHORT,
            today=office.clock().astimezone(office.policy.timezone).date(),
            saved=request.query_params.get("saved", "")[:20],
            **WORDS,
        )


def standing_signature(
    names: list[ComplaintSignature], matter: SignedMatter, complaint: Complaint
) -> ComplaintSignature | None:
    """The name that counts under what is written now."""
    words = complaint.effect if matter == SignedMatter.CLOSING else complaint.countermeasure
    found = _signature(names, matter, words)
    fresh = complaint.effect_at is not None and found is not None and found.at >= complaint.effect_at
    return found if matter != SignedMatter.CLOSING or fresh else None


@router.post(
    "/cases/{number}/complaint",
    dependencies=[
        holding(*dict.fromkeys(right for section in form.SECTIONS.values() for right in section.rights))
    ],
)
def save_form(office: AtWork, person: SignedIn, case_id: CaseId, typed: Typed) -> Response:
    """Write down the sections that were changed, whichever of their buttons was pressed.

    A section that a colleague has changed since this page was opened is not written over.
    """
    with writing(office.engine) as session:
        case, complaint = complaint_for(session, case_id, person, lock=True)
        user = session.get_one(User, person.id)
        for section in form.SECTIONS:
            values = in_section(section, typed)
            shown = typed.get(f"shown-{section}", "")
            if not values or mark(values) == shown:
                continue
            if shown and mark(values_of(complaint, section)) != shown:
                raise Refusal(
                    409,
                    _(
                        "“%(section)s”在您填写期间被同事改过，没有保存。请返回上一页复制您写的内容，刷新后再填。",
                        section=section_word(section),
                    ),
                )
            form.fill(session, complaint, case, section, values, user, office.clock())
    pressed = typed.get("section", "")
    return back_to(case_id, pressed if pressed in form.SECTIONS else "registration")


@router.post("/cases/{number}/sign", dependencies=[holding(Right.ANSWER, Right.SIGN_CLOSING)])
def sign_countermeasure(office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """Put one's name under the countermeasure."""
    with writing(office.engine) as session:
        _case, complaint = complaint_for(session, case_id, person, lock=True)
        user = session.get_one(User, person.id)
        closing.sign_countermeasure(session, complaint, user, office.clock())
    return back_to(case_id, "countermeasure")


@router.post("/cases/{number}/settle", dependencies=[holding(Right.SIGN_CLOSING)])
def settle(office: AtWork, person: SignedIn, case_id: CaseId, reason: Line = "") -> Response:
    """The head signs, and the complaint is closed."""
    with writing(office.engine) as session:
        case, complaint = complaint_for(session, case_id, person, lock=True)
        if case.status != CaseStatus.CLOSED:
            user, now = session.get_one(User, person.id), office.clock()
            closing.sign_closing(session, complaint, user, now, reason=reason)
            handling.close(session, case, user, now)
    return back_to(case_id, "effect")


@router.post("/cases/{number}/capa", dependencies=[holding(Right.INVESTIGATE)])
def save_action(office: AtWork, person: SignedIn, case_id: CaseId, typed: Typed) -> Response:
    """Open the CAPA, write down what is known of it, and issue it when asked."""
    with writing(office.engine) as session:
        case, _complaint_row = complaint_for(session, case_id, person, lock=True)
        user, now = session.get_one(User, person.id), office.clock()
        action = correcting.open_action(session, case, now, office.policy, user)
        session.flush()
        values = {name: text_of(typed, name) for name in correcting.EIGHT_D if name in typed}
        eight_d = typed.get("eight_d") == "yes" if values else action.eight_d
        correcting.fill_action(session, action, user, values, now, eight_d=eight_d)
        if typed.get("issue"):
            correcting.issue_action(session, action, user, now)
    return back_to(case_id, "capa")


@router.post("/cases/{number}/capa/verify", dependencies=[holding(Right.INVESTIGATE)])
def verify_action(office: AtWork, person: SignedIn, case_id: CaseId, typed: Typed) -> Response:
    """Write down whether the CAPA worked."""
    with writing(office.engine) as session:
        complaint_for(session, case_id, person, lock=True)
        action = session.get(CorrectiveAction, case_id)
        if action is None or typed.get("effective") not in ("yes", "no"):
            raise Refusal(422, "")
        words, effective = text_of(typed, "verification"), typed["effective"] == "yes"
        user = session.get_one(User, person.id)
        correcting.verify_action(session, action, user, words, office.clock(), effective=effective)
    return back_to(case_id, "capa")


@router.post("/cases/{number}/measures", dependencies=[holding(Right.INVESTIGATE)])
def add_measure(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    measure: Line,
    department: Line = "",
    responsible: Line = "",
    due_on: Annotated[date | None, EmptyIsNone, Form()] = None,
) -> Response:
    """One more thing to be done."""
    with writing(office.engine) as session:
        complaint_for(session, case_id, person, lock=True)
        action = session.get(CorrectiveAction, case_id)
        if action is None or not measure:
            raise Refusal(422, "")
        correcting.add_measure(
            session,
            action,
            session.get_one(User, person.id),
            measure,
            office.clock(),
            department=department,
            person=responsible,
            due_on=due_on,
        )
    return back_to(case_id, "capa")


@router.post("/cases/{number}/measures/{measure_id}", dependencies=[holding(Right.INVESTIGATE)])
def finish_measure(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    measure_id: RowId,
    done_on: Annotated[date | None, EmptyIsNone, Form()] = None,
    verification: Line = "",
) -> Response:
    """It was done; without a day it is taken back."""
    with writing(office.engine) as session:
        complaint_for(session, case_id, person, lock=True)
        measure = session.get(CorrectiveMeasure, measure_id)
        if measure is None or measure.case_id != case_id:
            raise Refusal(404)
        user = session.get_one(User, person.id)
        correcting.finish_measure(session, measure, user, done_on, verification, office.clock())
    return back_to(case_id, "capa")


@router.post("/cases/{number}/nonconformity", dependencies=[holding(Right.ANSWER)])
def nonconformity(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    act: Annotated[str, Form(max_length=20)],
    typed: Typed,
    reason: Annotated[NonconformityReason | None, EmptyIsNone, Form()] = None,
) -> Response:
    """Say that a notice is due, issue it, or that there is none to issue."""
    with writing(office.engine) as session:
        case, _complaint_row = complaint_for(session, case_id, person, lock=True)
        user, now = session.get_one(User, person.id), office.clock()
        notice = session.get(NonconformityNotice, case_id)
        if notice is None and reason is not None:
            nonconforming.expect_notice(session, case, reason, now, office.policy, user)
        elif notice is not None and act == "drop":
            nonconforming.drop_notice(session, notice, user, now)
        elif notice is not None and act == "issue":
            nonconforming.issue_notice(
                session,
                notice,
                case,
                user,
                now,
                office.policy,
                goods=text_of(typed, "goods")[: form.LINE_LENGTH],
                quantity=text_of(typed, "quantity")[: form.LINE_LENGTH],
                disposition=text_of(typed, "disposition"),
            )
        else:
            raise Refusal(422, "")
    return back_to(case_id, "nonconformity")


def complaint_for(
    session: Session, case_id: int, person: Person, *, lock: bool = False
) -> tuple[Case, Complaint]:
    """The complaint of this case, if this person may see it and it is one."""
    case = case_for(session, case_id, person, lock=lock)
    complaint = session.get(Complaint, case_id)
    if case.kind != Kind.COMPLAINT or complaint is None:
        raise Refusal(404)
    return case, complaint


def back_to(case_id: int, section: str) -> Response:
    """The form, at the section that was filled in."""
    address = f"/desk/cases/{case_number(case_id)}/complaint?saved={section}#{section}"
    return RedirectResponse(address, 303)
