"""What a month of complaints comes to in words (总结与综合评价, S3 4.3.2), an input to management review."""

from datetime import date, datetime

from sqlmodel import Session

from casework.rights import NotAllowed, Right, demand
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import MonthEvaluation, User

LONGEST = 4000


def evaluation_of(session: Session, month: date) -> MonthEvaluation | None:
    """What was written of that month."""
    return session.get(MonthEvaluation, month.replace(day=1))


def evaluate(session: Session, month: date, words: str, user: User, now: datetime) -> None:
    """Signed by name and time; written anew, it is signed anew, and what it was stands in the log."""
    demand(user, Right.INVESTIGATE)
    words = words.strip()[:LONGEST]
    if not words:
        raise NotAllowed("Write down what the month's complaints come to.")
    first = month.replace(day=1)
    row = session.get(MonthEvaluation, first, with_for_update=True)
    before = row.words if row else ""
    if words == before:
        return
    fresh = MonthEvaluation(month=first, words=words, signed_by_id=user.id or 0, signed_at=now)
    if row is None and not add_once(session, fresh):
        raise NotAllowed("Somebody has written it at this moment; look, and try again.")
    if row is not None:
        row.words, row.signed_by_id, row.signed_at = words, user.id or 0, now
    details = {"month": f"{first:%Y-%m}", "before": before}
    log(session, "month_evaluated", now, user_id=user.id, details=details)
    tell(session, DESK, now)
