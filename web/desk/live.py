"""Telling open pages that something on the desk changed, so that they fetch their list anew."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from time import monotonic
from typing import Annotated

from fastapi import Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from store.history import DESK
from web.desk.page import desk_router
from web.watch import Watch, watch_of

router = desk_router()
STREAM_FOR = 600.0  # seconds; the browser comes again by itself, and is asked again who it is
AT_MOST_EVERY = 1.0  # seconds: a batch of mail is one word


@router.get("/live", response_class=EventSourceResponse)
async def live(watch: Annotated[Watch, Depends(watch_of)]) -> AsyncIterator[ServerSentEvent]:
    """The word `desk` whenever something changed. It holds neither a thread nor a database session."""
    until = monotonic() + STREAM_FOR
    with watch.on(DESK) as news:
        while (left := until - monotonic()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), left)
                news.clear()
                yield ServerSentEvent(event="desk", raw_data="news")
                await asyncio.sleep(AT_MOST_EVERY)
