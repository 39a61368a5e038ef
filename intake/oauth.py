"""OAuth2 for mailboxes that take no password any more (Microsoft 365, Gmail): how to get an access token."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from intake.encryption import is_this_machine

MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
MICROSOFT_SCOPE = (
    "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"
)
GOOGLE = "https://oauth2.googleapis.com/token"
KEYS = ("client_id", "client_secret", "tenant", "refresh_token", "token_url")
TIMEOUT = 20.0  # seconds
_MENDABLE = ("invalid_grant", "invalid_client", "unauthorized_client", "interaction_required")


class TokenError(Exception):
    """There is no access token to be had now; the message is a sentence that says why."""


@dataclass(frozen=True)
class OAuth:
    """What the settings say of one account."""

    client_id: str
    token_url: str
    refresh_token: str = field(repr=False)
    client_secret: str = field(default="", repr=False)
    scope: str = ""


@dataclass(frozen=True)
class Grant:
    """What the token server gives."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)  # the next one to ask with; often the same
    lasts: float  # seconds


def read_oauth(entry: Any) -> OAuth:
    """From the "oauth" of a mailbox's entry; ValueError with a sentence if it is none.

    With a `tenant` it is Microsoft 365, without one Google; `token_url` names any other.
    """
    if not isinstance(entry, Mapping) or not all(isinstance(value, str) for value in entry.values()):
        raise ValueError('holds a mailbox whose "oauth" is not an object of texts')
    if set(entry) - set(KEYS) or not entry.get("client_id") or not entry.get("refresh_token"):
        raise ValueError(
            'holds a mailbox whose "oauth" lacks client_id or refresh_token or has more than '
            + ", ".join(KEYS)
        )
    tenant = entry.get("tenant", "")
    url = entry.get("token_url") or (MICROSOFT.format(tenant=tenant) if tenant else GOOGLE)
    if urlsplit(url).scheme != "https" and not is_this_machine(urlsplit(url).hostname or ""):
        raise ValueError('holds a mailbox whose "token_url" does not start with https://')
    return OAuth(
        client_id=entry["client_id"],
        token_url=url,
        refresh_token=entry["refresh_token"],
        client_secret=entry.get("client_secret", ""),
        scope=MICROSOFT_SCOPE if tenant else "",
    )


def ask(oauth: OAuth, refresh_token: str, user: str) -> Grant:
    """A new access token from the token server; TokenError if it gives none."""
    form = {"grant_type": "refresh_token", "client_id": oauth.client_id, "refresh_token": refresh_token}
    form |= {"client_secret": oauth.client_secret} if oauth.client_secret else {}
    form |= {"scope": oauth.scope} if oauth.scope else {}
    try:
        answer = httpx.post(oauth.token_url, data=form, timeout=TIMEOUT)
    except (httpx.HTTPError, ssl.SSLError) as problem:
        raise TokenError(f"The token server cannot be reached: {type(problem).__name__}") from None
    try:
        told = answer.json()
        if answer.is_success:
            return Grant(
                told["access_token"], told.get("refresh_token") or refresh_token, float(told["expires_in"])
            )
        error = str(told["error"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise TokenError(f"The token server does not answer as it should: {answer.status_code}") from None
    if error in _MENDABLE:
        raise TokenError(f"The sign-in of {user} is no longer valid; sign in again ({error}).")
    raise TokenError(f"The token server refuses: {error[:80]}")
