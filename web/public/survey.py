"""The answer page of a survey: opened by a personal link, kept as one goes, answered once, no account."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from store.engine import reading, writing
from survey.answering.answers import Asked, Outcome, begin, count, find
from survey.answering.given import Given
from survey.questionnaires import LANGUAGES
from survey.questionnaires.loading import words_beside
from survey.reporting.scoring import unanswered
from web.answer_form import fields_of, given_in, holds_answers
from web.i18n import speaking, spoken
from web.office import AtWork
from web.pages import page
from web.public.small_form import AnswerForm

router = APIRouter()
NAMES = {"zh": "简体", "zh-Hant": "繁體", "en": "English"}


@router.api_route("/survey/{mark}", methods=["GET", "HEAD"])
def ask(request: Request, office: AtWork, mark: str, language: str = "", sent: str = "") -> Response:
    """The questions; thanks for answers just sent, or a word on when they were. Opening changes nothing."""
    with reading(office.engine) as session:
        asked = find(session, mark, office.clock())
    if asked is None:
        return unknown(request)
    return _questions(request, mark, asked, language, asked.begun, sent=bool(sent))


@router.post("/survey/{mark}")
def take(request: Request, office: AtWork, mark: str, form: AnswerForm, language: str = "") -> Response:
    """Count the answers if all points are answered; otherwise keep them and show what is open.

    The first answer counts.
    """
    fields = form or {}
    with writing(office.engine) as session:
        asked = find(session, mark, office.clock())
        if asked is None:
            return unknown(request)
        given = given_in(fields, asked.questionnaire)
        outcome = count(
            session, asked, given, office.clock(), office.policy, source="web", reader=office.reader
        )
        if outcome == Outcome.INCOMPLETE and holds_answers(fields, asked.questionnaire):
            begin(session, asked, given)
    if outcome == Outcome.INCOMPLETE:
        return _questions(request, mark, asked, language, given, status=422)
    shown = {"language": language} if language in LANGUAGES else {}
    kept = {"sent": "1"} if outcome == Outcome.KEPT else {}
    return RedirectResponse(f"/survey/{mark}?{urlencode(shown | kept)}", 303)


@router.post("/survey/{mark}/begun")
def keep_begun(request: Request, office: AtWork, mark: str, form: AnswerForm) -> Response:
    """Keep what is filled in so far, for later or another device; the page's script sends it as one goes."""
    with writing(office.engine) as session:
        asked = find(session, mark, office.clock())
        if asked is None:
            return unknown(request)
        if not holds_answers(form or {}, asked.questionnaire):
            return Response(status_code=422)
        kept = begin(session, asked, given_in(form or {}, asked.questionnaire))
    return Response(status_code=204 if kept else 409)


def unknown(request: Request) -> Response:
    """One page for a link that never was and one whose time is over: a guess learns nothing."""
    return page(request, "public/no_survey.html", status=404, language=spoken())


def _questions(
    request: Request,
    mark: str,
    asked: Asked,
    language: str,
    given: Given,
    *,
    status: int = 200,
    sent: bool = False,
) -> Response:
    shown = language if language in LANGUAGES else asked.language
    open_items: set[str] = set()
    if status == 422:
        open_items = {item.id for item in unanswered(asked.questionnaire, given.choices)}
    with speaking(shown):
        return page(
            request,
            "public/thanks.html" if asked.answered_at else "public/survey.html",
            status=status,
            asked=asked,
            questionnaire=asked.questionnaire,
            language=shown,
            names=NAMES,
            given=fields_of(given),
            missing=open_items,
            begun=f"/survey/{mark}/begun",
            beside=words_beside(shown),
            preview=False,
            sent=sent,
        )
