"""The words of everything we send: one folder a message, one file a language, the subject on its first line.

A file that lacks a language falls back to the nearest one that exists (zh-Hant → zh → en).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_NEAREST = {"zh-Hant": ("zh-Hant", "zh"), "en": ("en",), "zh": ("zh",)}


@dataclass(frozen=True)
class Notice:
    """What one of us is told: the message, and what fills it as JSON; worded once its reader is known."""

    message: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Words:
    """A subject (one line) and a body (plain text)."""

    subject: str
    text: str


def words(message: str, language: str, **values: Any) -> Words:
    """The message in this language (zh, zh-Hant, en; anything else reads zh), filled with the values."""
    names = [f"{message}/{tongue}.txt" for tongue in _NEAREST.get(language, ("zh",))]
    subject, _, text = _environment().select_template(names).render(values).partition("\n")
    return Words(subject=subject.strip(), text=text.strip() + "\n")


def local_time(moment: datetime | str, timezone: ZoneInfo) -> str:
    """A moment as people write it in that zone: 2026-11-22 10:30. A notice keeps it in ISO format."""
    if isinstance(moment, str):
        kept = datetime.fromisoformat(moment)
        if kept.tzinfo is None:  # from before notices knew their reader's zone
            return moment
        moment = kept
    return f"{moment.astimezone(timezone):%Y-%m-%d %H:%M}"


@cache
def _environment() -> Environment:
    # Plain text, so nothing is escaped; a missing value is an error rather than a hole in a letter.
    environment = Environment(  # noqa: S701
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    environment.filters["local_time"] = local_time
    return environment
