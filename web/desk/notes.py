"""Internal notes on a case: what colleagues tell each other and no customer sees."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Form
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator
from sqlmodel import Session, col, select

from casework.notes import write_note
from casework.policy import Policy
from store.engine import writing
from store.tables import Case, Note, User, case_number
from web.desk.dossier import case_for
from web.desk.numbers import CaseId
from web.desk.page import desk_router
from web.errors import Refusal
from web.i18n import _
from web.inert import clean_input
from web.office import AtWork
from web.signed_in import Person, SignedIn

router = desk_router()
SHOWN = 50
NoteText = Annotated[str, Form(max_length=5000), AfterValidator(clean_input)]


@dataclass(frozen=True)
class Written:
    """One note as the page shows it."""

    author: str
    text: str
    at: datetime


def panel(session: Session, case: Case, person: Person, policy: Policy) -> Any:  # noqa: ARG001
    """The newest notes, oldest of them first."""
    rows = session.exec(
        select(User.name, Note.text, Note.at)
        .join(User, col(User.id) == col(Note.user_id))
        .where(col(Note.case_id) == case.id)
        .order_by(col(Note.id).desc())
        .limit(SHOWN)
    )
    return [Written(*row) for row in rows][::-1]


@router.post("/cases/{number}/notes")
def note(office: AtWork, person: SignedIn, case_id: CaseId, text: NoteText) -> Response:
    """Keep a note; whoever sees the case may write one."""
    if not text.strip():
        raise Refusal(422, _("备注还没有写内容。"))
    with writing(office.engine) as session:
        case = case_for(session, case_id, person, lock=True)
        write_note(session, case, session.get_one(User, person.id), text.strip(), office.clock())
    return RedirectResponse(f"/desk/cases/{case_number(case_id)}#notes", 303)
