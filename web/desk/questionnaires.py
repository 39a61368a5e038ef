"""The questionnaires: what each asks, how it counts, how customers see it; copies of the company's own."""

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from casework.rights import Right
from store.engine import reading, writing
from store.tables import User
from survey.questionnaires import LANGUAGES, Questionnaire, QuestionnaireError, Texts
from survey.questionnaires.ahp import consistency_ratio
from survey.questionnaires.keeping import as_asked, current, newest
from survey.questionnaires.loading import shipped, words_beside
from survey.questionnaires.own import copy, free_name, versions
from web.desk.page import desk_page, desk_router
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, Line
from web.i18n import speaking, spoken
from web.office import AtWork
from web.pages import page
from web.public.survey import NAMES
from web.signed_in import SignedIn, holding
from web.told import told

router = desk_router()
DECIDING = [holding(Right.DECIDE_POLICY)]
Version = Annotated[int | None, EmptyIsNone, Query(ge=1, le=LARGEST_ID)]


@router.get("/questionnaires")
def show_questionnaires(request: Request, office: AtWork, person: SignedIn) -> Response:
    """All of them: the company's own, then the shipped ones by name."""
    with reading(office.engine) as session:
        return desk_page(
            request,
            session,
            person,
            "questionnaires.html",
            questionnaires=current(session),
            shipped=shipped(),
            language=spoken(),
        )


@router.get("/questionnaires/{name}")
def show_questionnaire(
    request: Request, office: AtWork, person: SignedIn, name: str, version: Version = None
) -> Response:
    """One of them, with what each level scores and what each item weighs."""
    with reading(office.engine) as session:
        found = known(session, name, version)
        return desk_page(
            request,
            session,
            person,
            "questionnaire.html",
            asked=found,
            newest=known(session, name).version,
            own=name not in shipped(),
            decides=person.may(Right.DECIDE_POLICY),
            free_name=free_name(session, name),
            versions=versions(session, name),
            language=spoken(),
            whole=sum(item.weight for item in found.items),
            ratios=ratios(found),
            names=NAMES,
        )


@router.get("/questionnaires/{name}/preview")
def preview(
    request: Request, office: AtWork, name: str, language: str = "", version: Version = None
) -> Response:
    """The page as a customer sees it; nothing can be sent."""
    with reading(office.engine) as session:
        found = known(session, name, version)
    return as_customers_see(request, found, language)


@router.post("/questionnaires/{name}/copy", dependencies=DECIDING)
def make_copy(office: AtWork, person: SignedIn, name: str, own_name: Line, title: Line = "") -> Response:
    """The company's own questionnaire, worded like this one until it is changed."""
    with writing(office.engine) as session:
        asked = known(session, name)
        words = Texts(title, title, asked.title.en) if title and title != asked.title.zh else asked.title
        user = session.get_one(User, person.id)
        try:
            copy(session, asked, own_name, words, user, office.clock())
        except QuestionnaireError as problem:
            raise Refusal(422, told(str(problem))) from problem
    return RedirectResponse(f"/desk/questionnaires/{own_name}/edit", 303)


def known(session: Session, name: str, version: int | None = None) -> Questionnaire:
    """The newest version of this name, or the one asked for; 404 without."""
    try:
        found = newest(session, name) if version is None else as_asked(session, name, version)
    except QuestionnaireError as problem:
        raise Refusal(404) from problem
    if version not in (None, found.version):
        raise Refusal(404)
    return found


def as_customers_see(request: Request, found: Questionnaire, language: str) -> Response:
    """The survey's page with a button that sends nothing."""
    shown = language if language in LANGUAGES else spoken()
    with speaking(shown):
        return page(
            request,
            "public/survey.html",
            questionnaire=found,
            language=shown,
            names=NAMES,
            given={},
            missing=set(),
            beside=words_beside(shown),
            preview=True,
        )


def ratios(found: Questionnaire) -> dict[str, float]:
    """How far the comparisons agree, by their first item."""
    return {
        one.items[0]: consistency_ratio([[float(times) for times in row] for row in one.matrix])
        for one in found.comparisons
    }
