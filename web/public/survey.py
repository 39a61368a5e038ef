"""The answer page of a survey: opened by a personal link, answered once, without an account."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from store.engine import reading, writing
from survey.answers import Asked, Outcome, answer, find
from survey.questionnaires import LANGUAGES
from survey.scoring import unanswered
from web.i18n import speaking, spoken
from web.inert import clean_input
from web.office import AtWork
from web.pages import page
from web.public.small_form import SmallForm

router = APIRouter()
NAMES = {"zh": "简体", "zh-Hant": "繁體", "en": "English"}


@router.api_route("/survey/{mark}", methods=["GET", "HEAD"])
def ask(request: Request, office: AtWork, mark: str, language: str = "", sent: str = "") -> Response:
    """The questions; thanks for answers just sent, or a word on when they were. Opening changes nothing."""
    with reading(office.engine) as session:
        asked = find(session, mark, office.clock())
    if asked is None:
        return _unknown(request)
    return _questions(request, asked, language, {}, sent=bool(sent))


@router.post("/survey/{mark}")
def take(request: Request, office: AtWork, mark: str, form: SmallForm, language: str = "") -> Response:
    """Keep the answers if all points are answered; otherwise show what is open. The first answer counts."""
    given = form or {}
    comment = clean_input(given.get("comment", ""))
    with writing(office.engine) as session:
        outcome = answer(session, mark, given, comment, office.clock(), office.policy)
        asked = find(session, mark, office.clock())
    if asked is None:
        return _unknown(request)
    if outcome == Outcome.INCOMPLETE:
        return _questions(request, asked, language, given, status=422)
    shown = {"language": language} if language in LANGUAGES else {}
    kept = {"sent": "1"} if outcome == Outcome.KEPT else {}
    return RedirectResponse(f"/survey/{mark}?{urlencode(shown | kept)}", 303)


def _questions(
    request: Request,
    asked: Asked,
    language: str,
    given: dict[str, str],
    *,
    status: int = 200,
    sent: bool = False,
) -> Response:
    shown = language if language in LANGUAGES else asked.language
    open_items = {item.id for item in unanswered(asked.questionnaire, given)} if status == 422 else set()
    with speaking(shown):
        return page(
            request,
            "public/thanks.html" if asked.answered_at else "public/survey.html",
            status=status,
            asked=asked,
            questionnaire=asked.questionnaire,
            language=shown,
            names=NAMES,
            given=given,
            missing=open_items,
            preview=False,
            sent=sent,
        )


def _unknown(request: Request) -> Response:
    # One page for a link that never was and one whose time is over: a guess learns nothing.
    return page(request, "public/no_survey.html", status=404, language=spoken())
