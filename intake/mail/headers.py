"""Header fields become words, addresses and ids that are safe to show and to write into other headers."""

import binascii
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from intake.mail.charset import decode
from intake.mail.mime import decode_base64
from intake.mail.parsed import Address, UnreadableMail

MOST_ADDRESSES = 500
_MOST_REFERENCES = 200
_LONGEST_ID = 998

# Some programs leave a `?` inside as it is; only the beginning of the next word ends a word that has no end.
_ENCODED_WORD = re.compile(rb"=\?([^?\s]{0,60})\?([bBqQ])\?((?:[^?=]|=(?!\?[^=])|\?(?!=))*+)\?=")
# control characters, and the invisible ones that turn text around or break lines on a page
_LINE_ENDS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ID = re.compile(rb"<([^<>]{1,998})>")
_NOT_ADDRESS = re.compile(r"[\s<>()\[\],;:\"]+")
_WHOLE = re.compile("[^@]+@[^@]+")
_ROUTE = re.compile(r"@[^:]*:")


def decode_words(raw: bytes, hint: str | None = None) -> str:
    """A header value as text on one line. Neighbouring encoded words are joined before they are decoded,
    because many programs cut them in the middle of a character. Raw 8-bit words are read as `hint` says."""
    pieces: list[str] = []
    pending = bytearray()
    charset = b""
    at = 0
    for word in _ENCODED_WORD.finditer(raw):
        between = raw[at : word.start()]
        at = word.end()
        named = word[1].partition(b"*")[0].lower()  # RFC 2231 allows a language after the star
        if pending and (between.strip() or named != charset):
            pieces.append(decode(bytes(pending), charset.decode("latin-1")))
            pending.clear()
        if between.strip() or (between and not pieces and not pending):
            pieces.append(decode(between, hint))
        charset = named
        pending += _decode_word(word[2], word[3])
    if pending:
        pieces.append(decode(bytes(pending), charset.decode("latin-1")))
    pieces.append(decode(raw[at:], hint))
    return on_one_line("".join(pieces))


def _decode_word(encoding: bytes, content: bytes) -> bytes:
    if encoding in b"bB":
        return decode_base64(content)
    return binascii.a2b_qp(content.replace(b"_", b" "))


def on_one_line(text: str) -> str:
    """Without control characters: a line break hidden in a subject must not become a header of our answer."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub(" ", text)).strip()


def read_ids(values: Iterable[bytes]) -> tuple[str, ...]:
    """The Message-IDs in header values, with angle brackets, first ones first, each once."""
    ids: dict[str, None] = {}
    for value in values:
        found = _ID.findall(value) or ([value] if b"@" in value and len(value) <= _LONGEST_ID else [])
        for id_ in found:
            clean = "".join(on_one_line(decode(id_)).split())  # old servers fold long ids in the middle
            if clean:
                ids[f"<{clean}>"] = None
    return tuple(ids)[-_MOST_REFERENCES:]


def read_date(value: bytes) -> datetime | None:
    """The sender's clock, aware; it is shown and decides nothing."""
    try:
        date = parsedate_to_datetime(value[:100].decode("ascii", "replace"))
        return date if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def read_addresses(values: Iterable[bytes], hint: str | None = None) -> tuple[Address, ...]:
    """The addresses in header values; what bears none is left out. More than 500 are nobody's letter."""
    entries = (entry for value in values for entry in _entries(value))
    found = tuple(address for entry in entries if (address := _read_entry(entry, hint)))
    if len(found) > MOST_ADDRESSES:
        raise UnreadableMail(f"A header of the mail has more than {MOST_ADDRESSES} addresses.")
    return found


# a backslash behind a high byte is the second half of a Big5 or GBK letter and escapes nothing
_TOKEN = re.compile(rb'(?<![\x80-\xff])\\.|"(?:[^"\\]|\\.){1,64}"(?=@)|["(),;:<>]', re.DOTALL)
_NOT_LOCAL = re.compile(rb"[\s<>()\[\],;:@\\]")


def _entries(value: bytes) -> list[tuple[bytes, bytes, bytes]]:
    """(name, address in angle brackets, comment) for each comma-separated entry; groups are opened up."""
    entries: list[tuple[bytes, bytes, bytes]] = []
    name, angle, comment = bytearray(), bytearray(), bytearray()
    quoted, in_angle, depth, at = False, False, 0, 0

    def close() -> None:
        if name or angle:
            entries.append((bytes(name).strip(), bytes(angle).strip(), bytes(comment).strip()))
        for buffer in (name, angle, comment):
            buffer.clear()

    for token in _TOKEN.finditer(value):
        target = comment if depth else angle if in_angle else name
        target += value[at : token.start()]
        at = token.end()
        match token[0]:
            case b'"' if not depth:
                quoted = not quoted
            case b"(" if not quoted and not depth:
                depth = 1
            case b")" if depth == 1:
                depth = 0
            case b"(" | b")" if depth:
                depth += 1 if token[0] == b"(" else -1
                target += token[0]
            case b"<" if not quoted and not depth:
                in_angle = True
                angle.clear()
            case b">" if in_angle and not depth:
                in_angle = False
            case b"," | b";" if not quoted and not depth:
                in_angle = False
                close()
            case b":" if not quoted and not depth and not in_angle and b"@" not in name:
                name.clear()  # the name of a group
            case quotation if len(quotation) > 1 and quotation.startswith(b'"') and not quoted:
                # "boss@ours.example x"@evil.example: the marks stay, so that nobody reads boss@ours.example
                target += quotation if _NOT_LOCAL.search(quotation) else quotation.strip(b'"')
            case literal:
                target += literal.removeprefix(b"\\") or literal
    (comment if depth else angle if in_angle else name).extend(value[at:])
    close()
    return entries


def _read_entry(entry: tuple[bytes, bytes, bytes], hint: str | None) -> Address | None:
    name, angle, comment = entry
    written, shown = (angle, name) if angle else (name, comment)
    # Encoded words hide whole addresses in some programs. Beside a real @ they would only be a disguise.
    text = on_one_line(decode(written, hint)) if b"@" in written else decode_words(written)
    address = find_address(_ROUTE.sub("", "".join(text.split()), count=1) if angle else text)
    return Address(decode_words(shown, hint), address) if address else None


def find_address(text: str) -> str | None:
    """The first mail address in a text, in lower case; None also when there is a broken one beside it: who
    wrote is no matter of guessing (promise P10)."""
    found = [word.strip("'.").lower() for word in _NOT_ADDRESS.split(text) if "@" in word]
    return found[0] if found and all(map(_WHOLE.fullmatch, found)) else None
