"""The access token of our WeCom account: fetched by one process at a time, shared by all, kept sealed."""

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.wecom.errors import WecomError
from intake import credentials
from intake.wecom import Wecom
from store.engine import reading, writing
from store.listeners import this_process
from store.wecom import claim_token, let_go_of_token

AHEAD = timedelta(minutes=5)  # a token that ends so soon is not begun with
CLAIM = timedelta(seconds=40)  # longer than WeCom may take to answer
LOOK_AGAIN = 0.1  # seconds, while another process fetches it
_one_at_a_time = threading.Lock()

Fetch = Callable[[], tuple[str, float]]  # a new token, and for how many seconds it is good


@dataclass(frozen=True)
class AccessToken:
    """Gives the token. WeCom slows down whoever fetches it often, so no two fetch it at once."""

    engine: Engine
    account: Wecom
    secret_key: bytes
    clock: Callable[[], datetime]

    def get(self, fetch: Fetch, *, refused: str = "") -> str:
        """One that is valid and not `refused`; WecomError if there is none to be had."""
        with _one_at_a_time:
            give_up = time.monotonic() + CLAIM.total_seconds()
            while not (token := self._kept(refused)):
                if self._is_ours_to_fetch():
                    # Whoever held the claim before us may have just put a new one there.
                    return self._kept(refused) or self._renew(fetch)
                if time.monotonic() > give_up:
                    raise WecomError("Another process does not come back with WeCom's token.", answered=False)
                time.sleep(LOOK_AGAIN)
            return token

    def _renew(self, fetch: Fetch) -> str:
        try:
            token, lasts = fetch()
            values = {
                "access_token": token,
                "expires_at": (self.clock() + timedelta(seconds=lasts)).isoformat(),
                "given": self._given(),
            }
            with writing(self.engine) as session:
                credentials.keep(session, self._name(), self.secret_key, values, self.clock())
        finally:
            with writing(self.engine) as session:
                let_go_of_token(session, self.account.name, this_process())
        return token

    def _kept(self, refused: str) -> str:
        with reading(self.engine) as session:
            values = credentials.kept(session, self._name(), self.secret_key)
        if values.get("given") != self._given() or values["access_token"] == refused:
            return ""
        ends = datetime.fromisoformat(values["expires_at"])
        return str(values["access_token"]) if ends > self.clock() + AHEAD else ""

    def _is_ours_to_fetch(self) -> bool:
        now = self.clock()
        with writing(self.engine) as session:
            return claim_token(session, self.account.name, this_process(), now, now + CLAIM)

    def _name(self) -> str:
        return f"wecom {self.account.corp_id}"

    def _given(self) -> str:
        """Changes with the settings: their token is no longer ours then."""
        return hashlib.sha256(f"{self.account.corp_id} {self.account.secret}".encode()).hexdigest()
