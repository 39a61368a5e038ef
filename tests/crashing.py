"""Runs a piece of work in a process of its own that is killed at a named moment."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass

from store.crashpoints import watch

_FORK = multiprocessing.get_context("fork")  # warm: the parent has loaded everything

Progress = Callable[[int], None]  # told how many kills there have been


@dataclass(frozen=True)
class Damage:
    """What the kills have done to mails or letters."""

    missing: int = 0
    extra: int = 0
    sent_twice: int = 0
    left_behind: int = 0  # mails that should have been moved to the folder for what is done
    uncertain: int = 0  # letters that a person is asked to look for

    @property
    def breaks_a_promise(self) -> bool:
        return any((self.missing, self.extra, self.sent_twice, self.left_behind))


def killed_at(point: str, time: int, work: Callable[[], object]) -> bool:
    """Run `work`, killed when it reaches the point for the `time`th time; False if it ended before that.

    `work` opens its own database engine: none may cross a fork.
    """
    process = _FORK.Process(target=_work, args=(point, time, work))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL), f"the work failed with exit code {process.exitcode}"
    return process.exitcode != 0


def killed_after(seconds: float, work: Callable[[], object]) -> bool:
    """Run `work`, killed after so many seconds wherever it is; False if it ended before that."""
    process = _FORK.Process(target=work)
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL), f"the work failed with exit code {process.exitcode}"
    return process.exitcode != 0


def _work(point: str, time: int, work: Callable[[], object]) -> None:
    passes = 0

    def die(name: str) -> None:
        nonlocal passes
        passes += name == point
        if passes >= time:
            os.kill(os.getpid(), signal.SIGKILL)

    watch.at = die
    work()
