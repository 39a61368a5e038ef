"""What our own small WeCom knows (customers, messages, files) and how it answers calls of customer service.

It follows the published documentation (developer.work.weixin.qq.com, 微信客服) where a client can tell the
difference: errors come as `errcode` with status 200, the same access token is given until it ends, a cursor
is WeCom's own word, messages are kept for three days, and after a customer's message five of ours are taken
within 48 hours. Whoever comes in after two silent days brings a code with which they are greeted once, within
20 seconds. That a message sent again under the same msgid is the same message is assumed: the published
text says only that the sender may choose it.
"""

import itertools
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

Params = dict[str, Any]
CORP, SECRET, KFID = "ww1436e0e65a779aee", "invented-for-tests", "wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q"
TOKEN, AES_KEY = "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo", "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"
KEPT, WINDOW, MOST, PULL = timedelta(days=3), timedelta(hours=48), 5, timedelta(minutes=10)
LONGEST_TEXT, LARGEST = 2048, 20 * 1024 * 1024
LONGEST_HEAD, LONGEST_LABEL, LONGEST_MARK, MOST_ITEMS = 1024, 128, 64, 10  # of a menu
WELCOME = timedelta(seconds=20)
MSGID = re.compile(r"[0-9A-Za-z_-]{1,32}")


class RefusalError(Exception):
    """What WeCom answers instead of a result."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code, self.said = code, said


class LineDroppedError(Exception):
    """The call took effect, but its caller never hears of it."""


@dataclass(frozen=True)
class Sent:
    """One message that we sent: its text and what can be clicked under it, or its file's name and content."""

    customer: str
    msgid: str
    text: str
    file_name: str = ""
    content: bytes = b""
    menu: tuple[tuple[str, str], ...] = ()  # label and id of each item


class World:
    """One company with one customer service account. Everything is read and changed under the lock."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, Params]] = []
        self.failures: dict[str, list[RefusalError | LineDroppedError]] = {}
        self.names: dict[str, str] = {}
        self.tokens: dict[str, datetime] = {}  # access tokens, and when each ends
        self.lasts = timedelta(hours=2)
        self.files: dict[str, tuple[str, str, bytes]] = {}  # name, type, content
        self._messages: list[Params] = []
        self._heard: dict[str, tuple[datetime, int]] = {}  # last message, and what was sent since
        self._pull_tokens: dict[str, datetime] = {}
        self._welcomes: dict[str, tuple[str, datetime]] = {}  # code → who came in, and when
        self._welcomed: dict[str, datetime] = {}
        self._numbers = itertools.count(1)
        self._methods: dict[str, Callable[[Params], Params]] = {
            "kf/sync_msg": self._sync,
            "kf/send_msg": self._send,
            "kf/send_msg_on_event": self._send_on_event,
            "kf/customer/batchget": self._customers,
            "kf/account/list": lambda _: {"account_list": [{"open_kfid": KFID, "name": "回音客服"}]},
            "media/upload": self._upload,
        }

    def call(self, method: str, query: Params, params: Params) -> Params:
        """The answer; RefusalError when refused, LineDroppedError when nobody is to hear it."""
        with self.lock:
            self.calls.append((method, params))
            queued = self.failures.get(method)
            failure = queued.pop(0) if queued else None
            if isinstance(failure, RefusalError):
                raise failure
            if method == "gettoken":
                answer = self._get_token(query)
            else:
                self._check(query)
                if method not in self._methods:
                    raise RefusalError(40066, "invalid url")
                answer = self._methods[method](params)
            if failure:
                raise failure
            return {"errcode": 0, "errmsg": "ok"} | answer

    def download(self, query: Params) -> tuple[str, str, bytes]:
        with self.lock:
            self.calls.append(("media/get", query))
            self._check(query)
            if query.get("media_id") not in self.files:
                raise RefusalError(40007, "invalid media_id")
            return self.files[query["media_id"]]

    def keep(self, name: str, kind: str, content: bytes) -> str:
        """Store a file for three days; its media_id."""
        with self.lock:
            media_id = f"media-{next(self._numbers)}"
            self.files[media_id] = (name, kind, content)
            return media_id

    def add(self, message: Params) -> str:
        """A message as `sync_msg` gives it; its msgid."""
        with self.lock:
            msgid = f"msg-{next(self._numbers)}"
            full: Params = {"msgid": msgid, "send_time": int(self.clock().timestamp())} | message
            self._messages.append(full)
            if full.get("origin") == 3:
                at = datetime.fromtimestamp(full["send_time"], self.clock().tzinfo)
                self._heard[str(full["external_userid"])] = (at, 0)
            return str(full["msgid"])

    def come_in(self, customer: str) -> str:
        """A customer opens the chat; the code to greet them with, empty if there was something lately."""
        with self.lock:
            now = self.clock()
            last = max(
                self._welcomed.get(customer, now - WINDOW), self._heard.get(customer, (now - WINDOW, 0))[0]
            )
            if now - last < WINDOW:
                return ""
            code = f"welcome-{next(self._numbers)}"
            self._welcomes[code] = customer, now
            return code

    def pull_token(self) -> str:
        with self.lock:
            token = f"pull-{next(self._numbers)}"
            self._pull_tokens[token] = self.clock()
            return token

    def _get_token(self, query: Params) -> Params:
        if query.get("corpid") != CORP:
            raise RefusalError(40013, "invalid corpid")
        if query.get("corpsecret") != SECRET:
            raise RefusalError(40001, "invalid credential")
        now = self.clock()
        token = next((token for token, ends in self.tokens.items() if ends > now), None)
        if token is None:
            token = f"access-{next(self._numbers)}"
            self.tokens[token] = now + self.lasts
        return {"access_token": token, "expires_in": int((self.tokens[token] - now).total_seconds())}

    def _check(self, query: Params) -> None:
        ends = self.tokens.get(query.get("access_token", ""))
        if ends is None:
            raise RefusalError(40014, "invalid access_token")
        if ends <= self.clock():
            raise RefusalError(42001, "access_token expired")

    def _sync(self, params: Params) -> Params:
        self._check_account(params)
        pull_token = params.get("token", "")
        if pull_token and self.clock() - self._pull_tokens.get(pull_token, self.clock() - KEPT) > PULL:
            raise RefusalError(95007, "invalid msg token")
        cursor = params.get("cursor", "")
        places = {f"cursor-{number}": number for number in range(len(self._messages) + 1)} | {"": 0}
        if cursor not in places:
            raise RefusalError(40058, "invalid Request Parameter: cursor")
        start, limit = places[cursor], min(int(params.get("limit", 1000)), 1000)
        page = self._messages[start : start + limit]
        end = start + len(page)
        oldest = (self.clock() - KEPT).timestamp()
        return {
            "next_cursor": f"cursor-{end}",
            "has_more": int(end < len(self._messages)),
            "msg_list": [message for message in page if message["send_time"] >= oldest],
        }

    def _send(self, params: Params) -> Params:
        self._check_account(params)
        customer, msgid = params["touser"], params.get("msgid") or f"own-{next(self._numbers)}"
        if not MSGID.fullmatch(msgid):
            raise RefusalError(40058, "invalid Request Parameter: msgid")
        if customer not in self._heard:
            raise RefusalError(40096, "invalid external userid")
        heard_at, count = self._heard[customer]
        if any(sent.msgid == msgid for sent in self.sent):
            return {"msgid": msgid}
        if self.clock() - heard_at > WINDOW:
            raise RefusalError(95002, "send msg time limit, hint: [1], from ip: 10.0.0.1")
        if count >= MOST:
            raise RefusalError(95001, "send msg count limit, hint: [1], from ip: 10.0.0.1")
        self.sent.append(self._message(customer, msgid, params))
        self._heard[customer] = (heard_at, count + 1)
        return {"msgid": msgid}

    def _send_on_event(self, params: Params) -> Params:
        customer, came = self._welcomes.pop(params["code"], ("", self.clock()))
        if not customer or self.clock() - came > WELCOME:
            raise RefusalError(40058, "invalid Request Parameter: code")
        if params["msgtype"] not in ("text", "msgmenu"):
            raise RefusalError(40008, "invalid message type")
        msgid = params.get("msgid") or f"own-{next(self._numbers)}"
        if not MSGID.fullmatch(msgid):
            raise RefusalError(40058, "invalid Request Parameter: msgid")
        self.sent.append(self._message(customer, msgid, params))
        self._welcomed[customer] = self.clock()
        return {"msgid": msgid}

    def _message(self, customer: str, msgid: str, params: Params) -> Sent:
        kind = params["msgtype"]
        if kind == "msgmenu":
            return _menu(customer, msgid, params["msgmenu"])
        if kind == "text":
            text = params["text"]["content"]
            if not 0 < len(text.encode()) <= LONGEST_TEXT:
                raise RefusalError(40058, "invalid Request Parameter: content")
            return Sent(customer, msgid, text)
        media_id = params[kind]["media_id"]
        if media_id not in self.files:
            raise RefusalError(40007, "invalid media_id")
        name, _, content = self.files[media_id]
        return Sent(customer, msgid, "", name, content)

    def _customers(self, params: Params) -> Params:
        asked = params["external_userid_list"]
        if not 0 < len(asked) <= 100:
            raise RefusalError(40058, "invalid Request Parameter: external_userid_list")
        known = [{"external_userid": one, "nickname": self.names[one]} for one in asked if one in self.names]
        return {
            "customer_list": known,
            "invalid_external_userid": [one for one in asked if one not in self.names],
        }

    def _upload(self, params: Params) -> Params:
        name, kind, content = params["media"]
        if not 5 < len(content) <= LARGEST:
            raise RefusalError(40006, "invalid media size")
        return {"type": "file", "media_id": self.keep(name, kind, content), "created_at": "1"}

    def _check_account(self, params: Params) -> None:
        if params.get("open_kfid") != KFID:
            raise RefusalError(95000, "invalid open_kfid")


def _menu(customer: str, msgid: str, menu: Params) -> Sent:
    """A menu within its limits; bytes, as published."""
    items = [(item["click"]["content"], item["click"]["id"]) for item in menu["list"]]
    fits = len(items) <= MOST_ITEMS and {item["type"] for item in menu["list"]} <= {"click"}
    for part in ("head_content", "tail_content"):
        fits = fits and len(menu.get(part, "").encode()) <= LONGEST_HEAD
    for label, mark in items:
        fits = fits and 0 < len(label.encode()) <= LONGEST_LABEL and 0 < len(mark.encode()) <= LONGEST_MARK
    if not fits:
        raise RefusalError(40058, "invalid Request Parameter: msgmenu")
    return Sent(customer, msgid, menu.get("head_content", ""), menu=tuple(items))
