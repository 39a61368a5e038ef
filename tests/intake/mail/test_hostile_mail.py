"""Mail made to hurt: refused with a reason, or read in time that grows with its size, never an error."""

import cProfile
import pstats
import random
from collections.abc import Callable

import pytest

from intake.mail.parse import parse_mail
from intake.mail.parsed import ParsedMail, UnreadableMail
from tests.intake.mail.letters import letter, multipart


def nested(depth: int) -> bytes:
    head = b"".join(
        f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n".encode() for at in range(depth)
    )
    return b"From: a@b.example\n" + head + b"\nhello\n"


def nested_mails(depth: int) -> bytes:
    return b"From: a@b.example\n" + b"Content-Type: message/rfc822\n\n" * depth + b"\nhello\n"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (letter("x" * (25 * 1024 * 1024)), "25 MB"),
        (multipart(*[b"\nx"] * 1_001), "1,000 parts"),
        (nested(1_000), "64 deep"),
        (nested_mails(1_000), "64 deep"),
        (letter(Subject="x" * 70_000), "64 KB"),
        (multipart(b"X-Long: " + b"y" * 70_000 + b"\n\nhello"), "64 KB"),
        (letter(To=",".join(f"a{at}@b.example" for at in range(501))), "500 addresses"),
    ],
    ids=["size", "parts", "depth", "attached mails", "header", "header of a part", "addresses"],
)
def test_it_refuses_mail_beyond_the_limits_with_a_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableMail, match=reason):
        parse_mail(raw)


def test_it_reads_mail_within_the_limits() -> None:
    assert parse_mail(nested(60)).text == "hello"
    assert parse_mail(multipart(*[b"\nx"] * 900)).text.count("x") == 900
    assert len(parse_mail(letter(To=",".join(f"a{at}@b.example" for at in range(500)))).to) == 500


GROWING: dict[str, Callable[[int], bytes]] = {
    "encoded words": lambda n: letter(Subject="=?utf-8?q?a?= " * n),
    "encoded words without end": lambda n: letter(Subject="=?utf-8?q?" * n),
    "one long word as sender": lambda n: letter(From="a" * 20 * n),
    "brackets as sender": lambda n: letter(From="((<\"" * 5 * n),
    "ids": lambda n: letter(References="<a@b " * n),
    "parameters": lambda n: letter(Content_Disposition='attachment; a="x;' * n),
    "quoted lines": lambda n: letter("> x\n" * 10 * n),
    "labels": lambda n: letter("From: a\n\n" * 5 * n),
    "said": lambda n: letter("aaaa bbbb wrote:\n" * 5 * n),
    "dashes": lambda n: letter("-" * 20 * n),
    "rules": lambda n: letter("----\n\n" * 10 * n),
    "footers": lambda n: letter("发自我的iPhone\n" * 5 * n),
    "notices": lambda n: letter("本邮件 disclaimer\n" * 5 * n),
    "spaces": lambda n: letter(" " * 50 * n),
    "no end of line": lambda n: letter("a@" * 50 * n),
    "flowed": lambda n: letter("> a \n> b\n" * 5 * n, charset="utf-8; format=flowed"),
    "boundaries": lambda n: multipart(b"\n" + b"--bb \n" * 10 * n),
    "tags": lambda n: html("<" * 50 * n),
    "unread tags": lambda n: html("<script>" * 10 * n),
    "deep tags": lambda n: html("<div>" * 10 * n),
    "quotations": lambda n: html("<blockquote>" * 5 * n),
    "styles": lambda n: html("<p style='display" + " " * 50 * n + "'>x"),
    "odd letters": lambda n: letter(random.Random(n).randbytes(20 * n), charset="gb2312"),
    "broken utf-8": lambda n: letter(b"\xe4\xbd" * 20 * n),
    "hz": lambda n: letter("~{" * 20 * n, charset="hz-gb-2312"),
    "utf-7": lambda n: letter("+AGE-" * 20 * n, charset="utf-7"),
    "folded header": lambda n: letter(Subject="a\n " * 10 * n),
}  # fmt: skip


def html(page: str) -> bytes:
    return b"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n" + page.encode()


def calls(raw: bytes) -> int:
    """The work a mail makes, counted in function calls, which no busy machine changes."""
    profile = cProfile.Profile()
    profile.runcall(parse_mail, raw)
    stats = pstats.Stats(profile)
    return int(stats.total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", GROWING)
def test_its_work_grows_with_the_mail_not_with_its_square(name: str) -> None:
    build = GROWING[name]
    parse_mail(build(10))
    once, twice = calls(build(300)), calls(build(600))
    assert twice <= 2.5 * once + 500


@pytest.mark.parametrize(
    "build",
    [
        lambda: letter(From="a" * 60_000),
        lambda: letter(Subject="=?utf-8?b?" + "A" * 60_000),
        lambda: letter("x" * 2_000_000),
        lambda: letter("a@" * 500_000),
        lambda: letter("x " * 250 + "wrote:\n" * 20_000),
        lambda: letter("From: a\n" * 100_000),
        lambda: letter("发自我的iPhone\n" * 100_000),
        lambda: letter("-----BEGIN PGP SIGNED MESSAGE-----\n" + "Hash: a\n" * 100_000),
        lambda: letter("x <a@b> 10:21:\n> y\n" * 50_000),
        lambda: html("<table><tr>" + "<td>x" * 150_000),
        lambda: letter(From='"\\"' * 20_000 + '"a"@'),
        lambda: html("<" * 2_000_000),
        lambda: html("<script " * 200_000),
        lambda: letter(Content_Type_="x", Content_Disposition='attachment; filename="' + '\\"' * 30_000),
    ],
)
def test_it_finishes_what_would_take_others_minutes(build: Callable[[], bytes]) -> None:
    assert isinstance(parse_mail(build()), ParsedMail)


def test_it_reads_nothing_at_all() -> None:
    assert parse_mail(b"").text == ""
    assert parse_mail(b"\n\n").from_ is None
