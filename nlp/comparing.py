"""What a changed lexicon changes: labelled messages read twice, message by message and in sum."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nlp.reader import Reader
from nlp.reading import Reading

FIELDS = ("kind", "severity", "special_requirements")
WORDS = "words"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one message that is read otherwise; `better` is None where no label says what is right."""

    message_id: str
    name: str
    before: str
    after: str
    better: bool | None


@dataclass(slots=True)
class Totals:
    """How many messages were read, how many of each labelled field right, before and after."""

    messages: int = 0
    changed: int = 0
    labelled: Counter[str] = field(default_factory=Counter)
    right_before: Counter[str] = field(default_factory=Counter)
    right_after: Counter[str] = field(default_factory=Counter)


def compare(
    messages: Iterable[Mapping[str, Any]], before: Reader, after: Reader, totals: Totals
) -> Iterator[Change]:
    """Each field read otherwise, in the order of the messages; `totals` is counted up on the way."""
    for message in messages:
        old, new = (_values(_read(reader, message)) for reader in (before, after))
        totals.messages += 1
        totals.changed += old != new
        for name in (*FIELDS, WORDS):
            label = _shown(message[name]) if name in message and name in FIELDS else None
            if label is not None:
                totals.labelled[name] += 1
                totals.right_before[name] += old[name] == label
                totals.right_after[name] += new[name] == label
            if old[name] != new[name]:
                yield Change(
                    str(message.get("id")), name, old[name], new[name], _better(old, new, name, label)
                )


def _better(old: Mapping[str, str], new: Mapping[str, str], name: str, label: str | None) -> bool | None:
    if label is None or label not in (old[name], new[name]):
        return None
    return new[name] == label


def _read(reader: Reader, message: Mapping[str, Any]) -> Reading:
    written = message.get("date")
    return reader.read(
        message["text"],
        subject=message.get("subject"),
        channel=message.get("channel") or "email",
        date=date.fromisoformat(written[:10]) if written else None,
    )


def _values(reading: Reading) -> dict[str, str]:
    """The fields as text, and the words behind them: a changed lexicon shows there first."""
    shape = reading.as_json()
    words = [f"{one.text} ({one.label})" for one in reading.evidence]
    return {**{name: _shown(shape[name]) for name in FIELDS}, WORDS: _shown(words)}


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(sorted(value)) or "none"
    return str(value or "none")
