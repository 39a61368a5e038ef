"""Telegram brings updates to our page; the listener takes them from there by the same path as polled ones."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Timer

import pytest
import uvicorn
from sqlmodel import col, select

from bot.telegram import news
from bot.telegram.listener import TelegramListener
from intake.telegram import Webhook
from store.engine import open_engine, writing
from store.files import FileStore
from store.tables import TelegramUpdate
from tests.borders.botapi import BotApiServer
from tests.bot.in_thread import PATIENCE
from tests.bot.telegram.listening import NAME, NOW, Line, pressed, texts
from tests.crashing import killed_at
from tests.survey.people import POLICY
from tests.web.serving import served
from web.app import create_app

PUBLIC = "https://huiyin.example"
WEBHOOK = Webhook(NAME, f"{PUBLIC}/telegram", "a-secret_1")
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@contextmanager
def page(line: Line, webhook: Webhook = WEBHOOK) -> Iterator[None]:
    """Our pages, where Telegram reaches them."""
    app = create_app(line.engine, line.files, POLICY, telegram_webhook=webhook)
    with served(app) as address:
        line.telegram.reach(PUBLIC, address)
        yield


def laid_down(line: Line) -> list[int]:
    with writing(line.engine) as session:
        return list(session.exec(select(TelegramUpdate.update_id).order_by(col(TelegramUpdate.update_id))))


def test_it_keeps_what_telegram_brings_and_goes_back_to_asking(line: Line, telegram: BotApiServer) -> None:
    telegram.customer_says(42, "轮询时")
    with line.listening():
        line.wait_until_forgotten()
    line.webhook = WEBHOOK
    with page(line), line.listening():
        telegram.customer_says(42, "第一句")
        telegram.customer_sends_photo(43, b"\xff\xd8", "划伤")
        line.wait_for_rows(3)
        world = telegram._world
        assert {**world.webhook, "allowed_updates": news.KINDS} == {
            "url": f"{PUBLIC}/telegram",
            "secret_token": "a-secret_1",
            "max_connections": str(news.CONNECTIONS),
            "allowed_updates": news.KINDS,
        }
        line.wait_until_forgotten()
    assert laid_down(line) == []
    assert line.progress().error is None

    line.webhook = None  # the setting is taken back
    polls = len(line.polls())
    with line.listening():
        telegram.customer_says(42, "又轮询")
        rows = line.wait_for_rows(4)
        line.wait_until_forgotten()
    assert texts(rows) == ["轮询时", "第一句", "划伤", "又轮询"]
    assert int(line.polls()[polls]["offset"]) == 0  # Telegram knows itself what it has brought


@ON_SQLITE
def test_it_does_presses_and_repeats_once(line: Line, telegram: BotApiServer) -> None:
    line.webhook = WEBHOOK
    with page(line), line.listening():
        telegram.customer_says(42, "你好")
        line.wait_for_rows(1)
        telegram.replay()
        telegram.customer_says(42, "还有个事")
        line.wait_for_rows(2)
        line.wait_until_forgotten()
    assert texts(line.rows()) == ["你好", "还有个事"]
    assert laid_down(line) == []


@ON_SQLITE
def test_it_takes_them_in_the_order_of_their_numbers(line: Line, telegram: BotApiServer) -> None:
    telegram.customer_says(42, "x")
    numbers = [telegram.customer_says(42, text) for text in ("一", "二", "三")]
    waiting = {update["update_id"]: update for update in telegram._world.waiting()}
    telegram._world.unconfirmed = numbers[-1] + 1
    line.webhook = WEBHOOK
    with writing(line.engine) as session:  # as several connections may leave them
        for number in (numbers[2], numbers[0], numbers[1]):
            raw = json.dumps(waiting[number])
            session.add(TelegramUpdate(source=NAME, update_id=number, raw=raw))
        session.add(TelegramUpdate(source="telegram:7", update_id=1, raw="{}"))  # of another bot
    with line.listening():
        rows = line.wait_for_rows(3)
    assert texts(rows) == ["一", "二", "三"]
    assert laid_down(line) == [1]


@ON_SQLITE
def test_what_was_laid_down_is_taken_after_a_change_to_polling(line: Line, telegram: BotApiServer) -> None:
    with page(line):
        telegram.call("setWebhook", url=WEBHOOK.url, secret_token=WEBHOOK.secret)
        telegram.customer_says(42, "趁监听停着")
        line.wait_until_forgotten()
        assert len(laid_down(line)) == 1
    with line.listening():
        telegram.customer_says(42, "后来的")
        rows = line.wait_for_rows(2)
    assert texts(rows) == ["趁监听停着", "后来的"]


@ON_SQLITE
def test_it_says_when_telegram_cannot_reach_the_page_and_recovers(
    line: Line, telegram: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "LOOK_AT_WEBHOOK", 0.1)
    line.webhook = WEBHOOK
    with page(line, Webhook(NAME, WEBHOOK.url, "another")), line.listening():
        telegram.customer_says(42, "你好")
        sentence = f"Telegram cannot bring messages to {WEBHOOK.url}: "
        assert line.wait_for_error() == f"{sentence}Wrong response from the webhook: 403 Forbidden."
        assert laid_down(line) == []
        with page(line):
            assert texts(line.wait_for_rows(1)) == ["你好"]
    assert line.progress().error is None


@ON_SQLITE
def test_it_sets_the_webhook_again_when_somebody_else_has_changed_it(
    line: Line, telegram: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "LOOK_AT_WEBHOOK", 0.1)
    line.webhook = WEBHOOK
    with page(line), line.listening():
        line.wait_for_call("setMyCommands")
        telegram.call("setWebhook", url="https://elsewhere.example/hook")
        world = telegram._world
        with world.news:
            assert world.news.wait_for(lambda: world.webhook["url"] == WEBHOOK.url, PATIENCE)
        telegram.customer_says(42, "你好")
        assert texts(line.wait_for_rows(1)) == ["你好"]


def listen(url: str, folder: Path, telegram: BotApiServer) -> None:
    engine, stop = open_engine(url), Event()
    Timer(60, stop.set).start()  # it is killed long before
    TelegramListener(
        *(engine, FileStore(folder), telegram.token, telegram.url, pressed, POLICY, lambda: None),
        *(lambda: NOW, WEBHOOK),
    ).run(stop)


def serve(url: str, folder: Path, door: socket.socket) -> None:
    app = create_app(open_engine(url), FileStore(folder), POLICY, telegram_webhook=WEBHOOK)
    uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none")).run([door])


@ON_SQLITE
def test_nothing_is_lost_or_doubled_when_page_or_listener_are_killed(
    line: Line, telegram: BotApiServer, tmp_path: Path, database_url: str
) -> None:
    door = socket.create_server(("127.0.0.1", 0))
    telegram.reach(PUBLIC, f"http://127.0.0.1:{door.getsockname()[1]}")
    telegram.call("setWebhook", url=WEBHOOK.url, secret_token=WEBHOOK.secret)
    said = [f"第{number}句" for number in range(6)]
    for text in said:
        telegram.customer_says(42, text)
    line.engine.dispose()
    with door:
        for time in (1, 3):  # after the commit, before the answer
            assert killed_at("update_laid_down", time, partial(serve, database_url, tmp_path / "files", door))
    assert len(laid_down(line)) == 3
    assert len(telegram.pending) == 4  # one was committed twice, and is there once
    line.engine.dispose()
    for point in ("messages_fetched", "messages_kept"):
        assert killed_at(point, 1, partial(listen, database_url, tmp_path / "files", telegram))
    line.webhook = WEBHOOK
    with page(line), line.listening():
        line.wait_for_rows(6)
        line.wait_until_forgotten()
    assert texts(line.rows()) == said
    assert laid_down(line) == []
