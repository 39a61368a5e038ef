"""The webhook's secret: what it may be, and what it needs."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings
from intake.telegram import Webhook
from web.told import in_both_languages


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_it_takes_the_webhook_where_telegram_can_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYIN_TELEGRAM_TOKEN", "123456:ABC")
    assert load_settings().telegram_webhook is None
    monkeypatch.setenv("HUIYIN_TELEGRAM_WEBHOOK_SECRET", "Ab_-1" * 50)
    for url in ("https://huiyin.example", "https://huiyin.example:8443/under"):
        monkeypatch.setenv("HUIYIN_PUBLIC_URL", url)
        settings = load_settings()
        assert settings.telegram_webhook == Webhook("telegram:123456", f"{url}/telegram", "Ab_-1" * 50)
        assert "Ab_-1" not in repr(settings) + repr(settings.telegram_webhook)


@pytest.mark.parametrize(
    ("values", "english", "chinese"),
    [
        ({"SECRET": "a b"}, "must be 1 to 256 letters, digits, - and _", "字母"),
        ({"SECRET": "é"}, "must be 1 to 256 letters, digits, - and _", "字母"),
        ({"SECRET": "a" * 257}, "must be 1 to 256 letters, digits, - and _", "字母"),
        ({"URL": "http://huiyin.example"}, "HUIYIN_PUBLIC_URL to be an https:// address", "https:// 地址"),
        ({"URL": ""}, "HUIYIN_PUBLIC_URL to be an https:// address", "https:// 地址"),
        ({"URL": "https://huiyin.example:x"}, "port 443, 80, 88 or 8443", "8443"),
        ({"URL": "https://huiyin.example:9000"}, "port 443, 80, 88 or 8443", "8443"),
        ({"TOKEN": ""}, "needs HUIYIN_TELEGRAM_TOKEN", "需要同时设置"),
    ],
)
def test_it_says_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], english: str, chinese: str
) -> None:
    given = {"SECRET": "s3cret", "URL": "https://huiyin.example", "TOKEN": "123456:ABC"} | values
    monkeypatch.setenv("HUIYIN_TELEGRAM_WEBHOOK_SECRET", given["SECRET"])
    monkeypatch.setenv("HUIYIN_PUBLIC_URL", given["URL"])
    monkeypatch.setenv("HUIYIN_TELEGRAM_TOKEN", given["TOKEN"])
    with pytest.raises(SettingsError) as caught:
        load_settings()
    told = in_both_languages(str(caught.value))
    assert chinese in told[0]
    assert english in told[1]
    assert "HUIYIN_TELEGRAM_WEBHOOK_SECRET" in told[0]
