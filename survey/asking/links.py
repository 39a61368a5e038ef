"""The personal link of an invitation: made when its letter is sent, never kept anywhere."""

import hashlib

from casework.policy import Policy
from casework.signing import signature


def token(policy: Policy, invitation_id: int, version: int) -> str:
    """The secret part of a link: 128 bits that only the holder of SECRET_KEY can make."""
    return signature(policy, "survey", f"{invitation_id}.{version}")


def token_hash(mark: str) -> str:
    """What is kept of a token: enough to recognise it, useless for making the link."""
    return hashlib.sha256(mark.encode()).hexdigest()


def link(policy: Policy, mark: str) -> str:
    """The address of the answer page; from PUBLIC_URL alone, whatever Host a request claims."""
    return f"{policy.public_url.rstrip('/')}/survey/{mark}"


def stop_link(policy: Policy, mark: str) -> str:
    """The address at which the contact says no to further surveys."""
    return f"{link(policy, mark)}/stop"
