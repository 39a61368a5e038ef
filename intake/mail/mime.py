"""A mail is taken apart; one that is too big or too deep is refused before it costs anything."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.mail.parsed import UnreadableMail
from intake.mail.smime import signed_content

LARGEST_MAIL = 25 * 1024 * 1024
LARGEST_HEADER = 64 * 1024
MOST_PARTS = 1_000
DEEPEST_PART = 64

_HEADER_END = re.compile(rb"\r?\n\r?\n")
# an encoded word at the beginning of a line goes on with the line above: some programs forget the space
_FIELD = re.compile(rb"^([!-9;-~]{1,200})[ \t]*:((?:.*)(?:\n(?:[ \t]|=\?).*)*)", re.MULTILINE)
_TYPE = re.compile(r"[a-z0-9][\w.+-]{0,63}/[a-z0-9][\w.+-]{0,99}", re.ASCII)
_UNDECLARED_BOUNDARY = re.compile(rb"(?<=\n)--([^\s][^\r\n]{0,69}?)[ \t]*\r?\nContent-[TD]", re.IGNORECASE)
_EMPTY_LINE = re.compile(rb"\r?\n")
_FIRST_LINE_IS_FIELD = re.compile(rb"(?:>?From .*\n)?[!-9;-~]{1,200}[ \t]*:")
# a backslash behind a high byte is the second half of a Big5 or GBK letter and escapes nothing
_PARAMETER = re.compile(rb';\s*([^=;\s"]+)\s*=\s*("(?>[^"\\]|(?<=[\x80-\xff])\\|\\.)*+"|[^;]*)', re.DOTALL)
ENVELOPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_ENCODED = (b"base64", b"quoted-printable")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n"
_PADDING = re.compile(rb"=+")


@dataclass(frozen=True, slots=True)
class Header:
    """The header fields of a mail or part: raw values by lower-case name, in order, unfolded."""

    fields: dict[bytes, list[bytes]] = field(default_factory=dict)

    def first(self, name: bytes) -> bytes:
        values = self.fields.get(name)
        return values[0] if values else b""

    def all(self, name: bytes) -> list[bytes]:
        return self.fields.get(name, [])


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a mail: its header, where its undecoded body lies, and the parts in it: those of a multipart,
    an attached mail, or the letter in a signed envelope."""

    header: Header
    type: str
    parameters: dict[str, bytes]
    source: bytes = field(repr=False)
    start: int
    end: int
    children: tuple["Part", ...] = ()

    def content(self) -> bytes:
        """The body as its sender had it, base64 and the like undone."""
        body = self.source[self.start : self.end]
        return decode_transfer(body, self.header.first(b"content-transfer-encoding"))

    def walk(self) -> Iterator["Part"]:
        """This part and all below it, in the order in which they stand in the mail."""
        stack = [self]
        while stack:
            part = stack.pop()
            yield part
            stack.extend(reversed(part.children))


def take_apart(raw: bytes) -> Part:
    """The mail as a tree of parts. Raises UnreadableMail beyond the limits of promise P6."""
    if len(raw) > LARGEST_MAIL:
        raise UnreadableMail(f"The mail has {len(raw) / 1_048_576:.0f} MB; at most 25 MB are read.")
    if b"\n" not in raw:  # old Macintosh programs and a few filters end lines with CR alone
        raw = raw.replace(b"\r", b"\n")
    start = len(raw) - len(raw.lstrip(b"\r\n"))  # an empty line on top is a server's or a filter's mistake
    if not _FIRST_LINE_IS_FIELD.match(raw, start):
        start = 0
    return _Taker().part(raw, start, len(raw), depth=0, default_type="text/plain")


class _Taker:
    """Counts parts while it takes a mail apart. Parts are places in the mail's bytes, never copies."""

    def __init__(self) -> None:
        self.parts = 0

    def part(self, raw: bytes, start: int, end: int, *, depth: int, default_type: str) -> Part:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise UnreadableMail(f"The mail has more than {MOST_PARTS:,} parts.")
        if depth > DEEPEST_PART:
            raise UnreadableMail(f"The parts of the mail are nested more than {DEEPEST_PART} deep.")
        header, start = _read_header(raw, start, end)
        declared, parameters = parse_value(header.first(b"content-type"))
        known = _TYPE.match(declared)
        type_ = known[0] if known else default_type
        children: tuple[Part, ...] = ()
        if type_.startswith("multipart/"):
            default = "message/rfc822" if type_ == "multipart/digest" else "text/plain"
            boundary = parameters.get("boundary", b"").rstrip()
            places = list(_places(raw, start, end, boundary))
            if not places and (found := _UNDECLARED_BOUNDARY.search(raw, start, end)):
                places = list(_places(raw, start, end, found[1]))
            children = tuple(
                self.part(raw, *place, depth=depth + 1, default_type=default) for place in places
            )
            if not children:  # no boundary, or none found: what is there is read as text
                type_ = "text/plain"
        elif type_ == "message/rfc822":
            children = (self._attached_mail(Part(header, type_, parameters, raw, start, end), depth),)
        elif type_ in ENVELOPES:
            content = signed_content(Part(header, type_, parameters, raw, start, end).content())
            if content is not None:
                children = (self.part(content, 0, len(content), depth=depth + 1, default_type="text/plain"),)
        return Part(header, type_, parameters, raw, start, end, children)

    def _attached_mail(self, shell: Part, depth: int) -> Part:
        raw, start, end = shell.source, shell.start, shell.end
        if shell.header.first(b"content-transfer-encoding").lower() in _ENCODED:
            raw = shell.content()
            start, end = 0, len(raw)
        while raw[start : start + 1] in (b"\r", b"\n") and start < end:
            start += 1
        return self.part(raw, start, end, depth=depth + 1, default_type="text/plain")


def _read_header(raw: bytes, start: int, end: int) -> tuple[Header, int]:
    """The header fields from `start`, and where the body begins."""
    if empty := _EMPTY_LINE.match(raw, start, end):
        return Header(), empty.end()
    if not _FIRST_LINE_IS_FIELD.match(raw, start, end):
        return Header(), start
    blank = _HEADER_END.search(raw, start, end)
    header_end, body = (blank.start(), blank.end()) if blank else (end, end)
    if header_end - start > LARGEST_HEADER:
        raise UnreadableMail(
            f"A header of the mail has {(header_end - start) // 1024} KB; at most 64 KB are read."
        )
    fields: dict[bytes, list[bytes]] = {}
    for name, value in _FIELD.findall(raw[start:header_end].replace(b"\r\n", b"\n")):
        fields.setdefault(name.lower(), []).append(value.replace(b"\n", b"").strip())
    return Header(fields), body


def _places(raw: bytes, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """What lies between the boundary lines; a mail cut off before the last one keeps its last piece."""
    if not boundary:
        return
    line = re.compile(rb"\n--" + re.escape(boundary) + rb"(--)?[ \t]*\r?(?=\n|\Z)")
    begin: int | None = None
    for found in line.finditer(raw, max(0, start - 1), end):
        if begin is not None:
            stop = found.start()
            yield begin, max(begin, stop - 1 if raw[stop - 1 : stop] == b"\r" else stop)
        begin = min(found.end() + 1, end)
        if found[1]:
            return
    if begin is not None and begin < end:
        yield begin, end


def parse_value(raw: bytes) -> tuple[str, dict[str, bytes]]:
    """`text/plain; charset=gbk` → its first word and its parameters by name, all in lower case."""
    value, semicolon, rest = raw.partition(b";")
    parameters: dict[str, bytes] = {}
    for name, content in _PARAMETER.findall(semicolon + rest):
        parameters.setdefault(name.decode("latin-1").lower(), _unquote(content.strip()))
    return value.strip().lower().decode("latin-1"), parameters


def _unquote(value: bytes) -> bytes:
    if len(value) >= 2 and value[:1] == value[-1:] == b'"':
        return value[1:-1].replace(b'\\"', b'"')
    return value.lstrip(b'"')


def decode_transfer(body: bytes, encoding: bytes) -> bytes:
    """Undo base64, quoted-printable or uuencode; what is broken is read as far as it goes."""
    match encoding.lower().partition(b";")[0].strip(b" \t\"'"):
        case b"base64":
            return decode_base64(body)
        case b"quoted-printable" | b"quoted printable":
            return binascii.a2b_qp(body)
        case b"x-uuencode" | b"uuencode" | b"x-uue":
            return _decode_uu(body)
        case _:
            return body


def decode_base64(body: bytes) -> bytes:
    """Base64 as found: padding missing, or in the middle where pieces were put together; a mailing list's
    words below it are left out."""
    if foreign := body.translate(None, _BASE64):
        if _is_plain(body):
            return body
        line = body.rfind(b"\n", 0, body.find(foreign[:1])) + 1
        words = body[line:].partition(b"\n")[0].strip()
        if line and (b" " in words or len(words) < body.find(b"\n")):
            body = body[:line]
    try:
        return (
            binascii.a2b_base64(body) if body.find(b"=") >= len(body.rstrip()) - 2 else _decode_pieces(body)
        )
    except binascii.Error:
        return _decode_pieces(body)


def _is_plain(body: bytes) -> bool:
    """A letter that is only called base64: words with spaces between them, or 8-bit letters."""
    line = body.lstrip().partition(b"\n")[0].strip()
    words = line.split()
    return not line.isascii() or (len(words) > 2 and len(line) < 20 * len(words))


def _decode_pieces(body: bytes) -> bytes:
    return b"".join(map(_decode_unpadded, _PADDING.split(body)))


def _decode_unpadded(piece: bytes) -> bytes:
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", piece)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _decode_uu(body: bytes) -> bytes:
    decoded = bytearray()
    for line in body.splitlines():
        if line.startswith((b"begin ", b"end")):
            continue
        try:
            decoded += binascii.a2b_uu(line)
        except binascii.Error:
            # some encoders write the last line too long (the length byte says how much counts)
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                decoded += binascii.a2b_uu(line[:wanted])
            except binascii.Error:
                continue
    return bytes(decoded)
