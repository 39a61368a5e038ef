"""Mail that a server lists and does not hand out: set aside where people see it, and asked for again.

It must neither be passed over nor hold up what came after it. Its row is quarantined without bytes.
"""

from datetime import datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from intake.imap_line import MailboxError, as_mailbox_errors
from store.engine import reading, writing
from store.files import FileStore
from store.tables import Channel, Incoming, IncomingState, Listener

Fetched = dict[int, dict[bytes, Any]]
PARTS = ["BODY.PEEK[]", "INTERNALDATE"]


def fetch_mails(client: IMAPClient, uids: list[int]) -> tuple[Fetched, dict[int, str]]:
    """The mails, and those that are withheld with the reason; one that was expunged is in neither.

    MailboxError if there is only refusal: then it is the server that is in trouble, and not a mail.
    """
    with as_mailbox_errors():
        fetched = _try_fetch(client, uids)
        missing = [uid for uid in uids if not _has_body(fetched, uid)]
        withheld: dict[int, str] = {}
        for uid in client.search(["UID", ",".join(map(str, missing))]) if missing else []:
            try:
                fetched |= client.fetch([uid], PARTS)
            except IMAPClientAbortError:
                raise
            except IMAPClientError as problem:
                withheld[uid] = " ".join(str(problem).split())[:300]
            if not _has_body(fetched, uid):
                withheld.setdefault(uid, "-")
    if withheld and len(withheld) == len(uids):
        raise MailboxError(f"The server does not hand out this mail: {next(iter(withheld.values()))}")
    return fetched, withheld


def set_aside(
    session: Session, source: str, generation: int, withheld: dict[int, str], arrived_at: datetime
) -> None:
    """Show on the desk what we cannot have."""
    for uid, reason in withheld.items():
        external_id = f"{generation}:{uid}"
        known = select(Incoming.id).where(
            col(Incoming.source) == source, col(Incoming.external_id) == external_id
        )
        if session.exec(known).first() is None:
            session.add(
                Incoming(
                    channel=Channel.EMAIL,
                    source=source,
                    external_id=external_id,
                    conversation=source,
                    arrived_at=arrived_at,
                    stored_at=arrived_at,
                    state=IncomingState.QUARANTINED,
                    reason=f"The server does not hand out this mail: {reason}",
                )
            )


def ask_again(
    client: IMAPClient, engine: Engine, files: FileStore, listener: Listener, history_until: datetime
) -> int:
    """Fetch what was set aside, as far as the server hands it out by now; return how many mails.

    What arrived before `history_until` is filed only.
    """
    prefix = f"{listener.generation}:"
    with reading(engine) as session:
        waiting = session.exec(
            select(Incoming).where(
                col(Incoming.state) == IncomingState.QUARANTINED,
                col(Incoming.source) == listener.name,
                col(Incoming.raw).is_(None),
                col(Incoming.external_id).startswith(prefix),
            )
        ).all()
    count = 0
    for row in waiting:
        uid = int(row.external_id.removeprefix(prefix))
        with as_mailbox_errors():
            fetched = _try_fetch(client, [uid])
        if _has_body(fetched, uid):
            raw = files.put(fetched[uid][b"BODY[]"])
            with writing(engine) as session:
                row = session.get_one(Incoming, row.id)
                row.raw, row.state, row.reason, row.attempts = raw, IncomingState.NEW, None, 0
                row.arrived_at = min(fetched[uid].get(b"INTERNALDATE") or row.arrived_at, row.arrived_at)
                row.history = row.arrived_at < history_until
            count += 1
    return count


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
