"""One mailbox: read to its end, then listened to. What is new is stored before anything else happens.

The mailbox is opened read-only and every FETCH is BODY.PEEK[]: we never set a flag, so it does not matter
who else reads it, and how far we are is our own cursor of (UIDVALIDITY, UID), moved on in the transaction
that stores the mails. Only where the settings name a folder for mail that is done is it opened to be
written, and only what is committed is moved (intake/put_away.py).
"""

import math
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from imapclient import IMAPClient
from sqlalchemy import Engine

from casework.policy import Policy
from intake.arrive import ArrivedMail, keep_mails
from intake.imap_line import MailboxError, Patience, as_mailbox_errors, connected
from intake.mailbox_entry import Mailbox
from intake.put_away import put_away
from intake.tokens import Tokens
from intake.withheld import LineLostError, ask_again, fetch_mails, set_aside
from store import listeners
from store.crashpoints import crashpoint
from store.engine import writing
from store.files import FileStore
from store.lease import Lease, held
from store.tables import Channel, Listener

AT_ONCE = 100  # mails in one FETCH and one transaction
BYTES_AT_ONCE = 16 * 1024 * 1024  # so that memory does not grow with what people attach

logger = structlog.get_logger()


@dataclass(frozen=True)
class MailboxListener:
    """Reads one mailbox. Only one process at a time does so, under a lease."""

    mailbox: Mailbox
    engine: Engine
    files: FileStore
    policy: Policy
    clock: Callable[[], datetime]
    on_incoming: Callable[[], None]
    patience: Patience = field(default_factory=Patience)

    def run(self, stop: threading.Event) -> None:
        """Listen until told to stop; every failure is shown on the desk and tried again."""
        failures = 0
        while not stop.is_set():
            try:
                for _ in self._readings(stop):
                    failures = 0
            except MailboxError as problem:
                self._note_failure(problem)
                failures += 1
            pauses = self.patience.back_off
            pause = pauses[min(max(failures, 1), len(pauses)) - 1]
            stop.wait(pause * random.uniform(0.8, 1.2))  # noqa: S311 - spreading load, not a secret

    def read_to_end(self) -> int:
        """Store everything that is new, once; return how many mails. MailboxError if it cannot be read."""
        with self._lease() as lease:
            if not lease.is_ours:
                raise MailboxError("Another process is reading this mailbox.")
            count = 0
            while True:
                try:
                    with self._line() as client:
                        for stored in self._fetch_new(client):
                            count += stored
                            self.on_incoming()
                        return count
                except LineLostError:
                    continue
                except MailboxError as problem:
                    self._note_failure(problem)
                    raise

    def _line(self) -> AbstractContextManager[IMAPClient]:
        tokens = Tokens(self.engine, self.policy.secret_key, self.clock)
        return connected(self.mailbox, self.patience, tokens)

    @contextmanager
    def _line_to(self, generation: int) -> Iterator[IMAPClient]:
        """Another line, with the folder open as we know it."""
        with self._line() as client:
            if self._open_folder(client) != generation:
                raise MailboxError("The server has renumbered the mails of this folder.")
            yield client

    def _lease(self) -> AbstractContextManager[Lease]:
        return held(self.engine, self.mailbox.name, Channel.EMAIL, self.clock)

    def _readings(self, stop: threading.Event) -> Iterator[None]:
        """Read, wait for news, and again, while the mailbox is ours; tells of each round that went well."""
        with self._lease() as lease:
            if not lease.is_ours:
                return
            while lease.is_ours and not stop.is_set():
                with suppress(LineLostError), self._line() as client:
                    while lease.is_ours and not stop.is_set():
                        for _ in self._fetch_new(client):
                            self.on_incoming()
                        self._wait_for_news(client, stop)
                        yield

    def _wait_for_news(self, client: IMAPClient, stop: threading.Event) -> None:
        """Until something arrived, or it is time to look anyway."""
        with as_mailbox_errors():
            if client.has_capability("IDLE"):
                _idle(client, stop, self.patience.sweep)
            else:
                stop.wait(self.patience.sweep)

    def _fetch_new(self, client: IMAPClient) -> Iterator[int]:
        """Store what came after the cursor, a batch at a time; yields how many mails each time.

        LineLostError if it goes on with a new line only.
        """
        listener = self._select(client)
        generation = listener.generation or 0
        with as_mailbox_errors():
            found = client.search(["UID", f"{listener.cursor + 1}:*"])
        # "n:*" names the last mail even where its UID is below n.
        uids = sorted(uid for uid in found if uid > listener.cursor)
        for batch in self._batches(client, uids):
            asked = fetch_mails(client, batch, listener.cursor, partial(self._line_to, generation))
            if asked.refused or asked.breaking:
                with writing(self.engine) as session:
                    set_aside(session, self.mailbox.name, generation, asked, self.clock())
            yield self._store(listener, batch, asked.mails)
            if asked.line_is_lost:
                raise LineLostError("The line to the server broke at a mail.")
        history_until = (listener.connected_at or self.clock()) - self.policy.history_after
        yield from ask_again(client, self.engine, self.files, listener, history_until, self.clock())
        if self.mailbox.done:
            put_away(client, self.mailbox, self.engine, generation, listener.cursor)
        with writing(self.engine) as session:
            listeners.polled(session, self.mailbox.name, self.clock())

    def _select(self, client: IMAPClient) -> Listener:
        """Where we are. A new UIDVALIDITY voids our cursor: all is read again, and known mail recognised.

        Done before each look: a mailbox that was restored while we listened has new numbers, too.
        """
        generation = self._open_folder(client)
        with writing(self.engine) as session:
            listener = session.get_one(Listener, self.mailbox.name)
            if listener.generation != generation:
                listener.generation, listener.cursor = generation, 0
            listener.connected_at = listener.connected_at or self.clock()
        return listener

    def _open_folder(self, client: IMAPClient) -> int:
        """Its UIDVALIDITY."""
        with as_mailbox_errors():
            selected = client.select_folder(self.mailbox.folder, readonly=not self.mailbox.done)
            return int(selected[b"UIDVALIDITY"])

    def _batches(self, client: IMAPClient, uids: list[int]) -> Iterator[list[int]]:
        """The UIDs in order, few enough and small enough to hold in memory."""
        for start in range(0, len(uids), AT_ONCE):
            part = uids[start : start + AT_ONCE]
            with as_mailbox_errors():
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
        names = self.files.put_together([fetched[uid][b"BODY[]"] for uid in present])
        crashpoint("mails_fetched")
        old = (listener.connected_at or now) - self.policy.history_after
        mails = []
        for uid, name in zip(present, names, strict=True):
            arrived_at = fetched[uid].get(b"INTERNALDATE") or now
            mails.append(ArrivedMail(f"{listener.generation}:{uid}", name, arrived_at, arrived_at < old))
        with writing(self.engine) as session:
            keep_mails(session, self.mailbox.name, mails, now)
            if not listeners.renew_lease(session, self.mailbox.name, listeners.this_process(), now):
                raise MailboxError("Another process has taken over this mailbox.")
            listeners.advance(session, self.mailbox.name, batch[-1], listener.generation)
            listeners.polled(session, self.mailbox.name, now)
        crashpoint("mails_kept")
        listener.cursor = batch[-1]
        return len(mails)

    def _note_failure(self, problem: MailboxError) -> None:
        logger.warning("mailbox_failed", mailbox=self.mailbox.name, reason=str(problem))
        with writing(self.engine) as session:
            listeners.failed(session, self.mailbox.name, self.clock(), str(problem))


def _idle(client: IMAPClient, stop: threading.Event, seconds: float) -> None:
    client.idle()
    try:
        # Counted, not timed: on a line that was cut each look returns at once, and the loop must end.
        looks = math.ceil(seconds)
        for _ in range(looks):
            if stop.is_set() or _tells_of_mail(client.idle_check(timeout=seconds / looks)):
                return
    finally:
        client.idle_done()


def _tells_of_mail(responses: list[Any]) -> bool:
    return any(len(response) > 1 and response[1] in (b"EXISTS", b"RECENT") for response in responses)
