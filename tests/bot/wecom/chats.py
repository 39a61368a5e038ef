"""An account under test: our small WeCom, a database, the part that listens and the part that sends."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from bot.wecom.line import WecomLine
from bot.wecom.listener import WecomListener
from bot.wecom.sender import WecomSender
from bot.wecom.token import AccessToken
from intake.arrive import said
from store.engine import open_engine, reading, writing
from store.files import FileStore
from store.listeners import take_lease, this_process
from store.tables import Channel, Incoming, Listener, WecomAccount
from store.wecom import ring
from tests.borders.wecom import WecomServer
from tests.borders.wecom_world import KFID
from tests.bot.in_thread import PATIENCE, in_thread
from tests.office import MORNING, POLICY

NAME = f"wecom:{KFID}"


def texts(rows: list[Incoming]) -> list[str]:
    """What customers said, in the order it came."""
    return [said(row.payload or {}).text for row in rows if row.payload]


class Chats:
    """From our small WeCom to the database and back; its time is moved by hand."""

    def __init__(self, wecom: WecomServer, engine: Engine, folder: Path) -> None:
        self.wecom = wecom
        self.engine = engine
        self.files = FileStore(folder)
        self.now = MORNING

    def clock(self) -> datetime:
        return self.now

    def pass_time(self, **units: float) -> None:
        self.now += timedelta(**units)

    def token(self, engine: Engine | None = None) -> AccessToken:
        return AccessToken(engine or self.engine, self.wecom.account, POLICY.secret_key, self.clock)

    @contextmanager
    def line(self, engine: Engine | None = None) -> Iterator[WecomLine]:
        with closing(WecomLine(self.wecom.account, self.token(engine))) as line:
            yield line

    def listener(self, line: WecomLine, engine: Engine | None = None) -> WecomListener:
        account = self.wecom.account
        return WecomListener(
            engine or self.engine, self.files, account, line, POLICY, lambda: None, self.clock
        )

    def pull(self) -> list[Incoming]:
        """Fetch all that is there, as the holder of the lease; everything kept so far."""
        with self.line() as line:
            self.hold()
            assert self.listener(line).pull()
        return self.rows()

    def hold(self, holder: str = "") -> None:
        with writing(self.engine) as session:
            assert take_lease(session, NAME, Channel.WECOM, holder or this_process(), self.now)

    def ring(self) -> None:
        """What a callback leaves in the database."""
        with writing(self.engine) as session:
            ring(session, NAME, self.wecom.world.pull_token(), self.now)

    def listening(self) -> AbstractContextManager[None]:
        """A listener runs until the block ends; what went wrong in it comes out here."""
        return in_thread(self._listen)

    def _listen(self, stop: threading.Event) -> None:
        with self.line() as line:
            self.listener(line).run(stop)

    @contextmanager
    def sender(self) -> Iterator[WecomSender]:
        with self.line() as line:
            yield WecomSender(self.engine, self.files, self.wecom.account, line, self.clock)

    def wait_for(self, what: Callable[[], object]) -> None:
        """Until there is something."""
        deadline = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < deadline, "it never came"
            time.sleep(0.02)

    def rows(self) -> list[Incoming]:
        with reading(self.engine) as session:
            return list(session.exec(select(Incoming).order_by(col(Incoming.id))))

    def listens(self) -> str:
        """The process that holds the account; empty if none does."""
        with reading(self.engine) as session:
            listener = session.get(Listener, NAME)
        return (listener.holder or "") if listener else ""

    def account(self) -> WecomAccount:
        with reading(self.engine) as session:
            return session.get_one(WecomAccount, NAME)

    def progress(self) -> Listener:
        with reading(self.engine) as session:
            return session.get_one(Listener, NAME)


def pull_once(database_url: str, wecom: WecomServer, folder: Path) -> None:
    """What a process of its own does that fetches all and ends: it may be killed on the way."""
    engine = open_engine(database_url)
    Chats(wecom, engine, folder).pull()
    engine.dispose()


def listen_for_ever(database_url: str, wecom: WecomServer, folder: Path) -> None:
    """What a second process does until it is killed."""
    chats = Chats(wecom, open_engine(database_url), folder)
    with chats.line() as line:
        chats.listener(line).run(threading.Event())
