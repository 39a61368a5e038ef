"""A mailbox as the settings name it: where it is, how to sign in, which folder."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from intake.encryption import trusting
from intake.oauth import OAuth, read_oauth

SHAPE = '{"url": "imaps://user:password@host/INBOX"}'
KEYS = ("url", "folders", "done", "authserv", "ca", "oauth")


@dataclass(frozen=True)
class Mailbox:
    """One folder of an account. Its name shows no password."""

    host: str
    port: int
    secure: bool  # TLS from the first byte; otherwise STARTTLS
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    done: str = ""  # folder for mail that we hold; empty: it stays where it is, and nothing is changed
    authserv: str = ""  # the server's name in Authentication-Results; empty: its findings do not count
    oauth: OAuth | None = None  # instead of the password
    authority: str = ""  # file with the certificate of a private authority

    @classmethod
    def from_url(cls, url: str) -> "Mailbox":
        """From `imap(s)://user:password@host:port/FOLDER`; ValueError with a sentence if it is none."""
        address = urlsplit(url)
        if address.scheme not in ("imap", "imaps") or not address.hostname or not address.username:
            raise ValueError("holds a mailbox that is not imap(s)://user:password@host:port/INBOX")
        secure = address.scheme == "imaps"
        return cls(
            host=address.hostname,
            port=address.port or (993 if secure else 143),
            secure=secure,
            user=unquote(address.username),
            password=unquote(address.password or ""),
            folder=unquote(address.path.lstrip("/")) or "INBOX",
        )

    @property
    def name(self) -> str:
        return f"mail:{self.user}@{self.host}/{self.folder}"[:200]


def read_entry(entry: Mapping[str, object]) -> list[Mailbox]:
    """The mailboxes of one entry of HUIYIN_MAILBOXES, one a folder; ValueError with a sentence if it is none.

    A key that we do not know is refused: with a slip of the pen in it, mail would silently not be read.
    """
    unknown = sorted(set(entry) - set(KEYS))
    if unknown:
        raise ValueError(f"holds a mailbox with an unknown key {unknown[0]!r}; there are {', '.join(KEYS)}")
    mailbox = Mailbox.from_url(_text(entry, "url"))
    mailbox = replace(
        mailbox,
        done=_text(entry, "done"),
        authserv=_text(entry, "authserv"),
        authority=_authority(_text(entry, "ca")),
    )
    if "oauth" in entry:
        mailbox = replace(mailbox, oauth=read_oauth(entry["oauth"]))
    folders = entry.get("folders", [mailbox.folder])
    if not isinstance(folders, list) or not folders or not all(isinstance(name, str) for name in folders):
        raise ValueError('holds a mailbox whose "folders" is not a list of names such as ["INBOX", "Sales"]')
    if mailbox.done in folders:
        raise ValueError('holds a mailbox whose "done" is one of the folders that are read')
    return [replace(mailbox, folder=name) for name in dict.fromkeys(folders)]


def _text(entry: Mapping[str, object], key: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"holds a mailbox whose {key!r} is not a text")
    return value


def _authority(path: str) -> str:
    try:
        trusting(path)
    except (OSError, ssl.SSLError) as problem:
        raise ValueError(f'holds a mailbox whose "ca" is no file with certificates: {path}') from problem
    return path
