"""The live stream of a chat: what is new arrives, what the page shows already does not come again."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest
from sqlalchemy import Engine

from store.engine import writing
from store.history import chat_topic, tell
from tests.office import Office
from tests.web.public.test_chat import deliver, say
from web.watch import READ_AGAIN, SeenEvents, Watch


class News:
    """The events of one stream, read one at a time."""

    def __init__(self, answer: httpx.Response) -> None:
        self._lines = answer.iter_lines()

    def next(self) -> dict[str, str]:
        event: dict[str, str] = {}
        for line in self._lines:
            field, _, value = line.partition(": ")
            if not line and event:
                return event
            if field in {"id", "event", "data"}:
                event[field] = f"{event[field]}\n{value}" if field in event else value
        raise AssertionError("The stream ended.")


@contextmanager
def listening(client: httpx.Client, *, mark: str = "", last: str | None = None) -> Iterator[News]:
    headers = {} if last is None else {"last-event-id": last}
    with client.stream("GET", "/chat/news", params={"mark": mark}, headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield News(answer)


def mark_of(client: httpx.Client) -> str:
    found = re.search(r'data-mark="(\w+)"', client.get("/chat").text)
    assert found is not None
    return found[1]


def test_it_brings_each_new_line_once(visitor: httpx.Client, office: Office) -> None:
    say(visitor, "请报价")
    with listening(visitor) as news:
        assert "请报价" in news.next()["data"]
        say(visitor, "急用")
        event = news.next()
        assert (event["event"], event["data"].count("<li")) == ("lines", 1)
        assert "急用" in event["data"]
        office.receiver().receive_all()
        deliver(office)
        while "HY-000001" not in event["data"]:
            event = news.next()
        assert 'class="ours"' in event["data"]


def test_it_goes_on_after_an_interruption_where_it_stopped(visitor: httpx.Client, office: Office) -> None:
    say(visitor, "一")
    with listening(visitor) as news:
        seen = news.next()
    assert "一" in seen["data"]
    say(visitor, "二")
    with listening(visitor, last=seen["id"]) as news:
        missed = news.next()
    assert "二" in missed["data"]
    assert missed["id"] == mark_of(visitor)
    with listening(visitor, last=missed["id"]) as news:
        say(visitor, "三")
        assert "三" in news.next()["data"]  # and no event before it: the page was up to date


def test_it_keeps_the_line_in_place_when_it_becomes_a_message(visitor: httpx.Client, office: Office) -> None:
    say(visitor, "一")
    before = re.findall(r'<li id="([^"]+)"', visitor.get("/chat").text)
    office.receiver().receive_all()
    assert re.findall(r'<li id="([^"]+)"', visitor.get("/chat").text) == before


def test_it_tells_only_the_visitor_of_the_conversation(
    visitor: httpx.Client, other: httpx.Client, office: Office
) -> None:
    other.get("/chat")
    with listening(other, mark=mark_of(other)) as news:
        say(visitor, "机密")
        say(other, "hello")
        assert "机密" not in news.next()["data"]


def test_it_serves_the_page_while_many_streams_are_open(visitor: httpx.Client, address: str) -> None:
    with ExitStack() as opened:
        client = opened.enter_context(httpx.Client(base_url=address, cookies=visitor.cookies, timeout=20))
        streams = [opened.enter_context(listening(client)) for _ in range(60)]
        say(visitor, "还在吗")
        assert all("还在吗" in news.next()["data"] for news in streams)


def test_it_asks_now_and_then_where_no_line_is_left(
    visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.public.chat_news.LINES_OF_ADDRESS", 2)
    say(visitor, "在吗")
    with listening(visitor) as first, listening(visitor) as second:
        assert "在吗" in first.next()["data"]
        assert "在吗" in second.next()["data"]
        assert visitor.get("/chat/news").status_code == 429
        asked = visitor.get("/chat/lines").json()
        assert "在吗" in asked["html"]
        assert visitor.get("/chat/lines", params={"mark": asked["mark"]}).json()["html"] == ""
    for _ in range(200):  # the server soon sees that they hung up
        with visitor.stream("GET", "/chat/news") as again:
            if again.status_code == 200:
                return
    raise AssertionError("No line was given back.")


def test_it_wakes_who_waits_for_the_topic_and_nobody_else(engine: Engine, office: Office) -> None:
    mine, yours = chat_topic("mine"), chat_topic("yours")

    def happen() -> None:
        with writing(engine) as session:
            tell(session, mine, office.now)

    async def scene() -> bool:
        watch = Watch(engine)
        async with watch.on(mine) as hers, watch.on(yours) as his:
            await asyncio.to_thread(happen)
            await hers.wait()
            return his.is_set()

    assert asyncio.run(asyncio.wait_for(scene(), 20)) is False


def test_it_wakes_nobody_for_what_was_there_before() -> None:
    seen = SeenEvents()
    assert seen.topics_of_new([(7, "desk")], 0) == set()
    assert seen.topics_of_new([(7, "desk"), (8, "chat:a")], 1) == {"chat:a"}
    assert seen.topics_of_new([(7, "desk"), (8, "chat:a")], 2) == set()


def test_it_finds_an_event_that_was_committed_after_a_later_one() -> None:
    seen = SeenEvents()
    seen.topics_of_new([(5, "desk")], 0)
    assert seen.topics_of_new([(5, "desk"), (9, "chat:b")], 1) == {"chat:b"}
    assert seen.after is not None
    assert seen.after < 5
    assert seen.topics_of_new([(5, "desk"), (6, "chat:a"), (9, "chat:b")], 2) == {"chat:a"}


def test_it_reads_old_events_no_more() -> None:
    seen = SeenEvents()
    for second in range(40):
        seen.topics_of_new([(second + 1, "desk")], second)
    assert seen.after is not None
    assert 39 - READ_AGAIN - 2 <= seen.after <= 39 - READ_AGAIN
