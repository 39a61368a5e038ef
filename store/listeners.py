"""Who reads a mailbox or bot at the moment, how far it has been read, and how it fares.

Two processes at one mailbox would get in each other's way, so one of them holds it for a while (a lease) and
renews that as long as it lives. A listener that renews in the very transaction that keeps what it fetched
can never move the cursor of the process that took over from it.
"""

import os
import socket
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlmodel import Session, col, select, update

from store.once import add_once
from store.tables import Channel, Listener

LEASE = timedelta(seconds=30)
# How long what nobody fetches is kept for us, as published; mail stays.
KEPT_BY_SERVER = {Channel.TELEGRAM: timedelta(hours=24), Channel.WECOM: timedelta(days=3)}
_UNKNOWN = "-"  # what this system does not tell
_DEAD = ("Z", "X")  # killed, and its parent has not noticed yet


def this_process() -> str:
    """This process's name, which no other ever has: host:boot id:pid:start time."""
    return f"{_machine()}:{os.getpid()}:{_start_time(os.getpid()) or _UNKNOWN}"


def is_gone(holder: str) -> bool:
    """Whether the process of that name surely runs no more; False when we cannot know."""
    machine, _, process = holder.rpartition(":")[0].rpartition(":")
    if machine != _machine() or not process.isdecimal() or os.name != "posix":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    started = _start_time(int(process))
    return started is not None and started != holder.rpartition(":")[2]


def take_lease(session: Session, name: str, channel: Channel, holder: str, now: datetime) -> Listener | None:
    """Hold this mailbox or bot from now on; None while another living process holds it.

    A dead holder on this machine is replaced at once, one elsewhere when its lease has run out.
    """
    add_once(session, Listener(name=name, channel=channel, cursor=0))
    listener = _locked(session, name)
    if listener.holder not in (None, holder) and not _is_free(listener, now):
        return None
    listener.holder, listener.held_until = holder, now + LEASE
    return listener


def renew_lease(session: Session, name: str, holder: str, now: datetime) -> bool:
    """Hold on to it; False if another process has taken over, and then nothing more may be written."""
    listener = _locked(session, name)
    if listener.holder != holder:
        return False
    listener.held_until = now + LEASE
    return True


def release_lease(session: Session, name: str, holder: str) -> None:
    """Let go, so that the next process need not wait. Does nothing if another one holds it."""
    listener = _locked(session, name)
    if listener.holder == holder:
        listener.holder = listener.held_until = None


def polled(session: Session, name: str, now: datetime) -> None:
    """The mailbox or bot has answered; the first answer ever is when it was connected.

    A silence longer than its server keeps things is an outage to be told of, even if nobody ran who could
    have noticed it.
    """
    listener = _locked(session, name)
    kept = KEPT_BY_SERVER.get(listener.channel)
    if kept is not None and listener.polled_at is not None and now - listener.polled_at > kept:
        listener.outage_told = listener.outage_told or listener.polled_at
    listener.connected_at = listener.connected_at or now
    listener.polled_at = now
    listener.failing_since = listener.error = listener.removed_at = None


def failed(session: Session, name: str, now: datetime, sentence: str) -> None:
    """It did not answer, for the reason in the sentence; since when it fails stays as it was."""
    listener = _locked(session, name)
    listener.failing_since = listener.failing_since or now
    listener.error = sentence
    listener.removed_at = None


def set_aside_others(session: Session, channel: Channel, wanted: Iterable[str], now: datetime) -> None:
    """Mailboxes or bots that are no longer in the settings are not missed; their cursors stay."""
    gone = (col(Listener.channel) == channel, col(Listener.name).not_in(list(wanted)))
    session.exec(update(Listener).where(*gone, col(Listener.removed_at).is_(None)).values(removed_at=now))


def advance(session: Session, name: str, cursor: int, generation: int | None = None) -> None:
    """Everything up to `cursor` is kept.

    It may be lower than before: a new generation of a mailbox counts anew, and so does Telegram after a
    week of silence.
    """
    listener = _locked(session, name)
    listener.cursor, listener.generation = cursor, generation


def _locked(session: Session, name: str) -> Listener:
    """The row as it is in the database now, kept from other transactions until ours ends."""
    query = select(Listener).where(col(Listener.name) == name).with_for_update()
    return session.exec(query, execution_options={"populate_existing": True}).one()


def _is_free(listener: Listener, now: datetime) -> bool:
    return listener.held_until is None or listener.held_until <= now or is_gone(listener.holder or "")


@cache
def _machine() -> str:
    """Host and boot, and the container: the same process id means another process in each."""
    boot = space = _UNKNOWN
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        space = str(Path("/proc/self/ns/pid").stat().st_ino)
    return f"{socket.gethostname()}:{boot}/{space}"


def _start_time(process: int) -> str | None:
    """When it started, in ticks since boot; empty if it is dead already, None if the system does not say."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()  # the program's name may hold spaces and brackets
    return "" if fields[0] in _DEAD else fields[19]
