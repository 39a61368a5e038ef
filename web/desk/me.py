"""What is mine: language, time zone, how notices come, whether I am on duty."""

from typing import Annotated, Any

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, select

from casework.own_chats import line_for, untie
from casework.preferences import PreferenceError, Preferences, prefer
from casework.zones import zone_names
from store.engine import reading, writing
from store.tables import Channel, Listener, User
from web.desk.page import desk_page, desk_router
from web.forms import Line
from web.office import AtWork, Office
from web.signed_in import SignedIn
from web.signing_in import remember_language
from web.told import told

router = desk_router()


@router.get("/me")
def show_me(request: Request, office: AtWork, person: SignedIn) -> Response:
    """The form."""
    with reading(office.engine) as session:
        user = session.get_one(User, person.id)
        return desk_page(
            request,
            session,
            person,
            "me.html",
            **_as_shown(
                request,
                session,
                user,
                Preferences(
                    user.language,
                    user.timezone,
                    user.mail_notices and bool(user.email),
                    user.email,
                    user.on_duty,
                    user.chat_notices,
                ),
            ),
        )


@router.post("/me")
def keep_mine(
    request: Request,
    office: AtWork,
    person: SignedIn,
    language: Annotated[str, Form(pattern="^(zh|en)$")],
    timezone: Line = "",
    email: Line = "",
    mail_notices: Annotated[bool, Form()] = False,
    chat_notices: Annotated[bool, Form()] = False,
    on_duty: Annotated[bool, Form()] = False,
) -> Response:
    """Keep what this person has chosen; from the next page on it holds."""
    wanted = Preferences(language, timezone or None, mail_notices, email or None, on_duty, chat_notices)
    try:
        with writing(office.engine) as session:
            prefer(session, session.get_one(User, person.id), wanted, office.clock())
    except PreferenceError as problem:
        with reading(office.engine) as session:
            user = session.get_one(User, person.id)
            shown = _as_shown(request, session, user, wanted, told(str(problem)))
            return desk_page(request, session, person, "me.html", status=422, **shown)
    response = RedirectResponse("/desk/me?saved=1", 303)
    remember_language(response, office, language)
    return response


@router.post("/me/untie")
def untie_chat(office: AtWork, person: SignedIn) -> Response:
    """Nothing comes to my chat any more."""
    with writing(office.engine) as session:
        untie(session, session.get_one(User, person.id), office.clock())
    return RedirectResponse("/desk/me?saved=1", 303)


def _as_shown(
    request: Request, session: Session, user: User, mine: Preferences, problem: str | None = None
) -> dict[str, Any]:
    office: Office = request.app.state.office
    policy = office.policy
    bot = select(Listener.name).where(Listener.channel == Channel.TELEGRAM)
    has_bot = session.exec(bot.limit(1)).first() is not None
    return {
        "tied": user.chat is not None,
        "line": line_for(user.id or 0, office.clock(), policy) if has_bot and user.chat is None else None,
        "mine": mine,
        "problem": problem,
        "saved": request.query_params.get("saved") == "1",
        "zones": zone_names(),
        "our_zone": policy.timezone.key,
    }
