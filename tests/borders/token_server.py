"""The server that gives access tokens for a refresh token, as Microsoft's and Google's do."""

import json
import threading
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs


class TokenServer:
    """`with TokenServer("refresh-0") as server:`; each grant replaces the refresh token by the next."""

    def __init__(self, refresh_token: str) -> None:
        self.refresh_token = refresh_token  # the one that is taken now; empty: none
        self.valid: set[str] = set()  # the access tokens that mail servers take
        self.asked = 0
        self.lasts = 3600  # seconds

    def __enter__(self) -> Self:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                status, answer = server._answer({key: values[0] for key, values in form.items()})
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        with ExitStack() as stack:
            http = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
            thread = threading.Thread(target=http.serve_forever)
            thread.start()
            stack.callback(thread.join)
            stack.callback(http.shutdown)
            self.url = f"http://127.0.0.1:{http.server_address[1]}/token"
            self._closing = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def revoke(self) -> None:
        """No access token is taken any more; the refresh token still is."""
        self.valid.clear()

    def _answer(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        self.asked += 1
        if form["grant_type"] != "refresh_token" or form["client_id"] != "client-1":
            return 401, {"error": "invalid_client"}
        if not self.refresh_token or form["refresh_token"] != self.refresh_token:
            return 400, {"error": "invalid_grant", "error_description": f"not {form['refresh_token']}"}
        self.refresh_token = f"refresh-{self.asked}"
        access_token = f"access-{self.asked}"
        self.valid.add(access_token)
        return 200, {
            "access_token": access_token,
            "refresh_token": self.refresh_token,
            "expires_in": self.lasts,
            "token_type": "Bearer",
        }
