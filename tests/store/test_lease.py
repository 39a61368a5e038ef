"""A lease is kept for as long as the work takes, and its loss is noticed."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from store import listeners
from store.engine import reading, writing
from store.lease import held
from store.tables import Channel, Listener

NAME = "mail:sales@huiyin.example/INBOX"
ELSEWHERE = "otherhost:0b1e-55d0/4026531836:77:4242"


def now() -> datetime:
    return datetime.now(UTC)


def row(engine: Engine) -> Listener:
    with reading(engine) as session:
        return session.get_one(Listener, NAME)


def test_it_renews_beside_the_work_and_lets_go_after_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listeners, "LEASE", timedelta(seconds=0.3))
    with held(engine, NAME, Channel.EMAIL, now) as lease:
        assert lease.is_ours
        first = row(engine).held_until
        while row(engine).held_until == first:
            threading.Event().wait(0.02)
    assert row(engine).holder is None


def test_it_notices_that_another_process_has_taken_over(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listeners, "LEASE", timedelta(seconds=0.3))
    with held(engine, NAME, Channel.EMAIL, now) as lease:
        with writing(engine) as session:
            session.get_one(Listener, NAME).holder = ELSEWHERE
        while lease.is_ours:
            threading.Event().wait(0.02)
    assert row(engine).holder == ELSEWHERE


def test_it_says_when_another_process_holds_it(engine: Engine) -> None:
    with writing(engine) as session:
        listeners.take_lease(session, NAME, Channel.EMAIL, ELSEWHERE, now())
    with held(engine, NAME, Channel.EMAIL, now) as lease:
        assert not lease.is_ours
    assert row(engine).holder == ELSEWHERE
