"""Corrections made on the desk, as labelled messages to learn from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nlp.comparing import FIELDS
from nlp.language import language_of
from nlp.lexicon import Lexicon
from nlp.matching import Words
from nlp.reading import Kind
from nlp.train import learn_all


@dataclass(frozen=True, slots=True)
class Corrected:
    """One message as it was read first, and what staff put right since, oldest first."""

    id: str
    channel: str
    subject: str | None
    text: str
    read: Mapping[str, Any]
    changes: tuple[tuple[str, Any], ...]


def labelled(message: Corrected) -> dict[str, Any]:
    """The message in the shape of the shipped labelled files; the last word on each field counts."""
    label = {name: message.read.get(name) for name in FIELDS}
    label |= {name: value for name, value in message.changes if name in FIELDS}
    if label["kind"] != Kind.COMPLAINT:
        label["severity"] = None
    return {
        "id": message.id,
        "lang": language_of(f"{message.subject or ''}\n{message.text}"),
        "channel": message.channel,
        "subject": message.subject,
        "text": message.text,
        **label,
        "special_requirements": label["special_requirements"] or [],
        "entities": {},
    }


def weights_from(messages: Iterable[dict[str, Any]], lexicon: Lexicon) -> dict[str, dict[str, Any]]:
    """The weights of every decision, learned from labelled messages with the company's own words."""
    return learn_all(list(messages), Words(lexicon))
