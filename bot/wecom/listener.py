"""Hearing what customers write by WeCom: each page is kept, with its place, before the next is asked for.

A callback tells only that there is something (`web/public/wecom`); it leaves a token with which we may ask at
once. We also ask by ourselves from time to time, in case a callback was lost.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import SystemRandom

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from bot.dialogue.greeting import greet
from bot.wecom.attachments import with_files
from bot.wecom.errors import WecomError
from bot.wecom.in_vain import came_back
from bot.wecom.line import WecomLine
from bot.wecom.messages import CameIn, Heard, InVain, id_of, read_message
from bot.wecom.names import names_of, unknown_name
from bot.wecom.pages import Page, next_page
from casework.policy import Policy
from intake.arrive import Said, Unsaid, keep_aside, keep_said
from intake.wecom import Wecom
from store import wecom
from store.crashpoints import crashpoint
from store.engine import reading, writing
from store.files import FileStore
from store.lease import Lease, held
from store.listeners import failed, polled, renew_lease, this_process
from store.tables import Channel, IncomingState, Listener, WecomAccount

LOOK = 0.3  # seconds between looks whether a callback came
LOOK_FOR_LEASE = 1.0
ASK_ANYWAY = 180.0  # seconds; WeCom slows down whoever asks often without a callback
LONGEST_PAUSE = 60.0
WELCOME = timedelta(seconds=20)  # as long as the code of a welcome is good

logger = structlog.get_logger()


class WecomListener:
    """One account. Any number of processes may run one each; they take turns by the lease."""

    def __init__(
        self,
        engine: Engine,
        files: FileStore,
        account: Wecom,
        line: WecomLine,
        policy: Policy,
        on_incoming: Callable[[], None],
        clock: Callable[[], datetime],
    ) -> None:
        self.name = account.name
        self._engine = engine
        self._files = files
        self._account = account
        self._line = line
        self._policy = policy
        self._on_incoming = on_incoming
        self._clock = clock

    def run(self, stop: threading.Event) -> None:
        """Listen until told to stop; then let go of the lease."""
        while not stop.is_set():
            with held(self._engine, self.name, Channel.WECOM, self._clock) as lease:
                self._listen(lease, stop)
            stop.wait(LOOK_FOR_LEASE)

    def pull(self) -> bool:
        """Fetch and keep all that is there; False if another process has taken over."""
        with reading(self._engine) as session:
            account = wecom.place(session, self.name)
        cursor, more = account.cursor, True
        while more:
            page = next_page(self._line, self._account.open_kfid, account, cursor, self._clock())
            if not self._keep(page, account):
                return False
            cursor, more = page.cursor, page.more
        return True

    def _listen(self, lease: Lease, stop: threading.Event) -> None:
        failures, ask_at = 0, 0.0
        while lease.is_ours and not stop.is_set():
            if time.monotonic() >= ask_at or (failures == 0 and self._is_called()):
                try:
                    if not self.pull():
                        return
                    failures, ask_at = 0, time.monotonic() + ASK_ANYWAY
                except WecomError as error:
                    failures += 1
                    ask_at = time.monotonic() + pause_after(failures)
                    self._tell(error)
            stop.wait(LOOK)

    def _is_called(self) -> bool:
        with reading(self._engine) as session:
            return wecom.place(session, self.name).pull_token is not None

    def _keep(self, page: Page, account: WecomAccount) -> bool:
        """Commit a page and its place; False, and nothing kept, if another process has taken over."""
        told = [read_message(raw, self.name) for raw in page.messages]
        heard = iter(self._heard([what for what in told if isinstance(what, Heard)]))
        kept = [next(heard) if isinstance(what, Heard) else what for what in told]
        names = self._files.put_together(
            [json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace") for raw in page.messages]
        )
        crashpoint("messages_fetched")
        with writing(self._engine) as session:
            now = self._clock()
            if not renew_lease(session, self.name, this_process(), now):
                return False
            history_until = self._history_until(session, now)
            for raw, name, what in zip(page.messages, names, kept, strict=True):
                if isinstance(what, Said):
                    called = replace(what, name=what.name or unknown_name(what.address))
                    keep_said(session, called, now, raw=name, history=what.at < history_until)
                    wecom.heard(session, what.address, what.name, min(what.at, now))
                else:
                    self._keep_aside(session, raw, name, what, now)
            if page.cursor:
                wecom.advance(session, self.name, page.cursor)
            if not page.more:
                wecom.pulled(session, self.name, account.pull_token)
            polled(session, self.name, now)
        crashpoint("messages_kept")
        if page.messages:
            self._on_incoming()
        return True

    def _keep_aside(
        self, session: Session, raw: object, name: str, what: Unsaid | InVain | CameIn, now: datetime
    ) -> None:
        match what:
            case InVain():
                unsaid = Unsaid(IncomingState.IGNORED, "WeCom tells that a message of ours has not arrived.")
            case CameIn():
                unsaid = Unsaid(IncomingState.IGNORED, "A customer opened the chat; nobody wrote.")
            case _:
                unsaid = what
        is_news = keep_aside(
            session,
            unsaid,
            now,
            channel=Channel.WECOM,
            source=self.name,
            external_id=id_of(raw),
            raw=name,
        )
        if is_news and isinstance(what, InVain):
            came_back(session, what, now, self._policy)
        if is_news and isinstance(what, CameIn):
            until = what.at + WELCOME
            greet(session, Channel.WECOM, what.customer, what.code, until, now, self._policy)

    def _heard(self, heard: list[Heard]) -> list[Said]:
        """What customers said, with their names and files."""
        names = names_of(self._engine, self._line, [what.said.address for what in heard])
        saids = with_files(self._line, heard, self._files)
        return [replace(said, name=names.get(said.address, "")) for said in saids]

    def _history_until(self, session: Session, now: datetime) -> datetime:
        """What was said before that is filed only: WeCom gives three days of it to whoever first asks."""
        listener = session.get_one(Listener, self.name)
        return (listener.connected_at or now) - self._policy.history_after

    def _tell(self, error: WecomError) -> None:
        logger.warning("wecom_fails", reason=str(error))
        with writing(self._engine) as session:
            failed(session, self.name, self._clock(), str(error))


def pause_after(failures: int) -> float:
    """Seconds to wait: twice as long each time, never quite the same."""
    return min(LONGEST_PAUSE, 2.0 ** min(failures, 10)) * SystemRandom().uniform(0.5, 1)
