"""Both mail servers keep a mailbox the same way, as far as a mail program can tell."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from tests.borders.imap import DOVECOT, DovecotServer, ImapServer, MailServer

GBK = "From: wang@keding.example\r\nSubject: =?gbk?B?0a+82w==?=\r\n\r\n轴承座询价,请报价。\r\n".encode("gbk")
LARGE = b"From: wang@keding.example\r\n\r\n" + b"x" * 70 + b"\r\n" * 200_000

WITH_DOVECOT = pytest.param(
    DovecotServer, marks=pytest.mark.skipif(DOVECOT is None, reason="dovecot is not installed")
)


@pytest.fixture(params=[ImapServer, WITH_DOVECOT])
def mail(request: pytest.FixtureRequest) -> Iterator[MailServer]:
    with request.param() as server:
        yield server


def fetch(mail: MailServer, uid: int, item: str = "BODY.PEEK[]") -> object:
    with mail.client() as client:
        return client.fetch([uid], [item])[uid][item.replace(".PEEK", "").encode()]


@pytest.mark.parametrize("raw", [GBK, LARGE], ids=["gbk", "large"])
def test_it_gives_a_mail_back_byte_by_byte(mail: MailServer, raw: bytes) -> None:
    uid = mail.append(raw)
    assert fetch(mail, uid) == raw
    assert mail.flags(uid) == set()


def test_it_marks_a_mail_as_read_only_without_peek(mail: MailServer) -> None:
    uid = mail.append(GBK, flags=[r"\Flagged"])
    fetch(mail, uid, "BODY.PEEK[]")
    assert mail.flags(uid) == {r"\Flagged"}
    with mail.client() as client:
        client.fetch([uid], ["RFC822"])
    assert mail.flags(uid) == {r"\Flagged", r"\Seen"}


def test_it_keeps_the_time_of_arrival(mail: MailServer) -> None:
    at = datetime(2026, 11, 19, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    uid = mail.append(GBK, internaldate=at)
    with mail.client() as client:
        client.normalise_times = False
        assert client.fetch([uid], ["INTERNALDATE"])[uid][b"INTERNALDATE"] == at


def test_it_counts_uids_upwards(mail: MailServer) -> None:
    first = mail.append(GBK)
    mail.append_many([GBK] * 20)
    uids = mail.uids()
    assert len(uids) == 21
    assert uids[0] == first
    with mail.client() as client:
        client.delete_messages(uids[-1])
        client.expunge()
    assert mail.append(GBK) > uids[-1]


def test_it_tells_a_waiting_client_of_a_new_mail(mail: MailServer) -> None:
    with mail.client() as client, ThreadPoolExecutor() as pool:
        client.idle()
        arrival = pool.submit(client.idle_check, 20)
        mail.append(GBK)
        assert (1, b"EXISTS") in arrival.result()
        client.idle_done()


@pytest.mark.parametrize(
    "last_words", [b"a LOGIN sal", b"a APPEND INBOX {500}\r\nFrom:", b"b SELECT INBOX\r\nc IDLE\r\n"]
)
def test_it_goes_on_when_a_client_vanishes(mail: MailServer, last_words: bytes) -> None:
    mail.append(GBK)
    with socket.create_connection(("127.0.0.1", mail.port)) as line:
        line.sendall(b"0 LOGIN sales invented\r\n" + last_words)
        line.recv(100)
    assert len(mail.uids()) == 1


def test_it_keeps_the_mails_under_a_new_uidvalidity(mail: MailServer) -> None:
    mail.append_many([GBK, LARGE])
    before = mail.uidvalidity()
    mail.renew_uidvalidity()
    assert mail.uidvalidity() != before
    assert [fetch(mail, uid) for uid in mail.uids()] == [GBK, LARGE]


def test_it_keeps_folders_apart(mail: MailServer) -> None:
    with mail.client(None) as client:
        client.create_folder("询价")
    mail.append(GBK, folder="询价")
    assert len(mail.uids("询价")) == 1
    assert mail.uids() == []


def test_it_answers_id_before_the_folder_is_opened(mail: MailServer) -> None:
    with mail.client(None) as client:
        client.id_({"name": "huiyin"})
        assert client.select_folder("INBOX")[b"EXISTS"] == 0


def test_it_drops_every_line_at_once() -> None:
    with ImapServer() as mail:
        with mail.client() as client:
            mail.drop_connections()
            with pytest.raises((ConnectionError, client.AbortError)):
                client.noop()
        assert mail.uids() == []


def test_it_refuses_a_wrong_password(mail: MailServer) -> None:
    with mail.client(None) as client, pytest.raises(client.Error):
        client.login("sales", "wrong")
