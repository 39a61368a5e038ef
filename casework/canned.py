"""Canned answers: words that are written again and again, filled in for a case and in its language."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from casework.rights import NotAllowed, Right, demand, may
from store.history import log
from store.tables import CannedAnswer, Case, Contact, Customer, User

MOST = 200  # a person sees


def canned_for(session: Session, user_id: int) -> list[CannedAnswer]:
    """One's own and the shared ones, by name."""
    mine = col(CannedAnswer.user_id) == user_id
    wanted = select(CannedAnswer).where(or_(mine, col(CannedAnswer.shared)))
    return list(session.exec(wanted.order_by(col(CannedAnswer.name), col(CannedAnswer.id)).limit(MOST)))


def filled(canned: CannedAnswer, case: Case, customer: Customer, contact: Contact, language: str) -> str:
    """The words in this language, else in the one there is; each variable filled in once.

    A customer who is called `{编号}` stays so: what is filled in is not looked at again.
    """
    words = (canned.en or canned.zh) if language == "en" else (canned.zh or canned.en)
    values = {"客户": customer.name, "编号": case.number, "姓名": contact.name}
    pieces = words.split("{")
    said = [pieces[0]]
    for piece in pieces[1:]:
        name, closed, rest = piece.partition("}")
        said.append(values[name] + rest if closed and name in values else "{" + piece)
    return "".join(said)


def save_canned(
    session: Session,
    canned: CannedAnswer | None,
    user: User,
    now: datetime,
    *,
    name: str,
    zh: str,
    en: str,
    shared: bool,
) -> CannedAnswer:
    """A new one, or the words of an old one changed."""
    demand(user, Right.ANSWER)
    if canned is None:
        canned = CannedAnswer(user_id=user.id or 0, name=name, created_at=now)
        session.add(canned)
    else:
        _demand_own(canned, user)
    canned.name, canned.zh, canned.en, canned.shared = name, zh, en, shared
    log(session, "canned_saved", now, user_id=user.id, details={"name": name})
    return canned


def remove_canned(session: Session, canned: CannedAnswer, user: User, now: datetime) -> None:
    """Nobody needs it any more."""
    _demand_own(canned, user)
    session.delete(canned)
    log(session, "canned_removed", now, user_id=user.id, details={"name": canned.name})


def may_change(canned: CannedAnswer, user: User) -> bool:
    """Its author, and of shared ones those who confirm answers."""
    return canned.user_id == user.id or (canned.shared and may(user.role, Right.CONFIRM_REPLY))


def _demand_own(canned: CannedAnswer, user: User) -> None:
    if not may_change(canned, user):
        raise NotAllowed("A shared answer is changed by its author or a head.")
