"""One access token for all processes: fetched by one of them, renewed before it ends, kept sealed."""

import multiprocessing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.wecom.errors import WecomError
from store.engine import open_engine, writing
from store.wecom import claim_token, let_go_of_token
from tests.borders.wecom import WecomServer
from tests.bot.wecom.chats import NAME, Chats
from tests.office import MORNING


def ask(chats: Chats, engine: Engine | None = None) -> None:
    """Use the token for something."""
    with chats.line(engine) as line:
        line.call("kf/account/list", {})


def asked(wecom: WecomServer) -> int:
    return len(wecom.calls("gettoken"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_is_fetched_once_and_renewed_before_it_ends(chats: Chats, wecom: WecomServer) -> None:
    ask(chats)
    ask(chats)
    assert asked(wecom) == 1
    chats.pass_time(minutes=116)
    wecom.world.tokens.clear()  # the new one
    ask(chats)
    assert asked(wecom) == 2
    with chats.engine.connect() as connection:
        (sealed,) = connection.execute(text("SELECT sealed FROM credentials")).scalars()
    assert not any(token in sealed for token in wecom.world.tokens)


def test_two_processes_at_once_fetch_one(
    chats: Chats, wecom: WecomServer, database_url: str, engine: Engine, tmp_path: Path
) -> None:
    engine.dispose()
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(3)

    def work() -> None:
        own = open_engine(database_url)
        start.wait()
        ask(Chats(wecom, own, tmp_path / "files"))
        own.dispose()

    processes = [fork.Process(target=work) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert asked(wecom) == 1
    assert len(wecom.calls("kf/account/list")) == 3


def test_a_dead_process_s_claim_is_taken_over(chats: Chats, wecom: WecomServer) -> None:
    with writing(chats.engine) as session:
        dead = "otherhost:b/1:77:1"
        assert claim_token(session, NAME, dead, MORNING, MORNING)
        assert not claim_token(session, NAME, "third:b/1:78:1", MORNING.replace(year=2020), MORNING)
    ask(chats)  # its claim has run out
    assert asked(wecom) == 1
    with writing(chats.engine) as session:
        let_go_of_token(session, NAME, dead)
        assert claim_token(session, NAME, "third:b/1:78:1", MORNING, MORNING)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_refused_secret_leaves_nobody_waiting(chats: Chats, wecom: WecomServer) -> None:
    wecom.fail_next("gettoken", 40001, "invalid credential")
    with pytest.raises(WecomError, match="HUIYIN_WECOM_SECRET"):
        ask(chats)
    assert chats.account().token_claimed_by is None
    ask(chats)
