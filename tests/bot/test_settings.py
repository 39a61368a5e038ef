"""Wrong settings stop the program with one sentence that names the setting."""

import os
import socket
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest

from bot.main import main
from bot.settings import Settings, SettingsError, load_settings
from casework.policy import Counted
from store.tables import DeadlineKind
from web.told import in_both_languages


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "postgresql://user:geheim@host:port/x"),
        ("DATA_DIR", "/dev/null/data"),
        ("TRUSTED_PROXIES", "127.0.0.1, proxy.example"),
        ("TRUSTED_PROXIES", "*"),
        ("CHAT_ORIGINS", "*"),
        ("CHAT_ORIGINS", "https://www.factory.example/shop"),
        ("CHAT_ORIGINS", "https://www.factory.example, https://x.example; script-src *"),
        ("CHAT_MAIL_AFTER", "0"),
        ("CHAT_MAIL_AFTER", "soon"),
        ("MAILBOXS", "[]"),
        ("LISTEN", "8000"),
        ("LISTEN", "127.0.0.1:99999"),
        ("MAILBOXES", "imap://user:geheim@host/INBOX"),
        ("MAILBOXES", '[{"url": "pop3://user:geheim@host"}]'),
        ("MAILBOXES", '[{"host": "imap.example"}]'),
        ("SMTP_URL", "mail.example:25"),
        ("TELEGRAM_TOKEN", "geheim"),
        ("TELEGRAM_API_URL", "ftp://api.example"),
        ("WECOM_SECRET", "geheim!"),
        ("WECOM_AES_KEY", "geheim"),
        ("WECOM_API_URL", "qyapi.example"),
        ("PUBLIC_URL", "huiyin.example"),
        ("SECRET_KEY", "geheim"),
        ("TIMEZONE", "Beijing"),
        ("CALENDAR", "de"),
        ("WORKING_HOURS", "8-17"),
        ("WORKING_HOURS", "17:30-08:30"),
        ("TARGETS", "complaint=4h"),
        ("TARGETS", "complaint=4h/0h"),
        ("TARGETS", "lunch=1h"),
        ("LANGUAGE", "fr"),
    ],
)
def test_it_names_the_wrong_setting_and_shows_no_secret(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"HUIYIN_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    sentence = str(caught.value)
    assert sentence.startswith(f"HUIYIN_{name} ")
    assert "\n" not in sentence
    assert "geheim" not in sentence
    chinese, english = in_both_languages(sentence)
    assert english == sentence
    assert f"HUIYIN_{name}" in chinese


def test_it_finds_a_misspelt_name_in_the_file_of_settings_and_offers_the_nearest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("HUIYIN_COMPANY=Huadong\nHUIYIN_SMPT_URL=smtp://localhost\nOTHER=1\n")
    with pytest.raises(
        SettingsError, match=r"HUIYIN_SMPT_URL is no setting of ours; the nearest is HUIYIN_SMTP_URL"
    ):
        load_settings()


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("postgresql://u:geheim@127.0.0.1:9/x", "refused"),
        ("sqlite:////dev/null/x.db", "File exists"),
    ],
)
def test_it_stops_with_a_sentence_in_both_languages_when_the_database_cannot_be_used(
    url: str, cause: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUIYIN_DATABASE_URL", url)
    assert main(["cases"]) == 2
    assert main(["doctor"]) == 1  # which says so, too
    chinese, english = capfd.readouterr().err.splitlines()
    assert english.startswith("huiyin: HUIYIN_DATABASE_URL: the database cannot be used: ")
    assert chinese.startswith("huiyin: HUIYIN_DATABASE_URL：数据库无法使用：")
    assert cause in english
    assert "geheim" not in english + chinese


def test_it_stops_with_a_sentence_when_the_address_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        ended = subprocess.run(
            [sys.executable, "-m", "bot.main", "run"],
            env=os.environ | {"HUIYIN_LISTEN": listen, "HUIYIN_DATA_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"huiyin: HUIYIN_LISTEN {listen} ")
    assert ended.stderr.count("\n") == 2  # in both languages


def test_it_never_opens_the_demo_s_database_once_something_real_is_connected(tmp_path: Path) -> None:
    demo = Settings(_env_file=None, data_dir=tmp_path)
    real = Settings(_env_file=None, data_dir=tmp_path, smtp_url="smtp://localhost:25")
    assert demo.is_demo
    assert not real.is_demo
    assert demo.database != real.database


def test_it_stops_with_a_sentence_when_its_key_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("in the way")
    with pytest.raises(SettingsError, match=r"^HUIYIN_DATA_DIR names a folder that cannot be written: .*\.$"):
        Settings(_env_file=None, data_dir=tmp_path).policy()


def test_it_keeps_the_key_it_made(tmp_path: Path) -> None:
    first = Settings(_env_file=None, data_dir=tmp_path).policy().secret_key
    assert first == Settings(_env_file=None, data_dir=tmp_path).policy().secret_key
    assert len(first) >= 32
    assert ((tmp_path / "demo" / "secret_key").stat().st_mode & 0o077) == 0


def test_it_takes_the_company_s_own_targets_hours_and_calendar(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUIYIN_TARGETS", "complaint=4h/2wd, nonconformity=8wh")
    monkeypatch.setenv("HUIYIN_WORKING_HOURS", "09:00-18:00")
    monkeypatch.setenv("HUIYIN_CALENDAR", "weekdays")
    policy = load_settings().policy()
    complaint = policy.reply_targets("complaint")
    assert (complaint.first_reply.amount, complaint.first_reply.counted) == (4, Counted.HOURS)
    assert (complaint.solution.amount, complaint.solution.counted) == (2, Counted.WORKING_DAYS)
    assert policy.matters[DeadlineKind.NONCONFORMITY].counted == Counted.WORKING_HOURS
    assert policy.matters[DeadlineKind.CORRECTIVE_ACTION].clause == "S2 5.7"
    assert policy.reply_targets("inquiry").first_reply.amount == 24
    assert (policy.opens, policy.closes, policy.public_calendar) == (time(9), time(18), False)
