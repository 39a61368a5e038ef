"""The company's own questionnaires: copied from another, then worded anew, each time as a version more."""

import re
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import KeptQuestionnaire, User
from survey.questionnaires import Questionnaire, QuestionnaireError, Texts
from survey.questionnaires.loading import shipped
from survey.questionnaires.writing import as_toml

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")


def free_name(session: Session, name: str) -> str:
    """A name for a copy: smt-100 → smt-100-2."""
    stem = name[:40].rstrip("-")
    taken = session.exec(
        select(KeptQuestionnaire.name).where(col(KeptQuestionnaire.name).startswith(stem, autoescape=True))
    ).all()
    known, number = {*shipped(), *taken}, 2
    while f"{stem}-{number}" in known:
        number += 1
    return f"{stem}-{number}"


def copy(
    session: Session, asked: Questionnaire, name: str, title: Texts, user: User, now: datetime
) -> Questionnaire:
    """The company's own questionnaire of another name, worded like this one; QuestionnaireError if taken."""
    demand(user, Right.DECIDE_POLICY)
    if not _NAME.fullmatch(name):
        raise QuestionnaireError(
            "A questionnaire's name is made of small letters, digits and hyphens.", "name"
        )
    if not title.zh:
        raise QuestionnaireError("A questionnaire needs a title.", "title")
    found = replace(asked, id=name, version=1, title=title)
    if name in shipped() or not _keep(session, found, user, now):
        raise QuestionnaireError(f"There is a questionnaire {name} already; choose another name.", "name")
    details = {"name": name, "from": asked.id, "title": title.zh}
    log(session, "questionnaire_copied", now, user_id=user.id, details=details)
    tell(session, DESK, now)
    return found


def save(
    session: Session, before: Questionnaire, changed: Questionnaire, user: User, now: datetime
) -> Questionnaire:
    """One version more, if anything differs; QuestionnaireError if somebody was quicker.

    Earlier versions stay: what was asked and approved with them goes on as it was.
    """
    demand(user, Right.DECIDE_POLICY)
    if before.id in shipped():
        raise QuestionnaireError("A questionnaire that comes with the program is copied, not changed.")
    found = replace(changed, id=before.id, version=before.version + 1)
    if replace(found, version=before.version) == before:
        return before
    if not _keep(session, found, user, now):
        raise QuestionnaireError("Somebody has saved this questionnaire meanwhile; look, and try again.")
    details = {"name": found.id, "version": found.version, "title": found.title.zh}
    log(session, "questionnaire_saved", now, user_id=user.id, details=details)
    tell(session, DESK, now)
    return found


def versions(session: Session, name: str) -> list[tuple[int, datetime, str | None]]:
    """Each version kept, the newest first: when, and by whom it was made."""
    found = session.exec(
        select(KeptQuestionnaire.version, KeptQuestionnaire.created_at, User.name)
        .outerjoin(User, col(User.id) == col(KeptQuestionnaire.made_by))
        .where(col(KeptQuestionnaire.name) == name)
        .order_by(col(KeptQuestionnaire.version).desc())
        .limit(100)
    )
    return [(version, at, who) for version, at, who in found]


def _keep(session: Session, asked: Questionnaire, user: User, now: datetime) -> int:
    row = KeptQuestionnaire(
        name=asked.id, version=asked.version, source=as_toml(asked), made_by=user.id, created_at=now
    )
    return add_once(session, row)
