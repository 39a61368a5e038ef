"""A small Telegram of our own: customers write to the bot here, and the bot's answers are kept to look at.

By hand: `python -m tests.borders.botapi --port 8081`, then type `42 你好`.
"""

import argparse
import io
import json
import re
import sys
import threading
from datetime import datetime
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from python_multipart import parse_form
from python_multipart.multipart import Field, File

from tests.borders.botapi_webhook import Bringing
from tests.borders.botapi_world import BOT, ApiError, LineDroppedError, Params, Sent, World
from tests.borders.http_server import SmallHandler, SmallServer

MARKS = re.compile(r"(?<!\S)/\w+(?:@\w+)?|(?<!\w)@\w{5,32}", re.ASCII)
SIZE = {"width": 1280, "height": 960}


class BotApiServer:
    """`with BotApiServer() as telegram:` and give `telegram.url` and `telegram.token` to the program.

    A customer has to write first; the bot's messages to anybody else get 400 "chat not found", as in life.
    """

    def __init__(self, port: int = 0, token: str = "110201543:invented-for-tests") -> None:
        self.token = token
        self._world = World(token)
        self._server = _Server(port, self._world)
        self._bringing = Bringing(self._world)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="botapi")
        self._thread.start()
        self._bringing.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._world.news:
            self._world.closing = True
            self._world.news.notify_all()
        self._bringing.join()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The root of the API: methods are under `/bot<token>/`, files under `/file/bot<token>/`."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def customer_says(
        self,
        chat_id: int,
        text: str,
        name: str = "陈工",
        language_code: str = "zh-hans",
        at: datetime | None = None,
    ) -> int:
        """A customer writes; gives the update_id."""
        return self._arrives(chat_id, {"text": text} | _marked("entities", text), name, language_code, at)

    def customer_sends(self, chat_id: int, at: datetime | None = None, **body: Any) -> int:
        """A customer sends anything else, as a Message of the Bot API has it; gives the update_id."""
        return self._arrives(chat_id, body, at=at)

    def customer_sends_album(self, chat_id: int, pictures: list[bytes], caption: str = "") -> list[int]:
        """Several photos at once, the caption on the first; gives the update_ids."""
        album = f"album-{len(self._world.updates)}"
        photos = [[self._world.store(".jpg", content) | SIZE] for content in pictures]
        captions = [_caption(caption)] + [_caption("")] * len(pictures)
        return [
            self._arrives(chat_id, {"photo": photo, "media_group_id": album} | captioned)
            for photo, captioned in zip(photos, captions, strict=False)
        ]

    def customer_edits(self, update_id: int, **changed: Any) -> int:
        """The message that came with this update is edited; gives the update_id of that."""
        before = self._world.message_of(update_id)
        text = changed.get("text")
        marks = {"entities": [], **_marked("entities", text)} if text is not None else {}
        edited = before | {"edit_date": before["date"] + 30} | marks | changed
        return self._world.add_update("edited_message", edited)

    def open_group(self, chat_id: int, title: str = "采购群", kind: str = "supergroup") -> None:
        """A group with the bot in it."""
        self._world.groups[chat_id] = {"id": chat_id, "type": kind, "title": title}

    def member_says(
        self, group_id: int, user_id: int, text: str = "", name: str = "陈工", **body: Any
    ) -> int:
        """Somebody writes in a group, or sends a body of their own; gives the update_id.

        The bot gets all lines, as with privacy mode off.
        """
        user = {"id": user_id, "is_bot": False, "first_name": name, "language_code": "zh-hans"}
        words = {"text": text} | _marked("entities", text) if text else {}
        with self._world.news:
            self._world.people.setdefault(user_id, user)
            return self._world.add_update("message", self._world.message(user, group_id, **(words | body)))

    def group_becomes_supergroup(self, old: int, new: int) -> None:
        """The group gets another number. Both chats are told."""
        title = self._world.groups[old]["title"]
        self.open_group(new, title)
        anyone = next(iter(self._world.people))
        self.member_says(old, anyone, migrate_to_chat_id=new)
        self._world.moved[old] = new
        self.member_says(new, anyone, migrate_from_chat_id=old)

    def customer_sends_file(
        self, chat_id: int, file_name: str, content: bytes, mime_type: str, caption: str = ""
    ) -> int:
        """A customer sends a document; gives the update_id."""
        suffix = f".{file_name.rpartition('.')[2]}"
        document = self._world.store(suffix, content) | {"file_name": file_name, "mime_type": mime_type}
        return self._arrives(chat_id, {"document": document} | _caption(caption))

    def customer_sends_photo(self, chat_id: int, content: bytes, caption: str = "") -> int:
        """A customer sends a photo; gives the update_id."""
        photo = [self._world.store(".jpg", content) | SIZE]
        return self._arrives(chat_id, {"photo": photo} | _caption(caption))

    def customer_presses(self, sent: Sent, data: str) -> int:
        """A customer presses a button under a message of the bot; gives the update_id."""
        message = self._world.message(BOT, sent.chat_id, text=sent.text, message_id=sent.message_id)
        query = {"id": f"query-{sent.message_id}", "from": self._world.people[sent.chat_id], "data": data}
        return self._world.add_update("callback_query", query | {"message": message, "chat_instance": "1"})

    def customer_blocks(self, chat_id: int) -> int:
        """From now on every message to this chat is refused with 403; the bot is told by an update."""
        self._world.blocked.add(chat_id)
        return self._bot_is("kicked", chat_id)

    def customer_unblocks(self, chat_id: int) -> int:
        """Messages arrive again; the bot is told by an update."""
        self._world.blocked.discard(chat_id)
        return self._bot_is("member", chat_id)

    def _bot_is(self, status: str, chat_id: int) -> int:
        was = {"user": BOT, "status": "member" if status == "kicked" else "kicked", "until_date": 0}
        person = self._world.people.get(chat_id) or next(iter(self._world.people.values()))
        chat = self._world.message(person, chat_id)["chat"]
        change = {"chat": chat, "from": person, "date": 1, "old_chat_member": was}
        now = {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})
        return self._world.add_update("my_chat_member", change | {"new_chat_member": now})

    def call(self, method: str, **params: Any) -> object:
        """A call of whoever else has the bot's token."""
        return self._world.call(self.token, method, params)

    def reach(self, public_url: str, address: str) -> None:
        """What is brought to `public_url` (https, as Telegram wants it) gets to `address`, as by a proxy."""
        self._bringing.addresses[public_url] = address

    def fail_next(self, method: str, code: int, description: str, retry_after: int | None = None) -> None:
        """The next call of `method` has no effect and gets this error. Several queue up."""
        self._fail_next(method, ApiError(code, description, retry_after))

    def hang_up_next(self, method: str) -> None:
        """The next call of `method` takes effect, but the line drops before its caller hears of it."""
        self._fail_next(method, LineDroppedError())

    def replay(self) -> None:
        """Hand out every update again, as if none had been confirmed."""
        with self._world.news:
            self._world.unconfirmed = 0
            self._world.news.notify_all()

    @property
    def pending(self) -> list[int]:
        """The update_ids that the bot has not confirmed."""
        return [update["update_id"] for update in self._world.waiting()]

    @property
    def calls(self) -> list[tuple[str, Params]]:
        """Every call with the right token, in order: method and parameters."""
        with self._world.news:
            return list(self._world.calls)

    @property
    def sent(self) -> list[Sent]:
        """Every message and file that the bot sent, in order."""
        with self._world.news:
            return list(self._world.sent)

    def wait_for_sent(self, n: int, timeout: float = 10) -> list[Sent]:
        """Everything sent, as soon as there are `n`; TimeoutError says what was there if there never are."""
        with self._world.news:
            if not self._world.news.wait_for(lambda: len(self._world.sent) >= n, timeout):
                sent = self._world.sent
                raise TimeoutError(f"{len(sent)} of {n} messages in {timeout} s: {sent}")
        return self.sent

    def _arrives(
        self,
        chat_id: int,
        body: Params,
        name: str = "陈工",
        language_code: str = "zh-hans",
        at: datetime | None = None,
    ) -> int:
        user = {"id": chat_id, "is_bot": False, "first_name": name, "language_code": language_code}
        with self._world.news:
            self._world.people[chat_id] = user
            return self._world.add_update("message", self._world.message(user, chat_id, at, **body))

    def _fail_next(self, method: str, failure: ApiError | LineDroppedError) -> None:
        with self._world.news:
            self._world.failures.setdefault(method.lower(), []).append(failure)


class _Server(SmallServer):
    def __init__(self, port: int, world: World) -> None:
        super().__init__(port, _Handler)
        self.world = world


class _Handler(SmallHandler):
    server: _Server

    def respond(self) -> None:
        url = urlsplit(self.path)
        params = self._params(dict(parse_qsl(url.query)))
        try:
            match unquote(url.path).split("/", 3):
                case ["", "file", bot, path] if bot.startswith("bot"):
                    self.answer(200, "application/octet-stream", self.server.world.download(bot[3:], path))
                case ["", bot, method] if bot.startswith("bot"):
                    self._answer_json({"ok": True, "result": self.server.world.call(bot[3:], method, params)})
                case _:
                    raise ApiError(404, "Not Found")
        except ApiError as error:
            self._answer_json(_refusal(error), error.code)
        except LineDroppedError:
            self.close_connection = True

    def _params(self, url_params: Params) -> Params:
        body = self.body()
        content_type = self.headers.get("Content-Type", "")
        if content_type.startswith("multipart/form-data"):
            return url_params | _multipart(content_type, body)
        if content_type.startswith("application/json"):
            return url_params | dict(json.loads(body))
        return url_params | dict(parse_qsl(body.decode()))

    def _answer_json(self, answer: Params, status: int = 200) -> None:
        self.answer(status, "application/json", json.dumps(answer, ensure_ascii=False).encode())


def _multipart(content_type: str, body: bytes) -> Params:
    """The fields of a form with files; a file is (name, content), wherever `attach://<part>` names it."""
    fields: Params = {}
    uploads: Params = {}

    def on_field(form_field: Field) -> None:
        fields[(form_field.field_name or b"").decode()] = (form_field.value or b"").decode()

    def on_file(upload: File) -> None:
        upload.file_object.seek(0)
        content = upload.file_object.read()
        uploads[(upload.field_name or b"").decode()] = ((upload.file_name or b"").decode(), content)
        upload.close()

    parse_form({"Content-Type": content_type.encode()}, io.BytesIO(body), on_field, on_file)
    attached = {f"attach://{part}": upload for part, upload in uploads.items()}
    return uploads | {key: attached.get(value, value) for key, value in fields.items()}


def _refusal(error: ApiError) -> Params:
    answer: Params = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        answer["parameters"] = error.parameters
    return answer


def _marked(field: str, text: str) -> Params:
    """What Telegram marks in a text: commands and @names."""
    marks = []
    for found in MARKS.finditer(text):
        offset, length = (len(part.encode("utf-16-le")) // 2 for part in (text[: found.start()], found[0]))
        kind = "bot_command" if found[0].startswith("/") else "mention"
        marks.append({"type": kind, "offset": offset, "length": length})
    return {field: marks} if marks else {}


def _caption(caption: str) -> Params:
    return {"caption": caption} | _marked("caption_entities", caption) if caption else {}


def main() -> None:
    """Type `chat_id text` to write as a customer; what the bot sends appears below."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=0)
    with BotApiServer(parser.parse_args().port) as telegram:
        sys.stdout.write(f"HUIYIN_TELEGRAM_API_URL={telegram.url} HUIYIN_TELEGRAM_TOKEN={telegram.token}\n")
        threading.Thread(target=_print_sent, args=(telegram,), daemon=True).start()
        for line in sys.stdin:
            chat_id, _, text = line.strip().partition(" ")
            if chat_id.isdecimal() and text:
                telegram.customer_says(int(chat_id), text)


def _print_sent(telegram: BotApiServer) -> None:
    shown = 0
    while True:
        sent = telegram.wait_for_sent(shown + 1, timeout=threading.TIMEOUT_MAX)
        for message in sent[shown:]:
            sys.stdout.write(f"→ {message.chat_id} {message.text}\n")
        shown = len(sent)


if __name__ == "__main__":
    main()
