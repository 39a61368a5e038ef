"""Whatever a mail holds, it is read or refused with a reason, and our answer has our header and no other.

Promise P14. `python -m bench.soak headers` tries 200,000 instead of 10,000.
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from bot.mail.compose import as_bytes
from bot.sending import Letter
from casework.replies import StoredFile, without_re
from intake.mail.headers import decode_words, read_addresses
from intake.mail.parse import parse_mail
from intake.mail.parsed import ParsedMail, UnreadableMail
from store.files import FileStore
from store.tables import Channel, OutgoingKind
from tests.intake.mail.letters import FIXTURES, letter, multipart


def examples(share: float) -> settings:
    """So many of the examples for one property: the answer costs most."""
    total = int(os.environ.get("EXAMPLES", "10000"))
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    return settings(max_examples=round(total * share), deadline=None, suppress_health_check=slow)


ORIGINALS = [b"", *(path.read_bytes()[:1_500] for path in sorted(FIXTURES.rglob("*.eml"))[::6])]
OURS = {
    b"from", b"to", b"subject", b"date", b"message-id", b"in-reply-to", b"references", b"auto-submitted",
    b"mime-version", b"content-type", b"content-transfer-encoding",
}  # fmt: skip
NOTHING = hashlib.sha256(b"").hexdigest()
BREAKS = (
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\x00",
    "\ud800",
    "\u202e",
)
HEADERS = (
    "Bcc: v@evil.example",
    "Subject: x",
    "Content-Type: text/html",
    "?=",
    "=?utf-8?q?=0D=0ABcc:?=",
    '"',
    ";",
)
pieces = st.one_of(
    st.sampled_from(BREAKS + HEADERS), st.text(max_size=6), st.sampled_from(["询价", "a@b.example"])
)
hostile = st.lists(pieces, max_size=3).map("".join)
charsets = st.sampled_from(["utf-8", "gb2312", "utf-7", "hz-gb-2312", "utf-16", "iso-2022-jp", "big5", "x"])


@st.composite
def written(draw: st.DrawFn) -> bytes:
    """Hostile text as a mail program writes it: raw, in an encoded word, or percent-encoded."""
    raw = draw(hostile).encode("utf-8", "surrogatepass")
    form = draw(st.sampled_from("rbqp"))
    charset = draw(charsets).encode()
    match form:
        case "b":
            return b"=?" + charset + b"?B?" + base64.b64encode(raw) + b"?="
        case "q":
            return b"=?" + charset + b"?Q?" + b"".join(b"=%02X" % byte for byte in raw) + b"?="
        case "p":
            return b"utf-8''" + quote(raw).encode()
        case _:
            return raw


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FileStore:
    return store_with_nothing(tmp_path_factory.mktemp("files"))


def store_with_nothing(folder: Path) -> FileStore:
    """Where the empty file lies that every answer takes along."""
    store = FileStore(folder)
    assert store.put(b"") == NOTHING
    return store


def read(raw: bytes) -> ParsedMail:
    try:
        return parse_mail(raw, own_domain="factory.example")
    except UnreadableMail as problem:
        assert str(problem).endswith(".")  # noqa: PT017 a sentence for whoever looks at it
        assume(False)
        raise


def strings(value: object) -> Iterator[str]:
    """Every text in a mail, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def header_names(raw: bytes) -> list[bytes]:
    lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert not any(re.search(rb"[\r\n\x00]", line) for line in lines)
    return [line.partition(b":")[0].lower() for line in lines if line[:1] not in (b" ", b"\t")]


TWICE = b"=?utf-8?q?=3D=3Futf-8=3Fq=3F=3D0D=3D0ABcc:_v=40evil.example=3F=3D?="


@example(subject=TWICE, name=b"", reference=b"", file=b"", kind=b"")
@example(subject=b"", name=TWICE, reference=b"", file=b"", kind=b"")
@example(subject=b"", name=b"", reference=TWICE, file=b"", kind=b"")
@example(subject=b"", name=b"", reference=b"", file=TWICE, kind=b"")
@example(subject=b"=?utf-8?q?Hi=0D=0ABcc:_v=40evil.example?=", name=b"", reference=b"", file=b"", kind=b"")
@examples(0.05)
@given(subject=written(), name=written(), reference=written(), file=written(), kind=written())
def test_the_answer_to_any_mail_has_our_header_and_no_other(
    store: FileStore, subject: bytes, name: bytes, reference: bytes, file: bytes, kind: bytes
) -> None:
    head = b"From: %s <buyer@customer.example>\nSubject: %s\nMessage-ID: <%s@x>\nReferences: %s <%s>\n"
    part = b"Content-Type: %s\nContent-Disposition: attachment; filename=%s; filename*=%s\n\nx"
    body = multipart(part % (kind, file, file)).partition(b"\n")[2]
    mail = read(head % (name, subject, reference, reference, reference) + body)
    assert all(file.name and not re.search(r"[/\\]", file.name) for file in mail.attachments)
    answer = Letter(
        OutgoingKind.REPLY,
        Channel.EMAIL,
        recipient=mail.from_.address if mail.from_ else "buyer@customer.example",
        subject=f"Re: {without_re(mail.subject)} [HY-000001]",
        text="好的",
        message_id="<1@factory.example>",
        references=(*mail.references, mail.message_id or "<none@x>"),
        automatic=False,
        files=tuple(
            StoredFile(file.name, file.type, file.size, NOTHING, inline=False) for file in mail.attachments
        ),
    )
    company = mail.from_.name if mail.from_ else "回音"
    try:
        raw = as_bytes(answer, "sales@factory.example", company, store)
    except ValueError:  # no address that mail can go to
        return
    names = header_names(raw)
    assert set(names) <= OURS
    assert len(names) == len(set(names))


@examples(0.1)
@given(st.sampled_from(ORIGINALS), st.lists(st.tuples(st.integers(0, 1_500), written()), max_size=4))
def test_any_bytes_are_read_or_refused_and_no_text_is_broken(
    original: bytes, edits: list[tuple[int, bytes]]
) -> None:
    raw = bytearray(original)
    for at, what in edits:
        raw[at : at + len(what) // 2] = what
    for text in strings(read(bytes(raw))):
        assert "\x00" not in text
        text.encode()


@examples(0.35)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=60))
def test_no_letter_loses_a_word(text: str) -> None:
    assume("<" not in text)  # a tag that some program left at the end of a line is no word
    mail = read(letter(f"您好，{text}", charset="utf-8"))
    assert mail.text == f"您好，{text}".replace("\ufeff", "").rstrip()
    kept = iter(mail.text.replace("\xa0", " ").split("\n"))
    assert all(
        any(line.rstrip() == old.rstrip() for old in kept) for line in mail.new_text.split("\n") if line
    )


@examples(0.5)
@given(written(), st.sampled_from(["gb2312", "big5", "utf-7", None]))
def test_no_header_value_breaks_a_line(raw: bytes, hint: str | None) -> None:
    for text in (decode_words(raw, hint), *strings(read_addresses([raw + b" <a@b.example>"], hint))):
        assert text.isascii() or text.encode()
        assert len(text.splitlines()) <= 1
        assert not re.search(r"[\x00-\x1f\x7f]", text)
