"""The questionnaires: what each asks, how it counts, and how the customer sees it."""

from fastapi import Request
from fastapi.responses import Response

from store.engine import reading
from survey.questionnaires import LANGUAGES, Questionnaire, QuestionnaireError
from survey.questionnaires.loading import questionnaire, shipped
from web.desk.page import desk_page, desk_router
from web.errors import Refusal
from web.i18n import speaking, spoken
from web.office import AtWork
from web.pages import page
from web.public.survey import NAMES
from web.signed_in import SignedIn

router = desk_router()


@router.get("/questionnaires")
def show_questionnaires(request: Request, office: AtWork, person: SignedIn) -> Response:
    """All of them, by name."""
    found = [questionnaire(name) for name in shipped()]
    with reading(office.engine) as session:
        return desk_page(
            request, session, person, "questionnaires.html", questionnaires=found, language=spoken()
        )


@router.get("/questionnaires/{name}")
def show_questionnaire(request: Request, office: AtWork, person: SignedIn, name: str) -> Response:
    """One of them, with what each level scores and what each item weighs."""
    found = _known(name)
    with reading(office.engine) as session:
        return desk_page(
            request,
            session,
            person,
            "questionnaire.html",
            asked=found,
            language=spoken(),
            whole=sum(item.weight for item in found.items),
            names=NAMES,
        )


@router.get("/questionnaires/{name}/preview")
def preview(request: Request, name: str, language: str = "") -> Response:
    """The page as a customer sees it; nothing can be sent."""
    found = _known(name)
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
            preview=True,
        )


def _known(name: str) -> Questionnaire:
    try:
        return questionnaire(name)
    except QuestionnaireError as problem:
        raise Refusal(404) from problem
