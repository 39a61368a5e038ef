"""The doctor says what is right, what is wrong and what to do, in the office's language; never a secret."""

import json
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.next_steps import STEPS
from bot.main import main
from tests.borders.faulty_line import Answers, FaultyLine
from tests.borders.imap import ImapServer
from tests.borders.smtp import SmtpServer
from tests.office import mail
from web.told import patterns

FAR = datetime.now(UTC) + timedelta(days=1)


@dataclass
class Servers:
    """What the settings name."""

    imap: ImapServer
    smtp: SmtpServer


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Servers]:
    with ExitStack() as stack:
        imap = stack.enter_context(ImapServer())
        smtp = stack.enter_context(SmtpServer("sales", "secret-word"))
        monkeypatch.chdir(tmp_path)
        for name, value in {
            "DATABASE_URL": f"sqlite:///{tmp_path / 'huiyin.db'}",
            "DATA_DIR": str(tmp_path),
            "MAILBOXES": json.dumps([{"url": imap.url}]),
            "SMTP_URL": smtp.url,
            "MAIL_FROM": "sales@factory.example",
            "LANGUAGE": "en",
        }.items():
            monkeypatch.setenv(f"HUIYIN_{name}", value)
        yield Servers(imap, smtp)


def doctor(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    ended = main(["doctor"])
    said = capsys.readouterr()
    assert said.err == ""
    assert not any(secret in said.out for secret in ("invented", "secret-word"))
    return ended, said.out


def test_it_finds_everything_in_order_and_sends_nothing(
    servers: Servers, capsys: pytest.CaptureFixture[str]
) -> None:
    servers.imap.append(mail())
    main(["db", "upgrade"])
    ended, said = doctor(capsys)
    assert ended == 0, said
    assert "✗" not in said
    for sentence in (
        "Its tables are those of this version.",
        "The data folder can be written.",
        "The folder INBOX can be read; mails in it: 1.",
        "The server tells of new mail at once (IDLE).",
        "This machine's clock is not behind the server's.",
        "The mail server takes mail from sales@factory.example to sales@factory.example.",
    ):
        assert f"✓ {sentence}" in said
    assert servers.smtp.mails == []
    assert servers.imap.flags(servers.imap.uids()[0]) == set()


@pytest.mark.parametrize(
    ("name", "value", "wrong", "step"),
    [
        ("MAILBOXES", "imap://sales:mistaken@127.0.0.1:{imap}", "user name or password", "163"),
        ("MAILBOXES", "imap://sales:invented@127.0.0.1:9", "cannot be reached", "firewall"),
        ("MAILBOXES", "imaps://sales:invented@127.0.0.1:{imap}", "No encrypted line", "imaps:// 993"),
        ("MAILBOXES", "imap://sales:invented@127.0.0.1:{imap}/Sales", "there are: INBOX", '"folders"'),
        ("SMTP_URL", "smtp://sales:mistaken@127.0.0.1:{smtp}", "user name or password", "HUIYIN_SMTP_URL"),
        ("SMTP_URL", "smtp://127.0.0.1:9", "cannot be reached", "HUIYIN_SMTP_URL"),
        ("DATABASE_URL", "postgresql://u:secret-word@127.0.0.1:9/x", "cannot be written", "HUIYIN_DATABASE"),
    ],
)
def test_it_says_what_is_wrong_and_what_to_do(
    name: str,
    value: str,
    wrong: str,
    step: str,
    servers: Servers,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    value = value.format(imap=servers.imap.port, smtp=servers.smtp.port)
    monkeypatch.setenv(f"HUIYIN_{name}", json.dumps([{"url": value}]) if name == "MAILBOXES" else value)
    ended, said = doctor(capsys)
    assert ended == 1
    told, _, then = said.partition("✗ ")[2].partition("\n")
    assert wrong in told
    assert step in then.partition("\n")[0]
    assert said.count("✗") == 1  # the rest was looked at all the same


def test_it_says_that_the_sender_is_refused(servers: Servers, capsys: pytest.CaptureFixture[str]) -> None:
    servers.smtp.fail_next("mail", "553 5.7.1 not your address")
    ended, said = doctor(capsys)
    assert ended == 1
    assert "✗ The mail server refuses our address as the sender: 553 5.7.1 not your address" in said
    assert "HUIYIN_MAIL_FROM" in said


def test_it_finds_a_clock_that_is_behind(servers: Servers, capsys: pytest.CaptureFixture[str]) -> None:
    servers.imap.append(mail(), internaldate=FAR)
    ended, said = doctor(capsys)
    assert ended == 1
    assert "✗ The newest mail arrives only in 14" in said


def test_it_speaks_chinese_where_the_office_does(
    servers: Servers, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HUIYIN_LANGUAGE", "zh")
    refused = Answers(b"LOGIN", b"{} NO [AUTHENTICATIONFAILED] no")
    with FaultyLine(servers.imap.port, refused) as line:
        url = servers.imap.url.replace(str(servers.imap.port), str(line.port))
        monkeypatch.setenv("HUIYIN_MAILBOXES", json.dumps([{"url": url}]))
        ended, said = doctor(capsys)
    assert ended == 1
    assert "✗ 邮件服务器不接受用户名或密码" in said
    assert "→ 请检查 HUIYIN_MAILBOXES" in said


def test_it_needs_no_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ended, said = doctor(capsys)
    assert ended == 0
    assert "演示" in said


def test_every_step_belongs_to_a_sentence_that_can_be_told() -> None:
    known = [pattern.pattern.replace("\\", "") for pattern, _ in patterns()]
    for beginning, step in tomllib.loads(STEPS.read_text("utf-8")).items():
        assert any(sentence.startswith(beginning) for sentence in known), beginning
        assert set(step) == {"zh", "en"}
