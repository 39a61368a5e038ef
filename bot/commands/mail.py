"""`huiyin fetch`, `huiyin import` and `huiyin export`: mail in by hand, everything out."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, func, select

from bot.commands.show import show
from bot.house import House, utc_now
from intake.fetch import fetch_all
from intake.imap_line import MailboxError
from intake.import_mail import SOURCE, check_path, import_mails, mails_at, received_at
from store.engine import reading
from store.tables import Attachment, Case, Incoming, IncomingState, Message, MessageReading, customer_code


def fetch(house: House, *, as_json: bool) -> int:
    """Read every mailbox to its end once and receive everything; nothing is sent. 1 if a mailbox failed."""
    news = threading.Event()
    listeners = house.mailbox_listeners(news.set)
    names = [listener.mailbox.name for listener in listeners]
    before = {name: _states(house, name) for name in names}
    with house.worker() as worker:
        outcomes = fetch_all(listeners, house.receiver(worker), news)
    for name, outcome in zip(names, outcomes, strict=True):
        after = _states(house, name)
        new, quarantined = (
            after.get(state, 0) - before[name].get(state, 0)
            for state in (IncomingState.RECEIVED, IncomingState.QUARANTINED)
        )
        fetched, problem = (0, str(outcome)) if isinstance(outcome, MailboxError) else (outcome, None)
        _tell(
            {"mailbox": name, "fetched": fetched, "new": new, "quarantined": quarantined, "error": problem},
            as_json=as_json,
        )
    return int(any(isinstance(outcome, MailboxError) for outcome in outcomes))


def import_(house: House, paths: list[Path], *, live: bool, as_json: bool) -> int:
    """Bring in mail from files, as history unless `live`; nothing is sent."""
    for path in paths:
        check_path(path)
    now = utc_now()
    before = _states(house, SOURCE)
    mails = ((raw, now if live else received_at(raw, now)) for path in paths for raw in mails_at(path))
    found, new = import_mails(house.engine, house.files, mails, now, history=not live)
    with house.worker() as worker:
        house.receiver(worker).receive_all()
    after = _states(house, SOURCE)
    result: dict[str, Any] = {"found": found, "new": new}
    for state in (IncomingState.RECEIVED, IncomingState.DUPLICATE, IncomingState.QUARANTINED):
        result[state.value] = after.get(state, 0) - before.get(state, 0)
    _tell(result, as_json=as_json)
    return 0


def export(house: House) -> int:
    """Every message as a JSON line, oldest first."""
    with reading(house.engine) as session:
        for line in exported(session):
            show(line)
    return 0


def exported(session: Session) -> Iterator[dict[str, Any]]:
    """The messages in the shape that `huiyin export --jsonl` promises, in flat memory."""
    rows = session.exec(
        select(Message, Case, MessageReading)
        .join(Case, col(Case.id) == col(Message.case_id))
        .join(MessageReading, col(MessageReading.message_id) == col(Message.id), isouter=True)
        .order_by(col(Message.id))
        .execution_options(yield_per=200)
    )
    for part in rows.partitions():
        files = _files_of(session, [message.id or 0 for message, _, _ in part])
        for message, case, read in part:
            yield {
                "id": message.id,
                "case": case.number,
                "customer": customer_code(case.customer_id),
                "channel": message.channel.value,
                "direction": message.direction.value,
                "message_id": message.message_id,
                "subject": message.subject,
                "text": message.text,
                "new_text": message.new_text,
                "attachments": files.get(message.id or 0, []),
                "kind": read.kind if read else None,
                "severity": read.severity if read else None,
                "received_at": message.at.isoformat(),
            }


def _files_of(session: Session, message_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    files: dict[int, list[dict[str, Any]]] = {}
    wanted = (
        select(Attachment).where(col(Attachment.message_id).in_(message_ids)).order_by(col(Attachment.id))
    )
    for row in session.exec(wanted):
        shown = {"name": row.name, "type": row.type, "size": row.size, "sha256": row.sha256}
        files.setdefault(row.message_id, []).append(shown)
    return files


def _states(house: House, source: str) -> dict[IncomingState, int]:
    with reading(house.engine) as session:
        counted = (
            select(Incoming.state, func.count())
            .where(col(Incoming.source) == source)
            .group_by(col(Incoming.state))
        )
        return {IncomingState(state): count for state, count in session.exec(counted)}


def _tell(result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        show(result)
    else:
        sys.stdout.write("  ".join(f"{name}: {value}" for name, value in result.items()) + "\n")
