"""The word to open pages that something changed: it comes, and it holds neither thread nor session."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from store.engine import writing
from store.history import DESK, tell
from tests.web.conftest import Browser, on_both
from tests.web.filled import NOW
from web.desk import live
from web.watch import Watch

pytestmark = on_both


def newest(client: httpx.Client) -> str:
    """What a page that was just made knows of."""
    found = re.search(r'data-newest="(\d+)"', client.get("/desk").text)
    assert found is not None
    return found[1]


@contextmanager
def listening(client: httpx.Client, since: str) -> Iterator[Iterator[str]]:
    with client.stream("GET", "/desk/live", params={"since": since}, timeout=20) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield (line for line in answer.iter_lines() if line.startswith("event:"))


def change(engine: Engine) -> None:
    with writing(engine) as session:
        tell(session, DESK, NOW)


def test_it_tells_every_open_page_of_a_change(browser: Browser, engine: Engine) -> None:
    wang, chen = browser("王芳"), browser("陈志远")
    with listening(wang, newest(wang)) as first, listening(chen, newest(chen)) as second:
        change(engine)
        assert next(first) == next(second) == "event: desk"
        change(engine)
        assert next(first) == next(second) == "event: desk"


def test_it_tells_what_happened_between_the_page_and_its_stream(browser: Browser, engine: Engine) -> None:
    wang = browser("王芳")
    known = newest(wang)
    change(engine)
    with listening(wang, known) as news:
        assert next(news) == "event: desk"


@pytest.mark.parametrize("since", ["-1", "soon", str(2**70)])
def test_it_refuses_what_is_no_event(browser: Browser, since: str) -> None:
    assert browser("王芳").get("/desk/live", params={"since": since}).status_code == 422


def test_it_holds_neither_session_nor_thread_while_nothing_happens(browser: Browser, engine: Engine) -> None:
    wang = browser("王芳")
    wang.get("/desk")
    before = threading.active_count()
    clients = [browser("王芳") for _ in range(3)]
    opened = [client.send(client.build_request("GET", "/desk/live"), stream=True) for client in clients]
    assert wang.get("/healthz").status_code == 200
    assert engine.pool.checkedout() <= 1  # type: ignore[attr-defined]  # the one look for all of them
    assert threading.active_count() <= before + 3
    for answer in opened:
        answer.close()


def test_it_is_for_our_own_people_only(stranger: httpx.Client) -> None:
    assert stranger.get("/desk/live").status_code == 303


def test_it_forgets_who_went_away(engine: Engine, app: FastAPI) -> None:
    async def go() -> int:
        watch = Watch(engine)
        stream = live.live(app.state.office, watch)
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        assert watch.waiting == 1
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await stream.aclose()  # type: ignore[attr-defined]
        return watch.waiting

    assert asyncio.run(go()) == 0
