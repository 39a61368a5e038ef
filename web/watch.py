"""Waking live pages: one look at the events table for a whole process, however many pages are open.

A page holds neither a thread nor a database session while it waits.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import structlog
from fastapi import Request
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, func, select

from store.engine import reading
from store.tables import Event

LOOK_EVERY = 0.5  # seconds
AFTER_TROUBLE = 2.0
# On PostgreSQL a transaction may commit after one with a higher event id: what is this young is read again.
READ_AGAIN = 10.0
STRAGGLERS = 1000  # how far back the first look goes for ids that were given out and not committed yet


class Watch:
    """Who waits for which topic, and the one task that looks for news. Lives in one event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None
        self._looked = asyncio.Event()  # the first look is over: what happens now is news

    @property
    def waiting(self) -> int:
        """How many pages wait."""
        return sum(map(len, self._waiting.values()))

    @asynccontextmanager
    async def on(self, topic: str) -> AsyncIterator[asyncio.Event]:
        """An event that is set whenever something happens on the topic while the block runs.

        Nothing falls between: who reads the present state inside the block hears of all that comes after.
        """
        news = asyncio.Event()
        self._waiting[topic].add(news)
        try:
            if self._task is None or self._task.done():
                self._looked = asyncio.Event()
                self._task = asyncio.create_task(self._look())
            await self._looked.wait()
            yield news
        finally:
            self._waiting[topic].discard(news)
            if not self._waiting[topic]:
                del self._waiting[topic]

    async def _look(self) -> None:
        """Look as long as anybody waits. After trouble everybody looks for themselves once."""
        seen = SeenEvents()
        while self._waiting:
            try:
                events = await asyncio.to_thread(self._read, seen.after)
            except SQLAlchemyError as problem:
                structlog.get_logger("web").warning("watch_trouble", reason=type(problem).__name__)
                self._wake(set(self._waiting))
                self._looked.set()
                await asyncio.sleep(AFTER_TROUBLE)
                continue
            self._wake(seen.topics_of_new(events, monotonic()))
            self._looked.set()
            await asyncio.sleep(LOOK_EVERY)

    def _read(self, after: int | None) -> list[tuple[int, str]]:
        with reading(self._engine) as session:
            if after is None:
                after = (session.exec(select(func.max(col(Event.id)))).one() or 0) - STRAGGLERS
            rows = session.exec(select(Event.id, Event.topic).where(col(Event.id) > after))
            return [(event_id or 0, topic) for event_id, topic in rows]

    def _wake(self, topics: set[str]) -> None:
        for topic in topics & self._waiting.keys():
            for news in self._waiting[topic]:
                news.set()


class SeenEvents:
    """Which events were seen. The first look wakes nobody: who waits has just read the present state."""

    def __init__(self) -> None:
        self.after: int | None = None  # read the events above this id
        self._ids: set[int] = set()
        self._looks: deque[tuple[float, int]] = deque()  # when, and the highest id at that time

    def topics_of_new(self, events: list[tuple[int, str]], now: float) -> set[str]:
        """The topics of those not seen before; `now` in seconds, for letting old ids go."""
        first = self.after is None
        topics = set() if first else {topic for event_id, topic in events if event_id not in self._ids}
        self._ids.update(event_id for event_id, _ in events)
        self._looks.append((now, max(self._ids, default=0)))
        if first:
            self.after = min(self._ids, default=1) - 1
        while self._looks[0][0] < now - READ_AGAIN:
            self.after = max(self.after or 0, self._looks.popleft()[1])
        self._ids = {event_id for event_id in self._ids if event_id > (self.after or 0)}
        return topics


async def watch_of(request: Request) -> Watch:
    """The watch of this process; made when first asked for."""
    state = request.app.state
    if not hasattr(state, "watch"):
        state.watch = Watch(state.office.engine)
    watch = state.watch
    assert isinstance(watch, Watch)
    return watch
