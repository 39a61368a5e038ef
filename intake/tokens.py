"""The access tokens of our mailboxes: asked for once, shared by all processes, kept encrypted."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine

from intake import credentials
from intake.oauth import OAuth, TokenError, ask
from store.engine import reading, writing

AHEAD = timedelta(minutes=1)  # a token that ends so soon is not begun with
_one_at_a_time = threading.Lock()  # the folders of an account need its token at the same moment


@dataclass(frozen=True)
class _Kept:
    access_token: str
    refresh_token: str
    expires_at: datetime


@dataclass(frozen=True)
class Tokens:
    """Gives access tokens. The token server may replace the refresh token of the settings by newer ones."""

    engine: Engine
    secret_key: bytes = field(repr=False)
    clock: Callable[[], datetime]

    def access_token(self, user: str, oauth: OAuth, *, refused: str = "") -> str:
        """One that is valid and not `refused`, which a mail server did not take; TokenError if there is none.

        Between processes nothing is locked while the token server is asked: whoever is refused because
        another process was quicker takes what that one got.
        """
        with _one_at_a_time:
            kept = self._kept(user, oauth)
            if self._serves(kept, refused):
                return kept.access_token
            try:
                grant = ask(oauth, kept.refresh_token, user)
            except TokenError:
                kept = self._kept(user, oauth)
                if self._serves(kept, refused):
                    return kept.access_token
                raise
            expires_at = self.clock() + timedelta(seconds=grant.lasts)
            self._keep(user, oauth, _Kept(grant.access_token, grant.refresh_token, expires_at))
            return grant.access_token

    def _serves(self, kept: _Kept, refused: str) -> bool:
        return kept.access_token not in ("", refused) and kept.expires_at > self.clock() + AHEAD

    def _kept(self, user: str, oauth: OAuth) -> _Kept:
        """What the last answer gave; what the settings say where there is none or they changed since."""
        with reading(self.engine) as session:
            values = credentials.kept(session, _name(user, oauth), self.secret_key)
        if values.get("given") == _digest(oauth.refresh_token):
            expires_at = datetime.fromisoformat(values["expires_at"])
            return _Kept(values["access_token"], values["refresh_token"], expires_at)
        return _Kept("", oauth.refresh_token, self.clock())

    def _keep(self, user: str, oauth: OAuth, kept: _Kept) -> None:
        values = {
            "access_token": kept.access_token,
            "refresh_token": kept.refresh_token,
            "expires_at": kept.expires_at.isoformat(),
            "given": _digest(oauth.refresh_token),
        }
        with writing(self.engine) as session:
            credentials.keep(session, _name(user, oauth), self.secret_key, values, self.clock())


def _name(user: str, oauth: OAuth) -> str:
    return f"{user} {_digest(f'{oauth.client_id} {oauth.token_url}')[:16]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
