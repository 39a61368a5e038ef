"""A customer in a chat, by the channel's own protocol over HTTP: the Bot API, the web chat's pages."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Protocol

import httpx
from fastapi import FastAPI
from sqlalchemy import create_engine
from sqlmodel import update

from bot.deliver import Deliverer
from bot.senders import WebChatSender
from bot.telegram.listener import TelegramListener
from bot.telegram.sender import TelegramSender
from store.engine import writing
from store.files import FileStore
from store.tables import Channel, Listener, WecomAccount
from survey.answering.by_buttons import Shown
from tests.borders.botapi import BotApiServer
from tests.borders.wecom import WecomServer
from tests.bot.in_thread import in_thread
from tests.bot.wecom.chats import Chats as WecomEnds
from tests.office import POLICY, Office
from tests.web.serving import served
from web.app import create_app

PHOTO = b"\xff\xd8 a scratch"
VOICE = b"#!AMR a voice"
_LINE = re.compile(r'<li id="([^"]+)" class="ours">\s*<p class="words">(.*?)</p>(.*?)</li>', re.DOTALL)
_BUTTON = re.compile(r'<button name="mark" value="([^"]+)">([^<]*)</button>')


class Chat(Protocol):
    """What a customer can do, and sees."""

    def say(self, text: str) -> None: ...

    def press(self, label: str) -> None: ...

    def send_photo(self, name: str) -> None: ...

    def send_voice(self, name: str) -> None: ...

    def deliver(self) -> None: ...

    def tell_again(self) -> None:
        """The channel tells all that it has told already, as after a crash."""
        ...

    def refuse_next(self) -> None:
        """The channel takes the next message of ours from nobody."""
        ...

    def heard(self) -> list[str]:
        """All that the bot and our people have said, each with its buttons."""
        ...


class TelegramChat:
    """Chat 42 with the bot."""

    def __init__(self, telegram: BotApiServer, office: Office) -> None:
        self._telegram, self._office = telegram, office
        self.ear = ExitStack()
        self.ear.enter_context(self._listening())

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """The listener runs until the block ends."""
        office = self._office
        listener = TelegramListener(
            *(office.engine, office.files, self._telegram.token, self._telegram.url),
            *(lambda *_: Shown(None), office.policy, lambda: None, office.clock),
        )
        with in_thread(listener.run):
            yield

    def tell_again(self) -> None:
        self.ear.close()
        with writing(self._office.engine) as session:
            session.exec(update(Listener).values(cursor=0))
        self._telegram._world.unconfirmed = 0
        self.ear.enter_context(self._listening())
        self._until_kept()

    def refuse_next(self) -> None:
        self._telegram.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")

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

    def send_voice(self, name: str) -> None:
        voice = self._telegram._world.store(".oga", VOICE) | {"duration": 2, "mime_type": "audio/ogg"}
        self._telegram._arrives(42, {"voice": voice})
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
        self._posted: list[httpx.Request] = []
        browser.event_hooks = {"request": [self._note]}

    def _note(self, request: httpx.Request) -> None:
        if request.method == "POST":
            request.read()
            self._posted.append(request)

    def tell_again(self) -> None:
        for sent in [*self._posted]:
            kind = {"content-type": sent.headers["content-type"]}
            self._browser.post(sent.url, content=sent.content, headers=kind)

    def refuse_next(self) -> None:
        raise AssertionError("a page refuses nothing")

    def say(self, text: str) -> None:
        self._send({"text": text})

    def press(self, label: str) -> None:
        marks = {name: unescape(mark) for mark, name in _BUTTON.findall(self._page())}
        assert self._browser.post("/chat/press", data={"mark": marks[label]}).status_code == 303

    def send_photo(self, name: str) -> None:
        self._send({"text": ""}, (name, PHOTO, "image/jpeg"))

    def send_voice(self, name: str) -> None:
        self._send({"text": ""}, (name, VOICE, "audio/amr"))

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

    def _send(self, fields: dict[str, str], *files: tuple[str, bytes, str]) -> None:
        """Fill in the form and send it, as a browser does: it is multipart, with an empty file field."""
        number = re.findall(r'name="number" value="([^"]+)"', self._page())[0]
        parts = [("files", file) for file in files or [("", b"", "application/octet-stream")]]
        answer = self._browser.post("/chat", data={"number": number, "name": "陈工"} | fields, files=parts)
        assert answer.status_code == 303, answer.text

    def _page(self) -> str:
        return self._browser.get("/chat").text


class WecomChat:
    """A customer's WeChat."""

    def __init__(self, wecom: WecomServer, office: Office) -> None:
        self._wecom, self._office = wecom, office
        self._ends = WecomEnds(wecom, office.engine, office.files._root)

    def say(self, text: str) -> None:
        self._wecom.customer_says("wm-42", text)
        self._pull()

    def press(self, label: str) -> None:
        self._wecom.customer_clicks(self._wecom.sent[-1], label)
        self._pull()

    def send_photo(self, name: str) -> None:
        self._wecom.customer_sends_file("wm-42", "image", name, PHOTO, "image/jpeg")
        self._pull()

    def send_voice(self, name: str) -> None:
        self._wecom.customer_sends_file("wm-42", "voice", name, VOICE, "audio/amr")
        self._pull()

    def deliver(self) -> None:
        self._ends.now = self._office.now
        with self._ends.sender() as sender:
            senders = {Channel.WECOM: sender}
            Deliverer(self._office.engine, senders, self._office.policy, self._office.clock).deliver_all()

    def heard(self) -> list[str]:
        return [shown(sent.text, [label for label, _ in sent.menu]) for sent in self._wecom.sent]

    def tell_again(self) -> None:
        with writing(self._office.engine) as session:
            session.exec(update(WecomAccount).values(cursor=""))
        self._pull()

    def refuse_next(self) -> None:
        self._wecom.fail_next("kf/send_msg", 95013, "conversation is not in session")

    def _pull(self) -> None:
        self._ends.now = self._office.now
        self._ends.pull()


def shown(text: str, buttons: list[str]) -> str:
    """A line of the bot as scripts write it."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return "\n".join([*lines, " ".join(f"[{label}]" for label in buttons)] if buttons else lines)


CHANNELS = ("telegram", "webchat", "wecom")


@contextmanager
def chat_by(channel: str, office: Office) -> Iterator[Chat]:
    """The customer's end of a chat by this channel."""
    with CHATS[channel](office) as chat:
        yield chat


@contextmanager
def telegram_chat(office: Office) -> Iterator[Chat]:
    """Our small Telegram and a listener on it."""
    with BotApiServer() as telegram:
        chat = TelegramChat(telegram, office)
        with chat.ear:
            yield chat


@contextmanager
def web_chat(office: Office) -> Iterator[Chat]:
    """Our pages, served, and a browser."""
    app = _pages()
    # The same pages for every office: making their routes takes longer than a conversation.
    app.state.office = replace(
        app.state.office,
        engine=office.engine,
        files=office.files,
        policy=office.policy,
        clock=office.clock,
    )
    app.state._state.pop("watch", None)
    with served(app) as address, httpx.Client(base_url=address, timeout=60) as browser:
        browser.headers.update({"accept-language": "zh", "origin": address})
        yield WebChat(browser, office)


@contextmanager
def wecom_chat(office: Office) -> Iterator[Chat]:
    """Our small WeCom; the listener is called for each line, the sender for each answer."""
    with WecomServer(office.clock) as wecom:
        yield WecomChat(wecom, office)


@cache
def _pages() -> FastAPI:
    return create_app(create_engine("sqlite://"), FileStore(Path()), POLICY)


CHATS = {"telegram": telegram_chat, "webchat": web_chat, "wecom": wecom_chat}
