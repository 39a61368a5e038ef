"""Which conversation a browser has: told by a cookie on our own page, by a header from a frame.

In a frame on another site our script keeps the key: in the frame's own storage, which browsers divide by
the site around it, or, where that is refused (Chrome without third-party data), in a cookie that is divided
likewise; a cookie alone would fail in Safari. There the key is always told by a header, so nothing that a
visitor has on our own page can be reached from a frame.
"""

import secrets
from datetime import timedelta
from hmac import compare_digest
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.responses import Response

from casework.policy import Policy
from casework.signing import signature
from web.office import AtWork, Office
from web.signed_in import set_cookie

KEPT_FOR = timedelta(days=365)
_SCHEME = "Chat "


def chat_key(request: Request, office: AtWork) -> str | None:
    """The conversation of this browser, if its key is one of ours."""
    shown = request.headers.get("authorization", "")
    signed_key = shown.removeprefix(_SCHEME) if is_framed(request) else _cookie(request, office)
    key, _, signed = signed_key.partition(".")
    return key if compare_digest(signed.encode(), _sign(office.policy, key).encode()) else None


ChatKey = Annotated[str | None, Depends(chat_key)]


def known_key(key: ChatKey) -> str:
    """The conversation of this browser; without one there is nothing here."""
    if key is None:
        raise HTTPException(404)
    return key


KnownKey = Annotated[str, Depends(known_key)]


def is_framed(request: Request) -> bool:
    """Whether the page in a frame asks."""
    return request.headers.get("authorization", "").startswith(_SCHEME)


def by_script(request: Request) -> bool:
    """Whether our script asks, and not a form."""
    return request.headers.get("accept") == "application/json"


def new_key() -> str:
    """The key of a conversation that nobody has yet: 128 bits."""
    return secrets.token_urlsafe(16)


def signed(policy: Policy, key: str) -> str:
    """What a browser keeps: the key with a mark that only we can make."""
    return f"{key}.{_sign(policy, key)}"


def remember(request: Request, response: Response, office: Office, key: str) -> None:
    """Let this browser keep the conversation. A frame keeps it by itself."""
    if not is_framed(request):
        set_cookie(response, office, _cookie_name(office), signed(office.policy, key), KEPT_FOR)


def _cookie(request: Request, office: Office) -> str:
    return request.cookies.get(_cookie_name(office), "")


def _sign(policy: Policy, key: str) -> str:
    return signature(policy, "chat", key)


def _cookie_name(office: Office) -> str:
    return "__Host-huiyin_chat" if office.secure_cookies else "huiyin_chat"
