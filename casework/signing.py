"""Marks that only we can make: signed Message-IDs and the tokens of survey links."""

import hashlib
import hmac
import re

from casework.policy import Policy

_SIGNED = re.compile(r"<([a-z]+)\.(\d{1,18})\.([0-9a-f]{32})@[^<>@\s]{1,255}>")


def signature(policy: Policy, purpose: str, value: str) -> str:
    """128 bits in hex that only the holder of SECRET_KEY makes for this purpose and value."""
    message = f"{purpose}\0{value}".encode()
    return hmac.new(policy.secret_key, message, hashlib.sha256).hexdigest()[:32]


def message_id(policy: Policy, kind: str, number: int) -> str:
    """The Message-ID of what we send; sent again it is the same, so that a double is harmless."""
    domain = policy.mail_from.rpartition("@")[2]
    return f"<{kind}.{number}.{signature(policy, 'message-id', f'{kind}.{number}')}@{domain}>"


def is_ours(policy: Policy, reference: str) -> bool:
    """Whether this Message-ID is one that we made."""
    match = _SIGNED.fullmatch(reference)
    if match is None:
        return False
    kind, number, given = match.groups()
    return hmac.compare_digest(given, signature(policy, "message-id", f"{kind}.{number}"))
