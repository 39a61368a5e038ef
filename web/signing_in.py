"""Signing in and out, and choosing the language of the pages."""

import secrets
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import col, select

from store.engine import reading, writing
from store.history import log
from store.tables import User
from web.forms import Line
from web.i18n import COOKIE, LANGUAGES, _
from web.office import AtWork, Office
from web.pages import page
from web.passwords import is_password
from web.signed_in import (
    KEPT_FOR,
    SIGN_IN,
    begin_session,
    cookie_name,
    end_session,
    local_path,
    set_cookie,
    user_of,
)
from web.throttle import device_mark, known_device, may_try, note_failure

router = APIRouter()
DEVICE_COOKIE = "huiyin_device"
A_YEAR = timedelta(days=365)


@router.get(SIGN_IN)
def ask_to_sign_in(request: Request, next: str = "/desk") -> Response:  # noqa: A002
    """The form."""
    return page(request, "sign_in.html", name="", next=local_path(next), problem=None)


@router.post(SIGN_IN)
def sign_in(
    request: Request,
    office: AtWork,
    name: Line,
    password: Annotated[str, Form(max_length=1000)],
    next: Annotated[str, Form()] = "/desk",  # noqa: A002
) -> Response:
    """Check the password; a fresh session each time, whatever key the browser brought."""
    now, back = office.clock(), local_path(next)
    address = request.client.host if request.client else "?"
    device = known_device(office.policy, name, request.cookies.get(DEVICE_COOKIE))
    with reading(office.engine) as session:
        allowed = may_try(session, name, address, device, now)
        user = session.exec(select(User).where(col(User.name) == name, col(User.active))).first()
    if not allowed:
        problem = _("尝试次数太多。请等 15 分钟再试，或请管理员重设密码。")
        return page(request, "sign_in.html", status=429, name=name, next=back, problem=problem)
    # Hashing takes its time: never inside a transaction.
    if not is_password(password, user.password_hash if user else None) or user is None:
        with writing(office.engine) as session:
            note_failure(session, name, address, device, now)
        problem = _("姓名或密码不对。请再试一次。")
        return page(request, "sign_in.html", status=422, name=name, next=back, problem=problem)
    with writing(office.engine) as session:
        if old := request.cookies.get(cookie_name(office)):
            end_session(session, old)
        key = begin_session(session, user, now)
        log(session, "signed_in", now, user_id=user.id)
    response = RedirectResponse(back, 303)
    set_cookie(response, office, cookie_name(office), key, KEPT_FOR)
    mark = device_mark(office.policy, name, device or secrets.token_hex(8))
    set_cookie(response, office, DEVICE_COOKIE, mark, A_YEAR)
    remember_language(response, office, user.language)
    return response


@router.post("/sign-out")
def sign_out(request: Request, office: AtWork) -> Response:
    """The session ends here and in the database."""
    name = cookie_name(office)
    if key := request.cookies.get(name):
        now = office.clock()
        with writing(office.engine) as session:
            if user := user_of(session, key, now):
                log(session, "signed_out", now, user_id=user.id)
            end_session(session, key)
    response = RedirectResponse(SIGN_IN, 303)
    response.delete_cookie(name, secure=office.secure_cookies, httponly=True, samesite="lax")
    return response


@router.post("/language")
def choose_language(
    request: Request,
    office: AtWork,
    language: Annotated[str, Form(pattern="^(zh|en)$")],
    back: Annotated[str, Form()] = "/desk",
) -> Response:
    """Speak this language from now on; for our own people also on their other machines."""
    if key := request.cookies.get(cookie_name(office)):
        with writing(office.engine) as session:
            now = office.clock()
            user = user_of(session, key, now)
            if user is not None and user.language != language:
                details = {"before": user.language, "after": language}
                user.language = language
                log(session, "language_chosen", now, user_id=user.id, details=details)
    response = RedirectResponse(local_path(back), 303)
    remember_language(response, office, language)
    return response


def remember_language(response: Response, office: Office, language: str) -> None:
    """The browser speaks it before anybody has signed in, too."""
    set_cookie(response, office, COOKIE, language if language in LANGUAGES else "zh", A_YEAR)
