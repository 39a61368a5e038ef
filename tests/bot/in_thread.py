"""What listens for ever, in a thread of its own while a test looks on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 60  # seconds until a test that waits for something gives up; machines may be busy


@contextmanager
def in_thread(listen: Callable[[threading.Event], None]) -> Iterator[None]:
    """It listens until the block ends, which sets its event; what went wrong in it comes out here."""
    stop, trouble = threading.Event(), []

    def run() -> None:
        try:
            listen(stop)
        except Exception as problem:  # noqa: BLE001 - raised again below
            trouble.append(problem)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()
    for problem in trouble:
        raise problem
