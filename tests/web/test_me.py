"""What each of our people chooses: language, zone, how notices come, duty."""

import re

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from casework.own_chats import tie, who_says
from store.engine import reading, writing
from store.tables import AuditLog, User
from tests.web.conftest import Browser, on_both
from tests.web.filled import NOW, POLICY

pytestmark = on_both
CHOSEN = {
    "language": "en",
    "timezone": "America/New_York",
    "email": "wang@factory.example",
    "mail_notices": "true",
}


def me(engine: Engine) -> User:
    with reading(engine) as session:
        return session.get_one(User, 1)


def test_it_keeps_what_was_chosen_and_goes_by_it(wang: httpx.Client, engine: Engine) -> None:
    for _time in range(2):
        assert wang.post("/desk/me", data=CHOSEN).headers["location"] == "/desk/me?saved=1"
    user = me(engine)
    assert (user.language, user.timezone, user.email) == ("en", "America/New_York", "wang@factory.example")
    assert (user.mail_notices, user.on_duty) == (True, False)
    page = wang.get("/desk/me?saved=1").text
    assert "It is 2026-11-19 21:30 now." in page
    assert '<option value="Asia/Shanghai">' in page
    with reading(engine) as session:
        (line,) = session.exec(select(AuditLog).where(col(AuditLog.action) == "preferences_changed"))
    assert "wang@factory.example" not in str(line.details)
    assert sorted(line.details["changed"]) == ["email", "language", "on_duty", "timezone"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"timezone": "Mars/Olympus"}, "不是时区"),
        ({"timezone": "../../etc/passwd"}, "不是时区"),
        ({"email": "nobody"}, "不是邮件地址"),
        ({"email": ""}, "请填写邮箱"),
    ],
)
def test_it_says_what_cannot_be_kept(
    wang: httpx.Client, engine: Engine, changes: dict[str, str], problem: str
) -> None:
    answer = wang.post("/desk/me", data=CHOSEN | changes)
    assert (answer.status_code, problem in answer.text) == (422, True)
    assert (me(engine).timezone, me(engine).email) == (None, None)


def test_an_address_can_be_kept_without_mail_to_it(wang: httpx.Client, engine: Engine) -> None:
    quiet = {name: value for name, value in CHOSEN.items() if name != "mail_notices"}
    assert wang.post("/desk/me", data=quiet).status_code == 303
    assert (me(engine).email, me(engine).mail_notices) == ("wang@factory.example", False)


def test_it_is_for_everybody_and_for_nobody_else(browser: Browser, stranger: httpx.Client) -> None:
    for name in ("王芳", "赵敏", "Grace Lin"):
        assert browser(name).get("/desk/me").status_code == 200
    assert stranger.get("/desk/me").status_code == 303


def test_it_ties_and_unties_a_chat(wang: httpx.Client, engine: Engine) -> None:
    page = wang.get("/desk/me").text
    line = re.search(r"/me [\w.]+", page)
    assert line is not None
    assert who_says(line[0], NOW, POLICY) == 1
    with writing(engine) as session:
        tie(session, session.get_one(User, 1), "77", NOW)
    page = wang.get("/desk/me").text
    assert "/me 1." not in page
    assert "您的 Telegram 已绑定" in page
    assert wang.post("/desk/me", data=CHOSEN | {"chat_notices": "true"}).status_code == 303
    assert me(engine).chat_notices
    assert wang.post("/desk/me/untie").status_code == 303
    assert (me(engine).chat, me(engine).chat_notices) == (None, False)
    assert wang.post("/desk/me", data=CHOSEN | {"chat_notices": "true"}).status_code == 422
