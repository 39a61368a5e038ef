"""What a mail says and what it carries: its words, its HTML, its files, the pictures in its text."""

import hashlib
import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from intake.mail.charset import decode
from intake.mail.filename import file_name, has_name
from intake.mail.flowed import unflow
from intake.mail.headers import on_one_line
from intake.mail.html import html_to_text
from intake.mail.invitation import is_reply, read_invitation
from intake.mail.mime import Part, parse_value
from intake.mail.parsed import ParsedAttachment

# text parts that a person opens as a file instead of reading them as a letter
_FILES = frozenset((
    "text/calendar", "text/css", "text/csv", "text/directory", "text/javascript", "text/rfc822-headers",
    "text/rtf", "text/vcard", "text/x-vcard", "text/xml",
))  # fmt: skip
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w-]{2,40})", re.IGNORECASE)
# what a program writes in place of words that only its HTML form has
_PLACEHOLDER = re.compile(
    r"\[(?:cid|image|图片|圖片)[^\]\n]{0,200}\]|[\s\u200b-\u200d\ufeff]+"
    r"|.{0,60}(?:不支持|不支援|无法显示|無法顯示|not support|(?:an|in) html|html[- ]capable).{0,100}",
    re.IGNORECASE,
)
_LONGEST_PLACEHOLDER = 400
_SHOWN = re.compile(r"cid:([^\"'\s<>)]{1,400})", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """Filled part by part while a mail is read. `said`: the words stand elsewhere, the HTML is only kept."""

    said: bool = False
    texts: list[str] = field(default_factory=list)
    html: str | None = None
    files: list[ParsedAttachment] = field(default_factory=list)
    mails: list[Part] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(filter(None, self.texts)).strip("\n").rstrip()

    @property
    def attachments(self) -> tuple[ParsedAttachment, ...]:
        return tuple(file for file in self.files if not file.inline)

    @property
    def inline(self) -> tuple[ParsedAttachment, ...]:
        return tuple(file for file in self.files if file.inline)


def read_body(mail: Part) -> Body:
    """The body of a mail. Every part ends up somewhere: as text, as HTML, as a file or as a picture."""
    body = Body()
    _read_part(mail, body, inside="")
    if not body.text:
        invitations = (part for part in mail.walk() if part.type == "text/calendar" and not is_reply(part))
        body.texts += [read_invitation(_plain_text(part)) for part in invitations][:1]
    if body.html and "cid:" in body.html:
        shown = {unquote(cid) for cid in _SHOWN.findall(body.html)}
        body.files = [replace(file, inline=True) if file.content_id in shown else file for file in body.files]
    return body


def declared_charset(mail: Part) -> str | None:
    """The character set of the first part that names one: raw 8-bit header fields are usually in the same."""
    return next(filter(None, map(_charset, mail.walk())), None)


def clean(text: str) -> str:
    """Line ends as LF, no control characters but tabs: nothing here may upset a page, a log or a database."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _read_part(part: Part, body: Body, *, inside: str) -> None:
    if part.type == "multipart/alternative":
        _read_alternative(part, body)
    elif part.type.startswith("multipart/"):
        for child in part.children:
            _read_part(child, body, inside=part.type)
    elif _is_file(part, inside):
        _attach(part, body, inside)
    elif part.type == "text/html":
        content = part.content()
        html = clean(decode(content, _charset(part) or _meta_charset(content)))
        body.html = html if body.html is None else body.html + "\n" + html
        words = "" if body.said else html_to_text(html)
        if words.split() not in (text.split() for text in body.texts):  # some filters add the HTML form below
            body.texts.append(words)
    else:
        body.texts.append(_plain_text(part))


def _read_alternative(part: Part, body: Body) -> None:
    """The same words in several forms: the plain one is read unless it is empty, the HTML one kept."""
    texts: list[str] = []
    said = body.said
    for child in part.children:
        form = Body(said=said)
        _read_part(child, form, inside=part.type)
        if form.text and not said:
            plain = form.html is None and not _is_placeholder(form.text)
            if plain or not texts or _is_placeholder("\n".join(texts)):
                texts, said = form.texts, plain
        body.html = body.html or form.html
        body.files += form.files
        body.mails += form.mails
    body.texts += texts


def _is_placeholder(text: str) -> bool:
    return len(text) <= _LONGEST_PLACEHOLDER and not _PLACEHOLDER.sub("", text)


def _plain_text(part: Part) -> str:
    text = clean(decode(part.content(), _charset(part)))
    if part.parameters.get("format", b"").lower() == b"flowed":
        return unflow(text, delete_space=part.parameters.get("delsp", b"").lower() == b"yes")
    return text


def _charset(part: Part) -> str | None:
    return part.parameters.get("charset", b"").decode("latin-1").strip(" '\"") or None


def _meta_charset(content: bytes) -> str | None:
    found = _META_CHARSET.search(content, 0, 4096)
    return found[1].decode("ascii", "ignore") if found else None


def _disposition(part: Part) -> str:
    return parse_value(part.header.first(b"content-disposition"))[0]


def _is_file(part: Part, inside: str) -> bool:
    if not part.type.startswith("text/") or part.type in _FILES:
        return True
    # some programs give the letter itself a name; a mail that is nothing but this part is a letter
    return _disposition(part) == "attachment" or (bool(inside) and has_name(part))


def _attach(part: Part, body: Body, inside: str) -> None:
    content = part.content()
    content_id = on_one_line(decode(part.header.first(b"content-id"))).strip("<> ") or None
    shown = part.type.startswith("image/") and content_id is not None and inside == "multipart/related"
    digest = hashlib.sha256(content).hexdigest()
    body.files.append(
        ParsedAttachment(
            name=file_name(part),
            type=part.type,
            size=len(content),
            sha256=digest,
            content=content,
            inline=shown and _disposition(part) != "attachment",
            content_id=content_id,
        )
    )
    if part.type == "message/rfc822":
        body.mails.append(part.children[0])
    else:
        for letter in part.children:  # out of a signed envelope
            _read_part(letter, body, inside=part.type)
