"""Every route over HTTP as each role and as nobody (P20): the table in `rights.py` is the whole truth."""

import re
from collections.abc import Iterable, Iterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from store.engine import writing
from store.tables import Attachment, Message, Outgoing, Role, User
from tests.web.conftest import Browser
from tests.web.filled import NOW, PASSWORD_HASH
from tests.web.rights import EXAMPLES, RIGHTS

NOBODY = "nobody"


def test_it_has_a_line_for_every_route_and_no_other(app: FastAPI) -> None:
    routes = set(_routes(app.routes))
    assert sorted(routes - set(RIGHTS)) == [], "Say in tests/web/rights.py who may use these."
    assert sorted(set(RIGHTS) - routes) == [], "These routes are gone."


@pytest.mark.parametrize("who", [NOBODY, *(role.value for role in Role)])
def test_it_lets_in_whom_the_table_names_and_nobody_else(
    browser: Browser, engine: Engine, app: FastAPI, who: str
) -> None:
    examples = EXAMPLES | _everybodys(engine)
    client = browser() if who == NOBODY else _sign_in(browser, engine, Role(who))
    wrong = {}
    for route in sorted(set(_routes(app.routes)) & set(RIGHTS), key=_signing_out_last):
        roles = RIGHTS[route]
        status, came_in = _ask(client, route, examples)
        expected = roles is None or who in {role.value for role in roles}
        if came_in != expected or status >= 500:
            wrong[route] = status
    assert wrong == {}


def test_it_turns_nobody_away_without_saying_where_to_sign_in(browser: Browser) -> None:
    answer = browser().get("/desk/health?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fdesk%2Fhealth%3Fx%3D1")


def test_it_offers_no_button_that_would_be_refused(browser: Browser, engine: Engine) -> None:
    """Every form and link on the pages that a role may open leads where that role may go."""
    examples = EXAMPLES | _everybodys(engine)
    refused = {}
    for role in Role:
        client = _sign_in(browser, engine, role)
        for route, roles in RIGHTS.items():
            if not route.startswith("GET /desk") or roles is None or role not in roles:
                continue
            for target in _offers(_page(client, _filled(route.partition(" ")[2], examples))):
                if (whose := _roles_of(target)) is not None and role not in whose:
                    refused[f"{role} on {route}"] = target
    assert refused == {}


def _routes(routes: Iterable[object], prefix: str = "") -> Iterator[str]:
    """METHOD /path of each route; a router that was included stands there as one route."""
    for route in routes:
        if hasattr(route, "effective_candidates"):
            yield from _routes(route.effective_candidates(), prefix)
            continue
        path = getattr(route, "path")  # noqa: B009
        for method in sorted((getattr(route, "methods", None) or {"GET"}) - {"HEAD"}):
            yield f"{method} {prefix}{path}"


def _signing_out_last(route: str) -> tuple[bool, str]:
    return route == "POST /sign-out", route


def _ask(client: httpx.Client, route: str, examples: dict[str, str]) -> tuple[int, bool]:
    """The status, and whether one came in; a stream that never ends is left after its first line."""
    method, _, path = route.partition(" ")
    with client.stream(method, _filled(path, examples), data={}) as answer:
        to_the_door = answer.headers.get("location", "").startswith("/sign-in?next")
        return answer.status_code, not (to_the_door or answer.status_code in (401, 403))


def _filled(path: str, examples: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda place: examples[place[1]], path)


def _page(client: httpx.Client, address: str) -> str:
    """The page there; nothing if it is a file, or a stream that never ends."""
    with client.stream("GET", address) as answer:
        return answer.read().decode() if "text/html" in answer.headers.get("content-type", "") else ""


def _offers(page: str) -> set[str]:
    """What the buttons and links of a page would ask for."""
    page = page.partition("<main>")[2]
    forms = {
        f"{(re.search('method=.(post)', form) or ['', 'get'])[1].upper()} {action}"
        for form in re.findall(r"<form[^>]*>", page)
        for action in re.findall(r'action="([^"?#]*)', form)
    }
    links = {f"GET {link}" for link in re.findall(r'<a [^>]*href="(/[^"?#]*)', page)}
    return forms | links


def _roles_of(target: str) -> frozenset[Role] | None:
    for route, roles in RIGHTS.items():
        if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", route), target):
            return roles
    return None


def _sign_in(browser: Browser, engine: Engine, role: Role) -> httpx.Client:
    with writing(engine) as session:
        session.add(User(name=f"a {role}", role=role, password_hash=PASSWORD_HASH, created_at=NOW))
    return browser(f"a {role}")


def _everybodys(engine: Engine) -> dict[str, str]:
    """A letter, a message and a file of a case that everybody may see."""
    case = int(EXAMPLES["number"][3:])
    with writing(engine) as session:
        message = _first(session, Message, case)
        file = Attachment(message_id=message, name="a.txt", type="text/plain", size=0, sha256="0" * 64)
        session.add(file)
        session.flush()
        letter = _first(session, Outgoing, case)
        return {"message_id": str(message), "letter_id": str(letter), "file_id": str(file.id)}


def _first(session: Session, table: type[Message] | type[Outgoing], case: int) -> int:
    return session.exec(select(table.id).where(col(table.case_id) == case).limit(1)).one() or 0
