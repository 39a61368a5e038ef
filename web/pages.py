"""Turning a template into a page: the environment all templates share, and `page`."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casework.policy import Policy
from casework.rights import Right
from store.tables import customer_code
from web import customer_words, review_words, survey_words, times, words
from web.i18n import LANGUAGES, _, ngettext, remembered, spoken
from web.inert import inert, readable_size

HERE = Path(__file__).parent
STATIC = HERE / "static"


def templates(policy: Policy) -> Environment:
    """The environment of all pages. Everything is escaped; a missing value is an error, not a hole."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(
        static=static, languages=LANGUAGES, company=policy.company, spoken=spoken, Right=Right
    )
    parts = (words, customer_words, review_words, survey_words)
    told_in_words = {name: word for part in parts for name, word in part.FILTERS.items()}
    environment.filters.update(
        {name: remembered(word) for name, word in told_in_words.items()},
        inert=inert,
        readable_size=readable_size,
        customer_code=customer_code,
    )
    times.install(environment, policy.timezone)
    return environment


def page(request: Request, name: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The template filled with the values, in the language of the request and the zone of its reader."""
    office = request.app.state.office
    values["zone"] = getattr(request.state, "zone", office.policy.timezone)
    text = render(office.templates, name, office.clock(), request=request, demo=office.demo, **values)
    return HTMLResponse(text, status)


def render(environment: Environment, name: str, now: datetime, /, **values: Any) -> str:
    """The same as text, for what is not the answer to a request."""
    return environment.get_template(name).render(now=now.astimezone(UTC), **values)


@cache
def static(name: str) -> str:
    """The address of a file in `static/`; it changes with the content, so browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"
