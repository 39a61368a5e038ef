"""Hearing what customers write to the bot: every update is kept before Telegram may forget it.

Telegram forgets an update as soon as it is asked for a later one. So each batch is committed, together with
how far we are, before the next is asked for.
"""

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import datetime
from random import SystemRandom

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.telegram.api import bot_id, open_bot, reason, seconds_to_wait
from bot.telegram.attachments import with_files
from bot.telegram.menu import offer_commands
from bot.telegram.presses import show
from bot.telegram.updates import Pressed, RawUpdate, clean, read_update
from intake.arrive import Said, Unsaid, keep_aside, keep_said
from intake.talk import MARK
from store.engine import writing
from store.files import FileStore
from store.listeners import (
    LEASE,
    advance,
    failed,
    polled,
    release_lease,
    renew_lease,
    take_lease,
    this_process,
)
from store.tables import Channel, IncomingState
from survey.answering.by_buttons import Shown

LONG_POLL = 25  # seconds
LOOK_FOR_STOP = 0.2
LOOK_FOR_LEASE = 1.0
LONGEST_PAUSE = 30.0
PRESSED = Unsaid(IncomingState.IGNORED, "A button was pressed; what it says was done.")

logger = structlog.get_logger()


class TelegramListener:
    """One bot. Any number of processes may run one each; they take turns by the lease."""

    def __init__(
        self,
        engine: Engine,
        files: FileStore,
        token: str,
        api_url: str,
        press: Callable[[Session, str, str, datetime], Shown],
        on_incoming: Callable[[], None],
        clock: Callable[[], datetime],
    ) -> None:
        """`press` does what a button says: of which chat, what the button brings back."""
        self.name = f"telegram:{bot_id(token)}"
        self._engine = engine
        self._files = files
        self._token = token
        self._api_url = api_url
        self._press = press
        self._on_incoming = on_incoming
        self._clock = clock

    def run(self, stop: threading.Event) -> None:
        """Listen until told to stop; then let go of the lease."""
        with asyncio.Runner() as runner:
            runner.run(self._take_turns(stop))

    async def _take_turns(self, stop: threading.Event) -> None:
        while not stop.is_set():
            cursor = self._take_lease()
            if cursor is None:
                await _pause(LOOK_FOR_LEASE, stop)
            else:
                await self._listen_while_ours(cursor, stop)
                with writing(self._engine) as session:
                    release_lease(session, self.name, this_process())

    async def _listen_while_ours(self, cursor: int, stop: threading.Event) -> None:
        """Fetch in one task; beside it look whether to stop, and renew the lease while files are fetched."""
        fetching = asyncio.create_task(self._fetch(cursor))
        renew_at = self._clock() + LEASE / 3
        try:
            while not stop.is_set() and not fetching.done():
                await asyncio.wait({fetching}, timeout=LOOK_FOR_STOP)
                if self._clock() >= renew_at:
                    renew_at = self._clock() + LEASE / 3
                    if not self._renew_lease():
                        break
        finally:
            fetching.cancel()
            await asyncio.wait({fetching})
        if not fetching.cancelled():
            fetching.result()  # raises what went wrong in it

    async def _fetch(self, cursor: int) -> None:
        """Ask, keep, ask for more; ends when another process has taken over."""
        failures = 0
        while True:
            try:
                async with open_bot(self._token, self._api_url) as bot:
                    await offer_commands(bot)
                    while True:
                        updates = await _get_updates(bot, cursor)
                        failures = 0
                        if not await self._keep(bot, updates):
                            return
                        cursor = updates[-1]["update_id"] if updates else cursor
            except TelegramError as error:
                failures += 1
                self._tell(error)
                await asyncio.sleep(pause_after(error, failures))

    async def _keep(self, bot: Bot, updates: list[RawUpdate]) -> bool:
        """Commit a batch and how far we are; False, and nothing kept, if another process has taken over."""
        told = [read_update(raw, self.name, bot.bot) for raw in updates]
        kept = await with_files(bot, told, self._files)
        names = self._files.put_together([json.dumps(raw).encode() for raw in updates])
        batch = list(zip(updates, names, kept, strict=True))
        try:
            shown = self._commit(batch)
        except SQLAlchemyError:
            raise
        except Exception as problem:  # noqa: BLE001 - one odd press must not hold up what others say
            # Not the traceback: it may hold what a customer wrote.
            logger.error("press_failed", reason=type(problem).__name__)
            stumbled = Unsaid(
                IncomingState.QUARANTINED,
                f"The program stumbled over this button ({type(problem).__name__}).",
            )
            batch = [
                (raw, name, stumbled if isinstance(what, Pressed) else what) for raw, name, what in batch
            ]
            shown = self._commit(batch)
        if shown is None:
            return False
        if updates:
            self._on_incoming()
        for pressed, screen in shown:
            await show(bot, self._token, pressed, screen)
        return True

    def _commit(
        self, batch: list[tuple[RawUpdate, str, Said | Pressed | Unsaid]]
    ) -> list[tuple[Pressed, Shown]] | None:
        """Keep a batch, do what was pressed in it, and note how far we are, all in one transaction.

        So a press that is told of again is done once. None if another process has taken over.
        """
        shown = []
        with writing(self._engine) as session:
            now = self._clock()
            if not renew_lease(session, self.name, this_process(), now):
                return None
            for raw, name, what in batch:
                if isinstance(what, Said):
                    keep_said(session, what, now, raw=name)
                elif isinstance(what, Unsaid):
                    self._keep_aside(session, raw, name, what, now)
                elif what.mark.startswith(MARK):  # what it says waits its turn among the lines of the chat
                    keep_said(session, _as_said(what, str(raw["update_id"]), self.name, now), now, raw=name)
                    shown.append((what, Shown(None)))
                elif self._keep_aside(session, raw, name, PRESSED, now):
                    shown.append((what, self._press(session, what.chat, what.mark, now)))
            if batch:
                advance(session, self.name, batch[-1][0]["update_id"])
            polled(session, self.name, now)
        return shown

    def _keep_aside(self, session: Session, raw: RawUpdate, name: str, unsaid: Unsaid, now: datetime) -> bool:
        """False if we have it already."""
        return keep_aside(
            session,
            unsaid,
            now,
            channel=Channel.TELEGRAM,
            source=self.name,
            external_id=str(raw["update_id"]),
            raw=name,
        )

    def _take_lease(self) -> int | None:
        """How far we are, if it is our turn to listen."""
        with writing(self._engine) as session:
            listener = take_lease(session, self.name, Channel.TELEGRAM, this_process(), self._clock())
            return listener.cursor if listener else None

    def _renew_lease(self) -> bool:
        with writing(self._engine) as session:
            return renew_lease(session, self.name, this_process(), self._clock())

    def _tell(self, error: TelegramError) -> None:
        sentence = reason(error, self._token)
        logger.warning("telegram_fails", reason=sentence)
        with writing(self._engine) as session:
            failed(session, self.name, self._clock(), sentence)


def _as_said(pressed: Pressed, external_id: str, source: str, now: datetime) -> Said:
    command = clean(pressed.mark.removeprefix(MARK))
    return Said(
        channel=Channel.TELEGRAM,
        source=source,
        external_id=external_id,
        conversation=pressed.chat,
        address=pressed.chat,
        name=pressed.name,
        text=command,
        at=now,
        command=command,
    )


async def _get_updates(bot: Bot, cursor: int) -> list[RawUpdate]:
    """What came after the cursor, as it came: the library's own `get_updates` fails on one bad update.

    Asking for no certain kinds gives all that matter. Telegram takes a method's name in any case, and the
    library warns of its usual spelling here.
    """
    wanted = {"offset": cursor + 1 if cursor else 0, "timeout": LONG_POLL, "allowed_updates": []}
    updates = await bot.do_api_request("getupdates", wanted, read_timeout=LONG_POLL + 5)
    if not isinstance(updates, list) or not all(_has_id(update) for update in updates):
        raise TelegramError("what it sends are no updates")
    return updates


def _has_id(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def pause_after(error: TelegramError, failures: int) -> float:
    """Seconds to wait: what Telegram asks for, else twice as long each time, never quite the same."""
    if isinstance(error, RetryAfter):
        return seconds_to_wait(error)
    return min(LONGEST_PAUSE, 0.5 * 2.0 ** min(failures, 10)) * SystemRandom().uniform(0.5, 1)


async def _pause(seconds: float, stop: threading.Event) -> None:
    end = asyncio.get_running_loop().time() + seconds
    while not stop.is_set() and asyncio.get_running_loop().time() < end:
        await asyncio.sleep(LOOK_FOR_STOP)
