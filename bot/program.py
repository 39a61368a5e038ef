"""The running program: which parts this process plays, each in a thread, all stopped together."""

import gc
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial

import structlog
import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import rings, start_clock
from bot.deliver import Deliverer
from bot.house import House, utc_now
from bot.networks import Network, connected
from bot.senders import deliverers_of
from store.engine import writing
from store.listeners import set_aside_others
from store.tables import Channel
from web.app import create_app

STOP_WITHIN = 8.0  # seconds for all parts together to finish what they have in hand
LOOK_AGAIN = 0.5  # seconds between looks where nobody woke us; another process may have added a row
LOOK_FOR_LINES = 0.2  # the pause of a chat ends without anybody's telling us
AFTER_TROUBLE = 2.0

logger = structlog.get_logger()


class Part(StrEnum):
    """What a process may play; without `--only` it plays all."""

    MAIL = "mail"
    TELEGRAM = "telegram"
    WECOM = "wecom"
    RECEIVE = "receive"
    WEB = "web"
    CLOCK = "clock"
    DELIVER = "deliver"


class Program:
    """Plays the wanted parts until told to stop."""

    def __init__(self, house: House, parts: Iterable[Part], door: socket.socket | None) -> None:
        """`door` is the listening socket of the web part."""
        self._house = house
        self._door = door
        self._parts = frozenset(parts)
        self._stop = threading.Event()
        self._received = threading.Event()  # something arrived
        self._owed: list[threading.Event] = []  # one a deliverer: something may be due
        self._worker = house.worker()

    def run(self) -> None:
        """Run until SIGINT or SIGTERM, then let every part finish what it has in hand."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop.set())
        # Daemons: a server that hangs must not hold the program; what was not finished is in its row.
        threads = [threading.Thread(target=work, name=name, daemon=True) for name, work in self._work()]
        scheduler = None
        try:
            for thread in threads:
                thread.start()
            if Part.CLOCK in self._parts:
                scheduler = start_clock(rings(self._house.engine, self._house.policy, utc_now))
            self._stop.wait()
        finally:
            self._stop.set()
            for waiting in (self._received, *self._owed):
                waiting.set()
            if scheduler is not None:
                scheduler.shutdown(wait=True)
            end = time.monotonic() + STOP_WITHIN
            for thread in threads:
                thread.join(max(0.0, end - time.monotonic()))
            self._worker.close()

    def _work(self) -> Iterable[tuple[str, Callable[[], None]]]:
        house = self._house
        if Part.MAIL in self._parts:
            listening = house.mailbox_listeners(self._received.set)
            self._set_aside_others(Channel.EMAIL, [listener.mailbox.name for listener in listening])
            for listener in listening:
                yield listener.mailbox.name, self._kept_up(partial(listener.run, self._stop))
        for network in connected(house.settings):
            if Part(network.channel) in self._parts:
                yield network.channel.value, self._kept_up(partial(self._listen, network))
        if Part.RECEIVE in self._parts:
            yield "receive", self._kept_up(self._receive)
        if Part.DELIVER in self._parts:
            for deliverer in deliverers_of(house):
                owed = threading.Event()
                self._owed.append(owed)
                yield f"deliver {deliverer.name}", self._kept_up(partial(self._deliver, deliverer, owed))
        if Part.WEB in self._parts:
            yield "web", self._serve

    def _set_aside_others(self, channel: Channel, wanted: list[str]) -> None:
        with writing(self._house.engine) as session:
            set_aside_others(session, channel, wanted, utc_now())

    def _listen(self, network: Network) -> None:
        with network.listener(self._house, self._received.set) as listener:
            self._set_aside_others(network.channel, [listener.name])
            listener.run(self._stop)

    def _receive(self) -> None:
        receiver = self._house.receiver(self._worker)
        while not self._stop.is_set():
            for _ in receiver.receive_waiting():
                for owed in self._owed:
                    owed.set()
                if self._stop.is_set():
                    return
            self._received.wait(LOOK_FOR_LINES)
            self._received.clear()

    def _deliver(self, deliverer: Deliverer, owed: threading.Event) -> None:
        try:
            while not self._stop.is_set():
                owed.clear()
                if not deliverer.deliver_next():
                    deliverer.hang_up()  # no server likes a line on which nobody speaks
                    owed.wait(LOOK_AGAIN)
        finally:
            deliverer.close()

    def _serve(self) -> None:
        """The web part. It ends with the program, and the program with it."""
        settings = self._house.settings
        app = create_app(
            self._house.engine,
            self._house.files,
            self._house.policy,
            demo=settings.is_demo,
            secure_cookies=self._house.policy.public_url.startswith("https://"),
            trusted_proxies=tuple(settings.trusted_proxies),
            wecom_account=settings.wecom,
            chat_origins=tuple(settings.chat_origins),
            telegram_webhook=settings.telegram_webhook,
            on_incoming=self._received.set,
            reader=self._house.words().reader,
            clock=utc_now,
        )
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="critical",  # our own middleware tells of failed pages; a cut stream is no error
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=3,
            )
        )
        threading.Thread(target=self._stop_server, args=(server,), daemon=True).start()
        gc.freeze()  # what is loaded stays: searching it for garbage held up a page for 0.1 s
        try:
            server.run(sockets=[self._door] if self._door else None)
        finally:
            self._stop.set()

    def _stop_server(self, server: uvicorn.Server) -> None:
        self._stop.wait()
        server.should_exit = True

    def _kept_up(self, work: Callable[[], None]) -> Callable[[], None]:
        """A part that trips is told of and started again, so that one bad moment never silences it."""

        def keep_working() -> None:
            while not self._stop.is_set():
                try:
                    work()
                except SQLAlchemyError as problem:
                    logger.warning("database_trouble", reason=type(problem).__name__)
                    self._stop.wait(AFTER_TROUBLE)
                except Exception:  # the outermost loop of a part
                    logger.exception("part_failed", part=threading.current_thread().name)
                    self._stop.wait(AFTER_TROUBLE)

        return keep_working
