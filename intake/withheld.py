"""Mail that a server lists and does not hand out: set aside where people see it, and asked for again.

It is refused, or the line breaks whenever it is asked for. Such a mail must neither be passed over nor hold
up what came after it. Its row is quarantined without bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError
from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from intake.imap_line import MailboxError, as_mailbox_errors
from store.engine import reading, writing
from store.files import FileStore
from store.tables import Channel, Incoming, IncomingState, Listener

Fetched = dict[int, dict[bytes, Any]]
NewLine = Callable[[], AbstractContextManager[IMAPClient]]  # with the same folder open
PARTS = ["BODY.PEEK[]", "INTERNALDATE"]
BREAKING_AT_MOST = 3  # at once; if the line breaks at more mails than that, it is not the mails' fault
# To ask for such a mail costs us the line, so we do not with each look.
AGAIN_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60, 360))
BREAKING = "The server hangs up, or answers what cannot be read, whenever it is asked for this mail."


class LineLostError(MailboxError):
    """The line broke at a mail that is dealt with; a new line leads on."""


@dataclass
class Found:
    """What became of mails that were asked for. One that was expunged is nowhere."""

    mails: Fetched = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)  # and the server's reason
    breaking: list[int] = field(default_factory=list)
    line_is_lost: bool = False


def fetch_mails(client: IMAPClient, uids: list[int], cursor: int, new_line: NewLine) -> Found:
    """Ask for all at once; if the line breaks, for one after the other, and twice before a mail is blamed.

    MailboxError if nothing is handed out, nor the newest mail up to `cursor`: then it is the server that is
    in trouble, and not a mail.
    """
    found = Found()
    suspects: list[int] = []
    trouble: MailboxError | None = None
    try:
        _ask(client, uids, found)
    except MailboxError as problem:
        trouble, found = problem, Found(line_is_lost=True)
        suspects = _ask_each(new_line, uids, found)
    for reason in found.refused.values():
        trouble = trouble or MailboxError(_refused(reason))
    is_bare = not found.mails and (suspects or found.refused)
    if trouble and is_bare and not _hands_out(new_line, cursor):
        raise trouble
    found.breaking = _ask_each(new_line, suspects, found)
    return found


def _ask_each(new_line: NewLine, uids: Iterable[int], found: Found) -> list[int]:
    """Ask for one mail after the other; return those at which the line broke."""
    waiting, breaking = list(uids), []
    while waiting:
        with new_line() as client:
            while waiting:
                uid = waiting.pop(0)
                try:
                    _ask(client, [uid], found)
                except MailboxError:
                    breaking.append(uid)
                    if len(breaking) > BREAKING_AT_MOST:
                        raise
                    break
    return breaking


def _ask(client: IMAPClient, uids: list[int], found: Found) -> None:
    with as_mailbox_errors():
        fetched = _try_fetch(client, uids)
        missing = [uid for uid in uids if not _has_body(fetched, uid)]
        for uid in client.search(["UID", ",".join(map(str, missing))]) if missing else []:
            try:
                fetched |= client.fetch([uid], PARTS)
            except IMAPClientAbortError:
                raise
            except IMAPClientError as problem:
                found.refused[uid] = " ".join(str(problem).split())[:300]
            if not _has_body(fetched, uid):
                found.refused.setdefault(uid, "-")
    found.mails |= {uid: parts for uid, parts in fetched.items() if _has_body(fetched, uid)}


def _hands_out(new_line: NewLine, cursor: int) -> bool:
    """Whether the server hands out the newest mail that it has handed out before."""
    with new_line() as client, as_mailbox_errors():
        older = client.search(["UID", f"1:{cursor}"]) if cursor else []
        return bool(older) and _has_body(_try_fetch(client, [max(older)]), max(older))


def set_aside(session: Session, source: str, generation: int, found: Found, now: datetime) -> None:
    """Show on the desk what we cannot have."""
    reasons = {uid: _refused(reason) for uid, reason in found.refused.items()}
    for uid, reason in (reasons | dict.fromkeys(found.breaking, BREAKING)).items():
        external_id = f"{generation}:{uid}"
        known = select(Incoming.id).where(
            col(Incoming.source) == source, col(Incoming.external_id) == external_id
        )
        if session.exec(known).first() is None:
            row = Incoming(
                channel=Channel.EMAIL,
                source=source,
                external_id=external_id,
                conversation=source,
                arrived_at=now,
                stored_at=now,
                state=IncomingState.QUARANTINED,
                reason=reason,
            )
            if reason == BREAKING:
                _put_off(row, now)
            session.add(row)


def _put_off(row: Incoming, now: datetime) -> None:
    """Leave it in peace until `claimed_until`, each time for longer."""
    row.claimed_until = now + AGAIN_AFTER[min(row.attempts, len(AGAIN_AFTER) - 1)]
    row.attempts += 1


def ask_again(
    client: IMAPClient,
    engine: Engine,
    files: FileStore,
    listener: Listener,
    history_until: datetime,
    now: datetime,
) -> Iterator[int]:
    """Fetch what was set aside, as far as the server hands it out by now; yields 1 for each mail.

    What arrived before `history_until` is filed only. LineLostError if the line broke at one of them.
    """
    prefix = f"{listener.generation}:"
    with reading(engine) as session:
        waiting = session.exec(
            select(Incoming).where(
                col(Incoming.state) == IncomingState.QUARANTINED,
                col(Incoming.source) == listener.name,
                col(Incoming.raw).is_(None),
                col(Incoming.external_id).startswith(prefix),
                or_(col(Incoming.claimed_until).is_(None), col(Incoming.claimed_until) <= now),
            )
        ).all()
    for row in waiting:
        uid = int(row.external_id.removeprefix(prefix))
        try:
            with as_mailbox_errors():
                fetched = _try_fetch(client, [uid])
        except MailboxError as problem:
            with writing(engine) as session:
                row = session.get_one(Incoming, row.id)
                row.reason = BREAKING
                _put_off(row, now)
            raise LineLostError(str(problem)) from problem
        if _has_body(fetched, uid):
            raw = files.put(fetched[uid][b"BODY[]"])
            with writing(engine) as session:
                row = session.get_one(Incoming, row.id)
                row.raw, row.state, row.reason = raw, IncomingState.NEW, None
                row.attempts, row.claimed_until = 0, None
                row.arrived_at = min(fetched[uid].get(b"INTERNALDATE") or row.arrived_at, row.arrived_at)
                row.history = row.arrived_at < history_until
            yield 1


def _try_fetch(client: IMAPClient, uids: list[int]) -> Fetched:
    """What the server hands out; nothing if it refuses the whole."""
    try:
        fetched: Fetched = client.fetch(uids, PARTS)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        return {}
    return fetched


def _has_body(fetched: Fetched, uid: int) -> bool:
    return fetched.get(uid, {}).get(b"BODY[]") is not None


def _refused(reason: str) -> str:
    return f"The server does not hand out this mail: {reason}"
