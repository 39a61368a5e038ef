"""Sealing the log: a later change of a line, a line taken out or slipped in between shows (P24).

Each seal covers a stretch of ids and holds the sha256 of the seal before and of its own lines, so that
nothing sealed can change unless every later seal is made anew; somebody who noted a digest would see that.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, func, select

from store.once import add_once
from store.tables import AuditLog, AuditSeal

# A line may be committed a little after one with a higher id; no transaction takes as long as this.
SETTLED_AFTER = timedelta(minutes=5)
LINES_AT_ONCE = 10_000
_READ_AT_ONCE = 2_000


@dataclass(frozen=True)
class Sealed:
    """How the log stands against its seals: the first seal that does not fit, and where they end."""

    lines: int  # that are sealed
    digest: str  # of the newest seal; whoever notes it can tell whether all seals were made anew
    broken: AuditSeal | None
    sentence: str  # says it in English


def seal_due(session: Session, now: datetime) -> int:
    """Seal the next lines that have settled; return how many. One ring of the clock.

    Of two processes that seal the same stretch at once, one does it.
    """
    before = session.exec(select(AuditSeal).order_by(col(AuditSeal.id).desc()).limit(1)).first()
    first = before.last_id + 1 if before else 1
    last = _last_settled(session, first, now)
    if last is None:
        return 0
    lines, digest = _digest(session, first, last, before.digest if before else "")
    seal = AuditSeal(first_id=first, last_id=last, lines=lines, digest=digest, at=now)
    return lines if add_once(session, seal) else 0


def check_seals(session: Session) -> Sealed:
    """Read the whole log again and compare it with its seals; stops at the first that does not fit."""
    known, digest, expected = 0, "", 1
    for seal in session.exec(select(AuditSeal).order_by(col(AuditSeal.first_id))).all():
        lines, found = _digest(session, seal.first_id, seal.last_id, digest)
        if seal.first_id != expected or lines != seal.lines or found != seal.digest:
            return Sealed(known, digest, seal, _what_is_wrong(seal, expected, lines))
        known, digest, expected = known + lines, found, seal.last_id + 1
    said = (
        f"The log is as it was sealed: {known} lines, {digest[:16]}." if known else "Nothing is sealed yet."
    )
    return Sealed(known, digest, None, said)


def _last_settled(session: Session, first: int, now: datetime) -> int | None:
    """The last id of the next stretch; None if no line from `first` on has settled."""
    stretch = (
        select(AuditLog.id, AuditLog.at)
        .where(col(AuditLog.id) >= first)
        .order_by(col(AuditLog.id))
        .limit(LINES_AT_ONCE)
        .subquery()
    )
    fresh = select(func.min(stretch.c.id)).where(stretch.c.at > now - SETTLED_AFTER)
    settled = select(func.max(stretch.c.id)).where(
        stretch.c.id < func.coalesce(fresh.scalar_subquery(), 2**31 - 1)
    )
    last: int | None = session.exec(settled).one()
    return last


def _digest(session: Session, first: int, last: int, before: str) -> tuple[int, str]:
    """How many lines stand between these ids, and the digest of them and of the seal before."""
    sha, count = hashlib.sha256(before.encode()), 0
    for line in _lines(session, first, last):
        sha.update(_canonical(line))
        count += 1
    return count, sha.hexdigest()


def _lines(session: Session, first: int, last: int) -> Iterator[AuditLog]:
    while True:
        wanted = select(AuditLog).where(col(AuditLog.id) >= first, col(AuditLog.id) <= last)
        read = session.exec(wanted.order_by(col(AuditLog.id)).limit(_READ_AT_ONCE)).all()
        yield from read
        session.expunge_all()
        if len(read) < _READ_AT_ONCE:
            return
        first = (read[-1].id or 0) + 1


def _canonical(line: AuditLog) -> bytes:
    """The same bytes on both databases."""
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    values = [line.id, at, line.user_id, line.action, line.case_id, line.details]
    return json.dumps(values, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _what_is_wrong(seal: AuditSeal, expected: int, lines: int) -> str:
    if seal.first_id != expected:
        return f"A seal of the log is missing: lines {expected} to {seal.first_id - 1} have none."
    first, last, at = seal.first_id, seal.last_id, f"{seal.at:%Y-%m-%d %H:%M}"
    if lines < seal.lines:
        missing = seal.lines - lines
        return f"Lines of the log were taken out between {first} and {last} (sealed {at} UTC): {missing}."
    if lines > seal.lines:
        added = lines - seal.lines
        return f"Lines of the log were slipped in between {first} and {last} (sealed {at} UTC): {added}."
    return (
        f"A line of the log was changed between {first} and {last} (sealed {at} UTC), "
        "or the seals before it were made anew."
    )
