"""Telling open pages that something on the desk changed, so that they fetch their list anew."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from time import monotonic
from typing import Annotated

from fastapi import Depends, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from store.engine import reading
from store.history import DESK, told_since
from web.desk.page import desk_router
from web.office import AtWork, Office
from web.watch import Watch, watch_of

router = desk_router()
STREAM_FOR = 600.0  # seconds; the browser comes again by itself, and is asked again who it is
AT_MOST_EVERY = 1.0  # seconds: a batch of mail is one word


@router.get("/live", response_class=EventSourceResponse)
async def live(
    office: AtWork,
    watch: Annotated[Watch, Depends(watch_of)],
    since: Annotated[int | None, Query(ge=0, le=2**62)] = None,
) -> AsyncIterator[ServerSentEvent]:
    """The word `desk` whenever something changed. It holds neither a thread nor a database session.

    `since` is the newest event that the page knew when it was made: what came before the stream is told, too.
    """
    until = monotonic() + STREAM_FOR
    async with watch.on(DESK) as news:
        if since is not None and await asyncio.to_thread(_told_since, office, since):
            news.set()
        while (left := until - monotonic()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), left)
                news.clear()
                yield ServerSentEvent(event="desk", raw_data="news")
                await asyncio.sleep(AT_MOST_EVERY)


def _told_since(office: Office, event_id: int) -> bool:
    with reading(office.engine) as session:
        return told_since(session, DESK, event_id)
