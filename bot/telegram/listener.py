"""Hearing what customers write to the bot: every update is kept before Telegram may forget it.

Telegram forgets an update as soon as it is asked for a later one, or once the webhook's page has answered. So
each batch is committed, together with how far we are, before the next is asked for; what the page has laid
down is taken from its table in that same transaction.
"""

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime
from random import SystemRandom

import structlog
from sqlalchemy import Engine
from sqlmodel import Session
from telegram.error import RetryAfter, TelegramError

from bot.telegram.api import bot_id, open_bot, reason, seconds_to_wait
from bot.telegram.keeping import Keeper
from bot.telegram.menu import offer_commands
from bot.telegram.news import AT_ONCE, Asked, Brought, News
from casework.policy import Policy
from intake.telegram import Webhook
from store.engine import writing
from store.files import FileStore
from store.listeners import LEASE, failed, release_lease, renew_lease, take_lease, this_process
from store.tables import Channel
from survey.answering.by_buttons import Shown

LOOK_FOR_STOP = 0.2
GATHER = 0.05  # seconds in which what comes next is gathered: a commit costs more than a line
LOOK_FOR_LEASE = 1.0
LONGEST_PAUSE = 30.0

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
        policy: Policy,
        on_incoming: Callable[[], None],
        clock: Callable[[], datetime],
        webhook: Webhook | None = None,
    ) -> None:
        """`press` does what a button says: of which chat, what the button brings back."""
        self.name = f"telegram:{bot_id(token)}"
        self.keeper = Keeper(engine, files, self.name, token, press, policy, clock)
        self._engine = engine
        self._token = token
        self._api_url = api_url
        self._on_incoming = on_incoming
        self._clock = clock
        self._webhook = webhook

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
        """Look, keep, look for more; ends when another process has taken over."""
        failures = 0
        news = self._news()
        while True:
            try:
                async with open_bot(self._token, self._api_url) as bot:
                    await news.begin(bot)
                    await offer_commands(bot)
                    while True:
                        batch = await news.next(bot, cursor)
                        failures = 0
                        if not await self.keeper.keep(bot, batch):
                            return
                        if batch.updates:
                            self._on_incoming()
                        cursor = batch.cursor
                        if 0 < len(batch.updates) < AT_ONCE:
                            await asyncio.sleep(GATHER)
            except TelegramError as error:
                failures += 1
                self._tell(reason(error, self._token))
                await asyncio.sleep(pause_after(error, failures))

    def _news(self) -> News:
        if self._webhook is None:
            return Asked(self._engine, self.name)
        return Brought(self._engine, self._webhook, self._tell)

    def _take_lease(self) -> int | None:
        """How far we are, if it is our turn to listen."""
        with writing(self._engine) as session:
            listener = take_lease(session, self.name, Channel.TELEGRAM, this_process(), self._clock())
            return listener.cursor if listener else None

    def _renew_lease(self) -> bool:
        with writing(self._engine) as session:
            return renew_lease(session, self.name, this_process(), self._clock())

    def _tell(self, sentence: str) -> None:
        logger.warning("telegram_fails", reason=sentence)
        with writing(self._engine) as session:
            failed(session, self.name, self._clock(), sentence)


def pause_after(error: TelegramError, failures: int) -> float:
    """Seconds to wait: what Telegram asks for, else twice as long each time, never quite the same."""
    if isinstance(error, RetryAfter):
        return seconds_to_wait(error)
    return min(LONGEST_PAUSE, 0.5 * 2.0 ** min(failures, 10)) * SystemRandom().uniform(0.5, 1)


async def _pause(seconds: float, stop: threading.Event) -> None:
    end = asyncio.get_running_loop().time() + seconds
    while not stop.is_set() and asyncio.get_running_loop().time() < end:
        await asyncio.sleep(LOOK_FOR_STOP)
