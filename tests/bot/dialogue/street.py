"""Customers before the running program: the border of each channel, that goes on while the program dies."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Protocol
from uuid import uuid4

import httpx

from bot.program import Part
from store.tables import Channel
from tests.borders.botapi import BotApiServer
from tests.borders.wecom import WecomServer

CUSTOMERS = (41, 42)
Seen = Counter[tuple[str, str]]  # which chat, which text


class Street(Protocol):
    """One channel's customers."""

    channel: Channel
    part: Part

    def settings(self) -> dict[str, str]:
        """What connects the program to it."""
        ...

    def says(self, customer: int, text: str) -> None:
        """A customer says something, whether the program runs or not."""
        ...

    def hand_in(self) -> bool:
        """While the program runs: bring in what customers said, if they have to; False if some is left."""
        ...

    def seen(self) -> Seen:
        """What customers have got."""
        ...


@dataclass
class TelegramStreet:
    """Telegram keeps what it is told."""

    server: BotApiServer
    channel = Channel.TELEGRAM
    part = Part.TELEGRAM

    def settings(self) -> dict[str, str]:
        return {"telegram_token": self.server.token, "telegram_api_url": self.server.url}

    def says(self, customer: int, text: str) -> None:
        self.server.customer_says(customer, text)

    def hand_in(self) -> bool:
        return True

    def seen(self) -> Seen:
        return Counter((str(sent.chat_id), sent.text) for sent in self.server.sent)


@dataclass
class WecomStreet:
    """WeCom keeps what it is told. Its customers write a second apart, for each a window of its own."""

    server: WecomServer
    at: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(hours=1))
    channel = Channel.WECOM
    part = Part.WECOM

    def settings(self) -> dict[str, str]:
        account = self.server.account
        keys = ("corp_id", "secret", "open_kfid", "token", "aes_key", "api_url")
        return {f"wecom_{key}": getattr(account, key) for key in keys}

    def says(self, customer: int, text: str) -> None:
        self.at += timedelta(seconds=1)
        self.server.customer_says(f"wm-{customer}", text, at=self.at)

    def hand_in(self) -> bool:
        return True

    def seen(self) -> Seen:
        return Counter((sent.customer, sent.text) for sent in self.server.sent)


@dataclass
class WebStreet:
    """Browsers: each sends its line again, under the same number, until the page has said yes."""

    address: str
    browsers: dict[int, httpx.Client] = field(default_factory=dict)
    unsent: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    channel = Channel.WEBCHAT
    part = Part.WEB

    def settings(self) -> dict[str, str]:
        return {}

    def says(self, customer: int, text: str) -> None:
        self.unsent.append((customer, {"text": text, "name": f"客户 {customer}", "number": str(uuid4())}))

    def hand_in(self) -> bool:
        try:
            while self.unsent:
                customer, form = self.unsent[0]
                answer = self._browser(customer).post("/chat", data=form)
                assert answer.status_code == 303, answer.text
                self.unsent.pop(0)
        except httpx.HTTPError:  # it died meanwhile
            return False
        return True

    def seen(self) -> Seen:
        """What stands in the pages; the program has to run."""
        lines = re.compile(r'class="ours">\s*<p class="words">(.*?)</p>', re.DOTALL)
        return Counter(
            (self._key(customer), unescape(text).strip())
            for customer in self.browsers
            for text in lines.findall(self._browser(customer).get("/chat").text)
        )

    def _browser(self, customer: int) -> httpx.Client:
        if customer not in self.browsers:
            browser = httpx.Client(base_url=self.address, timeout=10, headers={"origin": self.address})
            browser.get("/chat").raise_for_status()
            self.browsers[customer] = browser
        return self.browsers[customer]

    def _key(self, customer: int) -> str:
        cookies = self.browsers[customer].cookies
        return next(value.partition(".")[0] for name, value in cookies.items() if "huiyin_chat" in name)


@contextmanager
def street_of(channel: str, address: str) -> Iterator[Street]:
    """The customers of this channel; `address` is where the program would serve its pages."""
    if channel == "telegram":
        with BotApiServer() as telegram:
            yield TelegramStreet(telegram)
    elif channel == "wecom":
        with WecomServer() as wecom:
            yield WecomStreet(wecom)
    else:
        web = WebStreet(address)
        yield web
        for browser in web.browsers.values():
            browser.close()
