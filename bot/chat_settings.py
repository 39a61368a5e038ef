"""The settings of the chats: Telegram, WeCom and our own web chat; and where we ourselves are reached."""

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode

from intake.telegram import SECRET, Webhook
from intake.wecom import Wecom, key_of

WEBHOOK_PORTS = ("", "443", "80", "88", "8443")
WECOM_PARTS = ("corp_id", "secret", "open_kfid", "token", "aes_key")
WECOM_WORD = re.compile(r"[0-9A-Za-z_-]{1,64}")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?")  # nothing that could end the header it stands in


class SettingsError(Exception):
    """A setting is wrong; the message is one sentence that names it."""


class ChatSettings(BaseSettings):
    """What the chats need to know; a part of the settings."""

    public_url: str = ""
    telegram_token: str = Field(default="", repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_secret: str = Field(default="", repr=False)
    telegram_per_second: int = 25
    wecom_corp_id: str = ""
    wecom_secret: str = Field(default="", repr=False)
    wecom_open_kfid: str = ""
    wecom_token: str = Field(default="", repr=False)
    wecom_aes_key: str = Field(default="", repr=False)
    wecom_api_url: str = "https://qyapi.weixin.qq.com"
    chat_origins: Annotated[list[str], NoDecode] = Field(default_factory=list)
    chat_mail_after: int = 10

    @property
    def telegram_webhook(self) -> Webhook | None:
        """Where Telegram brings its updates, if it does; SettingsError if it could not."""
        if not self.telegram_webhook_secret:
            return None
        if not self.telegram_token:
            raise SettingsError("HUIYIN_TELEGRAM_WEBHOOK_SECRET needs HUIYIN_TELEGRAM_TOKEN.")
        address = urlsplit(self.public_url)
        if address.scheme != "https" or address.netloc.partition(":")[2] not in WEBHOOK_PORTS:
            raise SettingsError(
                "HUIYIN_TELEGRAM_WEBHOOK_SECRET needs HUIYIN_PUBLIC_URL to be an https:// address "
                "on port 443, 80, 88 or 8443: Telegram brings messages to no other."
            )
        bot = self.telegram_token.partition(":")[0]
        return Webhook(f"telegram:{bot}", f"{self.public_url}/telegram", self.telegram_webhook_secret)

    @property
    def wecom(self) -> Wecom | None:
        """The customer service account; SettingsError if only a part of it is given."""
        parts = {name: getattr(self, f"wecom_{name}") for name in WECOM_PARTS}
        if not any(parts.values()):
            return None
        if missing := next((name for name, value in parts.items() if not value), None):
            others = ", ".join(f"HUIYIN_WECOM_{name.upper()}" for name in WECOM_PARTS if name != missing)
            raise SettingsError(f"HUIYIN_WECOM_{missing.upper()} is missing: WeCom needs it with {others}.")
        return Wecom(**parts, api_url=self.wecom_api_url)

    @field_validator("chat_origins", mode="before")
    @classmethod
    def _listed_origins(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        listed = [item.strip().rstrip("/").lower() for item in value.split(",") if item.strip()]
        for item in listed:
            if not _ORIGIN.fullmatch(item):
                raise ValueError(
                    f"must list origins by commas, such as https://www.factory.example, not {item!r}"
                )
        return listed

    @field_validator("chat_mail_after", mode="before")
    @classmethod
    def _minutes(cls, value: Any) -> Any:
        if not str(value).isdecimal() or not 0 < int(str(value)[:9]) <= 7 * 24 * 60:
            raise ValueError("must be minutes, 1 to 10080")
        return value

    @field_validator("telegram_api_url", "wecom_api_url", "public_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise ValueError("must start with http:// or https://")
        return url.rstrip("/")

    @field_validator("telegram_token")
    @classmethod
    def _bot_token(cls, token: str) -> str:
        if token and not token.partition(":")[0].isdecimal():
            raise ValueError("must look like 123456:ABC…, as BotFather gave it")
        return token

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _telegrams_secret(cls, secret: str) -> str:
        if secret and not SECRET.fullmatch(secret):
            raise ValueError("must be 1 to 256 letters, digits, - and _, made up by you")
        return secret

    @field_validator("telegram_per_second", mode="before")
    @classmethod
    def _per_second(cls, value: Any) -> Any:
        if not str(value).isdecimal() or not 0 < int(str(value)[:9]) <= 1_000:
            raise ValueError("must be messages a second, 1 to 1000")
        return value

    @field_validator("wecom_corp_id", "wecom_secret", "wecom_open_kfid", "wecom_token")
    @classmethod
    def _of_wecom(cls, word: str) -> str:
        if word and not WECOM_WORD.fullmatch(word):
            raise ValueError("must be copied from WeCom as it is: letters, digits, - and _")
        return word

    @field_validator("wecom_aes_key")
    @classmethod
    def _encoding_aes_key(cls, key: str) -> str:
        try:
            key and key_of(key)
        except ValueError as problem:
            raise ValueError("must be the 43 letters and digits of WeCom's EncodingAESKey") from problem
        return key
