"""Our small Telegram in a process of its own: it writes the customers' lines and notes when what happened."""

import multiprocessing
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Self

from tests.borders.botapi import BotApiServer

QUIET = 4.0  # seconds without a word of the bot: all is said
LOOK = 0.005  # seconds between looks at what the bot has confirmed and sent: the error of every figure
_PROCESS = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Line:
    """A line of a customer, so many seconds after the start."""

    after: float
    chat: int
    text: str


@dataclass(frozen=True)
class Seen:
    """Seconds after the start: when each line came, when the bot confirmed it, and when each answer came."""

    came: list[float]
    confirmed: list[float]
    sent: list[tuple[float, int, str]] = field(repr=False)  # with the chat and the text


class Telegram:
    """`with Telegram() as telegram:` and give `telegram.url` and `telegram.token` to the program."""

    def __enter__(self) -> Self:
        self._ours, theirs = _PROCESS.Pipe()
        self._process = _PROCESS.Process(target=_serve, args=(theirs,))
        self._process.start()
        self.url, self.token = self._ours.recv()
        return self

    def __exit__(self, *_: object) -> None:
        self._ours.send(None)
        self._process.join()

    def watch(self, lines: Sequence[Line], answers: int, patience: float) -> Seen:
        """Let the customers write; what was seen until all is confirmed and, so many answers at least, said.

        TimeoutError if that takes longer than `patience` seconds after the last line.
        """
        self._ours.send((list(lines), answers, patience))
        seen = self._ours.recv()
        if isinstance(seen, str):
            raise TimeoutError(seen)
        assert isinstance(seen, Seen)
        return seen


def _serve(line: Connection) -> None:
    with BotApiServer() as server:
        line.send((server.url, server.token))
        while (wanted := line.recv()) is not None:
            line.send(_watch(server, *wanted))


def _watch(server: BotApiServer, lines: list[Line], answers: int, patience: float) -> Seen | str:
    world, began = server._world, time.perf_counter()  # its own list: no copy at every look
    answered_before = len(world.sent)
    came: list[float] = []
    ids: list[int] = []

    def write() -> None:
        for said in lines:
            ahead = began + said.after - time.perf_counter()
            if ahead > 0:
                time.sleep(ahead)
            came.append(time.perf_counter() - began)
            ids.append(server.customer_says(said.chat, said.text))

    writing = threading.Thread(target=write)
    writing.start()
    confirmed: list[float] = []
    sent: list[tuple[float, int, str]] = []
    end = began + (lines[-1].after if lines else 0) + patience
    quiet_since = began
    while (
        (now := time.perf_counter()) < quiet_since + QUIET
        or len(confirmed) < len(lines)
        or len(sent) < answers
    ):
        if now > end:
            return f"{len(confirmed)} of {len(lines)} lines and {len(sent)} of {answers} answers"
        while len(confirmed) < len(ids) and ids[len(confirmed)] < world.unconfirmed:
            confirmed.append(now - began)
        for one in world.sent[answered_before + len(sent) :]:
            sent.append((now - began, one.chat_id, one.text))
            quiet_since = now
        time.sleep(LOOK)
    writing.join()
    return Seen(came, confirmed, sent)
