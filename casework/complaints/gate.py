"""Whose confirmation an answer to a complaint needs before it leaves (S3 4.3.2 ⑵, ⑶)."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from casework.rights import Right
from nlp.reading import Kind, Severity


class Gravity(NamedTuple):
    """What decides about the gate: how serious the complaint is, and whether money is claimed."""

    severity: Severity | None
    claim: bool

    @classmethod
    def of(cls, severity: str | None, *, claim: bool) -> "Gravity":
        """From the columns of a case or of an approval."""
        return cls(Severity(severity) if severity else None, claim)


# Not of a complaint: answered without anybody's confirmation, like a light one.
_CONFIRMER: dict[Severity | None, Right | None] = {
    None: None,
    Severity.LIGHT: None,
    Severity.MODERATE: Right.CONFIRM_REPLY,
    Severity.SEVERE: Right.CONFIRM_REPLY,
}


def confirmer(severity: Severity | None, claim: bool) -> Right | None:  # the rule's own two words
    """The right that confirming the answer takes; None where sales answer by themselves."""
    return Right.CONFIRM_CLAIM if claim else _CONFIRMER[severity]


def covers(approved: Gravity, now: Gravity) -> bool:
    """Whether a confirmation given then still holds: a worse severity or a claim voids it."""
    return _rank(approved) >= _rank(now) and (approved.claim or not now.claim)


def lowering(kind: Kind, before: Gravity, wanted_kind: Kind, wanted: Gravity) -> Right | None:
    """The right that a correction takes which makes a complaint lighter, or none at all of it (P21).

    It would open the gate, so it takes what confirming would have taken; a light complaint leaves the books
    with the head's knowledge only.
    """
    is_none = kind == Kind.COMPLAINT and wanted_kind != Kind.COMPLAINT
    if is_none or not covers(wanted, before):
        return confirmer(before.severity, before.claim) or Right.CONFIRM_REPLY
    return None


def digest(text: str, files: Iterable[str]) -> str:
    """What a confirmation binds: the sha256 of the text and of its files' sha256s, in order."""
    return hashlib.sha256("\0".join((text, *files)).encode("utf-8", "surrogatepass")).hexdigest()


def _rank(gravity: Gravity) -> int:
    return gravity.severity.rank if gravity.severity else 0
