"""What surrounds every page."""

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import reading
from store.files import FileStore
from store.tables import AuditLog
from tests.web.conftest import Browser, Clock, on_both
from tests.web.filled import POLICY
from tests.web.serving import served
from web.app import create_app
from web.pages import static
from web.shield import LARGEST_REQUEST


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    for part in app.routes:
        for route in getattr(getattr(part, "original_router", None), "routes", [part]):
            if isinstance(route, APIRoute):
                for method in sorted(route.methods or ()):
                    yield method, route.path


def test_it_shows_no_desk_page_to_a_stranger(app: FastAPI, stranger: httpx.Client) -> None:
    desk = [(method, path) for method, path in routes(app) if path.startswith("/desk")]
    assert len(desk) > 20
    for method, path in desk:
        address = path.replace("{number}", "HY-000001").replace(
            "{form}", "00000000-0000-0000-0000-000000000000"
        )
        address = re.sub(r"\{\w+\}", "1", address)
        answer = stranger.request(method, address)
        assert answer.status_code == 303, (method, address)
        assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/desk", "/healthz"])
def test_it_sends_the_same_headers_with_everything(stranger: httpx.Client, path: str) -> None:
    headers = stranger.get(path).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert len(headers["x-request-id"]) == 12


def test_it_lets_browsers_keep_our_own_files(stranger: httpx.Client) -> None:
    answer = stranger.get(static("desk.css"))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({}, 303),
    ],
)
def test_it_takes_forms_only_from_our_own_pages(
    wang: httpx.Client, headers: dict[str, str], status: int
) -> None:
    assert wang.post("/desk/cases/HY-000003/close", headers=headers).status_code == status


def test_it_refuses_what_is_too_large(wang: httpx.Client) -> None:
    def endless() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="x"\r\n\r\n'
        for _chunk in range(LARGEST_REQUEST // 1_000_000 + 2):
            yield bytes(1_000_000)

    kind = {"content-type": "multipart/form-data; boundary=b"}
    answer = wang.post("/desk/new", content=endless(), headers=kind)
    assert answer.status_code == 413
    assert "25 MB" in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_it_answers_odd_requests_with_a_page(wang: httpx.Client, method: str) -> None:
    answer = wang.request(method, "/desk")
    assert answer.status_code == 405
    assert answer.headers["content-type"].startswith("text/html")


@on_both
@pytest.mark.parametrize(
    "odd",
    [
        *(
            f"/desk?after={after}"
            for after in ("_", "x_1", "_99999999999999999999", "0001-01-01T00:00%2B14:00_1")
        ),
        *("/desk?owner=%00", "/desk?owner=999999999", "/desk?q=%00%ff%27%22", "/desk?requirement=%00"),
        *("/desk?status=%00&kind[]=x", "/desk?q=HY-999999999", "/desk?q=" + "x" * 5000),
        *("/desk/new?contact=99999999999999999999", "/desk/new?contact=x", "/desk/new/not-a-form"),
        *("/desk/cases/HY-000001?all=%00", "/desk/cases/HY-000001/news?after=99999999999999999999"),
        *("/desk/cases/HY-999999999", "/desk/cases/HY-%F0%9D%9F%99", "/desk/quarantine/0/raw"),
        *("/sign-in?next=%00//evil.example", "/static/../app.py", "/static/nothing.css?v=1"),
    ],
)
def test_it_never_fails_on_an_odd_address(browser: Browser, odd: str) -> None:
    assert browser("王芳").get(odd).status_code < 500


@on_both
@pytest.mark.parametrize(
    "fields",
    [
        {"text": "x", "seen": "9" * 30},
        {"text": "\x00", "seen": "1"},
        {"text": "\ud800".encode("utf-8", "surrogatepass"), "seen": "99"},
        {"at": "0001-01-01T00:00", "form": "0" * 32, "channel": "phone", "name": "x", "text": "x"},
        {"kind": "x", "severity": "y", "requirement": "z" * 5000},
        {"owner": "9" * 30},
        {"notice": "-1"},
        {"name": "\x00" * 10, "password": "\ud800".encode("utf-8", "surrogatepass")},
    ],
)
def test_it_never_fails_on_an_odd_form(browser: Browser, fields: dict[str, str | bytes]) -> None:
    case = "/desk/cases/HY-000001"
    actions = ("reply", "correct", "assign")
    for address in (
        *(f"{case}/{action}" for action in actions),
        "/desk/new",
        "/desk/notices/read",
        "/sign-in",
    ):
        assert browser("王芳").post(address, data=fields).status_code < 500


def test_it_tells_nothing_but_a_number_when_it_fails(
    app: FastAPI, capsys: pytest.CaptureFixture[str]
) -> None:
    @app.get("/fails")
    def fails() -> None:
        raise RuntimeError("the secret is 42")

    with served(app) as address:
        answer = httpx.get(f"{address}/fails", timeout=60)
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-request-id"] in answer.text


def test_it_says_whether_it_is_well(stranger: httpx.Client) -> None:
    assert stranger.get("/healthz").json() == {"ok": True, "database": True}
    assert stranger.get("/").headers["location"] == "/desk"


@pytest.mark.parametrize(("trusted", "address"), [((), "127.0.0.1"), (("127.0.0.1",), "203.0.113.9")])
def test_it_believes_forwarded_headers_only_of_a_known_proxy(
    engine: Engine, files: FileStore, clock: Clock, trusted: tuple[str, ...], address: str
) -> None:
    app = create_app(engine, files, POLICY, clock=clock, trusted_proxies=trusted)
    with served(app) as base:
        forwarded = {"x-forwarded-for": "203.0.113.9"}
        httpx.post(f"{base}/sign-in", data={"name": "x", "password": "y"}, headers=forwarded, timeout=60)
    with reading(engine) as session:
        noted = session.exec(select(AuditLog.details).where(col(AuditLog.action) == "sign_in_failed")).one()
    assert noted["address"] == address


def test_it_marks_cookies_secure_behind_tls(engine: Engine, files: FileStore, clock: Clock) -> None:
    app = create_app(engine, files, POLICY, clock=clock, secure_cookies=True)
    with served(app) as base:
        answer = httpx.post(
            f"{base}/sign-in", data={"name": "王芳", "password": "correct horse battery"}, timeout=60
        )
    cookies = answer.headers.get_list("set-cookie")
    assert any(cookie.startswith("__Host-huiyin=") for cookie in cookies)
    for cookie in cookies:
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
    assert "strict-transport-security" in answer.headers
