"""What surrounds every page: its request id, language, size limit, where it may be posted from, its headers.

Plain ASGI, so that a live stream passes through unbuffered.
"""

import secrets
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

import structlog
from fastapi import FastAPI, HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from web.i18n import COOKIE, language_of, speaking

LARGEST_REQUEST = 26 * 1024 * 1024  # a reply with its files; a mail may have 25 MB
SAFE = {"GET", "HEAD", "OPTIONS"}

# No script or style but our own files; nobody may frame us. A route may set a policy of its own.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}

ErrorPage = Callable[[Request, int], Response]


def put_up(
    app: FastAPI, *, error_page: ErrorPage, language: str, trusted_proxies: tuple[str, ...], https_only: bool
) -> None:
    """Surround the application; the last one added stands outermost."""
    app.add_middleware(RefuseForeignPosts, error_page=error_page)
    app.add_middleware(LimitSize)
    app.add_middleware(Surround, error_page=error_page, language=language, https_only=https_only)
    if trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(trusted_proxies))


class Surround:
    """Outermost: a request id, the language, the headers, and an error page that tells nothing else."""

    def __init__(self, app: ASGIApp, error_page: ErrorPage, language: str, https_only: bool) -> None:
        self.app = app
        self.error_page = error_page
        self.language = language
        self.headers = dict(HEADERS)
        if https_only:
            self.headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = secrets.token_hex(6)
        scope.setdefault("state", {})["request_id"] = request_id
        asked = Headers(scope=scope)
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in {**self.headers, "X-Request-Id": request_id}.items():
                    headers.setdefault(name, value)
            await send(message)

        chosen = language_of(_cookie(asked, COOKIE), asked.get("accept-language", ""), self.language)
        with speaking(chosen):
            try:
                await self.app(scope, receive, send_with_headers)
            except Exception:  # noqa: BLE001  # the outermost place: nothing may reach the visitor
                # The route's pattern and not the path: a survey's path is its secret.
                structlog.get_logger("web").exception(
                    "page_failed", request_id=request_id, route=getattr(scope.get("route"), "path", None)
                )
                if not started:
                    await self.error_page(Request(scope), 500)(scope, receive, send_with_headers)


class LimitSize:
    """A request larger than a reply with its files is refused before it fills memory or disk."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LARGEST_REQUEST:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)


class RefuseForeignPosts:
    """A form is taken only from our own pages: by Sec-Fetch-Site, or by Origin in older browsers.

    Neither header means that no browser sent it, so there is no signed-in visitor to be misused.
    """

    def __init__(self, app: ASGIApp, error_page: ErrorPage) -> None:
        self.app = app
        self.error_page = error_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE and _is_foreign(scope):
            await self.error_page(Request(scope), 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_foreign(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _cookie(headers: Headers, name: str) -> str | None:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None
