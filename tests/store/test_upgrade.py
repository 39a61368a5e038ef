"""A database of an earlier version keeps its meaning when it is brought up to date."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlmodel import select

from store.engine import open_engine, reading
from store.schema import configuration, upgrade
from store.tables import Case, Deadline, Outgoing, User
from tests.borders.postgres import PostgresServer

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
DUE = NOW + timedelta(days=1)
BEFORE = (
    "INSERT INTO users (name, role, password_hash, language, on_duty, active, created_at) "
    "VALUES ('x', 'sales', '-', 'zh', true, true, NOW)",
    "INSERT INTO customers (name, status, created_at) VALUES ('k', 'existing', NOW)",
    "INSERT INTO contacts (customer_id, name, language, created_at) VALUES (1, 'k', 'zh', NOW)",
    "INSERT INTO cases (customer_id, contact_id, channel, status, kind, claim, language, subject, summary, "
    "requirement_categories, opened_at, last_message_at, due_at) VALUES "
    "(1, 1, 'email', 'open', 'inquiry', false, 'zh', 's', '', '[]', NOW, NOW, DUE)",
    "INSERT INTO deadlines (case_id, kind, started_at, due_at, reminders) "
    "VALUES (1, 'first_reply', NOW, DUE, 0)",
    "INSERT INTO outgoing (kind, key, channel, recipient, user_id, case_id, subject, text, wording, details, "
    "due_at, attempts, state, created_at) VALUES ('reminder', 'deadline:1:1', 'desk', 'x', 1, 1, '', '', "
    "'reminder', '{}', NOW, 0, 'sent', NOW)",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table of ours."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}")
        yield engine
        engine.dispose()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.fresh_database()
    engine = open_engine(url)
    yield engine
    engine.dispose()
    server.drop(url)


def test_the_clock_of_an_open_case_and_its_reminder_go_on(empty: Engine) -> None:
    with empty.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        for statement in BEFORE:
            filled = statement.replace("NOW", f"'{NOW:%Y-%m-%d %H:%M:%S.%f}'")
            connection.execute(text(filled.replace("DUE", f"'{DUE:%Y-%m-%d %H:%M:%S.%f}'")))
    upgrade(empty)
    with reading(empty) as session:
        case = session.exec(select(Case)).one()
        deadline = session.exec(select(Deadline)).one()
        assert (case.due_clock, case.waiting_since) == ("first_reply", deadline.started_at)
        assert session.exec(select(Outgoing)).one().wording == "reminder/first_reply"
        assert session.exec(select(User)).one().mail_notices
        assert not deadline.assumed
