"""WeCom's settings: all of them or none; and the doctor tries them out."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.main import main
from bot.settings import SettingsError, load_settings
from tests.borders.wecom import WecomServer
from tests.borders.wecom_world import SECRET
from web.told import in_both_languages


@pytest.fixture
def wecom(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[WecomServer]:
    """A WeCom that the settings name."""
    monkeypatch.chdir(tmp_path)
    with WecomServer() as wecom:
        for name, value in asdict(wecom.account).items():
            monkeypatch.setenv(f"HUIYIN_WECOM_{name.upper()}", value)
        monkeypatch.setenv("HUIYIN_LANGUAGE", "en")
        yield wecom


def test_it_takes_them_whole(wecom: WecomServer) -> None:
    settings = load_settings()
    assert settings.wecom == wecom.account
    assert not settings.is_demo
    assert SECRET not in repr(settings)


def test_it_takes_no_part_of_them(wecom: WecomServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CORP_ID", "SECRET", "OPEN_KFID", "TOKEN", "AES_KEY"):
        with monkeypatch.context() as less:
            less.delenv(f"HUIYIN_WECOM_{name}")
            with pytest.raises(SettingsError) as caught:
                load_settings()
        chinese, english = in_both_languages(str(caught.value))
        assert english.startswith(f"HUIYIN_WECOM_{name} is missing: WeCom needs it with HUIYIN_WECOM_")
        assert chinese.startswith(f"缺少 HUIYIN_WECOM_{name}")


def doctor(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    ended = main(["doctor"])
    said = capsys.readouterr().out
    assert SECRET not in said
    return ended, said


def test_the_doctor_tries_them_out(
    wecom: WecomServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["db", "upgrade"])
    ended, said = doctor(capsys)
    assert ended == 0, said
    for sentence in (
        "✓ WeCom takes our company and secret.",
        "✓ The customer service account is there.",
        "! WeCom calls back only at an https:// address",
    ):
        assert sentence in said
    assert wecom.sent == []
    assert wecom.calls("kf/sync_msg") == []

    monkeypatch.setenv("HUIYIN_WECOM_OPEN_KFID", "wk-another")
    monkeypatch.setenv("HUIYIN_PUBLIC_URL", "https://huiyin.example")
    wecom.fail_next("kf/account/list", 60020, "not allow to access from your ip")
    assert "✗ WeCom does not trust this server's address" in doctor(capsys)[1]
    ended, said = doctor(capsys)
    assert (ended, "✗ WeCom does not know the customer service account" in said) == (1, True)
    monkeypatch.setenv("HUIYIN_WECOM_OPEN_KFID", wecom.account.open_kfid)
    assert "✓ WeCom is to call back at https://huiyin.example/wecom/callback." in doctor(capsys)[1]
    monkeypatch.setenv("HUIYIN_WECOM_SECRET", "another")
    assert "✗ WeCom refuses our secret; check HUIYIN_WECOM_CORP_ID" in doctor(capsys)[1]


def test_the_doctor_says_that_it_needs_the_database(
    wecom: WecomServer, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, said = doctor(capsys)
    assert (ended, "run huiyin db upgrade first" in said) == (1, True)
