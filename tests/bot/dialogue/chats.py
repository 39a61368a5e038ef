"""A customer in a chat, by the channel's own protocol over HTTP: the Bot API, the web chat's pages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from threading import Event, Thread
from typing import Protocol

import httpx

from bot.deliver import Deliverer
from bot.senders import WebChatSender
from bot.telegram.listener import TelegramListener
from bot.telegram.sender import TelegramSender
from casework.replies import StoredFile
from intake.arrive import Said, keep_said
from store.engine import writing
from store.tables import Channel
from survey.answering.by_buttons import Shown
from tests.borders.botapi import BotApiServer
from tests.office import Office
from tests.web.serving import served
from web.app import create_app

PHOTO = b"\xff\xd8 a scratch"
_LINE = re.compile(r'<li id="([^"]+)" class="ours">\s*<p class="words">(.*?)</p>(.*?)</li>', re.DOTALL)
_BUTTON = re.compile(r'<button name="mark" value="([^"]+)">([^<]*)</button>')


class Chat(Protocol):
    """What a customer can do, and sees."""

    def say(self, text: str) -> None: ...

    def press(self, label: str) -> None: ...

    def send_photo(self, name: str) -> None: ...

    def deliver(self) -> None: ...

    def heard(self) -> list[str]:
        """All that the bot and our people have said, each with its buttons."""
        ...


class TelegramChat:
    """Chat 42 with the bot."""

    def __init__(self, telegram: BotApiServer, office: Office) -> None:
        self._telegram, self._office = telegram, office

    def say(self, text: str) -> None:
        self._telegram.customer_says(42, text, at=self._office.now)
        self._until_kept()

    def press(self, label: str) -> None:
        last = self._telegram.sent[-1]
        marks = {one["text"]: one["callback_data"] for row in last.buttons for one in row}
        self._telegram.customer_presses(last, marks[label])
        self._until_kept()

    def send_photo(self, name: str) -> None:
        self._telegram.customer_sends_photo(42, PHOTO)
        self._until_kept()

    def deliver(self) -> None:
        sender = TelegramSender(self._telegram.token, self._telegram.url, self._office.files)
        deliverer = Deliverer(
            self._office.engine, {Channel.TELEGRAM: sender}, self._office.policy, self._office.clock
        )
        deliverer.deliver_all()
        deliverer.close()

    def heard(self) -> list[str]:
        return [
            shown(sent.text, [one["text"] for row in sent.buttons for one in row])
            for sent in self._telegram.sent
        ]

    def _until_kept(self) -> None:
        world = self._telegram._world
        with world.news:
            assert world.news.wait_for(lambda: not world.waiting(), 30), "the line was not kept"


class WebChat:
    """A browser without script on the page of the web chat."""

    def __init__(self, browser: httpx.Client, office: Office) -> None:
        self._browser, self._office = browser, office

    def say(self, text: str) -> None:
        number = re.findall(r'name="number" value="([^"]+)"', self._page())[0]
        answer = self._browser.post("/chat", data={"number": number, "text": text, "name": "陈工"})
        assert answer.status_code == 303, answer.text

    def press(self, label: str) -> None:
        marks = {name: unescape(mark) for mark, name in _BUTTON.findall(self._page())}
        assert self._browser.post("/chat/press", data={"mark": marks[label]}).status_code == 303

    def send_photo(self, name: str) -> None:
        """The page takes no files yet: the line is kept as the page would keep it."""
        cookie = next(value for key, value in self._browser.cookies.items() if "huiyin_chat" in key)
        key, now = cookie.partition(".")[0], self._office.now
        photo = StoredFile(name, "image/jpeg", len(PHOTO), self._office.files.put(PHOTO))
        said = Said(
            channel=Channel.WEBCHAT,
            source="webchat",
            external_id=f"photo:{now.isoformat()}",
            conversation=key,
            address=key,
            name="陈工",
            text="",
            at=now,
            files=(photo,),
        )
        with writing(self._office.engine) as session:
            keep_said(session, said, now)

    def deliver(self) -> None:
        sender = WebChatSender(self._office.engine, self._office.clock)
        Deliverer(
            self._office.engine, {Channel.WEBCHAT: sender}, self._office.policy, self._office.clock
        ).deliver_all()

    def heard(self) -> list[str]:
        return [
            shown(unescape(text), [label for _, label in _BUTTON.findall(rest)])
            for _, text, rest in _LINE.findall(self._page())
        ]

    def _page(self) -> str:
        return self._browser.get("/chat").text


def shown(text: str, buttons: list[str]) -> str:
    """A line of the bot as scripts write it."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return "\n".join([*lines, " ".join(f"[{label}]" for label in buttons)] if buttons else lines)


@contextmanager
def chat_by(channel: str, office: Office) -> Iterator[Chat]:
    """The customer's end of a chat by this channel."""
    with telegram_chat(office) if channel == "telegram" else web_chat(office) as chat:
        yield chat


@contextmanager
def telegram_chat(office: Office) -> Iterator[Chat]:
    """Our small Telegram and a listener on it."""
    stop = Event()
    with BotApiServer() as telegram:
        listener = TelegramListener(
            *(office.engine, office.files, telegram.token, telegram.url),
            *(lambda *_: Shown(None), office.policy, lambda: None, office.clock),
        )
        thread = Thread(target=listener.run, args=(stop,))
        thread.start()
        try:
            yield TelegramChat(telegram, office)
        finally:
            stop.set()
            thread.join(30)


@contextmanager
def web_chat(office: Office) -> Iterator[Chat]:
    """Our pages, served, and a browser."""
    app = create_app(office.engine, office.files, office.policy, clock=office.clock)
    with served(app) as address, httpx.Client(base_url=address, timeout=60) as browser:
        browser.headers.update({"accept-language": "zh", "origin": address})
        yield WebChat(browser, office)
