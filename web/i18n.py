"""Chinese and English: the Chinese sentence is the key, `locale/en.po` holds the English one.

The language of a request is chosen once (`language_of`) and kept in a context variable, so that templates and
Python say `_("…")` without passing anything along.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = {"zh": "中文", "en": "English"}
COOKIE = "language"
CATALOGUE = Path(__file__).parent / "locale" / "en.po"

_spoken: ContextVar[str] = ContextVar("language", default="zh")


def _(text: str, **values: object) -> str:
    """The sentence in the language of this request, its `%(name)s` filled with the values."""
    said = english().get(text, text) if _spoken.get() == "en" else text
    return said % values if values else said


def ngettext(singular: str, plural: str, count: int) -> str:
    """Chinese knows no plural and the English wording avoids it: one sentence for any number."""
    return _(singular if count == 1 else plural)


def spoken() -> str:
    """The language of this request: zh or en."""
    return _spoken.get()


def remembered(word: Callable[..., str]) -> Callable[..., str]:
    """The same function of words only, asked once for each language; a queue asks hundreds of times."""

    @lru_cache(maxsize=1000)
    def said(_language: str, *values: Hashable) -> str:
        return word(*values)

    @wraps(word)
    def remember(*values: Hashable) -> str:
        return said(spoken(), *values)

    return remember


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language inside the block; whatever is not English is spoken to in Chinese."""
    token = _spoken.set("en" if language.lower().startswith("en") else "zh")
    try:
        yield
    finally:
        _spoken.reset(token)


def language_of(cookie: str | None, accepted: str, fallback: str) -> str:
    """The language chosen before, else the browser's first that we speak, else the house's."""
    if cookie in LANGUAGES:
        return cookie
    for wanted in accepted[:200].split(","):
        tongue = wanted.strip().lower()[:2]
        if tongue in LANGUAGES:
            return tongue
    return fallback if fallback in LANGUAGES else "zh"


@cache
def english() -> dict[str, str]:
    """Every translated sentence."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and entry.string}
