"""One mailbox: read to its end, then listened to. What is new is stored before anything else happens.

The mailbox is opened read-only and every FETCH is BODY.PEEK[]: we never set a flag, so it does not matter
who else reads it, and how far we are is our own cursor of (UIDVALIDITY, UID), moved on in the transaction
that stores the mails.
"""

import random
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError
from sqlalchemy import Engine

from casework.policy import Policy
from intake.arrive import ArrivedMail, keep_mails
from store import listeners
from store.engine import writing
from store.files import FileStore
from store.tables import Channel, Listener

AT_ONCE = 100  # mails in one FETCH and one transaction
BYTES_AT_ONCE = 16 * 1024 * 1024  # so that memory does not grow with what people attach
# Seconds after which we look anyway and renew the lease: some servers have no IDLE, a NAT may silence it, and
# news that arrives in the tail of our own SEARCH is told only once, and not to IDLE.
SWEEP_AFTER = 15
BACK_OFF = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0)  # seconds between tries, with jitter

logger = structlog.get_logger()


class MailboxError(Exception):
    """The mailbox cannot be read now; the message is a sentence that says why."""


@dataclass(frozen=True)
class Mailbox:
    """Where a mailbox is and how to sign in. Its name shows no password."""

    host: str
    port: int
    secure: bool
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"

    @classmethod
    def from_url(cls, url: str) -> "Mailbox":
        """From `imap(s)://user:password@host:port/FOLDER`; ValueError with a sentence if it is none."""
        address = urlsplit(url)
        if address.scheme not in ("imap", "imaps") or not address.hostname or not address.username:
            raise ValueError("holds a mailbox that is not imap(s)://user:password@host:port/INBOX")
        secure = address.scheme == "imaps"
        return cls(
            host=address.hostname,
            port=address.port or (993 if secure else 143),
            secure=secure,
            user=unquote(address.username),
            password=unquote(address.password or ""),
            folder=unquote(address.path.lstrip("/")) or "INBOX",
        )

    @property
    def name(self) -> str:
        return f"mail:{self.user}@{self.host}/{self.folder}"[:200]


@dataclass(frozen=True)
class MailboxListener:
    """Reads one mailbox. Only one process at a time does so, under a lease."""

    mailbox: Mailbox
    engine: Engine
    files: FileStore
    policy: Policy
    clock: Callable[[], datetime]
    on_incoming: Callable[[], None]

    def run(self, stop: threading.Event) -> None:
        """Listen until told to stop; every failure is shown on the desk and tried again."""
        failures = 0
        while not stop.is_set():
            try:
                with self._lease() as held:
                    if held:
                        self._listen(stop)
                failures = 0
            except MailboxError as problem:
                self._note_failure(problem)
                failures += 1
            pause = BACK_OFF[min(failures, len(BACK_OFF)) - 1] if failures else 1.0
            stop.wait(pause * random.uniform(0.8, 1.2))  # noqa: S311 - spreading load, not a secret

    def read_to_end(self) -> int:
        """Store everything that is new, once; return how many mails. MailboxError if it cannot be read."""
        with self._lease() as held:
            if not held:
                raise MailboxError("Another process is reading this mailbox.")
            try:
                with self._connection() as client:
                    return self._fetch_new(client, self._listener(client))
            except MailboxError as problem:
                self._note_failure(problem)
                raise

    def _listen(self, stop: threading.Event) -> None:
        with self._connection() as client:
            listener = self._listener(client)
            while not stop.is_set():
                self._fetch_new(client, listener)
                if not self._wait_for_news(client, stop):
                    return

    def _wait_for_news(self, client: IMAPClient, stop: threading.Event) -> bool:
        """Until something arrived or it is time to look anyway; False if the lease was lost meanwhile."""
        with _as_mailbox_errors():
            if client.has_capability("IDLE"):
                _idle(client, stop)
            else:
                stop.wait(SWEEP_AFTER)
        return self._renew()

    def _renew(self) -> bool:
        with writing(self.engine) as session:
            return listeners.renew_lease(session, self.mailbox.name, listeners.this_process(), self.clock())

    def _fetch_new(self, client: IMAPClient, listener: Listener) -> int:
        """Store what came after the cursor, a batch at a time."""
        count = 0
        with _as_mailbox_errors():
            found = client.search(["UID", f"{listener.cursor + 1}:*"])
        # "n:*" names the last mail even where its UID is below n.
        uids = sorted(uid for uid in found if uid > listener.cursor)
        for batch in self._batches(client, uids):
            with _as_mailbox_errors():
                fetched = client.fetch(batch, ["BODY.PEEK[]", "INTERNALDATE"])
            count += self._store(listener, batch, fetched)
            self.on_incoming()
        with writing(self.engine) as session:
            listeners.polled(session, self.mailbox.name, self.clock())
        return count

    def _listener(self, client: IMAPClient) -> Listener:
        """Where we are. A new UIDVALIDITY voids our cursor: all is read again, and known mail recognised."""
        with _as_mailbox_errors():
            selected = client.select_folder(self.mailbox.folder, readonly=True)
        generation = int(selected[b"UIDVALIDITY"])
        with writing(self.engine) as session:
            listener = session.get_one(Listener, self.mailbox.name)
            if listener.generation != generation:
                listener.generation, listener.cursor = generation, 0
            listener.connected_at = listener.connected_at or self.clock()
        return listener

    def _batches(self, client: IMAPClient, uids: list[int]) -> Iterator[list[int]]:
        """The UIDs in order, few enough and small enough to hold in memory."""
        for start in range(0, len(uids), AT_ONCE):
            part = uids[start : start + AT_ONCE]
            with _as_mailbox_errors():
                sizes = client.fetch(part, ["RFC822.SIZE"])
            batch: list[int] = []
            weight = 0
            for uid in part:
                size = int(sizes.get(uid, {}).get(b"RFC822.SIZE", 0))
                if batch and weight + size > BYTES_AT_ONCE:
                    yield batch
                    batch, weight = [], 0
                batch.append(uid)
                weight += size
            yield batch

    def _store(self, listener: Listener, batch: list[int], fetched: dict[int, dict[bytes, Any]]) -> int:
        """Commit a batch together with the cursor; a mail that was expunged meanwhile is passed over."""
        now = self.clock()
        present = [uid for uid in batch if fetched.get(uid, {}).get(b"BODY[]") is not None]
        digests = self.files.put_all([fetched[uid][b"BODY[]"] for uid in present])
        old = (listener.connected_at or now) - self.policy.history_after
        mails = []
        for uid, sha256 in zip(present, digests, strict=True):
            arrived_at = fetched[uid].get(b"INTERNALDATE") or now
            mails.append(ArrivedMail(f"{listener.generation}:{uid}", sha256, arrived_at, arrived_at < old))
        with writing(self.engine) as session:
            keep_mails(session, self.mailbox.name, mails, now)
            if not listeners.renew_lease(session, self.mailbox.name, listeners.this_process(), now):
                raise MailboxError("Another process has taken over this mailbox.")
            listeners.advance(session, self.mailbox.name, batch[-1], listener.generation)
        listener.cursor = batch[-1]
        return len(mails)

    @contextmanager
    def _lease(self) -> Iterator[bool]:
        holder = listeners.this_process()
        with writing(self.engine) as session:
            held = listeners.take_lease(session, self.mailbox.name, Channel.EMAIL, holder, self.clock())
        try:
            yield held is not None
        finally:
            if held is not None:
                with writing(self.engine) as session:
                    listeners.release_lease(session, self.mailbox.name, holder)

    @contextmanager
    def _connection(self) -> Iterator[IMAPClient]:
        mailbox = self.mailbox
        with _as_mailbox_errors():
            context = ssl.create_default_context() if mailbox.secure else None
            client = IMAPClient(
                mailbox.host,
                mailbox.port,
                ssl=mailbox.secure,
                ssl_context=context,
                timeout=SocketTimeout(connect=15, read=60),
            )
        client.normalise_times = False  # INTERNALDATE stays aware
        try:
            with _as_mailbox_errors():
                if not mailbox.secure and client.has_capability("STARTTLS"):
                    client.starttls(ssl.create_default_context())
                client.login(mailbox.user, mailbox.password)
                if client.has_capability("ID"):
                    client.id_({"name": "Huiyin"})  # 163 and 126 refuse SELECT without it
            yield client
        finally:
            client.shutdown()

    def _note_failure(self, problem: MailboxError) -> None:
        logger.warning("mailbox_failed", mailbox=self.mailbox.name, reason=str(problem))
        with writing(self.engine) as session:
            listeners.failed(session, self.mailbox.name, self.clock(), str(problem))


@contextmanager
def _as_mailbox_errors() -> Iterator[None]:
    """Whatever goes wrong between us and the server, as a sentence."""
    try:
        yield
    except LoginError as problem:
        raise MailboxError(f"The server refuses our user name or password: {_plain(problem)}") from problem
    except IMAPClientAbortError as problem:
        raise MailboxError(f"The line to the server was cut: {_plain(problem)}") from problem
    except IMAPClientError as problem:
        raise MailboxError(f"The server refuses: {_plain(problem)}") from problem
    except (OSError, EOFError) as problem:
        raise MailboxError(f"The server cannot be reached: {_plain(problem)}") from problem


def _idle(client: IMAPClient, stop: threading.Event) -> None:
    client.idle()
    try:
        for _ in range(SWEEP_AFTER):
            if stop.is_set() or _tells_of_mail(client.idle_check(timeout=1)):
                return
    finally:
        client.idle_done()


def _plain(problem: BaseException) -> str:
    return " ".join(str(problem).split())[:300] or type(problem).__name__


def _tells_of_mail(responses: list[Any]) -> bool:
    return any(len(response) > 1 and response[1] in (b"EXISTS", b"RECENT") for response in responses)
