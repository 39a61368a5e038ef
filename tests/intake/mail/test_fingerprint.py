"""The same mail by five ways is the same mail; a forged id does not make it so."""

import pytest

from intake.mail.fingerprint import fingerprint
from tests.intake.mail.letters import letter

MAIL = letter("请报价\n\nReceived: this line is text", Subject="询价", Message_ID="<1@c.example>")
RECEIVED = b"Received: from a.example\n\tby b.example; Mon, 10 Jun 2024\n"


@pytest.mark.parametrize(
    "copy",
    [
        RECEIVED + MAIL,
        RECEIVED + RECEIVED + b"Return-Path: <x@c.example>\n" + MAIL,
        b"Delivered-To: alias@factory.example\nX-Original-To: alias@factory.example\n" + MAIL,
        b"RETURN-PATH : <>\n" + MAIL,
        MAIL.replace(b"\n", b"\r\n"),
        (RECEIVED + MAIL).replace(b"\n", b"\r\n"),
        MAIL.replace(b"Subject:", RECEIVED + b"Subject:"),
    ],
)
def test_what_the_transport_adds_does_not_count(copy: bytes) -> None:
    assert fingerprint(copy) == fingerprint(MAIL)


@pytest.mark.parametrize(
    "other",
    [
        MAIL.replace("请报价".encode(), "请退款".encode()),
        MAIL.replace(b"Received: this", b"Received: that"),
        MAIL.replace(b"buyer@", b"thief@"),
        b"X-Received: a\n" + MAIL,
        MAIL + b"x",
    ],
)
def test_other_words_under_the_same_id_are_another_mail(other: bytes) -> None:
    assert fingerprint(other) != fingerprint(MAIL)


def test_it_takes_any_bytes() -> None:
    assert [len(fingerprint(raw)) for raw in (b"", b"Received: x", b"\xff" * 100)] == [64, 64, 64]
