"""A mailbox on a real server is read to its end, never touched, and caught up after any crash."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from intake.imap_line import MailboxError
from intake.mailbox import MailboxListener
from intake.mailbox_entry import Mailbox
from store.tables import Case, CaseStatus, Direction, Incoming, Listener, Message, Outgoing
from tests.borders.imap import DOVECOT, DovecotServer, ImapServer, MailServer
from tests.intake.killed_fetch import fetch_under_kills
from tests.intake.servers import server
from tests.office import MORNING, Office, mail

__all__ = ["server"]


def listener_of(office: Office, server: MailServer, url: str = "") -> MailboxListener:
    mailbox = Mailbox.from_url(url or server.url)
    return MailboxListener(mailbox, office.engine, office.files, office.policy, office.clock, lambda: None)


def mails(count: int) -> list[bytes]:
    return [mail(subject=f"询价 {n}", message_id=f"<{n}@kaimai.example>") for n in range(count)]


def test_it_stores_each_mail_once_and_touches_no_flag(office: Office, server: MailServer) -> None:
    server.append_many(mails(3))
    listener = listener_of(office, server)
    assert listener.read_to_end() == 3
    assert listener.read_to_end() == 0
    server.append(mail(message_id="<later@kaimai.example>"), flags=["\\Seen"])
    assert listener.read_to_end() == 1
    assert [flags & {"\\Seen"} for flags in map(server.flags, server.uids()[:3])] == [set(), set(), set()]
    office.receiver().receive_all()
    assert len([row for row in office.all(Message) if row.direction == Direction.IN]) == 4


def test_it_files_old_mail_of_a_new_mailbox_as_history(office: Office, server: MailServer) -> None:
    server.append(mail(message_id="<old@k.example>"), internaldate=MORNING - timedelta(days=40))
    server.append(mail(message_id="<new@k.example>"), internaldate=MORNING - timedelta(hours=3))
    listener_of(office, server).read_to_end()
    office.receiver().receive_all()
    assert [case.status for case in office.all(Case)] == [CaseStatus.FILED, CaseStatus.OPEN]
    assert len(office.all(Outgoing)) == 1
    assert office.all(Case)[1].due_at == MORNING + timedelta(hours=21)


def test_it_starts_over_when_the_server_renumbers_and_doubles_nothing(
    office: Office, server: MailServer
) -> None:
    server.append_many(mails(3))
    listener = listener_of(office, server)
    listener.read_to_end()
    server.renew_uidvalidity()
    if not server.uids():
        server.append_many(mails(3))
    listener.read_to_end()
    office.receiver().receive_all()
    assert len(office.all(Incoming)) == 6
    assert len([row for row in office.all(Message) if row.direction == Direction.IN]) == 3


def test_it_says_in_a_sentence_why_a_mailbox_cannot_be_read(office: Office, server: MailServer) -> None:
    wrong = server.url.replace("invented", "mistaken")
    with pytest.raises(MailboxError, match="user name or password"):
        listener_of(office, server, wrong).read_to_end()
    (row,) = office.all(Listener)
    assert row.error
    assert row.failing_since == MORNING
    with pytest.raises(MailboxError, match="cannot be reached"):
        listener_of(office, server, "imap://sales:x@127.0.0.1:9/INBOX").read_to_end()


def test_it_hears_of_new_mail_while_it_listens_and_stops_when_told(
    office: Office, server: MailServer
) -> None:
    server.append(mail(message_id="<first@k.example>"))
    heard, stop = threading.Semaphore(0), threading.Event()
    mailbox = Mailbox.from_url(server.url)
    listener = MailboxListener(
        mailbox, office.engine, office.files, office.policy, office.clock, heard.release
    )
    thread = threading.Thread(target=listener.run, args=(stop,))
    thread.start()
    try:
        assert heard.acquire(timeout=30)
        server.append(mail(message_id="<second@k.example>"))
        assert heard.acquire(timeout=30)
    finally:
        stop.set()
        thread.join(30)
    assert not thread.is_alive()
    assert len(office.all(Incoming)) == 2
    (row,) = office.all(Listener)
    assert row.holder is None


def test_it_comes_back_by_itself_when_the_line_is_cut(office: Office) -> None:
    heard, stop = threading.Semaphore(0), threading.Event()
    with ImapServer() as server:
        server.append(mail(message_id="<before@k.example>"))
        mailbox = Mailbox.from_url(server.url)
        listener = MailboxListener(
            mailbox, office.engine, office.files, office.policy, office.clock, heard.release
        )
        thread = threading.Thread(target=listener.run, args=(stop,))
        thread.start()
        try:
            assert heard.acquire(timeout=30)
            server.drop_connections()
            server.append(mail(message_id="<after@k.example>"))
            assert heard.acquire(timeout=30)
        finally:
            stop.set()
            thread.join(30)
    assert len(office.all(Incoming)) == 2


def test_it_loses_and_doubles_nothing_when_killed(database_url: str, tmp_path: Path) -> None:
    with (DovecotServer if DOVECOT else ImapServer)() as server:
        mailbox = Mailbox.from_url(server.url)
        damage = fetch_under_kills(500, 20, server, mailbox, database_url, tmp_path, lambda kills: None)
        untouched = ["\\Seen" not in server.flags(uid) for uid in server.uids()[:5]]
    assert not damage.breaks_a_promise, damage
    assert all(untouched)
