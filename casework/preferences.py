"""What each of our people chooses for themselves: language, time zone, how notices come, who is on duty."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from casework.zones import zone_names
from store.history import log
from store.tables import User

ADDRESS = re.compile(r"[^@\s<>,;:\"]{1,64}@[^@\s<>,;:\"]{1,255}", re.ASCII)


class PreferenceError(Exception):
    """It cannot be kept as given; the sentence says why and what to write instead."""


@dataclass(frozen=True)
class Preferences:
    """Notices always stand on the desk; by mail and chat they come to whoever wants and has one."""

    language: str  # zh or en
    timezone: str | None  # IANA name; None: the company's
    mail_notices: bool
    email: str | None
    on_duty: bool
    chat_notices: bool = False


def prefer(session: Session, user: User, wanted: Preferences, now: datetime) -> None:
    """Keep what this person has chosen. The log names what changed, never an address."""
    if wanted.timezone is not None and wanted.timezone not in zone_names():
        raise PreferenceError(f"{wanted.timezone!r} is no time zone; choose one such as Asia/Shanghai.")
    if wanted.email is not None and not ADDRESS.fullmatch(wanted.email):
        raise PreferenceError(f"{wanted.email!r} is no mail address; write one such as lin@factory.example.")
    if wanted.mail_notices and wanted.email is None:
        raise PreferenceError("Notices by mail need an address; write one, or switch them off.")
    if wanted.chat_notices and user.chat is None:
        raise PreferenceError("Notices in your chat need a chat that is tied to your account; tie it first.")
    changed = [name for name, value in vars(wanted).items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, getattr(wanted, name))
    if changed:
        log(session, "preferences_changed", now, user_id=user.id, details={"changed": changed})
