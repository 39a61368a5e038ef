"""One process at a time reads a mailbox; a dead one is replaced, and nobody's progress is lost."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from store.engine import writing
from store.listeners import (
    LEASE,
    advance,
    failed,
    is_gone,
    polled,
    release_lease,
    renew_lease,
    take_lease,
    this_process,
)
from store.tables import Channel, Listener

NAME = "mail:sales@huiyin.example/INBOX"
NOW = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
HERE = this_process()
ELSEWHERE = "otherhost:0b1e-55d0/4026531836:77:4242"


def take(engine: Engine, holder: str, now: datetime = NOW) -> Listener | None:
    with writing(engine) as session:
        return take_lease(session, NAME, Channel.EMAIL, holder, now)


def row(engine: Engine) -> Listener:
    with writing(engine) as session:
        return session.get_one(Listener, NAME)


def process_on_this_machine() -> tuple[subprocess.Popen[bytes], str]:
    """A process of ours, which lives until it is killed, and its name."""
    program = "from store.listeners import this_process; print(this_process(), flush=True); input()"
    process = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    return process, process.stdout.readline().decode().strip()


@pytest.fixture
def neighbour() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    process, name = process_on_this_machine()
    with process:
        yield process, name
        process.kill()


def test_it_gives_a_new_mailbox_to_who_asks_first(engine: Engine) -> None:
    listener = take(engine, HERE)

    assert listener is not None
    assert (listener.cursor, listener.connected_at) == (0, None)
    assert row(engine).holder == HERE
    assert row(engine).held_until == NOW + LEASE


def test_it_gives_the_mailbox_again_to_its_holder(engine: Engine) -> None:
    take(engine, HERE)

    assert take(engine, HERE, NOW + timedelta(seconds=20)) is not None
    assert row(engine).held_until == NOW + timedelta(seconds=20) + LEASE


def test_it_waits_for_a_living_process_on_this_machine(
    engine: Engine, neighbour: tuple[subprocess.Popen[bytes], str]
) -> None:
    take(engine, neighbour[1])

    assert take(engine, HERE, NOW + LEASE - timedelta(seconds=1)) is None


def test_it_replaces_a_killed_process_on_this_machine_at_once(
    engine: Engine, neighbour: tuple[subprocess.Popen[bytes], str]
) -> None:
    process, name = neighbour
    take(engine, name)
    process.kill()
    process.wait()

    assert take(engine, HERE) is not None


def test_it_waits_for_a_process_elsewhere_until_its_lease_has_run_out(engine: Engine) -> None:
    take(engine, ELSEWHERE)

    assert take(engine, HERE, NOW + LEASE - timedelta(seconds=1)) is None
    assert take(engine, HERE, NOW + LEASE) is not None


def test_it_gives_the_mailbox_to_one_of_many_who_ask_at_once(engine: Engine) -> None:
    take(engine, ELSEWHERE)
    names = [f"otherhost{number}:boot:1:1" for number in range(8)]

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda name: take(engine, name, NOW + LEASE), names))

    assert sum(listener is not None for listener in taken) == 1


def test_it_gives_a_mailbox_never_seen_to_one_of_many_who_ask_at_once(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda number: take(engine, f"otherhost{number}:boot:1:1"), range(8)))

    assert sum(listener is not None for listener in taken) == 1


def test_it_tells_a_holder_that_it_was_replaced(engine: Engine) -> None:
    take(engine, ELSEWHERE)
    take(engine, HERE, NOW + LEASE)

    with writing(engine) as session:
        assert not renew_lease(session, NAME, ELSEWHERE, NOW + LEASE)
        assert renew_lease(session, NAME, HERE, NOW + LEASE + timedelta(seconds=5))
    assert row(engine).held_until == NOW + LEASE + timedelta(seconds=5) + LEASE


def test_it_is_free_at_once_after_its_holder_let_go(engine: Engine) -> None:
    take(engine, ELSEWHERE)
    with writing(engine) as session:
        release_lease(session, NAME, HERE)
    assert take(engine, HERE) is None

    with writing(engine) as session:
        release_lease(session, NAME, ELSEWHERE)
    assert take(engine, HERE) is not None


def test_it_knows_since_when_a_mailbox_fails_and_when_it_was_first_connected(engine: Engine) -> None:
    take(engine, HERE)
    with writing(engine) as session:
        failed(session, NAME, NOW, "The server refused the password.")
    with writing(engine) as session:
        failed(session, NAME, NOW + timedelta(minutes=1), "The server did not answer.")
    listener = row(engine)
    assert (listener.failing_since, listener.error) == (NOW, "The server did not answer.")
    assert listener.connected_at is None

    for minutes in (2, 3):
        with writing(engine) as session:
            polled(session, NAME, NOW + timedelta(minutes=minutes))
    listener = row(engine)
    assert (listener.failing_since, listener.error) == (None, None)
    assert listener.connected_at == NOW + timedelta(minutes=2)
    assert listener.polled_at == NOW + timedelta(minutes=3)


def test_it_remembers_how_far_it_has_read_and_in_which_generation(engine: Engine) -> None:
    take(engine, HERE)
    with writing(engine) as session:
        renew_lease(session, NAME, HERE, NOW)
        polled(session, NAME, NOW)
        advance(session, NAME, 812, generation=3)
    assert (row(engine).cursor, row(engine).generation) == (812, 3)

    with writing(engine) as session:
        advance(session, NAME, 4, generation=4)
    assert (row(engine).cursor, row(engine).generation) == (4, 4)
    assert row(engine).polled_at == NOW


def test_it_forgets_the_cursor_with_a_transaction_that_fails(engine: Engine) -> None:
    take(engine, HERE)

    def crash() -> None:
        with writing(engine) as session:
            advance(session, NAME, 812)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        crash()
    assert row(engine).cursor == 0


def test_it_never_takes_a_living_or_unknown_process_for_gone() -> None:
    assert not is_gone(HERE)
    assert not is_gone(ELSEWHERE)
    assert not is_gone("")
    assert not is_gone("of an older version")
    assert not is_gone(HERE.rpartition(":")[0].rpartition(":")[0] + ":99999999999999999999:1")


def test_it_knows_a_process_id_used_again() -> None:
    assert is_gone(HERE + "1")
