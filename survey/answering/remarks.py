"""What customers remark beside their choices is read as a message would be: a complaint is one here, too."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import Protocol

from nlp.reading import Entities, Evidence, Kind, Reading, Severity, higher


class Reads(Protocol):
    """The reader of messages (`nlp.reader.Reader`), as far as it is needed here."""

    def read(
        self, text: str, *, subject: str | None = None, channel: str = "email", date: dt.date | None = None
    ) -> Reading:
        """What one message says."""
        ...


@cache
def shipped_reader() -> Reads:
    """The reader with the words that come with the program, loaded when somebody first remarks something."""
    from nlp.reader import load_reader

    return load_reader()


def read_remarks(
    reader: Reads, remarks: Iterable[tuple[int, str]], language: str, channel: str, day: dt.date
) -> Reading | None:
    """The remarks (where each stands in the message, its words) as one complaint; None if none of them is.

    Each is read by itself: beside the words of the form, "how problems are solved" would be a complaint.
    """
    found = [(start, reader.read(words, channel=channel, date=day)) for start, words in remarks]
    angry = [reading for _, reading in found if _complains(reading)]
    if not angry:
        return None
    severity = Severity.LIGHT
    for reading in angry:
        severity = higher(severity, reading.severity or Severity.LIGHT)
    return Reading(
        language,
        Kind.COMPLAINT,
        max(reading.confidence for reading in angry),
        severity,
        requirements=tuple(chain.from_iterable(reading.requirements for _, reading in found)),
        entities=next((one.entities for one in angry if one.entities != Entities()), Entities()),
        claim=any(reading.claim for reading in angry),
        evidence=tuple(
            _moved(evidence, start)
            for start, reading in found
            for evidence in reading.evidence
            if reading in angry or evidence.label not in set(Kind)
        ),
    )


def _complains(reading: Reading) -> bool:
    """Whether a word of the lexicon says so. How a few words beside a good score sound alone does not: the
    learned weights know letters, to which "Fine." or "送货小哥很热情" is nothing like."""
    return reading.kind == Kind.COMPLAINT and any(
        one.label == Kind.COMPLAINT and not one.rule.startswith("kind.") for one in reading.evidence
    )


def _moved(evidence: Evidence, start: int) -> Evidence:
    return evidence._replace(start=evidence.start + start, end=evidence.end + start)
