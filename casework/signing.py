"""Marks that only we can make: signed Message-IDs and the tokens of survey links."""

import hashlib
import hmac
import re

from casework.policy import Policy

_SIGNED = re.compile(r"<([0-9a-z.]{1,80})\.([0-9a-f]{32})@[^<>@\s]{1,255}>")


def signature(policy: Policy, purpose: str, value: str) -> str:
    """128 bits in hex that only the holder of SECRET_KEY makes for this purpose and value."""
    message = f"{purpose}\0{value}".encode()
    return hmac.new(policy.secret_key, message, hashlib.sha256).hexdigest()[:32]


def message_id(policy: Policy, name: str) -> str:
    """The Message-ID of what we send, from a name that nothing else bears (letters a-z, digits, dots)."""
    domain = policy.mail_from.rpartition("@")[2]
    return f"<{name}.{signature(policy, 'message-id', name)}@{domain}>"


def signed_name(policy: Policy, reference: str) -> str | None:
    """The name behind a Message-ID that we made; None if we did not."""
    match = _SIGNED.fullmatch(reference)
    if match and hmac.compare_digest(match[2], signature(policy, "message-id", match[1])):
        return match[1]
    return None


def is_ours(policy: Policy, reference: str) -> bool:
    """Whether this Message-ID is one that we made."""
    return signed_name(policy, reference) is not None
