"""Header fields: joined words, safe words, addresses, ids."""

import base64
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.mail.headers import decode_words, read_addresses, read_date, read_ids
from intake.mail.parse import parse_mail
from intake.mail.parsed import Address
from tests.intake.mail.letters import letter


def word(raw: bytes, charset: str = "utf-8") -> bytes:
    return f"=?{charset}?B?{base64.b64encode(raw).decode()}?=".encode()


def test_it_joins_encoded_words_that_are_cut_inside_a_letter() -> None:
    raw = "迟交投诉".encode()
    assert decode_words(word(raw[:4]) + b"\r\n " + word(raw[4:])) == "迟交投诉"


def test_it_keeps_the_space_between_a_plain_and_an_encoded_word() -> None:
    assert decode_words(b"Re: " + word("报价".encode()) + b" PO 771") == "Re: 报价 PO 771"


def test_it_joins_words_of_different_character_sets_without_a_space() -> None:
    assert decode_words(word("询价".encode()) + b" " + word("支座".encode("gbk"), "gb2312")) == "询价支座"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?UTF-8?Q?caf=C3=A9_au_lait?=", "café au lait"),
        (b"=?utf-8*zh?Q?=E6=94=AF?=", "支"),
        (b"=?NONE?B?VEVTVA=?=", "TEST"),
        (b"=??B?5pSv5bqn?=", "支座"),
        (b"=?utf-8?Q?ok?yes?= =?utf-8?Q?_no?=", "ok?yes no"),
        (b"=?utf-8?B?5pSv?==?utf-8?B?5bqn?=", "支座"),
        (b"=?utf-8?Q?=E6=94?= =?utf-8?B?r+W6pw==?=", "支座"),
        (b"=?gbk?Q?=D6=A7 =D7=F9?=", "支 座"),
        (b'"=?utf-8?B?5pSv\r\n 5bqn?="', '"支座"'),
        (word("合同".encode("hz"), "hz-gb-2312"), "合同"),
        (word("見積".encode("iso2022_jp"), "ISO-2022-JP"), "見積"),
        (word("支座报价".encode("gbk")), "支座报价"),
        (word("支座报价".encode(), "gb2312"), "支座报价"),
        ("图纸".encode("gbk"), "图纸"),
        (b"=?utf-8?B?5pSv5bqn?", "=?utf-8?B?5pSv5bqn?"),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("支座报价".encode("gbk"), "支座报价"),
        ("支座报价".encode(), "支座报价"),
        (b"\x00a\x07b\x7f", "ab"),
    ],
)
def test_it_reads_words_as_they_come(raw: bytes, text: str) -> None:
    assert decode_words(raw) == text


def test_it_reads_raw_words_in_the_character_set_of_the_body() -> None:
    mail = parse_mail(letter("您好".encode("big5"), charset="big5", Subject="詢價單".encode("big5")))
    assert mail.subject == "詢價單"


def test_a_line_break_hidden_in_a_subject_becomes_a_space() -> None:
    mail = parse_mail(letter(Subject=word(b"Hi\r\nBcc: victim@x.example").decode()))
    assert mail.subject == "Hi Bcc: victim@x.example"


@given(
    st.binary(max_size=60), st.sampled_from(["utf-8", "gb2312", "utf-7", "hz", "utf-16", "iso-2022-jp", "x"])
)
def test_no_control_character_comes_out_of_any_header(raw: bytes, charset: str) -> None:
    mail = parse_mail(letter(Subject=word(raw, charset), From=word(raw, charset) + b" <a@c.example>"))
    assert mail.from_
    for text in (mail.subject, mail.from_.name, mail.from_.address):
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in text)


def test_letters_that_turn_text_around_are_taken_out() -> None:
    assert decode_words("a\u202egpj.exe\u2066".encode()) == "agpj.exe"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"buyer@c.example", [("", "buyer@c.example")]),
        (b'"Liang, Gong" <L@C.example>, b@c.example', [("Liang, Gong", "l@c.example"), ("", "b@c.example")]),
        (b"buyer@c.example (Liang (Gong))", [("Liang (Gong)", "buyer@c.example")]),
        (b"Team: a@c.example, B <b@c.example>;", [("", "a@c.example"), ("B", "b@c.example")]),
        (b"undisclosed-recipients:;", []),
        (b"<>", []),
        (b"MAILER-DAEMON", []),
        (b'"a@evil.example" <real@c.example>', [("a@evil.example", "real@c.example")]),
        (b'"say \\"hi\\"" <a@c.example>', [('say "hi"', "a@c.example")]),
        (b"<jdoe@machine(comment).  example>", [("", "jdoe@machine.example")]),
        ('"許功蓋" <a@c.example>'.encode("big5"), [("許功蓋", "a@c.example")]),
        ("梁工 <a@c.example>".encode("gbk"), [("梁工", "a@c.example")]),
        (word("梁,工".encode()) + b" <a@c.example>", [("梁,工", "a@c.example")]),
        (b'"' + word("梁工".encode("gbk"), "gbk") + b'" <a@c.example>', [("梁工", "a@c.example")]),
        (b"a@c.example;b@c.example", [("", "a@c.example"), ("", "b@c.example")]),
        (b"=?gbk?B?wbq5pA==?= a@c.example", [("", "a@c.example")]),
        (b"<=?utf-8?B?YUBjLmV4YW1wbGU=?=>", [("", "a@c.example")]),
        (b"<@route.example:a@c.example>", [("", "a@c.example")]),
        (b"<mailto:a@c.example>", [("", "a@c.example")]),
        (b'<"a..b"@docomo.example>', [("", "a..b@docomo.example")]),
    ],
)
def test_it_finds_names_and_addresses(raw: bytes, found: list[tuple[str, str]]) -> None:
    hint = "big5" if b"\xb3" in raw else None
    assert read_addresses([raw], hint) == tuple(Address(*entry) for entry in found)


@pytest.mark.parametrize(
    "disguise",
    [
        b'"boss@ours.example x"@evil.example',
        b'"boss@ours.example\\" x"@evil.example',
        b'<"boss@ours.example<"@evil.example>',
        b"<=?utf-8?q?boss=40ours.example=3E?=@evil.example>",
        b"=?utf-8?Q?boss=40ours.example_?=x@evil.example",
        b"boss@ours.example@evil.example",
        b'"boss@ours.example" <x@evil.example>',
        b"(boss@ours.example) x@evil.example",
        b'"x boss"@ours.example',
        b'"x\\"boss"@ours.example',
    ],
)
def test_nobody_poses_as_somebody_else_by_odd_spelling(disguise: bytes) -> None:
    """A server that checks the sender reads what stands behind the last @."""
    assert "boss@ours.example" not in [address.address for address in read_addresses([disguise])]


def test_it_reads_ids_with_brackets_each_once_and_unfolded() -> None:
    assert read_ids([b"<a@b>\r\n <c@d> <a@b>", b"<long\r\n part@x>"]) == ("<a@b>", "<c@d>", "<longpart@x>")
    assert read_ids([b"bare@b.example"]) == ("<bare@b.example>",)
    assert read_ids([b"", b"your mail of Monday"]) == ()


def test_it_reads_dates_as_aware_times_or_not_at_all() -> None:
    assert read_date(b"Mon, 10 Jun 2024 09:12:00 +0800") == datetime(2024, 6, 10, 1, 12, tzinfo=UTC)
    assert read_date(b"Mon, 10 Jun 2024 09:12:00 -0000") == datetime(2024, 6, 10, 9, 12, tzinfo=UTC)
    assert [read_date(raw) for raw in (b"", b"yesterday", b"Mon, 99 Jun 99999 09:12:00 +9999")] == [None] * 3


def test_it_takes_the_first_of_repeated_fields() -> None:
    raw = b"Subject: first\nSubject: second\n" + letter()
    assert parse_mail(raw).subject == "first"


def test_it_reads_authentication_results_one_by_one() -> None:
    mail = parse_mail(letter(Authentication_Results="mx.factory.example;\n dkim=fail header.d=c.example"))
    assert mail.authentication_results == ("mx.factory.example; dkim=fail header.d=c.example",)
