"""Raw first: what arrives becomes an `incoming` row as it came, before anybody is told that we have it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col

from casework.replies import StoredFile
from intake.talk import CHATS, is_command
from store.once import add_once, added
from store.tables import Channel, Incoming, IncomingState


@dataclass(frozen=True)
class Said:
    """What a customer said in a chat, or what staff typed in for a call, a fax, a letter or a visit."""

    channel: Channel
    source: str  # the way it came: telegram:<bot id>, webchat, desk
    external_id: str  # unique within the source; the same one again changes nothing
    conversation: str  # the chat; rows of one conversation are received in order
    address: str  # where the person is reached on this channel: chat id, phone number; may be empty
    name: str
    text: str
    at: datetime  # the channel server's time, or the original time of contact
    language: str | None = None  # a hint, such as Telegram's language_code
    subject: str | None = None
    files: tuple[StoredFile, ...] = ()
    user_id: int | None = None  # who of us typed it in
    contact_id: int | None = None  # staff picked a known contact
    command: str = ""  # what a pressed button says, such as /status; the text is what stood on it
    quoted: str = ""  # what it answers, in brief; shown with the words, and not read as theirs
    reference: str = ""  # the channel's own number of the message, which its newer versions bear, too
    corrects: str = ""  # the external id of the version that this one replaces


@dataclass(frozen=True)
class Unsaid:
    """Nothing a customer said to us, or nothing that can be read; the sentence says which."""

    state: IncomingState
    reason: str


@dataclass(frozen=True)
class ArrivedMail:
    """A mail whose bytes are in the file store."""

    external_id: str  # unique within its source; the same one again changes nothing
    raw: str  # their name there
    arrived_at: datetime  # the receiving server's time
    history: bool  # filed only


def keep_said(
    session: Session, said: Said, now: datetime, *, raw: str | None = None, history: bool = False
) -> bool:
    """Keep it as it came; False if we have it already.

    `raw` names the channel's own bytes in the file store, if it has any; history is filed and not answered.
    """
    return bool(keep_together(session, [(said, raw)], now, history=history))


def keep_together(
    session: Session, lines: Sequence[tuple[Said, str | None]], now: datetime, *, history: bool = False
) -> set[str]:
    """Keep them as they came, each with the name of its own bytes; the external ids of those that are new."""
    rows = [_row(said, raw, now, history) for said, raw in lines]
    return added(session, rows, col(Incoming.external_id))


def _row(said: Said, raw: str | None, now: datetime, history: bool) -> Incoming:
    return Incoming(
        channel=said.channel,
        source=said.source,
        external_id=said.external_id,
        conversation=f"{said.source}:{said.conversation}",
        raw=raw,
        payload=_storable(asdict(said) | {"at": said.at.isoformat()}),
        arrived_at=min(said.at, now),
        stored_at=now,
        state=IncomingState.NEW,
        prompt=said.channel in CHATS and is_command(said.command or said.text),
        history=history,
        attempts=0,
    )


def keep_aside(
    session: Session,
    unsaid: Unsaid,
    now: datetime,
    *,
    channel: Channel,
    source: str,
    external_id: str,
    raw: str,
) -> bool:
    """Keep as it came what becomes no message; False if we have it already."""
    kept = add_once(
        session,
        Incoming(
            channel=channel,
            source=source,
            external_id=external_id,
            conversation=source,
            raw=raw,
            payload={},
            arrived_at=now,
            stored_at=now,
            state=unsaid.state,
            reason=unsaid.reason,
        ),
    )
    return kept == 1


def _storable(value: Any) -> Any:
    """Without what no database takes: zero bytes and halves of characters, which a stranger can send."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {name: _storable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(part) for part in value]
    return value


def said(payload: dict[str, object]) -> Said:
    """What `keep_said` kept, as a value again."""
    values = dict(payload)
    values["channel"] = Channel(str(values["channel"]))
    values["at"] = datetime.fromisoformat(str(values["at"]))
    files = values["files"]
    assert isinstance(files, list)
    values["files"] = tuple(StoredFile(**file) for file in files)
    return Said(**values)  # type: ignore[arg-type]


def joined(lines: Sequence[Said]) -> Said:
    """Lines in a row of one chat as one message; it came with the first of them."""
    if len(lines) == 1:
        return lines[0]
    text = "\n".join(line.text for line in lines if line.text)
    quoted = "\n".join(line.quoted for line in lines if line.quoted)
    files = tuple(file for line in lines for file in line.files)
    return replace(lines[0], text=text, quoted=quoted, files=files)


def keep_mails(session: Session, source: str, mails: Sequence[ArrivedMail], now: datetime) -> int:
    """Keep mails whose bytes are in the file store; return how many were not fetched before."""
    rows = (
        Incoming(
            channel=Channel.EMAIL,
            source=source,
            external_id=mail.external_id,
            # One mailbox is received in order, so that an answer finds the mail it answers.
            conversation=source,
            raw=mail.raw,
            arrived_at=min(mail.arrived_at, now),
            stored_at=now,
            history=mail.history,
        )
        for mail in mails
    )
    return add_once(session, *rows) if mails else 0
