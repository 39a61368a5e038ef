"""The log is sealed; whatever is changed afterwards shows, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from casework import sealing
from casework.sealing import Sealed, check_seals, seal_due
from store.engine import reading, writing
from store.history import log
from store.tables import AuditSeal

NOW = datetime(2026, 11, 20, 1, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(minutes=6)


def write(engine: Engine, count: int, at: datetime = NOW) -> None:
    with writing(engine) as session:
        for number in range(count):
            log(session, "tried", at, details={"数": number, "b": 1.5, "a": None})


def seal(engine: Engine, at: datetime = LATER) -> int:
    with writing(engine) as session:
        return seal_due(session, at)


def check(engine: Engine) -> Sealed:
    with reading(engine) as session:
        return check_seals(session)


def tamper(engine: Engine, statement: str, table: str = "audit_log") -> None:
    """As somebody does who owns the database: the triggers go first."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
        else:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        connection.execute(text(statement))


INSERT = (
    "INSERT INTO audit_log (id, at, action, details) VALUES (3, '2026-11-20 01:00:00.123456', 'tried', '{}')"
)


def test_it_seals_what_has_settled_once(engine: Engine) -> None:
    write(engine, 5)
    write(engine, 2, LATER - timedelta(minutes=1))
    assert seal(engine) == 5
    assert seal(engine) == 0
    found = check(engine)
    assert (found.lines, found.broken) == (5, None)
    assert found.digest[:16] in found.sentence
    assert seal(engine, LATER + timedelta(minutes=5)) == 2
    assert (check(engine).lines, check(engine).broken) == (7, None)


def test_it_seals_in_stretches_and_reads_in_pieces(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "LINES_AT_ONCE", 4)
    monkeypatch.setattr(sealing, "_READ_AT_ONCE", 2)
    write(engine, 9)
    assert [seal(engine) for _ in range(4)] == [4, 4, 1, 0]
    assert check(engine).lines == 9


def test_it_has_nothing_to_say_of_an_empty_log(engine: Engine) -> None:
    assert seal(engine) == 0
    assert check(engine).sentence == "Nothing is sealed yet."


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE audit_log SET action = 'other' WHERE id = 2",
            "A line of the log was changed between 1 and 4",
        ),
        ("UPDATE audit_log SET at = '2026-11-20 01:00:00.123457' WHERE id = 2", "changed between 1 and 4"),
        ("UPDATE audit_log SET user_id = NULL, details = '{}' WHERE id = 8", "changed between 5 and 8"),
        ("DELETE FROM audit_log WHERE id = 6", "taken out between 5 and 8 (sealed 2026-11-20 01:06 UTC): 1"),
    ],
)
def test_it_finds_what_was_changed_afterwards(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, statement: str, told: str
) -> None:
    monkeypatch.setattr(sealing, "LINES_AT_ONCE", 4)
    write(engine, 10)
    while seal(engine):
        pass
    assert check(engine).broken is None
    tamper(engine, statement)
    found = check(engine)
    assert found.broken is not None
    assert told in found.sentence


def test_it_finds_a_line_slipped_in_where_a_number_was_free(engine: Engine) -> None:
    write(engine, 5)
    tamper(
        engine, "DELETE FROM audit_log WHERE id = 3"
    )  # before it is sealed: such gaps are PostgreSQL's own
    seal(engine)
    assert check(engine).broken is None
    with engine.begin() as connection:
        connection.execute(text(INSERT))
    assert "slipped in between 1 and 5 (sealed 2026-11-20 01:06 UTC): 1" in check(engine).sentence


def test_it_finds_a_seal_that_is_gone(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "LINES_AT_ONCE", 4)
    write(engine, 10)
    while seal(engine):
        pass
    tamper(engine, "DELETE FROM audit_seals WHERE first_id = 5", "audit_seals")
    assert check(engine).sentence == "A seal of the log is missing: lines 5 to 8 have none."


@pytest.mark.parametrize("statement", ["UPDATE audit_seals SET digest = 'x'", "DELETE FROM audit_seals"])
def test_it_lets_nobody_change_a_seal(engine: Engine, statement: str) -> None:
    write(engine, 1)
    seal(engine)
    with pytest.raises(DatabaseError, match="append-only"), writing(engine) as session:
        session.connection().execute(text(statement))


def test_it_keeps_one_chain_when_two_seal_at_once(engine: Engine) -> None:
    write(engine, 3)
    seal(engine)
    with pytest.raises(DatabaseError), writing(engine) as session:
        session.add(AuditSeal(first_id=1, last_id=3, lines=3, digest="x" * 64, at=NOW))
