"""Time zones: each of our people may sit in another."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from casework.policy import Policy


def zone_of(name: str | None, policy: Policy) -> ZoneInfo:
    """The zone that a person has chosen; the company's for who has not, or whose zone this machine lacks."""
    try:
        return ZoneInfo(name) if name else policy.timezone
    except (ZoneInfoNotFoundError, ValueError):
        return policy.timezone


@cache
def zone_names() -> tuple[str, ...]:
    """The names to choose from, such as Europe/Berlin, without those kept only for old programs."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and not _is_old(name)))


def _is_old(name: str) -> bool:
    return name.startswith(("Etc/", "SystemV/", "US/"))
