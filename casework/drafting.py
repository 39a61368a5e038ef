"""Who writes an answer to a case just now. A notice for colleagues, not a lock."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from store.history import DESK, tell
from store.once import add_once
from store.tables import Drafting, User

SEEN_FOR = timedelta(minutes=1)


def note_drafting(session: Session, case_id: int, user_id: int, now: datetime) -> None:
    """This person was typing just now. Colleagues' pages are woken when that is news."""
    row = session.get(Drafting, (case_id, user_id))
    if row is None:
        row = Drafting(case_id=case_id, user_id=user_id, at=now)
        if add_once(session, row):
            tell(session, DESK, now)
        return
    if row.at <= now - SEEN_FOR:
        tell(session, DESK, now)
    row.at = now


def drafting_now(session: Session, case_id: int, but: int, now: datetime) -> list[str]:
    """The names of those who wrote within the last minute, except one."""
    return list(
        session.exec(
            select(User.name)
            .join(Drafting, col(Drafting.user_id) == col(User.id))
            .where(col(Drafting.case_id) == case_id, col(User.id) != but, col(Drafting.at) > now - SEEN_FOR)
            .order_by(col(User.name))
        )
    )


def forget_drafting(session: Session, case_id: int, user_id: int) -> None:
    """The answer is out."""
    gone = (col(Drafting.case_id) == case_id, col(Drafting.user_id) == user_id)
    session.exec(delete(Drafting).where(*gone))
