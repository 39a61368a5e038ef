"""A line to a mail server that fails on cue: a TCP proxy that understands just enough IMAP."""

import asyncio
import base64
import re
import threading
from collections.abc import Callable, Container
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Literal, Self

from tests.borders.loop import LoopThread

_LITERAL = re.compile(rb"\{(\d+)\}\r\n$")


class Talk:
    """One connection through the proxy, between the client and the real server."""

    def __init__(self, client: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self._client, self._server = client, server
        self._muted = False

    async def to_client(self, data: bytes) -> None:
        if not self._muted:
            self._client.write(data)
            await self._client.drain()

    async def to_server(self, data: bytes) -> None:
        if not self._muted:
            self._server.write(data)
            await self._server.drain()

    def mute(self) -> None:
        """From now on nothing passes either way, and nobody is told."""
        self._muted = True

    def cut(self) -> None:
        self._client.close()
        self._server.close()


class Fault:
    """What goes wrong, on every connection until it is healed; a hook says whether it took the thing over."""

    async def greets(self, talk: Talk, greeting: bytes) -> bool:
        return False

    async def commands(self, talk: Talk, tag: bytes, command: bytes) -> bool:
        return False

    async def answers(self, talk: Talk, answer: bytes) -> bool:
        """`answer` is one line with the literal that it announces."""
        return False


class FaultyLine:
    """`with FaultyLine(server.port, fault) as line:` and connect to `line.port`; `heal()` ends it."""

    def __init__(self, server_port: int, *faults: Fault) -> None:
        """No fault: nobody listens, until it is healed."""
        self._server_port = server_port
        self._faults = faults
        self.struck = threading.Event()  # the fault has shown itself

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._thread = stack.enter_context(LoopThread())
            self._server = self._thread.run(self._open())
            stack.callback(lambda: self._thread.run(self._close()))
            self.port: int = self._server.sockets[0].getsockname()[1]
            self._closing = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def heal(self) -> None:
        self._faults = ()
        self._thread.run(self._server.start_serving())

    async def _open(self) -> asyncio.Server:
        self._talks: set[asyncio.Task[None]] = set()
        # Bound and not listening: the port is ours, and who connects is refused.
        return await asyncio.start_server(self._connected, "127.0.0.1", 0, start_serving=bool(self._faults))

    async def _close(self) -> None:
        self._server.close()

    async def _connected(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        server, to_server = await asyncio.open_connection("127.0.0.1", self._server_port)
        talk = Talk(to_client, to_server)
        relays = [self._relay_commands(client, talk), self._relay_answers(server, talk)]
        try:
            await asyncio.wait(
                {asyncio.ensure_future(relay) for relay in relays}, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            talk.cut()

    async def _relay_commands(self, client: asyncio.StreamReader, talk: Talk) -> None:
        with suppress(ConnectionError):
            while line := await client.readline():
                tag, _, command = line.partition(b" ")
                command = command.removeprefix(b"UID ")
                if not await self._strikes("commands", talk, tag, command):
                    await talk.to_server(line)

    async def _relay_answers(self, server: asyncio.StreamReader, talk: Talk) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            hook = "greets"
            while line := await server.readline():
                if literal := _LITERAL.search(line):
                    line += await server.readexactly(int(literal[1]))
                if not await self._strikes(hook, talk, line):
                    await talk.to_client(line)
                hook = "answers"

    async def _strikes(self, hook: str, *said: object) -> bool:
        """Whether one of the faults took it over."""
        for fault in self._faults:
            if await getattr(fault, hook)(*said):
                self.struck.set()
                return True
        return False


class HangsUpAfterGreeting(Fault):
    async def greets(self, talk: Talk, greeting: bytes) -> bool:
        await talk.to_client(greeting)
        talk.cut()
        return True


@dataclass(frozen=True)
class Answers(Fault):
    """A command is answered with these words ({} is its tag) and the server never hears of it."""

    command: bytes
    words: bytes
    then_hangs_up: bool = False

    async def commands(self, talk: Talk, tag: bytes, command: bytes) -> bool:
        if not command.startswith(self.command):
            return False
        await talk.to_client(self.words.replace(b"{}", tag) + b"\r\n")
        if self.then_hangs_up:
            talk.cut()
        return True


@dataclass(frozen=True)
class Withholds(Fault):
    """The server refuses to hand out what includes this mail, or hangs up."""

    uid: int
    hangs_up: bool = False

    async def commands(self, talk: Talk, tag: bytes, command: bytes) -> bool:
        wanted = re.match(rb"FETCH ([\d,]+) \(BODY", command)
        if not wanted or b"%d" % self.uid not in wanted[1].split(b","):
            return False
        if self.hangs_up:
            talk.cut()
        else:
            await talk.to_client(tag + b" NO The mail is corrupt.\r\n")
        return True


@dataclass(frozen=True)
class SaysUnasked(Fault):
    """Before the answer to a command the client hears these lines."""

    command: bytes
    lines: bytes

    async def commands(self, talk: Talk, tag: bytes, command: bytes) -> bool:
        if not command.startswith(self.command):
            return False
        await talk.to_client(self.lines)
        await talk.to_server(tag + b" UID " + command)
        return True


@dataclass(frozen=True)
class BreaksOffInMail(Fault):
    """Half of a mail passes; then the line is cut, or nothing comes any more."""

    then: Literal["cut", "silence"]

    async def answers(self, talk: Talk, answer: bytes) -> bool:
        if b"BODY[]" not in answer:
            return False
        await talk.to_client(answer[: len(answer) // 2])
        if self.then == "cut":
            talk.cut()
        else:
            talk.mute()
        return True


@dataclass(frozen=True)
class Lacks(Fault):
    """The server does not know these capabilities."""

    capabilities: frozenset[bytes]

    async def answers(self, talk: Talk, answer: bytes) -> bool:
        if b"CAPABILITY" not in answer:
            return False
        words = re.split(rb"(?=[ \]\r])", answer)
        await talk.to_client(b"".join(word for word in words if word.strip() not in self.capabilities))
        return True

    async def greets(self, talk: Talk, greeting: bytes) -> bool:
        return await self.answers(talk, greeting)


class SignsInByToken(Fault):
    """No fault at all: the server takes OAuth2 tokens, XOAUTH2, and passwords no more."""

    def __init__(self, tokens: Container[str], user: str, password: str) -> None:
        """The real server behind it gets the user and the password."""
        self._tokens, self._user, self._password = tokens, user, password
        self._challenged = b""  # the tag of who was refused and has to say that it understood

    async def commands(self, talk: Talk, tag: bytes, command: bytes) -> bool:
        if command.startswith(b"LOGIN"):
            await talk.to_client(tag + b" NO [AUTHENTICATIONFAILED] Basic authentication is disabled.\r\n")
        elif command.startswith(b"AUTHENTICATE XOAUTH2"):
            self._challenged = tag
            await talk.to_client(b"+ \r\n")
        elif not command and self._challenged:  # a line without a second word: the credentials
            said = base64.b64decode(tag).decode()
            token = said.partition("auth=Bearer ")[2].rstrip("\1")
            if said.startswith(f"user={self._user}\1") and token in self._tokens:
                await talk.to_server(self._challenged + f" LOGIN {self._user} {self._password}\r\n".encode())
            else:
                await talk.to_client(self._challenged + f" NO AUTHENTICATE failed for {token}\r\n".encode())
            self._challenged = b""
        else:
            return False
        return True


class Trickles(Fault):
    """A few bytes at a time, each with a pause."""

    async def answers(self, talk: Talk, answer: bytes) -> bool:
        for start in range(0, len(answer), 64):
            await talk.to_client(answer[start : start + 64])
            await asyncio.sleep(0.001)
        return True


class FallsSilentInIdle(Fault):
    """A router has forgotten the line: no FIN, no RST."""

    async def commands(self, talk: Talk, tag: bytes, command: bytes) -> bool:
        if not command.startswith(b"IDLE"):
            return False
        await talk.to_client(b"+ idling\r\n")
        talk.mute()
        return True


class Meanwhile(Fault):
    """Once, just before the server hears a command, somebody else does something to the mailbox."""

    def __init__(self, command: bytes, action: Callable[[], object]) -> None:
        self._command = command
        self._action: Callable[[], object] | None = action

    async def commands(self, talk: Talk, tag: bytes, command: bytes) -> bool:
        if self._command not in command or self._action is None:
            return False
        action, self._action = self._action, None
        await asyncio.to_thread(action)
        await talk.to_server(tag + (b" " if command.startswith(b"IDLE") else b" UID ") + command)
        return True
