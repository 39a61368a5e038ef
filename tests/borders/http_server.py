"""A small HTTP server for borders that speak it: quick, silent, and gone when its test is."""

import socket
from abc import abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class SmallServer(ThreadingHTTPServer):
    """Closing it waits for every answer, so that no thread outlives its test."""

    daemon_threads = False

    def __init__(self, port: int, handler: type["SmallHandler"]) -> None:
        super().__init__(("127.0.0.1", port), handler)
        self.connections: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        for connection in list(self.connections):  # kept alive by a client; nobody will say more
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RD)
        super().server_close()


class SmallHandler(BaseHTTPRequestHandler):
    """One method for GET and POST alike."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: two would wait 40 ms for each other

    def do_GET(self) -> None:
        self.respond()

    def do_POST(self) -> None:
        self.respond()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        pass

    @abstractmethod
    def respond(self) -> None:
        """Answer what was asked."""

    def body(self) -> bytes:
        """What came with the request; to be read once."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(
        self, status: int, content_type: str, body: bytes, headers: Mapping[str, str] | None = None
    ) -> None:
        """Send it whole."""
        self.send_response(status)
        told = {**(headers or {}), "Content-Type": content_type, "Content-Length": str(len(body))}
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
