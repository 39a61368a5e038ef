"""What is new in a chat, as it comes; and all of it for whoever cannot keep a line open."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from casework.chat_mails import mail_of, read_up_to
from store.engine import reading
from store.history import chat_topic
from web.office import AtWork
from web.public.chat_page import as_it_stands, pieces
from web.public.conversation import Conversation, conversation
from web.public.pace import address_of
from web.public.visitor import KnownKey
from web.watch import Watch, watch_of

router = APIRouter()
# However a hint got lost, an open page is right again after this many seconds.
LOOK_AGAIN = 60.0
LINES_OPEN = 2000  # ◦ in this process; whoever is refused asks every quarter of a minute instead
LINES_OF_ADDRESS = 100  # ◦


@router.get("/chat/lines")
def all_lines(office: AtWork, key: KnownKey, mark: str = "") -> JSONResponse:
    """The conversation as it stands; no lines if the page shows that state already."""
    with reading(office.engine) as session:
        current = conversation(session, key, office.clock(), office.policy)
        told = {"read": read_up_to(session, key), "mail": mail_of(session, key) or ""}
    html = "" if current.mark == mark else pieces(office, current, Conversation(()))
    return JSONResponse({"html": html, "mark": current.mark, **told})


async def open_line(request: Request) -> AsyncIterator[None]:
    """Hold one of the open lines that an address may have; raises 429 if there is none left."""
    state = request.app.state
    if not hasattr(state, "chat_lines"):
        state.chat_lines = Counter()
    held: Counter[str] = state.chat_lines
    address = address_of(request)
    if held[address] >= LINES_OF_ADDRESS or held.total() >= LINES_OPEN:
        raise HTTPException(429)
    held[address] += 1
    try:
        yield
    finally:
        held[address] -= 1
        if not held[address]:
            del held[address]


@router.get("/chat/news", response_class=EventSourceResponse, dependencies=[Depends(open_line)])
async def news(
    request: Request,
    office: AtWork,
    key: KnownKey,
    watch: Annotated[Watch, Depends(watch_of)],
    mark: str = "",
) -> AsyncIterator[ServerSentEvent]:
    """New and changed lines as they come, each event a piece of the page.

    `mark`, or Last-Event-ID after an interruption, names the state that the page shows already.
    """
    known_mark = request.headers.get("last-event-id", mark)
    shown = Conversation(())
    async with watch.on(chat_topic(key)) as something_new:
        while True:
            something_new.clear()
            current = await asyncio.to_thread(as_it_stands, office, key)
            if current.mark != known_mark and (
                html := await asyncio.to_thread(pieces, office, current, shown)
            ):
                yield ServerSentEvent(event="lines", id=current.mark, raw_data=html)
            shown, known_mark = current, current.mark
            with suppress(TimeoutError):
                await asyncio.wait_for(something_new.wait(), LOOK_AGAIN)
