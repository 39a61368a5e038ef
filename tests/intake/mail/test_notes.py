"""Invitations in words, and what staff are told about mail that has none."""

import pytest

from intake.mail.invitation import read_invitation
from intake.mail.notes import ENCRYPTED, PACKED
from intake.mail.parse import parse_mail
from tests.intake.mail.letters import FIXTURES, letter, multipart

CALENDAR = """BEGIN:VCALENDAR
BEGIN:VTIMEZONE
DTSTART:16010101T000000
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;TZID=China Standard Time:20240612T140000
DTEND:20240612T070000Z
LOCATION:三号会议室\\, 二楼
SUMMARY;LANGUAGE=zh-cn:支座质量
 评审会
DESCRIPTION:请带检验报告\\n谢谢
END:VEVENT
"""
WORDS = """支座质量评审会
2024-06-12 14:00 China Standard Time – 2024-06-12 07:00 UTC
三号会议室, 二楼
请带检验报告
谢谢"""
INVITATION = b"Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\n" + CALENDAR.encode()


def test_an_invitation_without_a_letter_is_read_in_words() -> None:
    assert parse_mail(b"From: a@b.example\n" + INVITATION).text == WORDS
    assert parse_mail(multipart(b"\nplease come", INVITATION, kind="alternative")).text == "please come"


@pytest.mark.parametrize(
    ("calendar", "words"),
    [
        ("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20240612\r\nSUMMARY:a", "a\n2024-06-12"),
        ("BEGIN:VEVENT\nDTSTART:tomorrow", "tomorrow"),
        ("BEGIN:VEVENT\nSUMMARY:\\", "\\"),
        ("SUMMARY:a", ""),
        ("", ""),
    ],
)
def test_it_reads_what_calendars_write(calendar: str, words: str) -> None:
    assert read_invitation(calendar) == words


SMIME = "From: a@b.example\nContent-Type: application/pkcs7-mime; smime-type={}\n\nx"


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (letter("请报价"), None),
        (letter("-----BEGIN PGP MESSAGE-----\n\nhQEMA"), ENCRYPTED),
        (multipart(b"Content-Type: application/pgp-encrypted\n\nVersion: 1", kind="encrypted"), ENCRYPTED),
        (SMIME.format("enveloped-data").encode(), ENCRYPTED),
        (SMIME.format("certs-only").encode(), None),
        ((FIXTURES / "smime" / "encrypted.eml").read_bytes(), ENCRYPTED),
        ((FIXTURES / "smime" / "der.eml").read_bytes(), None),
        (multipart(b"\nhello", b"Content-Type: application/ms-tnef\n\nx"), PACKED),
    ],
)
def test_it_tells_staff_what_cannot_be_read(raw: bytes, note: str | None) -> None:
    assert parse_mail(raw).note == note
