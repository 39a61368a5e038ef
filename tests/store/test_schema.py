"""The migrations make exactly the tables that the code describes, on both databases."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from store.columns import Instant
from store.engine import open_engine, reading, writing
from store.history import log
from store.once import add_once
from store.schema import is_current, upgrade
from store.tables import AuditLog, Channel, Incoming, IncomingState, metadata

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def test_it_makes_the_tables_that_the_code_describes(engine: Engine) -> None:
    assert is_current(engine)
    upgrade(engine)  # changes nothing

    def described(name: str | None, kind: str, _parents: object) -> bool:
        by_hand = (kind == "table" and str(name).startswith("search_")) or name == "ix_cases_counts"
        return not by_hand  # made for each database in its own way

    with engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"include_name": described})
        assert compare_metadata(found, metadata) == []


def test_it_gives_back_aware_moments_and_takes_no_naive_ones(engine: Engine) -> None:
    with writing(engine) as session:
        log(session, "tried", NOW)
    with reading(engine) as session:
        (line,) = session.exec(select(AuditLog))
    assert line.at == NOW
    assert line.at.tzinfo is not None
    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(datetime(2026, 1, 1), engine.dialect)  # noqa: DTZ001 - the very case


@pytest.mark.parametrize("statement", ["UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log"])
def test_it_lets_nobody_change_the_log(engine: Engine, statement: str) -> None:
    with writing(engine) as session:
        log(session, "tried", NOW)
    with pytest.raises(DatabaseError, match="append-only"), writing(engine) as session:
        session.connection().execute(text(statement))


def test_it_refuses_words_that_the_schema_does_not_know(engine: Engine) -> None:
    with pytest.raises(DatabaseError), writing(engine) as session:
        session.connection().execute(
            text(
                "INSERT INTO users (name, role, password_hash, language, on_duty, "
                "active, created_at) VALUES ('x', 'king', '-', 'zh', true, true, "
                "'2026-01-01')"
            )
        )


def test_it_adds_a_row_once(engine: Engine) -> None:
    def add(session: Session) -> int:
        return add_once(
            session,
            Incoming(
                channel=Channel.EMAIL,
                source="mail:x",
                external_id="1:1",
                conversation="mail:x",
                arrived_at=NOW,
                stored_at=NOW,
                state=IncomingState.NEW,
                history=False,
                attempts=0,
            ),
        )

    with writing(engine) as session:
        assert add(session)
        assert not add(session)
    with writing(engine) as session:
        assert not add(session)


def test_it_lets_pages_read_while_a_listener_writes(database_url: str) -> None:
    first, second = open_engine(database_url), open_engine(database_url)
    with writing(first) as session:
        log(session, "tried", NOW)
        session.flush()
        with reading(second) as other:
            assert other.exec(select(AuditLog)).all() == []
    first.dispose()
    second.dispose()
