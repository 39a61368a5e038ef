"""Whatever goes wrong on the line to a mailbox heals by itself: every mail arrives once, and others go on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake.imap_line import MailboxError, Patience, connected
from intake.mailbox import MailboxListener
from intake.mailbox_entry import Mailbox
from store.tables import Direction, Incoming, IncomingState, Listener, Message
from tests.borders.faulty_line import (
    Answers,
    BreaksOffInMail,
    FallsSilentInIdle,
    Fault,
    FaultyLine,
    HangsUpAfterGreeting,
    Meanwhile,
    SaysUnasked,
    Trickles,
    Withholds,
)
from tests.borders.imap import MailServer
from tests.intake.servers import NO_TOKENS, server
from tests.office import Office, mail

__all__ = ["server"]

PATIENCE = Patience(connect=5, read=0.4, sweep=0.2, back_off=(0.05,))
LONGEST = 30  # seconds until a test gives up
UNASKED = (
    b"* OK [ALERT] The server will be serviced tonight.\r\n* 1 FETCH (FLAGS (\\Seen))\r\n"
    b"* FLAGS (\\Seen \\Deleted)\r\n* 3 RECENT\r\n* LIST () NIL INBOX\r\n"
)
FAULTS: dict[str, Fault | None] = {
    "connection refused": None,  # nobody listens
    "hangs up after the greeting": HangsUpAfterGreeting(),
    "cut in the middle of a mail": BreaksOffInMail("cut"),
    "silent in the middle of a mail": BreaksOffInMail("silence"),
    "NO to SELECT": Answers(b"EXAMINE", b"{} NO [UNAVAILABLE] try later"),
    "NO to FETCH": Answers(b"FETCH", b"{} NO [SERVERBUG] internal error"),
    "BAD": Answers(b"SEARCH", b"{} BAD what?"),
    "BYE": Answers(b"FETCH", b"* BYE shutting down", then_hangs_up=True),
    "slow": Trickles(),
    "sign-in refused": Answers(b"LOGIN", b"{} NO [AUTHENTICATIONFAILED] no"),
    "silent in IDLE": FallsSilentInIdle(),
    "garbage": Answers(b"SEARCH", b"\x00\xff\xfe{}* ( \x07 )) {12"),
    "nonsense": Answers(b"SEARCH", b"* SEARCH one two\r\n{} OK done"),
    "unasked words": SaysUnasked(b"FETCH", UNASKED),
}


class Ear:
    """Wakes a test whenever a listener has stored something."""

    def __init__(self) -> None:
        self._heard = threading.Semaphore(0)

    def __call__(self) -> None:
        self._heard.release()

    def wait_until(self, so: Callable[[], bool]) -> None:
        while not so():
            assert self._heard.acquire(timeout=LONGEST)


def listener_of(office: Office, mailbox: Mailbox, ear: Callable[[], None]) -> MailboxListener:
    return MailboxListener(mailbox, office.engine, office.files, office.policy, office.clock, ear, PATIENCE)


@contextmanager
def listening(office: Office, *mailboxes: Mailbox) -> Iterator[Ear]:
    """Each mailbox is listened to in a thread of its own, as in the program."""
    ear, stop = Ear(), threading.Event()
    listeners = [listener_of(office, mailbox, ear) for mailbox in mailboxes]
    threads = [threading.Thread(target=listener.run, args=(stop,)) for listener in listeners]
    for thread in threads:
        thread.start()
    try:
        yield ear
    finally:
        stop.set()
        for thread in threads:
            thread.join(LONGEST)
    assert not any(thread.is_alive() for thread in threads)


@pytest.fixture
def database_url(tmp_path: Path, sqlite_template: bytes) -> str:
    """SQLite alone: what fails here is not the database."""
    path = tmp_path / "huiyin.db"
    path.write_bytes(sqlite_template)
    return f"sqlite:///{path}"


def mails(*names: str) -> list[bytes]:
    return [mail(subject=f"询价 {name}", message_id=f"<{name}@kaimai.example>") for name in names]


def stored(office: Office, mailbox: Mailbox) -> list[bytes]:
    rows = office.all(Incoming)
    return sorted(office.files.get(row.raw) for row in rows if row.source == mailbox.name and row.raw)


def boxes(server: MailServer, line: FaultyLine) -> tuple[Mailbox, Mailbox]:
    """The INBOX behind the faulty line, and another folder that is reached directly."""
    direct = Mailbox.from_url(server.url)
    with server.client(None) as client:
        client.create_folder("Other")
    return replace(direct, port=line.port), replace(direct, folder="Other")


def goes_on(office: Office, server: MailServer, other: Mailbox, ear: Ear) -> None:
    """Another mailbox is read while this one is not."""
    before = len(stored(office, other))
    server.append_many(mails(f"other-{before}"), "Other")
    ear.wait_until(lambda: len(stored(office, other)) > before)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_it_heals_alone_and_every_mail_arrives_once(
    fault: Fault | None, office: Office, server: MailServer
) -> None:
    early, late = mails("1", "2", "3"), mails("4")
    server.append_many(early)
    with FaultyLine(server.port, *([fault] if fault else [])) as line:
        mailbox, other = boxes(server, line)
        with listening(office, mailbox, other) as ear:
            assert fault is None or line.struck.wait(LONGEST)
            goes_on(office, server, other, ear)
            line.heal()
            server.append_many(late)
            ear.wait_until(lambda: len(stored(office, mailbox)) >= 4)
    assert stored(office, mailbox) == early + late
    assert all("\\Seen" not in server.flags(uid) for uid in server.uids())


def test_it_passes_over_a_mail_that_is_expunged_while_we_fetch(office: Office, server: MailServer) -> None:
    early, late = mails("1", "2", "3"), mails("4")
    server.append_many(early)

    def expunge_second() -> None:
        with server.client() as client:
            client.delete_messages(sorted(client.search())[1])
            client.expunge()

    with FaultyLine(server.port, Meanwhile(b"BODY.PEEK[]", expunge_second)) as line:
        mailbox, other = boxes(server, line)
        with listening(office, mailbox, other) as ear:
            assert line.struck.wait(LONGEST)
            server.append_many(late)
            ear.wait_until(lambda: set(late) <= set(stored(office, mailbox)))
    found = stored(office, mailbox)
    if early[1] in found:  # pymap still shows it to who has the folder open
        found.remove(early[1])
    assert found == [early[0], early[2], *late]


def test_it_starts_over_when_the_server_renumbers_while_we_listen(office: Office, server: MailServer) -> None:
    early, late = mails("1", "2", "3"), mails("4")
    server.append_many(early)
    with FaultyLine(server.port, Meanwhile(b"IDLE", server.renew_uidvalidity)) as line:
        mailbox, other = boxes(server, line)
        with listening(office, mailbox, other) as ear:
            assert line.struck.wait(LONGEST)
            server.append_many(late)
            ear.wait_until(lambda: set(late) <= set(stored(office, mailbox)))
    assert set(stored(office, mailbox)) == set(early + late)
    office.receiver().receive_all()
    received = [row.message_id for row in office.all(Message) if row.direction == Direction.IN]
    assert sorted(map(str, received)) == [f"<{name}@kaimai.example>" for name in "1234"]


def test_it_says_what_is_wrong_while_it_lasts_and_nothing_once_it_is_over(
    office: Office, server: MailServer
) -> None:
    with FaultyLine(server.port, Answers(b"EXAMINE", b"{} NO try later")) as line:
        mailbox = replace(Mailbox.from_url(server.url), port=line.port)
        listener = listener_of(office, mailbox, lambda: None)
        with pytest.raises(MailboxError, match="try later"):
            listener.read_to_end()
        (row,) = office.all(Listener)
        assert "try later" in (row.error or "")
        assert row.failing_since == office.now
        line.heal()
        listener.read_to_end()
    (row,) = office.all(Listener)
    assert (row.error, row.failing_since) == (None, None)


def test_it_sets_aside_what_the_server_withholds_and_fetches_it_later(
    office: Office, server: MailServer
) -> None:
    raws = mails("1", "2", "3")
    server.append(raws[0])
    second = server.append(raws[1], internaldate=office.now - timedelta(days=40))
    server.append(raws[2])
    corrupt = Withholds(second)
    with FaultyLine(server.port, corrupt) as line:
        mailbox = replace(Mailbox.from_url(server.url), port=line.port)
        listener = listener_of(office, mailbox, lambda: None)
        assert listener.read_to_end() == 2
        (aside,) = [row for row in office.all(Incoming) if row.state == IncomingState.QUARANTINED]
        assert aside.external_id.endswith(f":{second}")
        assert "corrupt" in (aside.reason or "")
        assert listener.read_to_end() == 0
        line.heal()
        assert listener.read_to_end() == 1
    assert stored(office, mailbox) == raws
    rows = office.all(Incoming)
    assert {row.state for row in rows} == {IncomingState.NEW}
    assert [row.history for row in rows if row.id == aside.id] == [True]  # what is old stays old


def test_it_goes_on_past_a_mail_at_which_the_server_hangs_up_and_tries_it_later(
    office: Office, server: MailServer
) -> None:
    raws = mails("1", "2", "3", "4")
    server.append_many(raws[:3])
    second = server.uids()[1]
    with FaultyLine(server.port, Withholds(second, hangs_up=True)) as line:
        mailbox = replace(Mailbox.from_url(server.url), port=line.port)
        with listening(office, mailbox) as ear:
            ear.wait_until(lambda: len(stored(office, mailbox)) == 2)
            line.struck.clear()
            server.append(raws[3])
            ear.wait_until(lambda: len(stored(office, mailbox)) == 3)
        assert not line.struck.is_set()  # it costs us the line, so it is left in peace for a while
        (aside,) = [row for row in office.all(Incoming) if row.state == IncomingState.QUARANTINED]
        assert aside.external_id.endswith(f":{second}")
        assert "hangs up" in (aside.reason or "")
        (row,) = office.all(Listener)
        assert row.failing_since is None
        listener = listener_of(office, mailbox, lambda: None)
        office.pass_time(minutes=1)
        assert listener.read_to_end() == 0
        assert line.struck.is_set()
        line.heal()
        assert listener.read_to_end() == 0
        office.pass_time(minutes=10)
        assert listener.read_to_end() == 1
    assert stored(office, mailbox) == raws
    assert {row.state for row in office.all(Incoming)} == {IncomingState.NEW}
    office.receiver().receive_all()
    assert {row.state for row in office.all(Incoming)} == {IncomingState.RECEIVED}


@pytest.mark.parametrize("hangs_up", [False, True])
def test_it_blames_a_mail_that_is_alone_when_older_mail_is_handed_out(
    hangs_up: bool, office: Office, server: MailServer
) -> None:
    server.append_many(mails("1"))
    with FaultyLine(server.port, Withholds(server.uids()[0] + 1, hangs_up=hangs_up)) as line:
        mailbox = replace(Mailbox.from_url(server.url), port=line.port)
        listener = listener_of(office, mailbox, lambda: None)
        assert listener.read_to_end() == 1
        server.append_many(mails("2"))
        assert listener.read_to_end() == 0
    assert [row.state for row in office.all(Incoming)] == [IncomingState.NEW, IncomingState.QUARANTINED]


def test_it_blames_no_mail_when_the_server_hangs_up_at_each(office: Office, server: MailServer) -> None:
    server.append_many(mails("1", "2", "3"))
    with FaultyLine(server.port, BreaksOffInMail("cut")) as line:
        mailbox = replace(Mailbox.from_url(server.url), port=line.port)
        with pytest.raises(MailboxError):
            listener_of(office, mailbox, lambda: None).read_to_end()
    assert office.all(Incoming) == []


def test_it_reads_a_mailbox_with_more_mails_than_fit_in_the_library_s_line(server: MailServer) -> None:
    numbers = b" ".join(b"%d" % number for number in range(100_000, 300_000))
    with FaultyLine(server.port, Answers(b"SEARCH", b"* SEARCH " + numbers + b"\r\n{} OK done")) as line:
        mailbox = replace(Mailbox.from_url(server.url), port=line.port)
        with connected(mailbox, PATIENCE, NO_TOKENS) as client:
            client.select_folder("INBOX", readonly=True)
            assert len(client.search()) == 200_000
