"""A major loss on the complaint's form: said to be one, reviewed in a meeting, signed by quality."""

from datetime import date
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response
from sqlmodel import Session

from casework.complaints import losses
from casework.rights import Right
from nlp.reading import Kind
from store.engine import writing
from store.tables import Case, User
from web.desk.complaint import back_to
from web.desk.dossier import case_for
from web.desk.numbers import CaseId
from web.desk.page import desk_router
from web.errors import Refusal
from web.forms import Line, Paragraphs
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()
LONGEST = 4000


@router.post("/cases/{number}/loss", dependencies=[holding(Right.INVESTIGATE)])
def declare(office: AtWork, person: SignedIn, case_id: CaseId, reason: Line) -> Response:
    """It is a major loss, for this reason."""
    with writing(office.engine) as session:
        case = _complaint(session, case_id, person)
        losses.declare_loss(session, case, reason, session.get_one(User, person.id), office.clock())
    return back_to(case_id, "loss")


@router.post("/cases/{number}/loss/lift", dependencies=[holding(Right.INVESTIGATE)])
def lift(office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """It is none after all."""
    with writing(office.engine) as session:
        case = _complaint(session, case_id, person)
        losses.lift_loss(session, case, session.get_one(User, person.id), office.clock())
    return back_to(case_id, "loss")


@router.post("/cases/{number}/loss/meeting", dependencies=[holding(Right.LEAD_LOSS_REVIEW)])
def sign(
    office: AtWork,
    person: SignedIn,
    case_id: CaseId,
    held_on: Annotated[date, Form()],
    done_by: Annotated[date, Form()],
    participants: Paragraphs,
    cause: Paragraphs,
    decisions: Paragraphs,
) -> Response:
    """What the meeting came to, signed."""
    meeting = losses.Meeting(
        held_on=held_on,
        participants=participants.strip()[:2000],
        cause=cause.strip()[:LONGEST],
        decisions=decisions.strip()[:LONGEST],
        done_by=done_by,
    )
    with writing(office.engine) as session:
        case = _complaint(session, case_id, person)
        losses.sign_meeting(session, case, meeting, session.get_one(User, person.id), office.clock())
    return back_to(case_id, "loss")


def _complaint(session: Session, case_id: int, person: Person) -> Case:
    case = case_for(session, case_id, person, lock=True)
    if case.kind != Kind.COMPLAINT:
        raise Refusal(404)
    return case
