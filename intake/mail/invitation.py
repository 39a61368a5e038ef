"""A calendar's invitation in words: what it is about, when and where (RFC 5545)."""

import re

from intake.mail.mime import Part

_FOLD = re.compile(r"\r?\n[ \t]")
_FIELD = re.compile(r"^(SUMMARY|DTSTART|DTEND|LOCATION|DESCRIPTION)((?:;[^:\n]{0,200})?):(.*)$", re.MULTILINE)
_ZONE = re.compile(r'TZID="?([^";:]{1,60})')
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$")
_ESCAPED = re.compile(r"\\(.)")
_LONGEST = 100_000


def read_invitation(calendar: str) -> str:
    """The first event of a calendar, a line each for what, when, where and the rest; "" if there is none."""
    _, _, event = _FOLD.sub("", calendar[:_LONGEST]).replace("\r", "").partition("BEGIN:VEVENT")
    found: dict[str, str] = {}
    for name, parameters, value in _FIELD.findall(event.partition("END:VEVENT")[0]):
        found.setdefault(name, _time(parameters, value) if name.startswith("DT") else _text(value))
    when = " – ".join(filter(None, (found.get("DTSTART"), found.get("DTEND"))))
    lines = (found.get("SUMMARY"), when, found.get("LOCATION"), found.get("DESCRIPTION"))
    return "\n".join(filter(None, lines))


def is_reply(calendar: Part) -> bool:
    """Whether a calendar answers an invitation instead of making one."""
    return calendar.parameters.get("method", b"").lower() == b"reply"


def _time(parameters: str, value: str) -> str:
    """`20240612T140000` → `2024-06-12 14:00`, with its zone as the sender's program calls it."""
    read = _TIME.match(value.strip())
    if not read:
        return value.strip()
    year, month, day, hour, minute, utc = read.groups()
    zone = "UTC" if utc else "".join(_ZONE.findall(parameters)[:1])
    clock = f"{hour}:{minute}" if hour else ""
    return " ".join(filter(None, (f"{year}-{month}-{day}", clock, zone)))


def _text(value: str) -> str:
    return _ESCAPED.sub(lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], value).strip()
