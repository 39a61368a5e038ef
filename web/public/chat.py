"""The web chat: no account, one conversation a browser, picked up again after a reload or another day."""

import hashlib
import re
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlmodel import Session

from casework.customers import contact_at
from casework.policy import Policy
from casework.replies import StoredFile
from intake.arrive import Said, keep_said
from intake.talk import MARK
from store.engine import writing
from store.history import chat_topic, tell
from store.tables import Channel
from survey.answering.by_buttons import press
from web.i18n import _, speaking, spoken
from web.inert import clean_input
from web.office import AtWork, Office
from web.pages import render
from web.public.chat_files import Spoken, SpokenForm, files_problem, keep_files
from web.public.chat_page import (
    NAME_LENGTH,
    TEXT_LENGTH,
    answer_refused,
    as_it_stands,
    chat_page,
    new_number,
    pieces,
)
from web.public.conversation import SOURCE, Conversation, survey_line
from web.public.small_form import SmallForm
from web.public.visitor import ChatKey, by_script, new_key

router = APIRouter()
A_MINUTE = timedelta(minutes=1)
LINES_A_MINUTE = 30
_NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@router.api_route("/chat", methods=["GET", "HEAD"])
def show(request: Request, office: AtWork, key: ChatKey) -> Response:
    """The conversation. A new visitor gets the key of one."""
    return chat_page(request, office, key or new_key())


@router.post("/chat")
def say(request: Request, office: AtWork, key: ChatKey, form: SpokenForm) -> Response:
    """Keep a line with its files. Sent again under the same number it changes nothing."""
    text = clean_input((form.fields or {}).get("text", "")).strip()
    if key is None:
        # Cookies are off or were deleted: a new key comes with the answer, and the words are not lost.
        return answer_refused(request, office, new_key(), 403, _("连接已更新，请再发送一次。"), text)
    before = as_it_stands(office, key)
    if problem := _problem(form, text, before, office.clock()):
        return answer_refused(request, office, key, *problem, text)
    assert form.fields is not None
    _keep(office, key, form.fields, text, keep_files(office.files, form.files))
    office.on_incoming()
    if not by_script(request):
        return RedirectResponse("/chat", 303)
    return JSONResponse({"html": pieces(office, as_it_stands(office, key), before), "number": new_number()})


@router.post("/chat/press")
def press_line(request: Request, office: AtWork, key: ChatKey, form: SmallForm) -> Response:
    """Keep what a button of the bot says, as a line of the visitor's. Pressed twice it is one line."""
    if key is None:
        return answer_refused(request, office, new_key(), 403, _("连接已更新，请再发送一次。"))
    before = as_it_stands(office, key)
    button = before.button((form or {}).get("mark", ""))
    if button is not None:
        if problem := _too_fast(before, office.clock()):
            return answer_refused(request, office, key, *problem)
        # The line it stands under is the last: the next time it is another one.
        fields = {"number": before.lines[-1].id}
        _keep(office, key, fields, button.label, command=button.mark.removeprefix(MARK))
        office.on_incoming()
    if not by_script(request):
        return RedirectResponse("/chat", 303)
    # A button that is settled meanwhile: the page is behind, and gets all lines.
    shown = before if button is not None else Conversation(())
    return JSONResponse({"html": pieces(office, as_it_stands(office, key), shown)})


@router.post("/chat/survey")
def press_button(request: Request, office: AtWork, key: ChatKey, form: SmallForm) -> Response:
    """Do what a button of a survey says, and show what is next."""
    if key is None:
        return answer_refused(request, office, new_key(), 403, _("连接已更新，请再发送一次。"), "")
    mark, now = (form or {}).get("mark", ""), office.clock()
    with writing(office.engine) as session:
        shown = press(session, Channel.WEBCHAT, key, mark, now, office.policy, office.reader)
    if not by_script(request):
        return chat_page(request, office, key, problem=shown.notice, shown=shown)
    # Only this line: other windows hear of it with the next news, which would come behind the next press.
    current = as_it_stands(office, key).showing(shown)
    lines = [line for line in current.lines if line.id == survey_line(shown)]
    html = render(office.templates, "public/lines.html", now, lines=lines)
    return JSONResponse({"html": html, "problem": shown.notice})


def _problem(form: Spoken, text: str, so_far: Conversation, now: datetime) -> tuple[int, str] | None:
    """Why this line cannot be taken: a status and a sentence; None if it can (P19)."""
    if form.problem:
        return 413, form.problem
    if form.fields is None or len(text) > TEXT_LENGTH:
        sentence = _("一次最多 %(count)s 字，请分成几条发送。", count=f"{TEXT_LENGTH:,}")
        return 413, sentence
    if not text and not form.files:
        return 422, _("请先写点内容再发送。")
    if not _NUMBER.fullmatch(form.fields.get("number", "")):
        return 422, _("连接已更新，请再发送一次。")
    if problem := files_problem(form.files):
        return 413, problem
    return _too_fast(so_far, now)


def _too_fast(so_far: Conversation, now: datetime) -> tuple[int, str] | None:
    if so_far.said_since(now - A_MINUTE) < LINES_A_MINUTE:
        return None
    return 429, _("您发得有点快：每分钟最多 %(count)s 条，请稍等一会儿。", count=LINES_A_MINUTE)


def _keep(
    office: Office,
    key: str,
    fields: dict[str, str],
    text: str,
    files: tuple[StoredFile, ...] = (),
    command: str = "",
) -> None:
    now = office.clock()
    # The words and files are part of it: a page that was gone back to and edited says something new.
    content = "\0".join((text, *(file.sha256 for file in files)))
    with writing(office.engine) as session:
        said = Said(
            channel=Channel.WEBCHAT,
            source=SOURCE,
            external_id=f"{key}:{fields['number']}:{hashlib.sha256(content.encode()).hexdigest()[:16]}",
            conversation=key,
            address=key,
            name=_name(session, office.policy, key, fields.get("name", "")),
            text=text,
            at=now,
            language=spoken(),
            files=files,
            command=command,
        )
        if keep_said(session, said, now):
            tell(session, chat_topic(key), now)


def _name(session: Session, policy: Policy, key: str, given: str) -> str:
    """What the visitor is called: as known, as just given, else a number to tell visitors apart."""
    known = contact_at(session, Channel.WEBCHAT, key)
    if known is not None:
        return known.name
    with speaking(policy.language):
        unknown = _("网页访客 %(number)s", number=hashlib.sha256(key.encode()).hexdigest()[:4].upper())
    return " ".join(clean_input(given).split())[:NAME_LENGTH] or unknown
