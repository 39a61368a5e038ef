"""The sample mails are what they seem: readable, in order, and threaded the way mail programs do it."""

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

import pytest

SAMPLES = sorted((Path(__file__).parents[2] / "examples" / "mail").glob("*.eml"))
READABLE = [path for path in SAMPLES if "unreadable" not in path.name]


def read(path: Path) -> Message:
    return message_from_bytes(path.read_bytes())


def arrived(path: Path) -> float:
    return parsedate_to_datetime(read(path)["Received"].rpartition(";")[2].strip()).timestamp()


def without_way(path: Path) -> bytes:
    """The mail without the lines that mail servers put on top of it."""
    return re.sub(
        rb"^(Return-Path|Received):.*\r\n([ \t].*\r\n)*", b"", path.read_bytes(), flags=re.MULTILINE
    )


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.stem)
def test_it_is_read_by_the_standard_library_without_a_doubt(path: Path) -> None:
    mail = read(path)
    for part in mail.walk():
        assert part.defects == []
        if part.get_content_maintype() == "text" and not part.get_filename():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            content.decode(part.get_content_charset() or "ascii")
    assert str(make_header(decode_header(mail["Subject"])))
    assert parseaddr(mail["From"])[1].endswith(".example")


def test_it_has_one_that_is_nested_too_deep_to_read() -> None:
    (unreadable,) = set(SAMPLES) - set(READABLE)
    assert len(list(read(unreadable).walk())) > 64


def test_it_is_numbered_by_arrival() -> None:
    assert sorted(SAMPLES, key=arrived) == SAMPLES
    assert [int(path.name[:2]) for path in SAMPLES] == list(range(1, len(SAMPLES) + 1))


def test_it_has_one_mail_that_came_twice() -> None:
    first = next(path for path in SAMPLES if path.stem.endswith("-order-fasteners"))
    second = next(path for path in SAMPLES if path.stem.endswith("-order-fasteners-duplicate"))
    assert first.read_bytes() != second.read_bytes()
    assert without_way(first) == without_way(second)
    assert len({without_way(path) for path in SAMPLES}) == len(SAMPLES) - 1


def test_it_answers_only_mails_of_the_same_sender() -> None:
    sender = {read(path)["Message-ID"]: parseaddr(read(path)["From"])[1] for path in SAMPLES}
    replies = [read(path) for path in SAMPLES if read(path)["In-Reply-To"] in sender]
    assert len(replies) == 5
    for reply in replies:
        assert sender[reply["In-Reply-To"]] == parseaddr(reply["From"])[1]
