"""What our own small Telegram knows (people, updates, files) and how it answers the bot's calls.

It follows the published Bot API (core.telegram.org/bots/api) where a client can tell the difference: users
carry `is_bot`, dates are whole seconds, `getUpdates` waits, an offset confirms what came before it, a bot
cannot write to somebody who never wrote to it, an update is brought to the webhook until the page answers
with 2xx, and nothing is given out by getUpdates meanwhile.
"""

import itertools
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Params = dict[str, Any]
BOT = {"id": 110201543, "is_bot": True, "first_name": "回音", "username": "huiyin_test_bot"}
LONGEST_TEXT = 4096  # counted as Telegram counts in a text, in UTF-16 units
LONGEST_CAPTION = 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024


@dataclass(frozen=True)
class Sent:
    """One message the bot sent: its text, or the caption of its file."""

    chat_id: int
    text: str
    message_id: int
    method: str
    params: Params
    file_name: str | None = None
    content: bytes | None = None

    @property
    def buttons(self) -> list[list[dict[str, Any]]]:
        """The rows of buttons under the message or in place of the keyboard."""
        markup = _decoded(self.params.get("reply_markup")) or {}
        rows: list[list[dict[str, Any]]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return rows


class ApiError(Exception):
    """What Telegram answers instead of a result."""

    def __init__(
        self, code: int, description: str, retry_after: int | None = None, more: Params | None = None
    ) -> None:
        super().__init__(description)
        self.code, self.description = code, description
        self.parameters = (more or {}) | ({} if retry_after is None else {"retry_after": retry_after})


class LineDroppedError(Exception):
    """The call took effect, but its caller never hears of it."""


class World:
    """One bot, its chats and its files. Everything is read and changed under the lock of `news`."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, Params]] = []
        self.news = threading.Condition(threading.RLock())
        self.failures: dict[str, list[ApiError | LineDroppedError]] = {}
        self.people: dict[int, Params] = {}
        self.blocked: set[int] = set()
        self.unconfirmed = 0  # the smallest update_id that may still be handed out
        self.closing = False
        self.updates: list[Params] = []
        self._allowed: list[str] = []
        self._newest_poll = 0
        self._message_ids = itertools.count(1001)
        self._update_ids = itertools.count(870_000_001)
        self._files: dict[str, tuple[str, bytes]] = {}
        self.webhook: Params = {}
        self.webhook_trouble: Params = {}  # last_error_date and last_error_message
        self.groups: dict[int, Params] = {}
        self.moved: dict[int, int] = {}  # groups that have become supergroups
        self._commands: list[Params] = []
        self._methods: dict[str, Callable[[Params], object]] = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "sendmessage": self._send_message,
            "senddocument": lambda params: self._send_file("sendDocument", "document", params),
            "sendphoto": lambda params: self._send_file("sendPhoto", "photo", params),
            "editmessagetext": self._edit_message,
            "getfile": self._get_file,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "answercallbackquery": lambda _: True,
            "sendchataction": lambda _: True,
            "setmycommands": self._set_my_commands,
            "getmycommands": lambda _: self._commands,
        }

    def call(self, token: str, method: str, params: Params) -> object:
        """The method's result; raises ApiError when refused, LineDroppedError when nobody is to hear it."""
        self._check(token)
        act = self._methods.get(method.lower())
        if act is None:
            raise ApiError(404, "Not Found")
        with self.news:
            self.calls.append((method, params))
            self.news.notify_all()
            queued = self.failures.get(method.lower())
            failure = queued.pop(0) if queued else None
            if isinstance(failure, ApiError):
                raise failure
            result = act(params)
        if failure:
            raise failure
        return result

    def download(self, token: str, path: str) -> bytes:
        self._check(token)
        with self.news:
            content = dict(self._files.values()).get(path)
        if content is None:
            raise ApiError(404, "Not Found")
        return content

    def add_update(self, kind: str, content: Params) -> int:
        with self.news:
            update_id = next(self._update_ids)
            if not self._allowed or kind in self._allowed:
                self.updates.append({"update_id": update_id, kind: content})
                self.news.notify_all()
        return update_id

    def message_of(self, update_id: int) -> Params:
        """The message that came with an update."""
        with self.news:
            update = next(one for one in self.updates if one["update_id"] == update_id)
        message: Params = update.get("message") or update["edited_message"]
        return message

    def brought(self, update_id: int) -> None:
        """The webhook has answered: the bot has this update and all before it."""
        with self.news:
            self.unconfirmed = max(self.unconfirmed, update_id + 1)
            self.news.notify_all()

    def message(self, sender: Params, chat_id: int, at: datetime | None = None, **body: Any) -> Params:
        """A Message of the Bot API; a `message_id` in the body stands in place of a new one."""
        chat = self.groups.get(chat_id) or {
            "id": chat_id,
            "type": "private",
            "first_name": self.people[chat_id]["first_name"],
        }
        date = int((at or datetime.now(UTC)).timestamp())
        return {"message_id": next(self._message_ids), "from": sender, "chat": chat, "date": date, **body}

    def store(self, suffix: str, content: bytes) -> Params:
        """Keep a file; gives what all of Telegram's file objects have in common."""
        with self.news:
            number = len(self._files)
            self._files[f"file-id-{number}"] = (f"documents/file_{number}{suffix}", content)
        return _file_object(f"file-id-{number}", content)

    def waiting(self) -> list[Params]:
        """The updates that the bot has not confirmed."""
        with self.news:
            return [update for update in self.updates if update["update_id"] >= self.unconfirmed]

    def _check(self, token: str) -> None:
        if token != self.token:
            raise ApiError(401, "Unauthorized")

    def _get_me(self, _: Params) -> Params:
        can = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
        return BOT | dict.fromkeys(can, False)

    def _get_updates(self, params: Params) -> list[Params]:
        if self.webhook:
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
        self._newest_poll = this_poll = self._newest_poll + 1
        self.news.notify_all()
        self._confirm_before(int(params.get("offset") or 0))
        if params.get("allowed_updates") is not None:
            self._allowed = _decoded(params["allowed_updates"])
        self.news.wait_for(
            lambda: self.waiting() or self.closing or self._newest_poll != this_poll,
            timeout=int(params.get("timeout") or 0),
        )
        if self._newest_poll != this_poll:
            raise ApiError(409, "Conflict: terminated by other getUpdates request")
        return self.waiting()[: min(int(params.get("limit") or 100), 100)]

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:  # counts from the end, and forgets what came before
            latest = self.waiting()[offset:]
            offset = latest[0]["update_id"] if latest else 0
        self.unconfirmed = max(self.unconfirmed, offset)

    def _send_message(self, params: Params) -> Params:
        text = str(params.get("text") or "").strip()
        if not text:
            raise ApiError(400, "Bad Request: message text is empty")
        if _units(text) > LONGEST_TEXT:
            raise ApiError(400, "Bad Request: message is too long")
        message = self._to_customer(params, text=text)
        self._record(Sent(message["chat"]["id"], text, message["message_id"], "sendMessage", params))
        return message

    def _edit_message(self, params: Params) -> Params:
        """The message as it stands from now on is kept in place of the one that was sent."""
        chat_id, message_id = int(params.get("chat_id") or 0), int(params.get("message_id") or 0)
        text = str(params.get("text") or "").strip()
        place = next(
            (n for n, one in enumerate(self.sent) if (one.chat_id, one.message_id) == (chat_id, message_id)),
            None,
        )
        if place is None:
            raise ApiError(400, "Bad Request: message to edit not found")
        edited = Sent(chat_id, text, message_id, "editMessageText", params)
        if (edited.text, edited.buttons) == (self.sent[place].text, self.sent[place].buttons):
            raise ApiError(400, "Bad Request: message is not modified")
        self.sent[place] = edited
        self.news.notify_all()
        return self.message(BOT, chat_id, text=text, message_id=message_id)

    def _send_file(self, method: str, kind: str, params: Params) -> Params:
        upload, caption = params.get(kind), str(params.get("caption") or "")
        if not isinstance(upload, tuple):
            raise ApiError(400, f"Bad Request: there is no {kind} in the request")
        if _units(caption) > LONGEST_CAPTION:
            raise ApiError(400, "Bad Request: message caption is too long")
        name, content = upload
        stored = self.store(_suffix(name), content)
        body = [stored | {"width": 1, "height": 1}] if kind == "photo" else stored | {"file_name": name}
        message = self._to_customer(params, caption=caption, **{kind: body})
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        self._record(Sent(chat_id, caption, message_id, method, params, name, content))
        return message

    def _to_customer(self, params: Params, **body: Any) -> Params:
        chat_id = int(params.get("chat_id") or 0)
        if chat_id in self.moved:
            moved = {"migrate_to_chat_id": self.moved[chat_id]}
            raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", more=moved)
        if chat_id not in self.people and chat_id not in self.groups:
            raise ApiError(400, "Bad Request: chat not found")
        if chat_id in self.blocked:
            group = self.groups.get(chat_id)
            raise ApiError(
                403,
                f"Forbidden: bot was kicked from the {group['type']} chat"
                if group
                else "Forbidden: bot was blocked by the user",
            )
        return self.message(BOT, chat_id, **body)

    def _record(self, sent: Sent) -> None:
        self.sent.append(sent)
        self.news.notify_all()

    def _get_file(self, params: Params) -> Params:
        file_id = str(params.get("file_id"))
        if file_id not in self._files:
            raise ApiError(400, "Bad Request: invalid file_id")
        path, content = self._files[file_id]
        if len(content) > LARGEST_DOWNLOAD:
            raise ApiError(400, "Bad Request: file is too big")
        return _file_object(file_id, content) | {"file_path": path}

    def _set_webhook(self, params: Params) -> bool:
        url, secret = str(params.get("url") or ""), params.get("secret_token")
        if url and not url.startswith("https://"):
            raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", str(secret)):
            raise ApiError(400, "Bad Request: secret token contains unallowed characters")
        if params.get("allowed_updates") is not None:
            self._allowed = _decoded(params["allowed_updates"])
        self.webhook = params if url else {}
        self.webhook_trouble = {}
        self.news.notify_all()
        return True

    def _delete_webhook(self, params: Params) -> bool:
        self.webhook = {}
        if str(params.get("drop_pending_updates")).lower() == "true" and self.updates:
            self.unconfirmed = self.updates[-1]["update_id"] + 1
        return True

    def _get_webhook_info(self, _: Params) -> Params:
        told = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        told |= {"pending_update_count": len(self.waiting()), **self.webhook_trouble}
        if self.webhook:
            told |= {"max_connections": int(self.webhook.get("max_connections") or 40)}
            told |= {"allowed_updates": self._allowed}
        return told

    def _set_my_commands(self, params: Params) -> bool:
        self._commands = _decoded(params.get("commands")) or []
        return True


def _file_object(file_id: str, content: bytes) -> Params:
    return {"file_id": file_id, "file_unique_id": f"unique-{file_id}", "file_size": len(content)}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _suffix(name: str) -> str:
    return f".{name.rpartition('.')[2]}" if "." in name else ""


def _decoded(value: Any) -> Any:
    """Lists and objects arrive as JSON text in a form, as themselves in a JSON body."""
    return json.loads(value) if isinstance(value, str) else value
