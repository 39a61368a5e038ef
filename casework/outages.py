"""A mailbox or bot that has not been heard for too long: people are told once, and again when it is over."""

import hashlib
from datetime import datetime

from sqlmodel import Session, col, select

from casework.owing import owe_colleague
from casework.policy import Policy
from casework.wording import Notice
from store.history import DESK, tell
from store.listeners import KEPT_BY_SERVER
from store.tables import Listener, OutgoingKind, Role, User

TOLD = (Role.MANAGER, Role.ADMIN)


def deaf_since(listener: Listener, now: datetime, policy: Policy) -> datetime | None:
    """Since when it has not been heard, if that is an outage; None also for one no longer wanted."""
    silent_since = listener.failing_since or listener.polled_at
    if silent_since is None or listener.removed_at is not None:
        return None
    return silent_since if now - silent_since > policy.outage_after else None


def tell_outages(session: Session, now: datetime, policy: Policy) -> int:
    """Owe managers and admins a word on each outage that began or ended; return how many did."""
    news = 0
    for listener in session.exec(select(Listener).with_for_update(skip_locked=True)):
        since = deaf_since(listener, now, policy)
        if since is not None and listener.outage_told is None:
            listener.outage_told = since
        elif since is None and listener.failing_since is None and listener.outage_told is not None:
            since, listener.outage_told = listener.outage_told, None
        else:
            continue
        news += 1
        if listener.removed_at is None:
            _tell_people(session, listener, since, now)
    return news


def _tell_people(session: Session, listener: Listener, since: datetime, now: datetime) -> None:
    over, kept = listener.outage_told is None, KEPT_BY_SERVER.get(listener.channel)
    digest = hashlib.sha256(listener.name.encode()).hexdigest()[:16]
    key = f"outage:{digest}:{since:%Y%m%d%H%M%S%f}:{'over' if over else 'began'}"
    values = {
        "listener": listener.name,
        "since": since.isoformat(),
        "over": over,
        "reason": listener.error or "",
        # What came before that is gone: the server kept it no longer.
        "lost_until": (now - kept).isoformat() if over and kept and now - since > kept else "",
    }
    notice = Notice("outage", values)
    for person in session.exec(select(User).where(col(User.active), col(User.role).in_(TOLD))):
        owe_colleague(session, OutgoingKind.NOTICE, key, person, notice, now, case_id=None)
    tell(session, DESK, now)
