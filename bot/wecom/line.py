"""The line to WeCom: calls with our access token, and files both ways."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import Any, TypeVar

import httpx

from bot.wecom.errors import TOKEN_ENDED, WecomError, refusal
from bot.wecom.token import AccessToken
from intake.wecom import Wecom

LARGEST = 20 * 1024 * 1024  # bytes; WeCom keeps no larger file
Told = dict[str, Any]
Answer = TypeVar("Answer")

# The request never left, so WeCom cannot have acted on it.
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True)
class WecomFile:
    """A file as WeCom gives or takes it; the name may be empty."""

    name: str
    type: str
    content: bytes = field(repr=False)


class WecomLine:
    """Speaks with WeCom. It may be used by several threads at once, and stays open until `close`."""

    def __init__(self, account: Wecom, token: AccessToken) -> None:
        # The library logs addresses, and an address holds the token.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._account = account
        self._token = token
        patience = httpx.Timeout(20, connect=10)
        self._http = httpx.Client(base_url=f"{account.api_url}/cgi-bin/", timeout=patience)

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def call(self, method: str, wanted: Told) -> Told:
        """What WeCom answers; WecomError if it refuses or does not answer."""
        # As UTF-8: it takes no \\u escapes (errcode 40033).
        body = json.dumps(wanted, ensure_ascii=False).encode("utf-8", "replace")
        json_type = {"Content-Type": "application/json"}
        return self._with_token(
            lambda token: self._told("POST", method, {"access_token": token}, content=body, headers=json_type)
        )

    def upload(self, kind: str, file: WecomFile) -> str:
        """Hand over a file for three days; its media_id."""
        part = {"media": (file.name, file.content, file.type)}
        try:
            told = self._with_token(
                lambda token: self._told(
                    "POST", "media/upload", {"access_token": token, "type": kind}, files=part, timeout=60
                )
            )
        except WecomError as error:
            error.left = False  # a file that nobody was sent
            raise
        return str(told["media_id"])

    def download(self, media_id: str) -> WecomFile:
        """A file that a customer sent; WecomError if it is too large or cannot be had."""
        return self._with_token(lambda token: self._download(token, media_id))

    def _with_token(self, ask: Callable[[str], Answer]) -> Answer:
        token = self._token.get(self._fetch_token)
        try:
            return ask(token)
        except WecomError as error:
            if error.code not in TOKEN_ENDED:
                raise
        return ask(self._token.get(self._fetch_token, refused=token))

    def _fetch_token(self) -> tuple[str, float]:
        secret = {"corpid": self._account.corp_id, "corpsecret": self._account.secret}
        try:
            told = self._told("GET", "gettoken", secret)
        except WecomError as error:
            error.left = False  # what the token was wanted for
            raise
        try:
            return str(told["access_token"]), float(told["expires_in"])
        except (KeyError, TypeError, ValueError):
            raise _strange("no token") from None

    def _told(self, verb: str, method: str, params: dict[str, str], **more: Any) -> Told:
        try:
            answer = self._http.request(verb, method, params=params, **more)
        except httpx.HTTPError as error:
            raise _broken(error) from None  # the library's error may hold the address, and so the token
        return _result(answer.status_code, answer.content)

    def _download(self, token: str, media_id: str) -> WecomFile:
        params = {"access_token": token, "media_id": media_id}
        content = bytearray()
        try:
            with self._http.stream("GET", "media/get", params=params) as answer:
                for piece in answer.iter_bytes():
                    content += piece
                    if len(content) > LARGEST:
                        raise WecomError("The file is larger than WeCom's limit.")
        except httpx.HTTPError as error:
            raise _broken(error) from None
        placed = answer.headers.get("content-disposition", "")
        if answer.status_code != 200 or not placed:
            _result(answer.status_code, bytes(content))  # it says why
            raise _strange("no file")
        kind = answer.headers.get("content-type", "").partition(";")[0]
        return WecomFile(_file_name(placed), kind, bytes(content))


def _file_name(placed: str) -> str:
    """What a Content-Disposition calls the file: the name with its charset (RFC 6266), if there are two."""
    headers = Message()
    headers["Content-Disposition"] = placed
    names = [value for name, value in headers.get_params([], "content-disposition") if name == "filename"]
    names.sort(key=lambda name: isinstance(name, tuple))
    return collapse_rfc2231_value(names[-1]) if names else ""


def _result(status: int, content: bytes) -> Told:
    try:
        told = json.loads(content) if status == 200 else None
        code = int(told["errcode"]) if isinstance(told, dict) and "errcode" in told else 0
    except (ValueError, TypeError):
        told, code = None, 0
    if not isinstance(told, dict):
        raise _strange(str(status))
    if code != 0:
        raise refusal(code, str(told.get("errmsg", "")))
    return told


def _strange(what: str) -> WecomError:
    return WecomError(f"WeCom does not answer as it should: {what}.", answered=False)


def _broken(error: httpx.HTTPError) -> WecomError:
    sentence = f"WeCom cannot be reached: {type(error).__name__}."
    return WecomError(sentence, answered=False, left=not isinstance(error, _NEVER_LEFT))
