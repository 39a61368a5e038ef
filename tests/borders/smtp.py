"""The mail server that our letters go out through: it keeps them to look at, and refuses when told to."""
# ruff: noqa: N802 - aiosmtpd calls methods by these names

import asyncio
import base64
import threading
from collections import defaultdict
from collections.abc import Container
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Literal, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.borders.loop import LoopThread

Stage = Literal["connect", "ehlo", "mail", "rcpt", "data", "after_final_dot"]


@dataclass(frozen=True)
class ReceivedMail:
    """One accepted mail; the bytes as they came over the line."""

    envelope_from: str
    envelope_to: tuple[str, ...]
    raw: bytes


class SmtpServer:
    """`with SmtpServer() as smtp:` and give `smtp.url` to the program; with a user, it asks for a sign-in.

    By password, or with one of the `tokens` (XOAUTH2) if there are any.
    """

    def __init__(self, user: str = "", password: str = "", tokens: Container[str] = ()) -> None:
        self.user, self.password, self.tokens = user, password, tokens
        self._news = threading.Condition()
        self._mails: list[ReceivedMail] = []
        self._connections: set[asyncio.BaseTransport] = set()
        self._failures: dict[Stage, list[int | str]] = defaultdict(list)
        self.connections = 0  # ever made

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._thread = thread = stack.enter_context(LoopThread())
            listening = thread.loop.create_server(lambda: _Session(self, thread.loop), "127.0.0.1", 0)
            server = thread.run(listening)
            stack.callback(lambda: thread.run(self._close(server)))
            self.port: int = server.sockets[0].getsockname()[1]
            self._closing = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    @property
    def url(self) -> str:
        sign_in = f"{self.user}:{self.password}@" if self.user else ""
        return f"smtp://{sign_in}127.0.0.1:{self.port}"

    @property
    def mails(self) -> list[ReceivedMail]:
        """Everything accepted so far, in order."""
        with self._news:
            return list(self._mails)

    def wait_for(self, n: int, timeout: float = 10) -> list[ReceivedMail]:
        """Everything accepted, as soon as there are `n` mails; TimeoutError if there never are."""
        with self._news:
            if not self._news.wait_for(lambda: len(self._mails) >= n, timeout):
                raise TimeoutError(f"{len(self._mails)} of {n} mails in {timeout} s")
        return self.mails

    def fail_next(self, stage: Stage, reply: int | str) -> None:
        """Fail once at this stage with a code, a reply ("550 5.1.1 No such user"), "disconnect" or "silence".

        Silence lasts until the client gives up. A mail whose final dot is met with "disconnect" or "silence"
        was accepted all the same: its sender cannot know. Several failures of a stage queue up.
        """
        self._failures[stage].append(reply)

    def hang_up(self) -> None:
        """Cut every line that is open now."""
        self._thread.run(self._cut())

    async def _cut(self) -> None:
        for connection in self._connections:
            connection.close()

    async def _close(self, server: asyncio.Server) -> None:
        server.close()
        await self._cut()

    def _next_failure(self, stage: Stage) -> int | str | None:
        return self._failures[stage].pop(0) if self._failures[stage] else None

    def _accept(self, mail: ReceivedMail) -> None:
        with self._news:
            self._mails.append(mail)
            self._news.notify_all()


class _Session(SMTP):
    """One client's connection."""

    def __init__(self, server: SmtpServer, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            self,
            hostname="mail.example",
            loop=loop,
            enable_SMTPUTF8=True,
            authenticator=self._sign_in,
            auth_require_tls=False,
            auth_exclude_mechanism=[] if server.user else ["LOGIN", "PLAIN"],
        )
        self._server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._server._connections.add(transport)
        self._server.connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self.transport:
            self._server._connections.discard(self.transport)
        super().connection_lost(error)

    async def _handle_client(self) -> None:
        if await self._passes("connect"):
            await super()._handle_client()
        else:
            await self._hang_up()

    async def smtp_EHLO(self, hostname: str) -> None:
        if await self._passes("ehlo"):
            await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if self._server.user and not (self.session and self.session.authenticated):
            await self.push("530 5.7.0 Authentication required")
        elif await self._passes("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        if await self._passes("rcpt"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if await self._passes("data"):
            await super().smtp_DATA(arg)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        failure = self._server._next_failure("after_final_dot")
        if failure is None or failure in ("disconnect", "silence"):
            sender = (envelope.mail_from or "").removeprefix("<>")  # the empty sender arrives as its brackets
            raw = envelope.original_content or b""
            self._server._accept(ReceivedMail(sender, tuple(envelope.rcpt_tos), raw))
        return await self._reply(failure) if failure else "250 2.0.0 OK"

    def _sign_in(
        self, _s: SMTP, _session: Session, _e: Envelope, _mechanism: str, given: object
    ) -> AuthResult:
        expected = LoginPassword(self._server.user.encode(), self._server.password.encode())
        return AuthResult(success=given == expected, handled=False)

    async def auth_XOAUTH2(self, _server: SMTP, arguments: list[str]) -> AuthResult:
        said = base64.b64decode(arguments[1]).decode()
        token = said.partition("auth=Bearer ")[2].rstrip("\1")
        if said.startswith(f"user={self._server.user}\1") and token in self._server.tokens:
            return AuthResult(success=True)
        await self.challenge_auth('{"status":"400"}')
        return AuthResult(success=False, handled=False)

    async def _passes(self, stage: Stage) -> bool:
        failure = self._server._next_failure(stage)
        if failure:
            await self.push(await self._reply(failure))
        return failure is None

    async def _reply(self, failure: int | str) -> str:
        if failure == "disconnect":
            await self._hang_up()
        if failure == "silence":
            await asyncio.Event().wait()
        return f"{failure} refused" if isinstance(failure, int) else failure

    async def _hang_up(self) -> None:
        if self.transport:
            self.transport.close()
        await asyncio.Event().wait()  # until the lost connection cancels us
