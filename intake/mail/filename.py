"""What an attached file is called, in the many ways in which mail programs write its name."""

import re
from urllib.parse import unquote_to_bytes

from intake.mail.charset import decode
from intake.mail.headers import decode_words, on_one_line
from intake.mail.mime import Part, parse_value

_LONGEST_NAME = 200
_NAMELESS = {
    "application/ms-tnef": "winmail.dat",
    "application/pdf": "attachment.pdf",
    "application/pkcs7-mime": "smime.p7m",
    "application/pkcs7-signature": "smime.p7s",
    "application/zip": "attachment.zip",
    "image/gif": "image.gif",
    "image/jpeg": "image.jpg",
    "image/jpg": "image.jpg",
    "image/png": "image.png",
    "message/delivery-status": "delivery-status.txt",
    "message/disposition-notification": "disposition.txt",
    "text/calendar": "invite.ics",
    "text/csv": "attachment.csv",
    "text/html": "attachment.html",
    "text/plain": "attachment.txt",
    "text/rfc822-headers": "headers.txt",
    "text/rtf": "attachment.rtf",
}
_CONTINUED = re.compile(r"\*(\d{1,3})(\*?)$")
_PATH = re.compile(r".*[/\\]", re.DOTALL)


def has_name(part: Part) -> bool:
    """Whether its sender gave a part a name, which makes it a file."""
    return bool(_given_name(part))


def file_name(part: Part) -> str:
    """The name as its sender gave it, never a path; an attached mail without one is called by its subject."""
    name = _PATH.sub("", _given_name(part) or _location(part)).strip(". ")
    if not name and part.type == "message/rfc822":
        subject = decode_words(part.children[0].header.first(b"subject"))
        name = (re.sub(r"[/\\]", "_", subject)[:80].strip(". ") or "mail") + ".eml"
    return _shortened(name) or _NAMELESS.get(part.type, "attachment.bin")


def _shortened(name: str) -> str:
    """A long name loses its middle: how it begins and what kind of file it is are worth most."""
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 41]}…{name[-40:]}"


def _given_name(part: Part) -> str:
    _, disposition = parse_value(part.header.first(b"content-disposition"))
    return on_one_line(_name(disposition, "filename") or _name(part.parameters, "name"))


def _location(part: Part) -> str:
    return on_one_line(decode(part.header.first(b"content-location"))).partition("?")[0]


def _name(parameters: dict[str, bytes], key: str) -> str:
    if (extended := _extended(parameters, key)) is not None:
        return extended
    value = parameters.get(key, b"")
    if b"=?" in value:
        return decode_words(value)
    if b"%" in value and not (unquoted := unquote_to_bytes(value)).isascii():
        return decode(unquoted)
    return decode(value)


def _extended(parameters: dict[str, bytes], key: str) -> str | None:
    """RFC 2231: `filename*=GBK''%B8%F4`, or in numbered pieces that are cut anywhere, even in a letter."""
    pieces: list[tuple[int, bool, bytes]] = []
    for name, value in parameters.items():
        if name == f"{key}*":
            pieces.append((0, True, value))
        elif name.startswith(f"{key}*") and (number := _CONTINUED.search(name)):
            pieces.append((int(number[1]), bool(number[2]), value))
    if not pieces:
        return None
    pieces.sort(key=lambda piece: piece[0])
    charset = ""
    _, encoded, first = pieces[0]
    if encoded and first.count(b"'") >= 2:
        declared, _, first = first.split(b"'", 2)
        charset = declared.decode("latin-1")
        pieces[0] = (0, True, first)
    raw = b"".join(unquote_to_bytes(value) if encoded else value for _, encoded, value in pieces)
    return decode_words(raw) if b"=?" in raw else decode(raw, charset or None)
