"""Questionnaires in the database: as they were approved and asked, and the company's own."""

from datetime import datetime
from functools import lru_cache

from sqlmodel import Session, col, func, select

from store.once import add_once
from store.tables import KeptQuestionnaire
from survey.questionnaires import Questionnaire, Texts
from survey.questionnaires.loading import load, questionnaire, shipped, source_of

_read = lru_cache(maxsize=64)(load)


def as_asked(session: Session, name: str, version: int) -> Questionnaire:
    """The very version that a campaign asks; QuestionnaireError if there is none of that name.

    A shipped one that was asked before versions were kept is read from its file.
    """
    kept = session.exec(
        select(KeptQuestionnaire.source).where(
            col(KeptQuestionnaire.name) == name, col(KeptQuestionnaire.version) == version
        )
    ).first()
    return questionnaire(name) if kept is None else _read(kept)


def newest(session: Session, name: str) -> Questionnaire:
    """The latest version: of the shipped one, else the company's own; QuestionnaireError without either."""
    if name in shipped():
        return questionnaire(name)
    kept = session.exec(
        select(KeptQuestionnaire.source)
        .where(col(KeptQuestionnaire.name) == name)
        .order_by(col(KeptQuestionnaire.version).desc())
    ).first()
    return questionnaire(name) if kept is None else _read(kept)


def current(session: Session) -> list[Questionnaire]:
    """The latest version of each: the company's own first, then the shipped ones."""
    latest = (
        select(KeptQuestionnaire.name, func.max(KeptQuestionnaire.version).label("version"))
        .group_by(col(KeptQuestionnaire.name))
        .subquery()
    )
    kept = session.exec(
        select(KeptQuestionnaire.source)
        .join(
            latest,
            (col(KeptQuestionnaire.name) == latest.c.name)
            & (col(KeptQuestionnaire.version) == latest.c.version),
        )
        .where(col(KeptQuestionnaire.name).not_in(shipped()))
        .order_by(col(KeptQuestionnaire.name))
    )
    return [*map(_read, kept), *map(questionnaire, shipped())]


def names(session: Session) -> list[tuple[str, Texts]]:
    """Name and title of each that a plan can ask now."""
    return [(one.id, one.title) for one in current(session)]


def keep_shipped(session: Session, name: str, now: datetime) -> None:
    """Keep a shipped questionnaire as it is worded now: it may be worded otherwise by the next release."""
    if name in shipped():
        asked = questionnaire(name)
        row = KeptQuestionnaire(name=name, version=asked.version, source=source_of(name), created_at=now)
        add_once(session, row)
