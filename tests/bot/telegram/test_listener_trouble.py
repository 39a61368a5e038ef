"""What goes wrong between Telegram and us is said in a sentence, and heals alone."""

import json
import logging
import threading

import pytest

from bot.telegram.attachments import LARGEST
from bot.telegram.news import KINDS
from tests.borders.botapi import BotApiServer
from tests.bot.telegram.listening import NOW, Line, texts

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("code", "description", "sentence"),
    [
        (401, "Unauthorized", "check HUIYIN_TELEGRAM_TOKEN"),
        (409, "Conflict: terminated by other getUpdates request", "somebody else who uses this bot's token"),
        (502, "Bad Gateway", "Telegram does not answer as it should: Bad Gateway."),
    ],
)
def test_it_says_what_is_wrong_and_recovers(
    line: Line, telegram: BotApiServer, code: int, description: str, sentence: str
) -> None:
    telegram.fail_next("getUpdates", code, description)
    with line.listening():
        line.wait_for_polls(2)
        progress = line.progress()
        assert sentence in (progress.error or "")
        assert progress.failing_since == NOW

        telegram.customer_says(42, "你好")
        line.wait_for_rows(1)

    assert (line.progress().error, line.progress().failing_since) == (None, None)


def test_it_recovers_when_the_line_drops(line: Line, telegram: BotApiServer) -> None:
    telegram.hang_up_next("getUpdates")
    telegram.customer_says(42, "你好")

    with line.listening():
        assert texts(line.wait_for_rows(1)) == ["你好"]


def test_it_never_says_the_token(
    line: Line,
    telegram: BotApiServer,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.fail_next("getMe", 401, f"Unauthorized: {telegram.token}")
    telegram.fail_next("getUpdates", 400, f"Bad Request: {telegram.token}")
    telegram.customer_sends_file(42, "图纸.pdf", b"%PDF", "application/pdf", "机密")

    with line.listening():
        line.wait_for_polls(2)
        assert "<token>" in (line.progress().error or "")
        line.wait_for_rows(1)

    said_aloud = caplog.text + "".join(capsys.readouterr()) + (line.progress().error or "")
    assert telegram.token not in said_aloud
    assert telegram.token.partition(":")[2] not in said_aloud
    assert "机密" not in said_aloud


def test_it_tells_of_a_wrong_token(line: Line, telegram: BotApiServer) -> None:
    telegram._world.token = "110201543:another"

    with line.listening():
        error = line.wait_for_error()

    assert error.startswith("Telegram refuses the bot's token")


def test_it_keeps_the_message_when_its_file_cannot_be_fetched(line: Line, telegram: BotApiServer) -> None:
    telegram.fail_next("getFile", 400, "Bad Request: file is too big")
    telegram.customer_sends_file(42, "录像.mp4", b"...", "video/mp4", "停线了")
    telegram.customer_sends_file(42, "图纸.pdf", b"%PDF", "application/pdf")

    with line.listening():
        rows = line.wait_for_rows(2)

    assert texts(rows) == ["停线了\n[附件未能下载: 录像.mp4]", ""]


def test_it_does_not_try_to_fetch_what_telegram_does_not_give_out(line: Line, telegram: BotApiServer) -> None:
    large = {"file_id": "a", "file_unique_id": "ua", "file_name": "录像.mp4", "file_size": LARGEST + 1}
    telegram._arrives(42, {"document": large})

    with line.listening():
        rows = line.wait_for_rows(1)

    assert texts(rows) == ["[附件未能下载: 录像.mp4]"]
    assert "getFile" not in [method for method, _ in telegram.calls]


def test_it_stops_in_the_middle_of_a_long_poll(line: Line) -> None:
    with line.listening():
        line.wait_for_polls(1)

    assert line.progress().holder is None
    assert line.telegram.pending == []


def test_it_asks_for_every_kind_of_update_that_matters(line: Line) -> None:
    with line.listening():
        (poll, *_) = line.wait_for_polls(1)

    assert json.loads(poll["allowed_updates"]) == KINDS


def test_it_does_not_begin_when_told_to_stop_before(line: Line, telegram: BotApiServer) -> None:
    stop = threading.Event()
    stop.set()
    line.listener().run(stop)

    assert telegram.calls == []
