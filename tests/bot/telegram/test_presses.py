"""A survey answered by buttons in Telegram: the letter, the presses, and what others cannot do."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.deliver import Deliverer
from bot.telegram.sender import TelegramSender
from store.engine import writing
from store.listeners import advance
from store.tables import Channel, IncomingState, SurveyInvitation, SurveyResponse
from survey.answering.by_buttons import Shown
from tests.borders.botapi import BotApiServer
from tests.borders.botapi_world import Sent
from tests.bot.in_thread import PATIENCE
from tests.bot.telegram.listening import NAME, Line
from tests.bot.telegram.test_listener import KILLED
from tests.survey.people import BEST, POLICY, add_customer, later, start_campaign

STRANGER = 43
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def asked(line: Line, telegram: BotApiServer, engine: Engine) -> Sent:
    """The letter that a customer in chat 42 has been sent."""
    for chat in (42, STRANGER):
        telegram.customer_says(chat, "你好")
    with writing(engine) as session:
        add_customer(session, "凯迈", (Channel.TELEGRAM, "42"))
    start_campaign(engine)
    sender = TelegramSender(telegram.token, telegram.url, line.files)
    deliverer = Deliverer(engine, {Channel.TELEGRAM: sender}, POLICY, later)
    deliverer.deliver_all()
    deliverer.close()
    (sent,) = telegram.sent
    return sent


def marks(sent: Sent) -> dict[str, str]:
    return {button["text"]: button["callback_data"] for row in sent.buttons for button in row}


class Customer:
    """Presses what stands in the chat, and waits for what comes of it."""

    def __init__(self, line: Line, telegram: BotApiServer, sent: Sent) -> None:
        self.line, self.telegram, self.sent = line, telegram, sent

    def sees(self) -> Sent:
        return next(one for one in self.telegram.sent if one.message_id == self.sent.message_id)

    def presses(self, label: str) -> Sent:
        return self.brings_back(marks(self.sees())[label])

    def brings_back(self, mark: str) -> Sent:
        asked = len(self.answers())
        self.telegram.customer_presses(self.sent, mark)
        world = self.telegram._world
        with world.news:
            assert world.news.wait_for(lambda: len(self.answers()) > asked, PATIENCE)
        return self.sees()

    def answers(self) -> list[str]:
        """The words said to each press, in order."""
        calls = self.telegram.calls
        return [str(params.get("text", "")) for method, params in calls if method == "answerCallbackQuery"]


def test_it_is_answered_by_buttons_from_the_first_point_to_thanks(
    line: Line, telegram: BotApiServer, engine: Engine, asked: Sent
) -> None:
    assert "https://echo.example/survey/" in asked.text
    assert asked.text.endswith("1/7  产品质量状况")
    assert list(marks(asked)) == ["最佳", "良好", "及格", "不及格"]
    assert all(len(mark.encode()) <= 64 for mark in marks(asked).values())
    customer = Customer(line, telegram, asked)
    with line.listening():
        second = customer.presses("最佳")
        assert second.text.startswith("2/7  交货及时状况")
        again = customer.brings_back(marks(asked)["最佳"])  # pressed twice
        assert again.text == second.text
        assert "✓ 最佳" in marks(customer.presses("← 上一项"))
        assert customer.presses("良好").text == second.text  # the last one, changed
        for _ in range(6):
            end = customer.presses("最佳")
        assert "产品质量状况: 良好" in end.text
        assert "https://echo.example/survey/" in end.text
        assert list(marks(end)) == ["提交评价", "← 上一项"]
        thanks = customer.presses("提交评价")
        assert (thanks.text[:4], thanks.buttons) == ("谢谢您！", [])
        customer.brings_back(marks(end)["提交评价"])  # late
        assert customer.answers()[-1] == "您已提交过评价，以那一次为准。"
        customer.brings_back(marks(asked)["不及格"])
    with writing(engine) as session:
        (response,) = session.exec(select(SurveyResponse)).all()
        invitation = session.get_one(SurveyInvitation, response.invitation_id)
    assert (response.source, response.score) == ("telegram", 96.0)
    assert response.answers == BEST | {"quality": "good"}
    assert invitation.begun is None
    kept = [row for row in line.rows() if row.state == IncomingState.IGNORED]
    assert len(kept) == 13  # every press, as it came


@ON_SQLITE
def test_it_takes_nothing_from_another_chat_and_nothing_made_up(
    line: Line, telegram: BotApiServer, engine: Engine, asked: Sent
) -> None:
    theirs = Sent(STRANGER, asked.text, asked.message_id, "sendMessage", {})
    stranger = Customer(line, telegram, theirs)
    hostile = [
        *(marks(asked)["不及格"], "survey:1:send"),
        *("survey:1:99=0", "survey:1:0=99", "survey:" + "9" * 50, "", "💥"),
    ]
    with line.listening():
        for mark in hostile:
            stranger.brings_back(mark)
        own = Customer(line, telegram, asked)
        for mark in hostile[2:]:
            own.brings_back(mark)
        own.brings_back("survey:1:send")  # too early
        assert own.answers()[-1] == "还没有选择"
    assert stranger.answers()[0] == "这个按钮已不能用。"
    with writing(engine) as session:
        assert session.get_one(SurveyInvitation, 1).begun is None
        assert session.exec(select(SurveyResponse)).all() == []


@ON_SQLITE
def test_it_does_a_press_once_however_often_telegram_tells_of_it(
    line: Line, telegram: BotApiServer, engine: Engine, asked: Sent
) -> None:
    customer = Customer(line, telegram, asked)
    with line.listening():
        customer.presses("不及格")
        customer.presses("← 上一项")
        customer.presses("最佳")
        line.wait_until_forgotten()
    with writing(engine) as session:
        advance(session, NAME, 0)
    telegram.replay()
    telegram.customer_says(42, "还有个事")
    with line.listening():
        line.wait_until_forgotten()
    with writing(engine) as session:
        begun = session.get_one(SurveyInvitation, 1).begun
    assert begun is not None
    assert begun["choices"] == {"quality": "best"}


@ON_SQLITE
@pytest.mark.parametrize("when", ["before", "after"])
def test_it_does_a_press_once_when_killed(
    line: Line,
    telegram: BotApiServer,
    engine: Engine,
    asked: Sent,
    tmp_path: Path,
    database_url: str,
    when: str,
) -> None:
    telegram.customer_presses(asked, marks(asked)["及格"])
    arguments = [database_url, str(tmp_path / "files"), telegram.token, telegram.url, when]
    killed = subprocess.run([sys.executable, "-c", KILLED, *arguments], timeout=PATIENCE, check=False)
    assert killed.returncode == -9
    kept = len(line.rows())
    assert kept == (3 if when == "after" else 0)
    with line.listening():
        line.wait_until_forgotten()
        assert len(line.rows()) == 3
        shown = Customer(line, telegram, asked).brings_back(
            marks(asked)["及格"]
        )  # pressed again: nothing new
    assert shown.text.startswith("2/7")
    with writing(engine) as session:
        begun = session.get_one(SurveyInvitation, 1).begun
    assert begun is not None
    assert begun["choices"] == {"quality": "fair"}


@ON_SQLITE
def test_it_sets_a_press_aside_that_the_program_stumbles_over(
    line: Line, telegram: BotApiServer, asked: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> Shown:
        raise ZeroDivisionError

    listener = line.listener()
    monkeypatch.setattr(listener, "keeper", replace(listener.keeper, press=stumble))
    monkeypatch.setattr(line, "listener", lambda: listener)
    telegram.customer_presses(asked, marks(asked)["最佳"])
    telegram.customer_says(42, "还有个事")
    with line.listening():
        line.wait_until_forgotten()
    states = [row.state for row in line.rows()]
    assert states.count(IncomingState.QUARANTINED) == 1
    assert states.count(IncomingState.NEW) == 3
