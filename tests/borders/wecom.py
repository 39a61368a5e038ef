"""Our own small WeCom over HTTP: the calls of customer service, and the callbacks that tell of messages."""

import io
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import parse_qsl, quote, urlsplit

import httpx
from python_multipart import parse_form
from python_multipart.multipart import File

from intake.wecom import Wecom
from tests.borders.http_server import SmallHandler, SmallServer
from tests.borders.wecom_seal import seal, signed_query
from tests.borders.wecom_world import (
    AES_KEY,
    CORP,
    KFID,
    SECRET,
    TOKEN,
    LineDroppedError,
    Params,
    RefusalError,
    Sent,
    World,
)


class WecomServer:
    """`with WecomServer() as wecom:` and give `wecom.account` to the program."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.world = World(clock)
        self._server = _Server(self.world)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="wecom")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def account(self) -> Wecom:
        """What the settings would say of it."""
        return Wecom(CORP, SECRET, KFID, TOKEN, AES_KEY, f"http://127.0.0.1:{self._server.server_port}")

    def customer_says(self, customer: str, text: str, name: str = "陈工", at: datetime | None = None) -> str:
        """A customer writes; the msgid."""
        return self.customer_sends(customer, "text", {"content": text}, name, at)

    def customer_sends(
        self, customer: str, kind: str, content: Params, name: str = "陈工", at: datetime | None = None
    ) -> str:
        """A customer sends something of this msgtype; the msgid."""
        self.world.names[customer] = name
        message = {
            "open_kfid": KFID,
            "external_userid": customer,
            "origin": 3,
            "msgtype": kind,
            kind: content,
        }
        return self.world.add(message | ({"send_time": int(at.timestamp())} if at else {}))

    def customer_sends_file(
        self, customer: str, kind: str, name: str, content: bytes, mime: str = "application/octet-stream"
    ) -> str:
        """A customer sends an image, voice, video or file; the msgid."""
        return self.customer_sends(customer, kind, {"media_id": self.world.keep(name, mime, content)})

    def customer_clicks(self, menu: Sent, label: str, at: datetime | None = None) -> str:
        """A customer clicks an item of a menu that we sent: a text that bears its id; the msgid."""
        mark = dict(menu.menu)[label]
        name = self.world.names.get(menu.customer, "陈工")
        return self.customer_sends(menu.customer, "text", {"content": label, "menu_id": mark}, name, at)

    def customer_comes_in(self, customer: str) -> str:
        """A customer opens the chat and says nothing; the code of the welcome, if there is one."""
        code = self.world.come_in(customer)
        self.tells(
            "enter_session", external_userid=customer, scene="123", **({"welcome_code": code} if code else {})
        )
        return code

    def tells(self, event_type: str, **more: object) -> str:
        """A message of the system; the msgid."""
        event = {"event_type": event_type, "open_kfid": KFID} | more
        return self.world.add({"origin": 4, "msgtype": "event", "event": event})

    def call_back(self, address: str, *, at: datetime | None = None) -> httpx.Response:
        """Tell the program that there is something, as WeCom does after each message."""
        return httpx.post(**self.callback(address, at=at), timeout=20)

    def callback(self, address: str, *, at: datetime | None = None, open_kfid: str = KFID) -> Any:
        """What such a call consists of: address and content."""
        timestamp = int((at or self.world.clock()).timestamp())
        notice = (
            f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><CreateTime>{timestamp}</CreateTime>"
            "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event>"
            f"<Token><![CDATA[{self.world.pull_token()}]]></Token>"
            f"<OpenKfId><![CDATA[{open_kfid}]]></OpenKfId></xml>"
        )
        sealed = seal(notice, AES_KEY, CORP)
        body = (
            f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName>"
            f"<Encrypt><![CDATA[{sealed}]]></Encrypt><AgentID><![CDATA[]]></AgentID></xml>"
        )
        query = signed_query(TOKEN, timestamp, sealed)
        return {"url": f"{address}/wecom/callback?{query}", "content": body.encode()}

    def verify(self, address: str, echo: str) -> httpx.Response:
        """Ask the program for what is sealed in an echostr, as WeCom does when the address is set."""
        sealed = seal(echo, AES_KEY, CORP)
        query = signed_query(TOKEN, int(self.world.clock().timestamp()), sealed, echostr=sealed)
        return httpx.get(f"{address}/wecom/callback?{query}", timeout=20)

    def fail_next(self, method: str, code: int, said: str = "refused") -> None:
        """The next call of `method` has no effect and gets this error. Several queue up."""
        self.world.failures.setdefault(method, []).append(RefusalError(code, said))

    def hang_up_next(self, method: str) -> None:
        """The next call of `method` takes effect, but the line drops before its caller hears of it."""
        self.world.failures.setdefault(method, []).append(LineDroppedError())

    @property
    def sent(self) -> list[Sent]:
        """Every message that we sent, in order."""
        with self.world.lock:
            return list(self.world.sent)

    def calls(self, method: str) -> list[Params]:
        """The parameters of every call of this method."""
        with self.world.lock:
            return [params for called, params in self.world.calls if called == method]


class _Server(SmallServer):
    def __init__(self, world: World) -> None:
        super().__init__(0, _Handler)
        self.world = world


class _Handler(SmallHandler):
    server: _Server

    def respond(self) -> None:
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query))
        body = self.body()
        method = url.path.removeprefix("/cgi-bin/")
        try:
            if method == "media/get":
                self._answer_file(*self.server.world.download(query))
                return
            answer = self.server.world.call(method, query, self._params(body) if body else query)
        except RefusalError as refusal:
            answer = {"errcode": refusal.code, "errmsg": refusal.said}
        except LineDroppedError:
            self.close_connection = True
            return
        content = json.dumps(answer, ensure_ascii=False).encode()
        self.answer(200, "application/json; charset=UTF-8", content)

    def _params(self, body: bytes) -> Params:
        content_type = self.headers.get("Content-Type", "")
        if content_type.startswith("multipart/form-data"):
            return _uploaded(content_type, body)
        assert b"\\u" not in body, "WeCom takes no such escapes (40033)"
        return dict(json.loads(body))

    def _answer_file(self, name: str, kind: str, content: bytes) -> None:
        given = f"attachment; filename=\"file\"; filename*=utf-8''{quote(name)}" if name else "attachment"
        self.answer(200, kind, content, {"Content-Disposition": given})


def _uploaded(content_type: str, body: bytes) -> Params:
    """The file of a form: name, type, content."""
    found: Params = {}

    def on_file(upload: File) -> None:
        upload.file_object.seek(0)
        content = upload.file_object.read()
        found[(upload.field_name or b"").decode()] = ((upload.file_name or b"").decode(), "", content)
        upload.close()

    parse_form({"Content-Type": content_type.encode()}, io.BytesIO(body), lambda _: None, on_file)
    return found
