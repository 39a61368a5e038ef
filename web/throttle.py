"""Slowing down whoever guesses passwords, without locking out the owner of the account.

Failures stand in the audit log, so all processes count the same. A browser that signed in before bears a
device mark; it is counted by itself, so a stranger's guesses never lock it out.
"""

from datetime import datetime, timedelta
from hmac import compare_digest

from sqlmodel import Session, col, select

from casework.policy import Policy
from casework.signing import signature
from store.history import log
from store.tables import AuditLog

FAILED = "sign_in_failed"
WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10  # ◦ guesses at one account from unknown browsers, or from one known browser
PER_ADDRESS = 30  # ◦ guesses from one address, whatever the account


def may_try(session: Session, account: str, address: str, device: str | None, now: datetime) -> bool:
    """Whether another password may be tried now."""
    failures = session.exec(
        select(AuditLog.details).where(col(AuditLog.action) == FAILED, col(AuditLog.at) > now - WINDOW)
    ).all()
    of_account = [failure for failure in failures if failure.get("account") == account]
    if device is not None:
        own = [failure for failure in of_account if failure.get("device") == device]
        return len(own) < PER_ACCOUNT
    at_address = [failure for failure in failures if failure.get("address") == address]
    strangers = [failure for failure in of_account if failure.get("device") is None]
    return len(strangers) < PER_ACCOUNT and len(at_address) < PER_ADDRESS


def note_failure(session: Session, account: str, address: str, device: str | None, now: datetime) -> None:
    """Remember a wrong password."""
    log(session, FAILED, now, details={"account": account, "address": address, "device": device})


def device_mark(policy: Policy, account: str, nonce: str) -> str:
    """What a browser keeps after signing in: only we can make it, and only for this account."""
    return f"{nonce}.{signature(policy, 'device', f'{account}.{nonce}')}"


def known_device(policy: Policy, account: str, mark: str | None) -> str | None:
    """The browser's own number if the mark is ours and for this account."""
    nonce, _, _signed = (mark or "").partition(".")
    if not nonce or not compare_digest((mark or "").encode(), device_mark(policy, account, nonce).encode()):
        return None
    return nonce
