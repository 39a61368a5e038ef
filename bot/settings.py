"""The settings, from the environment or a `.env` file, checked before anything starts."""

import difflib
import ipaddress
import json
import os
import secrets
from contextlib import suppress
from datetime import time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    SettingsConfigDict,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.chat_settings import ChatSettings, SettingsError
from casework.own_targets import own_targets
from casework.policy import Policy
from casework.preferences import ADDRESS
from intake.mailbox_entry import SHAPE, Mailbox, read_entry
from intake.oauth import OAuth

__all__ = ["Settings", "SettingsError", "load_settings"]
SECRET_KEY_LENGTH = 32


class Settings(ChatSettings):
    """Every setting there is. In the environment each name bears the prefix HUIYIN_."""

    model_config = SettingsConfigDict(env_prefix="HUIYIN_", env_file=".env", extra="ignore")

    database_url: str = ""
    data_dir: Path = Path("data")
    listen: str = "127.0.0.1:8000"
    trusted_proxies: Annotated[list[str], NoDecode] = Field(default_factory=list)
    mailboxes: Annotated[list[Mailbox], NoDecode] = Field(default_factory=list)
    smtp_url: str = ""
    mail_from: str = ""
    secret_key: str = Field(default="", repr=False)
    timezone: str = "Asia/Shanghai"
    calendar: str = "china"
    working_hours: str = "08:30-17:30"
    targets: str = ""
    language: str = "zh"
    company: str = ""
    round_robin: bool = False

    @property
    def is_demo(self) -> bool:
        """Nothing real is connected: sample mail, nothing leaves the machine."""
        return not (self.mailboxes or self.telegram_token or self.wecom_corp_id or self.smtp_url)

    @cached_property
    def home(self) -> Path:
        """Where database and files live; a real start never opens the demo's."""
        return self.data_dir / "demo" if self.is_demo else self.data_dir

    @property
    def lexicon(self) -> Path:
        """The company's own words, and the weights learned from its corrections."""
        return self.data_dir / "lexicon"

    @property
    def database(self) -> str:
        """The database's URL, SQLite in the data folder by default."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'huiyin.db'}"

    @property
    def host(self) -> str:
        return self.listen.rpartition(":")[0]

    @property
    def port(self) -> int:
        return int(self.listen.rpartition(":")[2])

    @property
    def smtp_oauth(self) -> OAuth | None:
        """How the SMTP user signs in where its mailbox does so by OAuth2."""
        user = unquote(urlsplit(self.smtp_url).username or "")
        return next((mailbox.oauth for mailbox in self.mailboxes if mailbox.user == user), None)

    def policy(self) -> Policy:
        """What the rules need of the settings."""
        sender = self.mail_from or _user_of(self.smtp_url) or "sales@huiyin-demo.example"
        if self.smtp_url and sender == "sales@huiyin-demo.example":
            raise SettingsError("HUIYIN_MAIL_FROM must name the address that we send from.")
        opens, closes = _hours(self.working_hours)
        replies, matters = own_targets(self.targets)
        return Policy(
            company=self.company or ("回音演示公司" if self.is_demo else sender.rpartition("@")[2]),
            mail_from=sender,
            mail_servers=tuple({mailbox.authserv for mailbox in self.mailboxes if mailbox.authserv}),
            public_url=self.public_url or f"http://{self._reached_at()}",
            timezone=ZoneInfo(self.timezone),
            public_calendar=self.calendar == "china",
            opens=opens,
            closes=closes,
            replies=replies,
            matters=matters,
            language=self.language,
            round_robin=self.round_robin,
            chat_mail_after=timedelta(minutes=self.chat_mail_after),
            secret_key=self._secret().encode(),
        )

    def _reached_at(self) -> str:
        """Where a browser on this machine finds us; "every address" is none to go to."""
        return f"127.0.0.1:{self.port}" if self.host in ("0.0.0.0", "[::]") else self.listen  # noqa: S104

    def _secret(self) -> str:
        """The key that signs links and Message-IDs: the setting, else one made once and kept beside the data.

        A new one at every start would void every link that customers hold.
        """
        if self.secret_key:
            return self.secret_key
        path = self.home / "secret_key"
        try:
            if not path.exists():
                self._make_key(path)
            key = path.read_text().strip()
        except OSError as problem:
            raise SettingsError(
                f"HUIYIN_DATA_DIR names a folder that cannot be written: {self.home} ({problem.strerror})."
            ) from problem
        if len(key) < SECRET_KEY_LENGTH:
            raise SettingsError(f"HUIYIN_SECRET_KEY: the key in {path} is damaged; restore the file.")
        return key

    def _make_key(self, path: Path) -> None:
        """Make it whole or not at all: two processes may start at once, and either may be killed."""
        self.home.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret_key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(SECRET_KEY_LENGTH))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        try:
            url and make_url(url)
        except (ArgumentError, ValueError) as problem:
            raise ValueError("must be postgresql://user:password@host:port/name") from problem
        return url

    @field_validator("data_dir")
    @classmethod
    def _writable_folder(cls, folder: Path) -> Path:
        nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK):
            raise ValueError(f"names a folder that cannot be written: {folder}")
        return folder

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, listen: str) -> str:
        host, _, port = listen.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise ValueError("must be HOST:PORT, such as 127.0.0.1:8000")
        return listen

    @field_validator("mailboxes", mode="before")
    @classmethod
    def _listed_mailboxes(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            listed = json.loads(value or "[]")
        except json.JSONDecodeError as problem:
            raise ValueError(
                f"must be a JSON list, but {problem.msg} at character {problem.pos}"
            ) from problem
        if not isinstance(listed, list) or not all(
            isinstance(item, dict) and "url" in item for item in listed
        ):
            raise ValueError(f"must be a JSON list of {SHAPE}")
        return [mailbox for item in listed for mailbox in read_entry(item)]

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _listed_proxies(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        listed = [item.strip() for item in value.split(",") if item.strip()]
        for item in listed:
            try:
                ipaddress.ip_network(item)
            except ValueError as problem:
                raise ValueError(
                    f"must list addresses or networks by commas, such as 127.0.0.1,10.0.0.0/8, not {item!r}"
                ) from problem
        return listed

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, url: str) -> str:
        if url and (urlsplit(url).scheme not in ("smtp", "smtps") or not urlsplit(url).hostname):
            raise ValueError("must be smtp://user:password@host:port or smtps://…")
        return url

    @field_validator("mail_from")
    @classmethod
    def _bare_address(cls, address: str) -> str:
        if address and not ADDRESS.fullmatch(address):
            raise ValueError("must be a bare address, such as sales@factory.example")
        return address

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, key: str) -> str:
        if key and len(key) < SECRET_KEY_LENGTH:
            raise ValueError(f"must have at least {SECRET_KEY_LENGTH} characters")
        return key

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as problem:
            raise ValueError(f"{name!r} is no time zone; write one such as Asia/Shanghai") from problem
        return name

    @field_validator("calendar")
    @classmethod
    def _known_calendar(cls, calendar: str) -> str:
        if calendar not in ("china", "weekdays"):
            raise ValueError("must be china or weekdays")
        return calendar

    @field_validator("working_hours")
    @classmethod
    def _from_to(cls, hours: str) -> str:
        try:
            opens, closes = _hours(hours)
        except ValueError:
            opens = closes = time()
        if opens >= closes:
            raise ValueError("must be HH:MM-HH:MM within a day, such as 08:30-17:30")
        return hours

    @field_validator("targets")
    @classmethod
    def _known_targets(cls, targets: str) -> str:
        own_targets(targets)
        return targets

    @field_validator("language")
    @classmethod
    def _known_language(cls, language: str) -> str:
        if language not in ("zh", "en"):
            raise ValueError("must be zh or en")
        return language


def load_settings() -> Settings:
    """The settings as they are now; SettingsError with one sentence for the first that is wrong."""
    _refuse_unknown_names()
    try:
        settings = Settings()
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        name = "HUIYIN_" + str(first["loc"][0]).upper()
        sentence = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name} {sentence}.") from None
    _ = settings.wecom, settings.telegram_webhook  # whole, or not at all
    return settings


def _refuse_unknown_names() -> None:
    """A name that we do not know is a slip of the pen: what it was to say would silently not be done."""
    prefix, known = "huiyin_", [f"HUIYIN_{name.upper()}" for name in Settings.model_fields]
    given = {**EnvSettingsSource(Settings).env_vars, **DotEnvSettingsSource(Settings).env_vars}
    for name in sorted(name.upper() for name in given if name.lower().startswith(prefix)):
        if name not in known:
            nearest = difflib.get_close_matches(name, known, 1, 0) or known
            raise SettingsError(f"{name} is no setting of ours; the nearest is {nearest[0]}.")


def _hours(text: str) -> tuple[time, time]:
    """08:30-17:30; ValueError for anything else."""
    opens, closes = (time.fromisoformat(part.strip()).replace(tzinfo=None) for part in text.split("-"))
    return opens, closes


def _user_of(url: str) -> str:
    user = unquote(urlsplit(url).username or "")
    return user if "@" in user else ""
