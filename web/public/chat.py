"""The web chat: no account, one conversation a browser, picked up again after a reload or another day."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlmodel import Session

from casework.customers import contact_at
from casework.policy import Policy
from casework.signing import signature
from intake.arrive import Said, keep_said
from intake.talk import MARK
from nlp.reading import Kind
from store.engine import reading, writing
from store.history import chat_topic, tell
from store.tables import Channel
from survey.answering.by_buttons import Shown, press
from web.i18n import _, speaking, spoken
from web.inert import clean_input
from web.office import AtWork, Office
from web.pages import page, render
from web.public.conversation import SOURCE, Conversation, conversation, survey_line
from web.public.small_form import SmallForm
from web.signed_in import set_cookie
from web.watch import Watch, watch_of

router = APIRouter()
TEXT_LENGTH = 4000
A_MINUTE = timedelta(minutes=1)
LINES_A_MINUTE = 30
NAME_LENGTH = 60
KEPT_FOR = timedelta(days=365)
# However a hint got lost, an open page is right again after this many seconds.
LOOK_AGAIN = 60.0
_NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def chat_key(request: Request, office: AtWork) -> str | None:
    """The conversation of this browser, if its cookie is one of ours."""
    key, _, signed = request.cookies.get(_cookie_name(office), "").partition(".")
    return key if compare_digest(signed.encode(), _sign(office.policy, key).encode()) else None


ChatKey = Annotated[str | None, Depends(chat_key)]


@router.api_route("/chat", methods=["GET", "HEAD"])
def show(request: Request, office: AtWork, key: ChatKey) -> Response:
    """The conversation. A new visitor gets the key of one."""
    return _chat(request, office, key or _new_key())


@router.post("/chat")
def say(request: Request, office: AtWork, key: ChatKey, form: SmallForm) -> Response:
    """Keep a line. Sent again under the same number it changes nothing."""
    text = clean_input((form or {}).get("text", "")).strip()
    if key is None:
        # Cookies are off or were deleted: a new key comes with the answer, and the words are not lost.
        return _refused(request, office, _new_key(), 403, _("连接已更新，请再发送一次。"), text)
    with reading(office.engine) as session:
        before = conversation(session, key, office.clock(), office.policy)
    if problem := _problem(form, text, before, office.clock()):
        return _refused(request, office, key, *problem, text)
    assert form is not None
    _keep(office, key, form, text)
    office.on_incoming()
    if not _by_script(request):
        return RedirectResponse("/chat", 303)
    with reading(office.engine) as session:
        after = conversation(session, key, office.clock(), office.policy)
    return JSONResponse({"html": _pieces(office, after, before), "number": _new_number()})


@router.post("/chat/press")
def press_line(request: Request, office: AtWork, key: ChatKey, form: SmallForm) -> Response:
    """Keep what a button of the bot says, as a line of the visitor's. Pressed twice it is one line."""
    if key is None:
        return _refused(request, office, _new_key(), 403, _("连接已更新，请再发送一次。"), "")
    before = _read(office, key)
    button = before.button((form or {}).get("mark", ""))
    if button is not None:
        # The line it stands under is the last: the next time it is another one.
        _keep(office, key, {"number": before.lines[-1].id}, button.label, button.mark.removeprefix(MARK))
        office.on_incoming()
    if not _by_script(request):
        return RedirectResponse("/chat", 303)
    return JSONResponse({"html": _pieces(office, _read(office, key), before), "problem": ""})


@router.post("/chat/survey")
def press_button(request: Request, office: AtWork, key: ChatKey, form: SmallForm) -> Response:
    """Do what a button of a survey says, and show what is next."""
    if key is None:
        return _refused(request, office, _new_key(), 403, _("连接已更新，请再发送一次。"), "")
    mark, now = (form or {}).get("mark", ""), office.clock()
    with writing(office.engine) as session:
        shown = press(session, Channel.WEBCHAT, key, mark, now, office.policy, office.reader)
    if not _by_script(request):
        return _chat(request, office, key, problem=shown.notice, shown=shown)
    # Only this line: other windows hear of it with the next news, which would come behind the next press.
    lines = [line for line in _read(office, key).showing(shown).lines if line.id == survey_line(shown)]
    html = render(office.templates, "public/lines.html", now, lines=lines)
    return JSONResponse({"html": html, "problem": shown.notice})


def known_key(key: ChatKey) -> str:
    """The conversation of this browser; without one there is no news."""
    if key is None:
        raise HTTPException(404)
    return key


@router.get("/chat/news", response_class=EventSourceResponse)
async def news(
    request: Request,
    office: AtWork,
    key: Annotated[str, Depends(known_key)],
    watch: Annotated[Watch, Depends(watch_of)],
    mark: str = "",
) -> AsyncIterator[ServerSentEvent]:
    """New and changed lines as they come, each event a piece of the page.

    `mark`, or Last-Event-ID after an interruption, names the state that the page shows already.
    """
    known_mark = request.headers.get("last-event-id", mark)
    shown = Conversation(())
    async with watch.on(chat_topic(key)) as something_new:
        while True:
            something_new.clear()
            current = await asyncio.to_thread(_read, office, key)
            if current.mark != known_mark and (
                html := await asyncio.to_thread(_pieces, office, current, shown)
            ):
                yield ServerSentEvent(event="lines", id=current.mark, raw_data=html)
            shown, known_mark = current, current.mark
            with suppress(TimeoutError):
                await asyncio.wait_for(something_new.wait(), LOOK_AGAIN)


def _chat(
    request: Request,
    office: Office,
    key: str,
    *,
    status: int = 200,
    problem: str = "",
    text: str = "",
    shown: Shown | None = None,
) -> Response:
    current = _read(office, key)
    response = page(
        request,
        "public/chat.html",
        status=status,
        conversation=current.showing(shown) if shown else current,
        first_reply=office.policy.reply_targets(Kind.INQUIRY).first_reply,
        number=_new_number(),
        problem=problem,
        text=text,
        text_length=TEXT_LENGTH,
        name_length=NAME_LENGTH,
    )
    set_cookie(response, office, _cookie_name(office), f"{key}.{_sign(office.policy, key)}", KEPT_FOR)
    return response


def _refused(request: Request, office: Office, key: str, status: int, problem: str, text: str) -> Response:
    """What is wrong in one sentence; the words stay in the field."""
    if not _by_script(request):
        return _chat(request, office, key, status=status, problem=problem, text=text)
    response = JSONResponse({"problem": problem}, status)
    set_cookie(response, office, _cookie_name(office), f"{key}.{_sign(office.policy, key)}", KEPT_FOR)
    return response


def _problem(
    form: dict[str, str] | None, text: str, so_far: Conversation, now: datetime
) -> tuple[int, str] | None:
    """Why this line cannot be taken: a status and a sentence; None if it can (P19)."""
    if form is None or len(text) > TEXT_LENGTH:
        sentence = _("一次最多 %(count)s 字，请分成几条发送。", count=f"{TEXT_LENGTH:,}")
        return 413, sentence
    if not text:
        return 422, _("请先写点内容再发送。")
    if not _NUMBER.fullmatch(form.get("number", "")):
        return 422, _("连接已更新，请再发送一次。")
    if so_far.said_since(now - A_MINUTE) >= LINES_A_MINUTE:
        return 429, _("您发得有点快：每分钟最多 %(count)s 条，请稍等一会儿。", count=LINES_A_MINUTE)
    return None


def _keep(office: Office, key: str, form: dict[str, str], text: str, command: str = "") -> None:
    now = office.clock()
    with writing(office.engine) as session:
        said = Said(
            channel=Channel.WEBCHAT,
            source=SOURCE,
            # The words are part of it: a page that was gone back to and edited says something new.
            external_id=f"{key}:{form['number']}:{hashlib.sha256(text.encode()).hexdigest()[:16]}",
            conversation=key,
            address=key,
            name=_name(session, office.policy, key, form.get("name", "")),
            text=text,
            at=now,
            language=spoken(),
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


def _read(office: Office, key: str) -> Conversation:
    with reading(office.engine) as session:
        return conversation(session, key, office.clock(), office.policy)


def _pieces(office: Office, current: Conversation, shown: Conversation) -> str:
    """The lines that are new or have changed, as they stand in the page."""
    fresh = [line for line in current.lines if line not in shown.lines]
    return render(office.templates, "public/lines.html", office.clock(), lines=fresh)


def _by_script(request: Request) -> bool:
    return request.headers.get("accept") == "application/json"


def _new_key() -> str:
    return secrets.token_urlsafe(16)


def _new_number() -> str:
    return str(uuid4())


def _sign(policy: Policy, key: str) -> str:
    return signature(policy, "chat", key)


def _cookie_name(office: Office) -> str:
    return "__Host-huiyin_chat" if office.secure_cookies else "huiyin_chat"
