"""The chat on the company's own site: a script that puts up a button, and the page in a frame behind it."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from web.office import AtWork
from web.pages import STATIC
from web.public.chat_page import chat_page
from web.public.visitor import new_key
from web.shield import CONTENT_POLICY

router = APIRouter()
WIDGET = STATIC / "public" / "widget.js"


@router.get("/chat/widget.js")
def widget(office: AtWork) -> Response:
    """The script for other sites. Its address stays, so it is asked for anew each hour."""
    _demand_origins(office.chat_origins)
    headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(WIDGET.read_bytes(), media_type="text/javascript", headers=headers)


@router.get("/chat/frame")
def frame(request: Request, office: AtWork) -> Response:
    """The page for a frame on the sites of the settings, and on no other."""
    _demand_origins(office.chat_origins)
    response = chat_page(request, office, new_key(), framed=True)
    ancestors = f"frame-ancestors {' '.join(office.chat_origins)}"
    policy = CONTENT_POLICY.replace("frame-ancestors 'none'", ancestors)
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _demand_origins(origins: tuple[str, ...]) -> None:
    """Where no site is named, there is neither script nor frame."""
    if not origins:
        raise HTTPException(404)
