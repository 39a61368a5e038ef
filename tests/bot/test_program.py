"""The whole program in a process of its own, between real servers: mail, Telegram, WeCom, desk."""

import email
import email.policy
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import pytest
from sqlmodel import col, select

from store.engine import open_engine, reading
from store.tables import Case, Direction, Message
from tests.borders.botapi import BotApiServer
from tests.borders.imap import ImapServer
from tests.borders.smtp import SmtpServer
from tests.borders.wecom import WecomServer
from tests.office import mail

PATIENCE = 30.0  # seconds after which we say that something does not come
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Street:
    """The program and everything around it."""

    mailbox: ImapServer
    smtp: SmtpServer
    telegram: BotApiServer
    wecom: WecomServer
    desk: httpx.Client
    database_url: str
    process: "subprocess.Popen[bytes]"

    def cases(self) -> list[Case]:
        engine = open_engine(self.database_url)
        with reading(engine) as session:
            found = list(session.exec(select(Case).order_by(col(Case.id))))
        engine.dispose()
        return found

    def inbound(self) -> list[Message]:
        engine = open_engine(self.database_url)
        with reading(engine) as session:
            wanted = select(Message).where(col(Message.direction) == Direction.IN).order_by(col(Message.id))
            found = list(session.exec(wanted))
        engine.dispose()
        return found

    def until_inbound(self, count: int) -> list[Message]:
        """What customers have said, once there is so much of it."""
        _until(lambda: len(self.inbound()) >= count, f"fewer than {count} messages came in")
        return self.inbound()

    def answer(self, number: str, text: str) -> None:
        """Reply on the case's page, as a salesperson does."""
        page = self.desk.get(f"/desk/cases/{number}")
        assert page.status_code == 200, page.text
        (seen,) = set(re.findall(r'name="seen" value="(\d+)"', page.text))
        done = self.desk.post(f"/desk/cases/{number}/reply", data={"seen": seen, "text": text})
        assert done.status_code == 303, done.text


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    with ImapServer() as mailbox, SmtpServer() as smtp, BotApiServer() as telegram, WecomServer() as wecom:
        listen = f"127.0.0.1:{_free_port()}"
        url = f"sqlite:///{tmp_path / 'huiyin.db'}"
        environment = os.environ | {
            "HUIYIN_DATABASE_URL": url,
            "HUIYIN_DATA_DIR": str(tmp_path),
            "HUIYIN_LISTEN": listen,
            "HUIYIN_MAILBOXES": json.dumps([{"url": mailbox.url}]),
            "HUIYIN_SMTP_URL": smtp.url,
            "HUIYIN_MAIL_FROM": "sales@factory.example",
            "HUIYIN_TELEGRAM_TOKEN": telegram.token,
            "HUIYIN_TELEGRAM_API_URL": telegram.url,
            **{f"HUIYIN_WECOM_{name.upper()}": value for name, value in asdict(wecom.account).items()},
        }
        command = [sys.executable, "-m", "bot.main"]
        hire = [*command, "user", "add", "lin", "--role", "sales", "--password-stdin"]
        subprocess.run(hire, env=environment, input=PASSWORD.encode(), check=True, capture_output=True)
        process = subprocess.Popen([*command, "run"], env=environment, cwd=tmp_path)
        origin = f"http://{listen}"
        with httpx.Client(base_url=origin, headers={"Origin": origin}, timeout=PATIENCE) as desk:
            _until(lambda: _is_served(desk), "the program does not serve its pages")
            desk.post("/sign-in", data={"name": "lin", "password": PASSWORD})
            yield Street(mailbox, smtp, telegram, wecom, desk, url, process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_it_answers_a_mail_and_files_the_customer_s_answer_in_the_same_case(street: Street) -> None:
    street.mailbox.append(mail())
    (receipt,) = street.smtp.wait_for(1, PATIENCE)
    assert parsed(receipt.raw)["Auto-Submitted"] == "auto-replied"
    assert "HY-000001" in street.desk.get("/desk").text

    street.answer("HY-000001", "单价 12.5 元，交期 15 天。")
    _, answer = street.smtp.wait_for(2, PATIENCE)
    letter = parsed(answer.raw)
    assert answer.envelope_to == ("limin@kaimai.example",)
    assert answer.envelope_from == "sales@factory.example"
    assert letter["In-Reply-To"] == "<1@kaimai.example>"
    assert "[HY-000001]" in letter["Subject"]

    threaded = f"In-Reply-To: {letter['Message-ID']}\r\n"
    street.mailbox.append(mail(text="好的，请安排。", message_id="<2@kaimai.example>", headers=threaded))
    street.until_inbound(2)
    assert len(street.cases()) == 1

    stranger = "Mallory <m@elsewhere.example>"
    street.mailbox.append(
        mail(sender=stranger, subject="Re: [HY-000001]", message_id="<3@x.example>", headers=threaded)
    )
    street.until_inbound(3)
    first, second = street.cases()
    assert first.customer_id != second.customer_id


def test_it_starts_the_demo_beside_a_user_who_was_there_first(tmp_path: Path) -> None:
    listen = f"127.0.0.1:{_free_port()}"
    environment = os.environ | {"HUIYIN_DATA_DIR": str(tmp_path), "HUIYIN_LISTEN": listen}
    command = [sys.executable, "-m", "bot.main"]
    hire = [*command, "user", "add", "lin", "--role", "sales", "--password-stdin"]
    subprocess.run(hire, env=environment, input=PASSWORD.encode(), check=True, capture_output=True)
    process = subprocess.Popen([*command, "run"], env=environment, cwd=tmp_path)
    origin = f"http://{listen}"
    with httpx.Client(base_url=origin, headers={"Origin": origin}, timeout=PATIENCE) as desk:
        _until(lambda: _is_served(desk), "the demo does not serve its pages")
        password = (tmp_path / "demo" / "password").read_text()
        desk.post("/sign-in", data={"name": "demo", "password": password})
        # Its customer wrote twice before our receipt was made: the answer must go out all the same.
        page = desk.get("/desk/cases/HY-000001")
        (seen,) = set(re.findall(r'name="seen" value="(\d+)"', page.text))
        done = desk.post("/desk/cases/HY-000001/reply", data={"seen": seen, "text": "已收到，稍后报价。"})
        assert done.status_code == 303
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0


def test_it_answers_on_telegram_and_ignores_updates_it_has_seen(street: Street) -> None:
    street.telegram.customer_says(4242, "你好，轴承座 500 件能报个价吗？")
    (receipt,) = street.telegram.wait_for_sent(1, PATIENCE)
    assert receipt.chat_id == 4242
    assert "HY-000001" in receipt.text

    street.answer("HY-000001", "可以，单价 12.5 元。")
    _, answer = street.telegram.wait_for_sent(2, PATIENCE)
    assert answer.text.strip() == "可以，单价 12.5 元。"

    street.telegram.replay()
    street.telegram.customer_says(4242, "好的，那就订 500 件")
    street.until_inbound(2)
    (case,) = street.cases()
    assert case.number == "HY-000001"
    assert len(street.inbound()) == 2
    assert len(street.telegram.sent) == 2


def test_it_answers_on_wecom(street: Street) -> None:
    street.wecom.customer_says("wm-1", "你好，轴承座 500 件能报个价吗？")
    assert street.wecom.call_back(str(street.desk.base_url)).status_code == 200
    _until(lambda: len(street.wecom.sent) == 1, "no receipt came")
    assert "HY-000001" in street.wecom.sent[0].text

    street.answer("HY-000001", "可以，单价 12.5 元。")
    _until(lambda: len(street.wecom.sent) == 2, "no answer came")
    assert street.wecom.sent[1].text == "可以，单价 12.5 元。"


def test_it_answers_in_the_web_chat(street: Street) -> None:
    with httpx.Client(base_url=street.desk.base_url, headers=street.desk.headers, timeout=60) as visitor:
        page = visitor.get("/chat").text
        (number,) = re.findall(r'name="number" value="([^"]+)"', page)
        for _ in range(2):  # the same line again, as an impatient browser sends it
            visitor.post("/chat", data={"number": number, "text": "法兰 20 件，请报价", "name": "陈工"})
        street.until_inbound(1)
        street.answer("HY-000001", "单价 80 元。")
        _until(lambda: "单价 80 元。" in visitor.get("/chat").text, "the answer is not in the chat")
    assert len(street.inbound()) == 1


def parsed(raw: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_served(desk: httpx.Client) -> bool:
    try:
        return desk.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


def _until(comes_true: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + PATIENCE
    while not comes_true():
        assert time.monotonic() < end, otherwise
        time.sleep(0.05)
