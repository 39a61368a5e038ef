"""Every update of Telegram is kept once, and Telegram forgets none before it is."""

import json
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event
from telegram.error import RetryAfter, TimedOut

from bot.telegram.listener import pause_after
from intake.arrive import said
from store.engine import writing
from store.listeners import advance, release_lease, take_lease, this_process
from store.tables import Channel, IncomingState
from tests.borders.botapi import BotApiServer
from tests.bot.in_thread import PATIENCE
from tests.bot.telegram.listening import NAME, NOW, Line, texts


def test_it_keeps_what_a_customer_writes(line: Line, telegram: BotApiServer) -> None:
    written_at = datetime(2026, 7, 1, 7, 59, 30, tzinfo=UTC)
    number = telegram.customer_says(42, "请报价：M8 螺栓 5000 件", name="陈工", at=written_at)

    with line.listening():
        (row,) = line.wait_for_rows(1)

    assert (row.source, row.external_id, row.conversation) == (NAME, str(number), f"{NAME}:42")
    assert (row.state, row.arrived_at, row.stored_at) == (IncomingState.NEW, written_at, NOW)
    what = said(row.payload or {})
    assert (what.channel, what.text, what.name) == (Channel.TELEGRAM, "请报价：M8 螺栓 5000 件", "陈工")
    assert (what.address, what.conversation, what.language, what.at) == ("42", "42", "zh-hans", written_at)


def test_it_keeps_the_update_as_it_came(line: Line, telegram: BotApiServer) -> None:
    number = telegram.customer_says(42, "你好")

    with line.listening():
        (row,) = line.wait_for_rows(1)

    raw = json.loads(line.files.get(row.raw or ""))
    assert (raw["update_id"], raw["message"]["text"]) == (number, "你好")


def test_it_commits_before_telegram_may_forget(line: Line, telegram: BotApiServer) -> None:
    kept_and_pending = []
    line.on_incoming = lambda: kept_and_pending.append((texts(line.rows()), telegram.pending))
    number = telegram.customer_says(42, "你好")

    with line.listening():
        line.wait_for_rows(1)
        polls = line.wait_for_polls(2)

    assert kept_and_pending == [(["你好"], [number])]
    assert [int(poll["offset"]) for poll in polls] == [0, number + 1]
    assert telegram.pending == []


def test_it_confirms_nothing_that_it_could_not_commit(line: Line, telegram: BotApiServer) -> None:
    number = telegram.customer_says(42, "你好")

    @event.listens_for(line.engine, "before_cursor_execute")
    def fill_the_disk(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO incoming"):
            raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space left"):
        line.listener().run(threading.Event())

    assert line.rows() == []
    assert line.progress().cursor == 0
    assert telegram.pending == [number]


KILLED = """
import os, signal, sys, threading
from pathlib import Path
from sqlalchemy import event
from telegram.error import RetryAfter, TimedOut
from bot.telegram.attachments import LARGEST
from bot.telegram.listener import TelegramListener
from store.engine import open_engine
from store.files import FileStore
from tests.bot.telegram.listening import NOW, POLICY, pressed

url, files, token, api_url, when = sys.argv[1:]
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
engine = open_engine(url)

@event.listens_for(engine, "commit")
def before_commit(connection):
    kept = connection.exec_driver_sql("SELECT count(*) FROM incoming").scalar()
    if when == "before" and kept:
        die()

kept = FileStore(Path(files))
TelegramListener(engine, kept, token, api_url, pressed, POLICY, die, lambda: NOW).run(threading.Event())
"""


@pytest.mark.parametrize(("when", "kept"), [("before", []), ("after", ["第一句", "第二句"])])
def test_it_loses_and_doubles_nothing_when_killed(
    line: Line, telegram: BotApiServer, tmp_path: Path, database_url: str, when: str, kept: list[str]
) -> None:
    numbers = [telegram.customer_says(42, "第一句"), telegram.customer_says(43, "第二句")]
    arguments = [database_url, str(tmp_path / "files"), telegram.token, telegram.url, when]

    killed = subprocess.run([sys.executable, "-c", KILLED, *arguments], timeout=PATIENCE, check=False)
    assert killed.returncode == -9
    assert texts(line.rows()) == kept
    assert telegram.pending == numbers

    with line.listening():
        line.wait_until_forgotten()
    assert texts(line.rows()) == ["第一句", "第二句"]


def test_it_keeps_an_update_given_twice_once(line: Line, telegram: BotApiServer) -> None:
    telegram.customer_says(42, "你好")
    with line.listening():
        line.wait_until_forgotten()
    with writing(line.engine) as session:
        advance(session, NAME, 0)
    telegram.replay()
    telegram.customer_says(42, "还有个事")

    with line.listening():
        rows = line.wait_for_rows(2)

    assert texts(rows) == ["你好", "还有个事"]


def test_it_fetches_the_files_that_customers_send(line: Line, telegram: BotApiServer) -> None:
    telegram.customer_sends_file(42, "图纸.pdf", b"%PDF-1.7", "application/pdf", "请按图报价")
    telegram.customer_sends_photo(42, b"\xff\xd8photo")

    with line.listening():
        rows = line.wait_for_rows(2)

    drawing, photo = (said(row.payload or {}) for row in rows)
    assert drawing.text == "请按图报价"
    assert [(file.name, file.type, file.size) for file in drawing.files] == [
        ("图纸.pdf", "application/pdf", 8)
    ]
    assert line.files.get(drawing.files[0].sha256) == b"%PDF-1.7"
    assert (photo.text, photo.files[0].type) == ("", "image/jpeg")
    assert line.files.get(photo.files[0].sha256) == b"\xff\xd8photo"


def test_it_keeps_what_nobody_said_with_the_reason(line: Line, telegram: BotApiServer) -> None:
    telegram._world.add_update("my_chat_member", {"chat": {"id": 42, "type": "private"}})
    telegram._world.add_update("message", {"no": "message"})
    telegram.customer_says(42, "你好")

    with line.listening():
        rows = line.wait_for_rows(3)

    assert [(row.state, row.reason) for row in rows] == [
        (IncomingState.IGNORED, "Telegram tells of my_chat_member; nobody wrote."),
        (IncomingState.QUARANTINED, "This Telegram update cannot be read (KeyError)."),
        (IncomingState.NEW, None),
    ]
    assert json.loads(line.files.get(rows[1].raw or ""))["message"] == {"no": "message"}


def test_it_goes_on_where_it_stopped(line: Line, telegram: BotApiServer) -> None:
    first = telegram.customer_says(42, "你好")
    with line.listening():
        line.wait_until_forgotten()
    polls = len(line.polls())
    telegram.customer_says(42, "还有个事")

    with line.listening():
        line.wait_for_rows(2)

    assert int(line.polls()[polls]["offset"]) == first + 1


def test_it_leaves_the_bot_to_the_process_that_holds_it(line: Line, telegram: BotApiServer) -> None:
    telegram.customer_says(42, "你好")
    program = "from store.listeners import this_process; print(this_process(), flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as neighbour:
        assert neighbour.stdout is not None
        holder = neighbour.stdout.readline().strip()
        with writing(line.engine) as session:
            take_lease(session, NAME, Channel.TELEGRAM, holder, NOW)

        with line.listening():
            line.wait_for_attempts(2)
            assert (line.rows(), telegram.calls) == ([], [])
            neighbour.kill()
            neighbour.wait()
            assert texts(line.wait_for_rows(1)) == ["你好"]
            assert line.progress().holder == this_process()
    assert line.progress().holder is None


def test_it_writes_nothing_once_another_process_has_taken_over(line: Line, telegram: BotApiServer) -> None:
    telegram.customer_says(42, "你好")
    elsewhere = "otherhost:0b1e-55d0/4026531836:77:4242"
    with line.listening():
        line.wait_until_forgotten()
        with writing(line.engine) as session:
            release_lease(session, NAME, this_process())
            take_lease(session, NAME, Channel.TELEGRAM, elsewhere, NOW)
        second = telegram.customer_says(42, "还有个事")
        line.wait_for_attempts(2)

    assert texts(line.rows()) == ["你好"]
    assert telegram.pending == [second]
    assert line.progress().holder == elsewhere


def test_it_notes_when_the_bot_was_first_connected(line: Line, telegram: BotApiServer) -> None:
    telegram.customer_says(42, "你好")
    with line.listening():
        line.wait_for_rows(1)

    assert line.progress().connected_at == NOW
    assert line.progress().polled_at == NOW


def test_it_waits_as_long_as_telegram_asks_else_longer_each_time() -> None:
    assert pause_after(RetryAfter(17), failures=1) == 17
    assert 0.5 <= pause_after(TimedOut(), failures=1) <= 1
    assert 2 <= pause_after(TimedOut(), failures=3) <= 4
    assert pause_after(TimedOut(), failures=10_000) <= 30
