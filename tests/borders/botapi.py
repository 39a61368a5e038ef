"""A small Telegram of our own: customers write to the bot here, and the bot's answers are kept to look at.

By hand: `python -m tests.borders.botapi --port 8081`, then type `42 你好`.
"""

import argparse
import io
import json
import sys
import threading
from datetime import datetime
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

from python_multipart import parse_form
from python_multipart.multipart import Field, File

from tests.borders.botapi_world import BOT, ApiError, LineDroppedError, Params, Sent, World
from tests.borders.http_server import SmallHandler, SmallServer


class BotApiServer:
    """`with BotApiServer() as telegram:` and give `telegram.url` and `telegram.token` to the program.

    A customer has to write first; the bot's messages to anybody else get 400 "chat not found", as in life.
    """

    def __init__(self, port: int = 0, token: str = "110201543:invented-for-tests") -> None:
        self.token = token
        self._world = World(token)
        self._server = _Server(port, self._world)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="botapi")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._world.news:
            self._world.closing = True
            self._world.news.notify_all()
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
        body: Params = {"text": text}
        if text.startswith("/"):
            length = len(text.split()[0].encode("utf-16-le")) // 2
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._arrives(chat_id, body, name, language_code, at)

    def customer_sends_file(
        self, chat_id: int, file_name: str, content: bytes, mime_type: str, caption: str = ""
    ) -> int:
        """A customer sends a document; gives the update_id."""
        suffix = f".{file_name.rpartition('.')[2]}"
        document = self._world.store(suffix, content) | {"file_name": file_name, "mime_type": mime_type}
        return self._arrives(chat_id, {"document": document} | _caption(caption))

    def customer_sends_photo(self, chat_id: int, content: bytes, caption: str = "") -> int:
        """A customer sends a photo; gives the update_id."""
        photo = [self._world.store(".jpg", content) | {"width": 1280, "height": 960}]
        return self._arrives(chat_id, {"photo": photo} | _caption(caption))

    def customer_presses(self, sent: Sent, data: str) -> int:
        """A customer presses a button under a message of the bot; gives the update_id."""
        message = self._world.message(BOT, sent.chat_id, text=sent.text, message_id=sent.message_id)
        query = {"id": f"query-{sent.message_id}", "from": self._world.people[sent.chat_id], "data": data}
        return self._world.add_update("callback_query", query | {"message": message, "chat_instance": "1"})

    def customer_blocks(self, chat_id: int) -> None:
        """From now on every message to this chat is refused with 403."""
        self._world.blocked.add(chat_id)

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
    if error.retry_after is not None:
        answer["parameters"] = {"retry_after": error.retry_after}
    return answer


def _caption(caption: str) -> Params:
    return {"caption": caption} if caption else {}


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
