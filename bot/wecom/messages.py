"""What a message of `kf/sync_msg` tells us: a customer said something, or nobody did."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.wecom.menu import LONGEST_MARK
from intake.arrive import Said, Unsaid
from intake.talk import MARK
from store.tables import Channel, IncomingState

RawMessage = dict[str, Any]
CUSTOMER, SYSTEM, COLLEAGUE = 3, 4, 5  # who a message is from (`origin`)
LONGEST_CUSTOMER = 64  # characters of an external_userid
LONGEST_ID = 100
NOT_SHOWN = "[客户发来一条消息，类型 {}，只能在企业微信里查看]"
# What may go wrong with a message that is not as it should be.
_GARBAGE = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
_FILES = {
    "image": ("图片.jpg", "image/jpeg"),
    "voice": ("语音.amr", "audio/amr"),
    "video": ("视频.mp4", "video/mp4"),
    "file": ("文件", "application/octet-stream"),
}


@dataclass(frozen=True)
class RemoteFile:
    """A file that WeCom still holds, and what we call it if WeCom has no name for it."""

    media_id: str
    name: str
    type: str


@dataclass(frozen=True)
class Heard:
    """A customer said something; their name and the file have yet to be fetched."""

    said: Said
    file: RemoteFile | None = None


@dataclass(frozen=True)
class InVain:
    """WeCom tells that a message of ours has not reached this customer, and its number for why."""

    msgid: str
    customer: str
    reason: int


@dataclass(frozen=True)
class CameIn:
    """A customer has opened the chat, and WeCom lets us greet them with this code."""

    customer: str
    code: str
    at: datetime


def read_message(raw: object, source: str) -> Heard | InVain | CameIn | Unsaid:
    """Never raises, whatever is in the message."""
    try:
        if not isinstance(raw, dict):
            raise TypeError("no object")
        if raw["msgtype"] == "event":
            return _read_event(raw["event"], raw)
        if raw["origin"] == COLLEAGUE:
            return Unsaid(IncomingState.IGNORED, "A colleague wrote this in WeCom itself.")
        if raw["origin"] != CUSTOMER:
            return Unsaid(IncomingState.IGNORED, "WeCom itself wrote this.")
        return _read(raw, source)
    except _GARBAGE as problem:
        sentence = f"This WeCom message cannot be read ({type(problem).__name__})."
        return Unsaid(IncomingState.QUARANTINED, sentence)


def id_of(raw: object) -> str:
    """Its msgid; for what has none that can be kept, one made of its content."""
    msgid = raw.get("msgid") if isinstance(raw, dict) else None
    if isinstance(msgid, str) and 0 < len(msgid) <= LONGEST_ID and msgid.isascii() and msgid.isprintable():
        return msgid
    return "sha256:" + hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()


def _read_event(event: Mapping[str, Any], raw: RawMessage) -> InVain | CameIn | Unsaid:
    kind = event["event_type"]
    if kind == "msg_send_fail":
        return InVain(str(event["fail_msgid"]), str(event["external_userid"]), int(event["fail_type"]))
    if kind == "enter_session" and event.get("welcome_code"):
        return CameIn(_customer(event), _text(event, "welcome_code"), _sent_at(raw))
    return Unsaid(IncomingState.IGNORED, f"WeCom tells of {str(kind)[:40]!a}; nobody wrote.")


def _read(raw: RawMessage, source: str) -> Heard:
    customer, kind = _customer(raw), _text(raw, "msgtype")
    file, text, mark = None, "", ""
    if kind in _FILES:
        file = RemoteFile(_text(raw[kind], "media_id"), *_FILES[kind])
    else:
        text = _WORDS[kind](raw[kind]) if kind in _WORDS else NOT_SHOWN.format(kind[:40])
        mark = str(raw[kind].get("menu_id", "")) if kind == "text" else ""
    if not text.strip() and file is None:
        raise ValueError("no words")
    said = Said(
        channel=Channel.WECOM,
        source=source,
        external_id=id_of(raw),
        conversation=customer,
        address=customer,
        name="",
        text=text,
        at=_sent_at(raw),
        command=mark.removeprefix(MARK) if mark.startswith(MARK) and len(mark) <= LONGEST_MARK else "",
    )
    return Heard(said, file)


def _customer(part: Mapping[str, Any]) -> str:
    customer = _text(part, "external_userid")
    if not (0 < len(customer) <= LONGEST_CUSTOMER and customer.isascii() and customer.isprintable()):
        raise ValueError("no external_userid")
    return customer


def _sent_at(raw: RawMessage) -> datetime:
    return datetime.fromtimestamp(int(raw["send_time"]), UTC)


def _location(place: Mapping[str, Any]) -> str:
    words = " ".join(_text(place, part) for part in ("name", "address") if place.get(part))
    return f"[位置: {words} {float(place['latitude'])}, {float(place['longitude'])}]"


def _link(link: Mapping[str, Any]) -> str:
    words = " ".join(_text(link, part) for part in ("title", "desc", "url") if link.get(part))
    return f"[链接: {words}]"


def _merged(merged: Mapping[str, Any]) -> str:
    """Forwarded chat history: who said what, each on a line."""
    lines = [f"[聊天记录: {_text(merged, 'title')}]"]
    for item in merged["item"]:
        content = json.loads(item["msg_content"])
        kind = str(item["msgtype"])
        words = _text(content["text"], "content") if kind == "text" else f"[{kind[:40]}]"
        lines.append(f"{_text(item, 'sender_name')}: {words}")
    return "\n".join(lines)


def _text(part: Mapping[str, Any], name: str) -> str:
    text = part[name]
    if not isinstance(text, str):
        raise TypeError(f"{name} is no text")
    return text


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "text": lambda text: _text(text, "content"),
    "location": _location,
    "link": _link,
    "business_card": lambda card: f"[名片: {_text(card, 'userid')}]",
    "miniprogram": lambda program: f"[小程序: {_text(program, 'title')}]",
    "merged_msg": _merged,
}
