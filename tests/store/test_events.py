"""Events for live pages: told once they happened, forgotten when every page has long seen them."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import func, select

from store.engine import reading, writing
from store.history import DESK, EVENTS_KEPT, forget_events, tell, told_since
from store.tables import Event

NOW = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


def happen(engine: Engine, topic: str, now: datetime) -> int:
    with writing(engine) as session:
        tell(session, topic, now)
        return session.exec(select(func.max(Event.id))).one() or 0


def test_it_knows_whether_a_topic_was_told_of_since(engine: Engine) -> None:
    first = happen(engine, DESK, NOW)
    happen(engine, "chat:other", NOW)
    with reading(engine) as session:
        assert told_since(session, DESK, first - 1)
        assert not told_since(session, DESK, first)


def test_it_never_gives_a_forgotten_number_again(engine: Engine) -> None:
    for minute in range(3):
        newest = happen(engine, DESK, NOW + timedelta(minutes=minute))
    with writing(engine) as session:
        forget_events(session, NOW + EVENTS_KEPT * 2)
    assert happen(engine, DESK, NOW + EVENTS_KEPT * 2) == newest + 1
    with reading(engine) as session:
        assert len(session.exec(select(Event)).all()) == 2


def test_a_reader_sees_one_moment(engine: Engine) -> None:
    with reading(engine) as session:
        before = session.exec(select(Event.id)).all()
        happen(engine, DESK, NOW)
        assert session.exec(select(Event.id)).all() == before
