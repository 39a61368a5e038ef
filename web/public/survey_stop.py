"""Saying no to surveys: a page that asks, a post that does, a way back at once; one click by RFC 8058."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from store.engine import reading, writing
from survey.answering.refusing import allow, contact_of_link, refuse
from survey.questionnaires import LANGUAGES
from survey.questionnaires.loading import words_beside
from web.i18n import speaking
from web.office import AtWork
from web.pages import page
from web.public.small_form import SmallForm
from web.public.survey import NAMES, unknown

router = APIRouter()
ONE_CLICK = ("List-Unsubscribe", "One-Click")  # what a mail program posts on its reader's behalf


@router.api_route("/survey/{mark}/stop", methods=["GET", "HEAD"])
def ask(request: Request, office: AtWork, mark: str, language: str = "") -> Response:
    """Whether to stop, or to begin again. Opening changes nothing."""
    with reading(office.engine) as session:
        found = contact_of_link(session, mark)
    if found is None:
        return unknown(request)
    contact, asked_in = found
    shown = language if language in LANGUAGES else asked_in
    with speaking(shown):
        return page(
            request,
            "public/survey_stop.html",
            refused=contact.surveys_refused_at is not None,
            beside=words_beside(shown),
            language=shown,
            names=NAMES,
        )


@router.post("/survey/{mark}/stop")
def stop(request: Request, office: AtWork, mark: str, form: SmallForm, language: str = "") -> Response:
    """Ask this contact no more, or again; a bare post does nothing."""
    fields = form or {}
    by_program = fields.get(ONE_CLICK[0]) == ONE_CLICK[1]
    with writing(office.engine) as session:
        found = contact_of_link(session, mark)
        if found is None:
            return unknown(request)
        if by_program or fields.get("act") == "stop":
            refuse(session, found[0], office.clock())
        elif fields.get("act") == "again":
            allow(session, found[0], office.clock())
    if by_program:
        return Response(status_code=200)  # RFC 8058 forbids to redirect
    shown = f"?language={language}" if language in LANGUAGES else ""
    return RedirectResponse(f"/survey/{mark}/stop{shown}", 303)
