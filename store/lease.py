"""Holding a lease for as long as a piece of work takes, however long one step of it lasts."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from store import listeners
from store.engine import writing
from store.tables import Channel


class Lease:
    """What `held` gives: whether the mailbox or bot is still ours."""

    def __init__(self, is_ours: bool) -> None:
        self.is_ours = is_ours


@contextmanager
def held(engine: Engine, name: str, channel: Channel, clock: Callable[[], datetime]) -> Iterator[Lease]:
    """Hold the lease inside the block, if it is to be had.

    It is renewed beside the work: one mail over a slow line takes longer to fetch than a lease lasts, and two
    processes would take it from each other for ever.
    """
    holder = listeners.this_process()
    with writing(engine) as session:
        lease = Lease(listeners.take_lease(session, name, channel, holder, clock()) is not None)
    if not lease.is_ours:
        yield lease
        return
    done = threading.Event()

    def renew() -> None:
        while lease.is_ours and not done.wait(listeners.LEASE.total_seconds() / 3):
            try:
                with writing(engine) as session:
                    lease.is_ours = listeners.renew_lease(session, name, holder, clock())
            except SQLAlchemyError:
                continue  # the next one may succeed in time; whoever writes looks again anyway

    keeper = threading.Thread(target=renew, name=f"lease {name}", daemon=True)
    keeper.start()
    try:
        yield lease
    finally:
        done.set()
        keeper.join()
        with writing(engine) as session:
            listeners.release_lease(session, name, holder)
