"""What a mail says and what it carries: its words, its HTML, its files, the pictures in its text."""

import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from intake.mail.charset import decode
from intake.mail.flowed import unflow
from intake.mail.headers import decode_words, on_one_line
from intake.mail.html import html_to_text
from intake.mail.mime import Part, parse_value
from intake.mail.parsed import ParsedAttachment

_LONGEST_NAME = 200
_EXTENSIONS = {
    "text/calendar": ".ics", "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "application/pdf": ".pdf",
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "application/zip": ".zip",
    "application/ms-tnef": ".dat", "message/rfc822": ".eml", "message/delivery-status": ".txt",
    "application/pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m",
}  # fmt: skip
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff]")
_CONTINUED = re.compile(r"\*(\d{1,3})(\*?)$")
_PATH = re.compile(r".*[/\\]", re.S)


@dataclass(slots=True)
class Body:
    """Filled part by part while a mail is read."""

    texts: list[str] = field(default_factory=list)
    html: str | None = None
    attachments: list[ParsedAttachment] = field(default_factory=list)
    inline: list[ParsedAttachment] = field(default_factory=list)
    mails: list[Part] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(filter(None, self.texts)).strip("\n").rstrip()


def read_body(mail: Part) -> Body:
    """The body of a mail. Every part ends up somewhere: as text, as HTML, as a file or as a picture."""
    body = Body()
    _read_part(mail, body, inside="")
    return body


def _read_part(part: Part, body: Body, *, inside: str) -> None:
    if part.type == "multipart/alternative":
        _read_alternative(part, body)
    elif part.type.startswith("multipart/"):
        for child in part.children:
            _read_part(child, body, inside=part.type)
    elif _is_file(part):
        _attach(part, body, inside)
    elif part.type == "text/html":
        html = clean(decode(part.content(), _charset(part)))
        body.html = html if body.html is None else body.html + "\n" + html
        body.texts.append(html_to_text(html))
    else:
        body.texts.append(plain_text(part))


def _read_alternative(part: Part, body: Body) -> None:
    """The same words in several forms: the plain one is read, unless it is empty; the HTML one is kept to show."""
    forms = [Body() for _ in part.children]
    for child, form in zip(part.children, forms, strict=True):
        _read_part(child, form, inside=part.type)
    said = next((form for form in forms if form.text and form.html is None), None) or next(
        (form for form in forms if form.text), Body()
    )
    body.texts.extend(said.texts)
    for form in forms:
        body.html = body.html or form.html
        body.attachments += form.attachments
        body.inline += form.inline
        body.mails += form.mails


def plain_text(part: Part) -> str:
    """A text part as its writer saw it on the screen."""
    text = clean(decode(part.content(), _charset(part)))
    if part.parameters.get("format", b"").lower() == b"flowed":
        return unflow(text, delete_space=part.parameters.get("delsp", b"").lower() == b"yes")
    return text


def clean(text: str) -> str:
    """Line ends as LF, no control characters but tabs: nothing here may upset a page, a log or a database."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _charset(part: Part) -> str | None:
    return part.parameters.get("charset", b"").decode("latin-1").strip(" '\"") or None


def _disposition(part: Part) -> tuple[str, dict[str, bytes]]:
    return parse_value(part.header.first(b"content-disposition"))


def _is_file(part: Part) -> bool:
    disposition, parameters = _disposition(part)
    if part.type not in ("text/plain", "text/html") and not _is_odd_text(part):
        return True
    return disposition == "attachment" or bool(_name(parameters, "filename") or _name(part.parameters, "name"))


def _is_odd_text(part: Part) -> bool:
    return part.type.startswith("text/") and part.type not in ("text/calendar", "text/csv", "text/rfc822-headers")


def _attach(part: Part, body: Body, inside: str) -> None:
    content = part.content()
    content_id = on_one_line(decode(part.header.first(b"content-id"))).strip("<> ") or None
    disposition = _disposition(part)[0]
    inline = part.type.startswith("image/") and (
        disposition == "inline" or (content_id is not None and inside == "multipart/related")
    )
    digest = hashlib.sha256(content).hexdigest()
    attachment = ParsedAttachment(file_name(part), part.type, len(content), digest, content, inline, content_id)
    (body.inline if inline else body.attachments).append(attachment)
    if part.type == "message/rfc822":
        body.mails.append(part.children[0])


def file_name(part: Part) -> str:
    """The name of a file as its sender gave it, never a path; an attached mail is called by its subject."""
    name = _name(_disposition(part)[1], "filename") or _name(part.parameters, "name")
    name = _PATH.sub("", on_one_line(name)).strip(". ")
    if name:
        return name[-_LONGEST_NAME:]
    extension = _EXTENSIONS.get(part.type, ".bin")
    subject = decode_words(part.children[0].header.first(b"subject")) if part.type == "message/rfc822" else ""
    return (re.sub(r"[/\\]", "_", subject)[:80].strip(". ") or "attachment") + extension


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
    """RFC 2231: `filename*=GBK''%B8%F4` or in numbered pieces, cut anywhere, even inside a letter."""
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
    if pieces[0][1] and pieces[0][2].count(b"'") >= 2:
        declared, _, first = pieces[0][2].split(b"'", 2)
        charset = declared.decode("latin-1")
        pieces[0] = (0, True, first)
    raw = b"".join(unquote_to_bytes(value) if encoded else value for _, encoded, value in pieces)
    return decode_words(raw) if raw.startswith(b"=?") else decode(raw, charset or None)
