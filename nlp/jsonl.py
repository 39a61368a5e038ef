"""`huiyin read --jsonl`: one message a line in, one reading a line out, any number of lines."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from nlp.reader import Reader


class BadLineError(ValueError):
    """Why one line cannot be read, in a sentence."""


def read_lines(lines: Iterable[str | bytes], reader: Reader) -> Iterator[dict[str, Any]]:
    """A reading with its id for each line, in order, one at a time; blank lines are passed over.

    A line that cannot be read gives {"id", "error"} and the next goes on.
    """
    for line in lines:
        if not line.strip():
            continue
        message: dict[str, Any] = {}
        try:
            message = _message(line)
            yield {"id": message.get("id"), **_read(message, reader)}
        except BadLineError as error:
            yield {"id": message.get("id"), "error": str(error)}


def _message(line: str | bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"This line is not JSON: {error}.") from error
    if not isinstance(message, dict):
        raise BadLineError("This line is JSON, but not an object in braces.")
    return message


def _read(message: dict[str, Any], reader: Reader) -> dict[str, Any]:
    if not isinstance(message.get("text"), str):
        raise BadLineError('"text" is missing or not a string.')
    for name in ("subject", "channel", "date", "sender"):
        if not isinstance(message.get(name), str | None):
            raise BadLineError(f'"{name}" is {message[name]!r}; it must be a string or null.')
    reading = reader.read(
        message["text"],
        subject=message.get("subject"),
        channel=message.get("channel") or "email",
        date=_day(message.get("date")),
        sender=message.get("sender"),
    )
    return reading.as_json()


def _day(written: str | None) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise BadLineError(f'"date" is {written[:40]!r}; it must begin like 2026-11-21.') from error
