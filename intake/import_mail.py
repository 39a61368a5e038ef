"""Mail from files: .eml, mbox and Maildir come in by the same path as live mail, filed as history."""

import hashlib
import mailbox
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from intake.arrive import ArrivedMail, keep_mails
from store.engine import reading, writing
from store.files import FileStore
from store.tables import Incoming

SOURCE = "import"
AT_ONCE = 50
# One of the fields that every mail program or server writes.
_FIELD = re.compile(
    rb"^(from|to|date|subject|received|message-id|return-path|content-type)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


class ImportPathError(Exception):
    """There is no mail at this path; the message says so."""


def import_mails(
    engine: Engine, files: FileStore, mails: Iterable[tuple[bytes, datetime]], now: datetime, *, history: bool
) -> tuple[int, int]:
    """Keep mails with the time each arrived, in batches; return how many there were and how many are new."""
    waiting = iter(mails)
    found = new = 0
    while batch := list(islice(waiting, AT_ONCE)):
        found += len(batch)
        unknown = _unknown(engine, {hashlib.sha256(raw).hexdigest(): (raw, at) for raw, at in batch})
        names = files.put_together([raw for raw, _ in unknown.values()])
        arrived = [
            ArrivedMail(digest, name, arrived_at, history)
            for name, (digest, (_, arrived_at)) in zip(names, unknown.items(), strict=True)
        ]
        with writing(engine) as session:
            new += keep_mails(session, SOURCE, arrived, now)
    return found, new


def check_path(path: Path) -> None:
    """Look before anything is brought in; ImportPathError if no mail can be at this path."""
    if not path.exists():
        raise ImportPathError(f"{path} does not exist.")
    if path.is_file() and not _is_mbox(path) and not _is_mail(path):
        raise ImportPathError(f"{path} is no mail: it has no header such as From or Date.")


def _unknown(engine: Engine, mails: dict[str, tuple[bytes, datetime]]) -> dict[str, tuple[bytes, datetime]]:
    """Those that were not imported before, by SHA-256; the others need no second place on the disk."""
    imported = select(Incoming.external_id).where(
        col(Incoming.source) == SOURCE, col(Incoming.external_id).in_(mails)
    )
    with reading(engine) as session:
        known = set(session.exec(imported))
    return {digest: mail for digest, mail in mails.items() if digest not in known}


def mails_at(path: Path) -> Iterator[bytes]:
    """The raw mails of one .eml file, mbox, Maildir, or folder of such, in order of name."""
    if (path / "cur").is_dir():
        yield from (part.read_bytes() for part in sorted([*path.glob("cur/*"), *path.glob("new/*")]))
    elif path.is_dir():
        for part in sorted(path.iterdir()):
            if part.is_dir() or part.suffix.lower() in (".eml", ".mbox"):
                yield from mails_at(part)
    elif not path.is_file():
        raise ImportPathError(f"{path} does not exist.")
    elif _is_mbox(path):
        with closing(mailbox.mbox(path, create=False)) as box:
            yield from (box.get_bytes(key) for key in box.iterkeys())
    else:
        yield path.read_bytes()


def received_at(raw: bytes, now: datetime) -> datetime:
    """When a server took the mail, by its newest Received line; failing that, its Date; failing that, now."""
    for name in (b"received", b"date"):
        value = _first_header(raw[:65_536], name)
        try:
            moment = parsedate_to_datetime(value.rpartition(";")[2].strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return min(moment if moment.tzinfo else moment.replace(tzinfo=UTC), now)
    return now


def _first_header(head: bytes, name: bytes) -> str:
    value: list[bytes] = []
    for line in head.splitlines():
        if value and line[:1] in (b" ", b"\t"):
            value.append(line)
        elif value or not line:
            break
        elif line[: len(name) + 1].lower() == name + b":":
            value.append(line[len(name) + 1 :])
    return b" ".join(value).decode("ascii", "replace")


def _is_mbox(path: Path) -> bool:
    return _head(path).startswith(b"From ")


def _is_mail(path: Path) -> bool:
    return _FIELD.search(_head(path).lstrip().partition(b"\n\n")[0]) is not None


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(65_536).replace(b"\r\n", b"\n")
