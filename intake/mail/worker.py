"""Mails are taken apart in a process of their own: a poisonous one can neither block nor fill the program."""

import contextlib
import os
import pickle
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Lock
from types import TracebackType
from typing import Self

from intake.mail.parse import parse_mail
from intake.mail.parsed import ParsedMail, UnreadableMail

LONGEST_PARSE = 5.0
MOST_MEMORY = 256 * 1024 * 1024
_START_UP = 30.0
_READY = b"ready"
_OUT_OF_MEMORY = "out of memory"
_COMMAND = "from intake.mail.worker import serve; serve()"


class ParseWorker:
    """One long-lived child process that parses mail after mail; started by the first, safe from threads.

    A mail that takes longer than `seconds`, more than `memory` bytes, or the child's life is unreadable;
    the next one finds a new child. The child ends when its parent is gone, however that ended.
    """

    def __init__(
        self, *, own_domain: str | None = None, seconds: float = LONGEST_PARSE, memory: int = MOST_MEMORY
    ) -> None:
        self._own_domain = own_domain
        self._seconds = seconds
        self._memory = memory
        self._lock = Lock()
        self._child: _Child | None = None

    def parse(self, raw: bytes) -> ParsedMail:
        """What is in a mail; raises UnreadableMail with the reason."""
        with self._lock:
            child = self._living_child()
            try:
                child.connection.send_bytes(raw)
                if not child.connection.poll(self._seconds):
                    raise UnreadableMail(f"The mail took longer than {self._seconds:g} seconds to read.")
                answer = pickle.loads(child.connection.recv_bytes())  # noqa: S301 our own child wrote it
                if answer == _OUT_OF_MEMORY:
                    raise UnreadableMail("The mail needs more memory than reading a mail may take.")
            except (EOFError, OSError) as error:
                self._end_child()
                raise UnreadableMail("Reading the mail broke the process that reads mails.") from error
            except UnreadableMail:
                self._end_child()
                raise
        if isinstance(answer, ParsedMail):
            return answer
        raise UnreadableMail(answer)

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._child.process.pid if self._child else None

    def close(self) -> None:
        """End the child; the next `parse` would start a new one."""
        with self._lock:
            self._end_child()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _living_child(self) -> "_Child":
        if self._child and self._child.owner != os.getpid():
            self._child.process.returncode = (
                0  # inherited by fork: it talks with our parent, who waits for it
            )
            self._child = None
        if self._child and self._child.process.poll() is not None:
            self._end_child()
        if self._child is None:
            self._child = _start_child(self._own_domain, self._memory)
        return self._child

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is None or child.owner != os.getpid():
            return
        child.connection.close()
        child.process.kill()
        child.process.wait()


@dataclass(frozen=True, slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    connection: Connection
    owner: int


def _start_child(own_domain: str | None, memory: int) -> _Child:
    ours, theirs = Pipe()
    # The child needs no settings: without our environment it holds no password a poisonous mail could find.
    process = subprocess.Popen(  # noqa: S603 our own interpreter and our own words
        [sys.executable, "-c", _COMMAND, str(theirs.fileno()), str(memory), own_domain or ""],
        pass_fds=[theirs.fileno()],
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
    )
    theirs.close()
    try:
        if not ours.poll(_START_UP) or ours.recv_bytes() != _READY:
            raise EOFError
    except (EOFError, OSError) as error:
        process.kill()
        process.wait()
        ours.close()
        raise RuntimeError("The process that reads mails does not start.") from error
    return _Child(process, ours, os.getpid())


def serve() -> None:
    """The child's life: a mail comes in, what is in it goes out, until the parent is gone."""
    _, number, memory, own_domain = sys.argv[:4]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = Connection(int(number))
    with contextlib.suppress(EOFError, OSError):
        connection.send_bytes(_READY)
        while True:
            _answer(connection, own_domain or None)


def _answer(connection: Connection, own_domain: str | None) -> None:
    try:
        answer: ParsedMail | str = parse_mail(connection.recv_bytes(), own_domain=own_domain)
        connection.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
    except UnreadableMail as reason:
        connection.send_bytes(pickle.dumps(str(reason)))
    except MemoryError:
        # the parent replaces us: what is left of a process without memory is not to be trusted
        connection.send_bytes(pickle.dumps(_OUT_OF_MEMORY))
