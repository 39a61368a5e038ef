"""What is mine: language, time zone, how notices come, whether I am on duty."""

from typing import Annotated, Any

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from casework.preferences import PreferenceError, Preferences, prefer
from casework.zones import zone_names
from store.engine import reading, writing
from store.tables import User
from web.desk.page import desk_page, desk_router
from web.forms import Line
from web.office import AtWork
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
                Preferences(
                    user.language,
                    user.timezone,
                    user.mail_notices and bool(user.email),
                    user.email,
                    user.on_duty,
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
    on_duty: Annotated[bool, Form()] = False,
) -> Response:
    """Keep what this person has chosen; from the next page on it holds."""
    wanted = Preferences(language, timezone or None, mail_notices, email or None, on_duty)
    try:
        with writing(office.engine) as session:
            prefer(session, session.get_one(User, person.id), wanted, office.clock())
    except PreferenceError as problem:
        with reading(office.engine) as session:
            shown = _as_shown(request, wanted, told(str(problem)))
            return desk_page(request, session, person, "me.html", status=422, **shown)
    response = RedirectResponse("/desk/me?saved=1", 303)
    remember_language(response, office, language)
    return response


def _as_shown(request: Request, mine: Preferences, problem: str | None = None) -> dict[str, Any]:
    policy = request.app.state.office.policy
    return {
        "mine": mine,
        "problem": problem,
        "saved": request.query_params.get("saved") == "1",
        "zones": zone_names(),
        "our_zone": policy.timezone.key,
    }
