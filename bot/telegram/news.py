"""Where updates come from: we ask for them (long polling), or Telegram brings them to a page (webhook).

Either way they are handed on in the order of their numbers, and Telegram or the table keeps them until they
are committed. What a webhook has laid down is taken in both ways: it may lie there from before a change.
"""

import asyncio
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from telegram import Bot
from telegram.error import Conflict, TelegramError

from intake.telegram import Webhook
from store.engine import reading
from store.telegram import waiting_updates

RawUpdate = dict[str, Any]
# Nothing else is meant for us; what we do not ask for is neither sent nor kept.
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
AT_ONCE = 100
LONG_POLL = 25  # seconds
LOOK = 0.2  # seconds between looks whether Telegram has brought something
LOOK_AT_WEBHOOK = 60.0  # seconds between looks whether Telegram can reach the page
# Each takes a thread and a connection of the web part, of which the desk needs most. A page keeps some
# hundred updates a second, so that eight at once empty what Telegram has kept for a day in minutes.
CONNECTIONS = 8
ALBUM_PAUSE = 0.5  # seconds in which the other pictures of an album follow
ALBUM_LOOKS = 6


@dataclass(frozen=True)
class Batch:
    """Updates that are to be kept together, and how far we are then."""

    updates: list[RawUpdate]
    cursor: int
    laid_down: bool = False  # by the webhook's page, in its table


class News(ABC):
    """One way for updates to come."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    @abstractmethod
    async def begin(self, bot: Bot) -> None:
        """Tell Telegram that this is the way."""

    async def next(self, bot: Bot, cursor: int) -> Batch:
        """What comes next, after a while even if that is nothing. An album comes whole."""
        batch = await self._look(bot, cursor, LONG_POLL)
        pictures = _pictures(batch)
        for _ in range(ALBUM_LOOKS if pictures else 0):
            await asyncio.sleep(ALBUM_PAUSE)
            batch = await self._look(bot, cursor, 0)
            if _pictures(batch) == pictures:
                break
            pictures = _pictures(batch)
        return batch

    @abstractmethod
    async def _look(self, bot: Bot, cursor: int, patience: int) -> Batch:
        """What there is, or comes within so many seconds. Asked again it gives the same and what followed."""

    def _laid_down(self) -> Batch | None:
        """What the page has kept. Telegram counts on none of our offsets for it, so polling begins anew."""
        with reading(self._engine) as session:
            rows = waiting_updates(session, self._name, AT_ONCE)
        return Batch([json.loads(row.raw) for row in rows], 0, laid_down=True) if rows else None


class Asked(News):
    """By long polling."""

    async def begin(self, bot: Bot) -> None:
        """Telegram gives out nothing while it has a webhook; what waits there is not dropped."""
        await bot.delete_webhook()

    async def _look(self, bot: Bot, cursor: int, patience: int) -> Batch:
        if batch := self._laid_down():
            return batch
        updates = await _get_updates(bot, cursor, patience)
        return Batch(updates, updates[-1]["update_id"] if updates else cursor)


class Brought(News):
    """By webhook."""

    def __init__(self, engine: Engine, webhook: Webhook, tell: Callable[[str], None]) -> None:
        """`tell` is handed a sentence when Telegram cannot reach the page."""
        super().__init__(engine, webhook.name)
        self._webhook = webhook
        self._tell = tell
        self._looked_at = 0.0
        self._failed_at: datetime | None = None  # when Telegram last could not

    async def begin(self, bot: Bot) -> None:
        """Set it, also if it stands there: the secret may be a new one."""
        await bot.set_webhook(
            self._webhook.url,
            secret_token=self._webhook.secret,
            allowed_updates=KINDS,
            max_connections=CONNECTIONS,
        )
        self._looked_at = time.monotonic()

    async def _look(self, bot: Bot, cursor: int, patience: int) -> Batch:
        while True:
            if batch := self._laid_down():
                return batch
            if time.monotonic() - self._looked_at >= LOOK_AT_WEBHOOK:
                if await self._is_well(bot):
                    return Batch([], cursor)
            elif patience == 0:
                return Batch([], cursor)
            await asyncio.sleep(LOOK)

    async def _is_well(self, bot: Bot) -> bool:
        """Whether Telegram brings us everything; Conflict if somebody else has changed the webhook."""
        self._looked_at = time.monotonic()
        info = await bot.get_webhook_info()
        if info.url != self._webhook.url:
            raise Conflict("the webhook was changed")
        is_new = info.last_error_date != self._failed_at
        self._failed_at = info.last_error_date
        if info.pending_update_count and info.last_error_date and is_new:
            said = str(info.last_error_message)[:200]
            self._tell(f"Telegram cannot bring messages to {self._webhook.url}: {said}.")
            return False
        return True


def album_of(update: RawUpdate) -> str:
    """The album of which the message is a part; empty if of none."""
    message = update.get("message")
    return str(message.get("media_group_id") or "") if isinstance(message, dict) else ""


def _pictures(batch: Batch) -> int:
    """How many pictures of albums there are."""
    return sum(bool(album_of(update)) for update in batch.updates)


async def _get_updates(bot: Bot, cursor: int, patience: int) -> list[RawUpdate]:
    """What came after the cursor, as it came: the library's own `get_updates` fails on one bad update.

    Telegram takes a method's name in any case, and the library warns of its usual spelling here.
    """
    wanted = {
        "offset": cursor + 1 if cursor else 0,
        "timeout": patience,
        "limit": AT_ONCE,
        "allowed_updates": KINDS,
    }
    updates = await bot.do_api_request("getupdates", wanted, read_timeout=patience + 5)
    if not isinstance(updates, list) or not all(_has_id(update) for update in updates):
        raise TelegramError("what it sends are no updates")
    return updates


def _has_id(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)
