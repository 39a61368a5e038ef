"""The page of the canned answers, and what the answer box offers of them."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from casework.canned import canned_for, filled, may_change, remove_canned, save_canned
from casework.rights import Right
from store.engine import reading, writing
from store.tables import CannedAnswer, User
from web.desk.dossier import Dossier
from web.desk.page import desk_page, desk_router
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, Line, Paragraphs, RowId
from web.i18n import _
from web.office import AtWork
from web.signed_in import Person, SignedIn, holding

router = desk_router()
LONGEST = 20_000


@dataclass(frozen=True)
class Offered:
    """One canned answer, filled in for the case."""

    id: int
    name: str
    text: str


def offered(session: Session, found: Dossier, person: Person) -> list[Offered]:
    """What the answer box of this case offers this person."""
    language = found.customer.required_language or found.case.language
    return [
        Offered(one.id or 0, one.name, filled(one, found.case, found.customer, found.contact, language))
        for one in canned_for(session, person.id)
    ]


@router.get("/canned", dependencies=[holding(Right.ANSWER)])
def show_canned(
    request: Request,
    office: AtWork,
    person: SignedIn,
    change: Annotated[int | None, EmptyIsNone] = None,
) -> Response:
    """All of them, and a form for a new one or for the one that is changed."""
    with reading(office.engine) as session:
        user = session.get_one(User, person.id)
        answers = canned_for(session, person.id)
        return desk_page(
            request,
            session,
            person,
            "canned.html",
            answers=[(one, may_change(one, user)) for one in answers],
            changing=next((one for one in answers if one.id == change and may_change(one, user)), None),
        )


@router.post("/canned", dependencies=[holding(Right.ANSWER)])
def save(
    office: AtWork,
    person: SignedIn,
    name: Line,
    zh: Paragraphs = "",
    en: Paragraphs = "",
    shared: Annotated[bool, Form()] = False,
    canned_id: Annotated[int | None, EmptyIsNone, Form(ge=1, le=LARGEST_ID)] = None,
) -> Response:
    """Keep a new one, or change one."""
    if not name or not (zh.strip() or en.strip()):
        raise Refusal(422, _("请填写名字，以及中文或英文的内容。"))
    if max(len(zh), len(en)) > LONGEST:
        raise Refusal(422, _("内容太长：最多 %(count)d 个字符。", count=LONGEST))
    with writing(office.engine) as session:
        canned = _own(session, canned_id, person) if canned_id else None
        user = session.get_one(User, person.id)
        words = {"name": name[:80], "zh": zh.strip(), "en": en.strip()}
        save_canned(session, canned, user, office.clock(), **words, shared=shared)
    return RedirectResponse("/desk/canned", 303)


@router.post("/canned/{canned_id}/remove", dependencies=[holding(Right.ANSWER)])
def remove(office: AtWork, person: SignedIn, canned_id: RowId) -> Response:
    """Take one away."""
    with writing(office.engine) as session:
        canned = _own(session, canned_id, person)
        remove_canned(session, canned, session.get_one(User, person.id), office.clock())
    return RedirectResponse("/desk/canned", 303)


def _own(session: Session, canned_id: int, person: Person) -> CannedAnswer:
    canned = session.get(CannedAnswer, canned_id)
    if canned is None or not (canned.shared or canned.user_id == person.id):
        raise Refusal(404)
    if not may_change(canned, session.get_one(User, person.id)):
        raise Refusal(403, _("共用的常用答复由写它的人或主管修改。"))
    return canned
