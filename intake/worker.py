"""What strangers sent is read in a process of its own: a poisonous mail cannot block or fill the program."""

import contextlib
import os
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Event, Lock
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from intake.mail.parsed import UnreadableMail

LONGEST_WORK = 5.0
MOST_MEMORY = 256 * 1024 * 1024
_START_UP = 30.0
# Tasks are handed over ahead, so that the child need not wait for us; more would fill the pipe, and while
# both sides wait to write nobody reads.
_AHEAD_BYTES = 32 * 1024
_READY = b"ready"
_OUT_OF_MEMORY = "out of memory"
_COMMAND = "from intake.worker import serve; serve()"

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class Worker(Generic[Task, Answer]):
    """One long-lived child process that does task after task; started by the first, safe from threads.

    `work` is called in the child for each task and may raise UnreadableMail; it, the tasks and the answers
    have to be picklable. A task that takes longer than `seconds`, more than `memory` bytes, or the child's
    life is unreadable; the next one finds a new child. An OSError, such as a full disk, is no fault of the
    task and raised here. The child ends when its parent is gone, however that ended.
    """

    def __init__(
        self,
        work: Callable[[Task], Answer],
        *,
        at_start: Callable[[], None] | None = None,
        seconds: float = LONGEST_WORK,
        memory: int = MOST_MEMORY,
    ) -> None:
        """`at_start` is called in a new child before its first task."""
        self._work = work
        self._at_start = at_start
        self._seconds = seconds
        self._memory = memory
        self._lock = Lock()
        self._closing = Event()
        self._child: _Child | None = None

    def do(self, task: Task) -> Answer:
        """The answer to one task; raises UnreadableMail with the reason."""
        (answer,) = self.do_all([task])
        if isinstance(answer, UnreadableMail):
            raise answer
        return answer

    def do_all(self, tasks: Sequence[Task]) -> Generator[Answer | UnreadableMail]:
        """The answers in order, each as it comes; for a task that cannot be done, the reason.

        Others wait until the last one is taken, or the generator closed.
        """
        done = 0
        with self._lock:
            while done < len(tasks):
                try:
                    for answer in self._answers(self._living_child(), tasks[done:]):
                        if isinstance(answer, OSError):
                            raise answer
                        done += 1
                        yield answer
                        if self._closing.is_set():
                            raise InterruptedError("worker closed")
                except UnreadableMail as problem:
                    self._end_child()
                    done += 1
                    yield problem
                except BaseException:
                    self._end_child()  # for what it was handed ahead nobody waits any more
                    raise

    def _answers(self, child: "_Child", tasks: Sequence[Task]) -> Iterator[Answer | UnreadableMail | OSError]:
        """What the child answers; raises UnreadableMail for the task on which it failed."""
        waiting = [pickle.dumps(task, pickle.HIGHEST_PROTOCOL) for task in reversed(tasks)]
        ahead: list[int] = []
        try:
            for _ in tasks:
                while waiting and (not ahead or sum(ahead) + len(waiting[-1]) <= _AHEAD_BYTES):
                    ahead.append(len(waiting[-1]))
                    # A child that broke takes nothing more. What it answered before has to be read first.
                    with contextlib.suppress(OSError):
                        child.connection.send_bytes(waiting.pop())
                if not child.connection.poll(self._seconds):
                    raise UnreadableMail(f"The mail took longer than {self._seconds:g} seconds to read.")
                answer = pickle.loads(child.connection.recv_bytes())  # noqa: S301 our own child wrote it
                if answer == _OUT_OF_MEMORY:
                    raise UnreadableMail("The mail needs more memory than reading a mail may take.")
                ahead.pop(0)
                yield answer
        except (EOFError, OSError) as error:
            raise UnreadableMail("Reading the mail broke the process that reads mails.") from error

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._child.process.pid if self._child else None

    def close(self) -> None:
        """End the child after the task at hand; the next one would start a new one."""
        self._closing.set()
        with self._lock:
            self._end_child()
            self._closing.clear()

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
            self._child = _start_child(self._work, self._at_start, self._memory)
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


def _start_child(work: Callable[[Any], Any], at_start: Callable[[], None] | None, memory: int) -> _Child:
    ours, theirs = Pipe()
    # The child needs no settings: without our environment it holds no password a poisonous mail could find.
    process = subprocess.Popen(  # noqa: S603 our own interpreter and our own words
        [sys.executable, "-c", _COMMAND, str(theirs.fileno()), str(memory)],
        pass_fds=[theirs.fileno()],
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=2,  # what a library prints must not stand between the lines of a command
    )
    theirs.close()
    try:
        ours.send_bytes(pickle.dumps((work, at_start)))
        if not ours.poll(_START_UP) or ours.recv_bytes() != _READY:
            raise EOFError
    except (EOFError, OSError) as error:
        process.kill()
        process.wait()
        ours.close()
        raise RuntimeError("The process that reads mails does not start.") from error
    return _Child(process, ours, os.getpid())


def serve() -> None:
    """The child's life: a task comes in, its answer goes out, until the parent is gone."""
    _, number, memory = sys.argv[:3]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = Connection(int(number))
    with contextlib.suppress(EOFError, OSError):
        work, at_start = pickle.loads(connection.recv_bytes())  # noqa: S301 our own parent wrote it
        if at_start:
            at_start()
        connection.send_bytes(_READY)
        while True:
            _answer(connection, work)


def _answer(connection: Connection, work: Callable[[Any], Any]) -> None:
    try:
        answer = work(pickle.loads(connection.recv_bytes()))  # noqa: S301 our own parent wrote it
    except (UnreadableMail, OSError) as reason:
        answer = reason
    except MemoryError:
        # the parent replaces us: what is left of a process without memory is not to be trusted
        answer = _OUT_OF_MEMORY
    connection.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
