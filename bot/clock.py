"""The clock: APScheduler only rings; the rows know what is due, so any number of processes may ring."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine
from sqlmodel import Session

from casework.outages import tell_outages
from casework.policy import Policy
from casework.reminding import remind_due
from casework.sealing import seal_due
from store.engine import writing
from store.history import forget_events
from survey.asking.campaigns import dispatch_due, open_due
from survey.asking.plans import propose
from survey.asking.reminding import remind_due as remind_asked

Ring = Callable[[], int]

logger = structlog.get_logger()


def rings(
    engine: Engine, policy: Policy, clock: Callable[[], datetime], *, keep: bool = True
) -> Mapping[str, Ring]:
    """Every ring by name; each does what is due now and says how much that was. Not to keep it only tries."""

    def in_one_transaction(*works: Callable[[Session], int]) -> int:
        done = 0
        with suppress(_OnlyTriedError), writing(engine) as session:
            done = sum(work(session) for work in works)
            if not keep:
                raise _OnlyTriedError
        return done

    def tidy(session: Session) -> int:
        forget_events(session, clock())
        return 0

    return {
        "reminders": lambda: in_one_transaction(lambda session: remind_due(session, clock(), policy)),
        "surveys": lambda: in_one_transaction(
            lambda session: int(propose(session, clock(), policy) is not None),
            lambda session: open_due(session, clock(), policy),
            lambda session: dispatch_due(session, clock(), policy),
            lambda session: remind_asked(session, clock(), policy),
        ),
        "outages": lambda: in_one_transaction(lambda session: tell_outages(session, clock(), policy)),
        "seals": lambda: in_one_transaction(lambda session: seal_due(session, clock())),
        "tidy": lambda: in_one_transaction(tidy),
    }


class _OnlyTriedError(Exception):
    """Takes back what a ring did in a dry run."""


SECONDS_BETWEEN = {"reminders": 5, "surveys": 15, "outages": 15, "seals": 60, "tidy": 600}


def start_clock(by_name: Mapping[str, Ring]) -> BackgroundScheduler:
    """Ring each every few seconds until the returned scheduler is shut down."""
    scheduler = BackgroundScheduler(timezone="UTC")
    for name, ring in by_name.items():
        scheduler.add_job(
            _told(name, ring),
            "interval",
            seconds=SECONDS_BETWEEN[name],
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    return scheduler


def _told(name: str, ring: Ring) -> Callable[[], None]:
    def job() -> None:
        done = ring()
        if done:
            logger.info("rang", ring=name, done=done)

    return job
