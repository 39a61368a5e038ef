"""A bot under test: our server, a database, and a listener in a thread of its own."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session, col, select

from bot.telegram.listener import TelegramListener
from intake.arrive import said
from intake.telegram import Webhook
from store.engine import writing
from store.files import FileStore
from store.tables import Channel, Incoming, Listener
from survey.answering.by_buttons import Shown, press
from survey.answering.remarks import shipped_reader
from tests.borders.botapi import BotApiServer
from tests.bot.in_thread import PATIENCE, in_thread
from tests.survey.people import POLICY

NOW = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
NAME = "telegram:110201543"


def texts(rows: list[Incoming]) -> list[str]:
    """What customers said, in the order it came."""
    return [said(row.payload or {}).text for row in rows]


def pressed(session: Session, chat: str, mark: str, now: datetime) -> Shown:
    """What a button does, as the program does it."""
    return press(session, Channel.TELEGRAM, chat, mark, now, POLICY, shipped_reader)


class Line:
    """From our small Telegram to the database, and what a test wants to know of it."""

    def __init__(self, telegram: BotApiServer, engine: Engine, folder: Path) -> None:
        self.telegram = telegram
        self.engine = engine
        self.files = FileStore(folder)
        self.on_incoming: Callable[[], None] = lambda: None
        self.webhook: Webhook | None = None
        self._news = threading.Condition()
        self._asked = threading.Condition()
        self._times_asked = 0
        event.listen(self.engine, "before_cursor_execute", self._count_asking)

    def listener(self) -> TelegramListener:
        server = self.telegram
        return TelegramListener(
            *(self.engine, self.files, server.token, server.url, pressed, POLICY, self._told),
            *(lambda: NOW, self.webhook),
        )

    def listening(self) -> AbstractContextManager[None]:
        """A listener runs until the block ends; what went wrong in it comes out here."""
        return in_thread(self.listener().run)

    def wait_for_rows(self, n: int) -> list[Incoming]:
        """Everything kept, as soon as there are `n` rows."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.rows()) >= n, PATIENCE), f"not {n}: {self.rows()}"
        return self.rows()

    def rows(self) -> list[Incoming]:
        with writing(self.engine) as session:
            return list(session.exec(select(Incoming).order_by(col(Incoming.id))))

    def progress(self) -> Listener:
        with writing(self.engine) as session:
            return session.get_one(Listener, NAME)

    def wait_for_polls(self, n: int) -> list[dict[str, Any]]:
        """The parameters of every `getUpdates`, as soon as there were `n`."""
        world = self.telegram._world
        with world.news:
            assert world.news.wait_for(lambda: len(self.polls()) >= n, PATIENCE)
            return self.polls()

    def wait_for_call(self, method: str) -> None:
        """Until the bot has called this method."""
        world = self.telegram._world
        with world.news:
            assert world.news.wait_for(lambda: method in [name for name, _ in world.calls], PATIENCE)

    def wait_until_forgotten(self) -> None:
        """Until Telegram has been told of everything that it may forget it."""
        world = self.telegram._world
        with world.news:
            assert world.news.wait_for(lambda: not world.waiting(), PATIENCE)

    def wait_for_attempts(self, n: int) -> None:
        """Until the listener has asked `n` more times for its turn; all but the last have been answered."""
        with self._asked:
            enough = self._times_asked + n
            assert self._asked.wait_for(lambda: self._times_asked >= enough, PATIENCE)

    def wait_for_error(self) -> str:
        """What the listener says is wrong, as soon as it does."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with writing(self.engine) as session:
                listener = session.get(Listener, NAME)
            if listener is not None and listener.error is not None:
                return listener.error
            time.sleep(0.02)
        raise AssertionError("The listener is content.")

    def polls(self) -> list[dict[str, Any]]:
        return [params for method, params in self.telegram.calls if method.lower() == "getupdates"]

    def _count_asking(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO listeners"):
            with self._asked:
                self._times_asked += 1
                self._asked.notify_all()

    def _told(self) -> None:
        self.on_incoming()
        with self._news:
            self._news.notify_all()
