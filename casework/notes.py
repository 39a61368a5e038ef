"""Internal notes: what colleagues tell each other about a case. `@name` in a note tells that colleague."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from casework.owing import owe_colleague
from casework.rights import Right, may
from casework.wording import Notice
from store.desk import may_see
from store.history import DESK, log, tell
from store.tables import Case, Note, OutgoingKind, User, customer_code

LONGEST_TOLD = 500  # characters of a note in the notice about it


def write_note(session: Session, case: Case, user: User, text: str, now: datetime) -> Note:
    """Keep the note, and tell those it mentions who may see the case."""
    note = Note(case_id=case.id or 0, user_id=user.id or 0, text=text, at=now)
    session.add(note)
    session.flush()
    people = session.exec(select(User).where(col(User.active), col(User.id) != user.id)).all()
    told = [person for person in mentioned(text, people) if _sees(person, case)]
    values = {
        "author": user.name,
        "number": case.number,
        "customer_code": customer_code(case.customer_id),
        "text": text[:LONGEST_TOLD],
    }
    for person in told:
        notice = Notice("mention", values)
        owe_colleague(session, OutgoingKind.NOTICE, f"note:{note.id}", person, notice, now, case_id=case.id)
    details = {"note": note.id, "told": [person.id for person in told]}
    log(session, "noted", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)
    return note


def mentioned(text: str, people: Iterable[User]) -> list[User]:
    """Whom `@name` means; the longest name counts, since Chinese puts no space behind it."""
    by_length = sorted(people, key=lambda person: -len(person.name))
    found: dict[str, User] = {}
    for after in text.split("@")[1:]:
        if person := next((one for one in by_length if after.startswith(one.name)), None):
            found[person.name] = person
    return list(found.values())


def _sees(person: User, case: Case) -> bool:
    sees_only = None if may(person.role, Right.SEE_ALL_CASES) else person.id
    return may_see(case.owner_id, sees_only)
