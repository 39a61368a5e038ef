"""Mail is moved to the folder for what is done only once it is ours, and nothing else is touched."""

from dataclasses import replace
from pathlib import Path

import pytest

from intake.imap_line import MailboxError, Patience
from intake.mailbox import MailboxListener
from intake.mailbox_entry import Mailbox
from store.tables import Incoming
from tests.borders.faulty_line import Answers, FaultyLine, Lacks, Meanwhile, Withholds
from tests.borders.imap import MailServer
from tests.intake.killed_fetch import fetch_under_kills
from tests.intake.servers import server
from tests.office import Office, mail

__all__ = ["server"]


def listener_of(office: Office, server: MailServer, *, port: int = 0) -> MailboxListener:
    mailbox = replace(Mailbox.from_url(server.url), done="Done", port=port or server.port)
    patience = Patience(connect=5, read=5)
    return MailboxListener(
        mailbox, office.engine, office.files, office.policy, office.clock, lambda: None, patience
    )


def mails(*names: str) -> list[bytes]:
    return [mail(message_id=f"<{name}@k.example>") for name in names]


@pytest.mark.parametrize("lacking", [[], [b"MOVE"]], ids=["MOVE", "COPY"])
def test_it_moves_what_it_holds(lacking: list[bytes], office: Office, server: MailServer) -> None:
    with FaultyLine(server.port, Lacks(frozenset(lacking))) as line:
        listener = listener_of(office, server, port=line.port)
        for count in (3, 2):
            server.append_many(mails(*(f"{count}-{n}" for n in range(count))))
            assert listener.read_to_end() == count
            assert server.uids() == []
    assert len(server.uids("Done")) == 5
    assert len(office.all(Incoming)) == 5


def test_it_expunges_nothing_that_somebody_else_has_marked(office: Office, server: MailServer) -> None:
    server.append_many(mails("1"))
    later = mail(message_id="<later@k.example>")
    arrives = Meanwhile(b"EXPUNGE", lambda: server.append(later, flags=["\\Deleted"]))
    with FaultyLine(server.port, Lacks(frozenset([b"MOVE"])), arrives) as line:
        assert listener_of(office, server, port=line.port).read_to_end() == 1
    (left,) = server.uids()
    assert "\\Deleted" in server.flags(left)
    assert len(server.uids("Done")) == 1


def test_it_makes_good_a_move_that_was_missed_and_doubles_nothing(office: Office, server: MailServer) -> None:
    server.append_many(mails("1", "2"))
    with FaultyLine(server.port, Answers(b"MOVE", b"{} NO [LIMIT] not now")) as line:
        listener = listener_of(office, server, port=line.port)
        with pytest.raises(MailboxError, match="not now"):
            listener.read_to_end()
        assert len(office.all(Incoming)) == 2  # ours before it is moved
        assert len(server.uids()) == 2
        line.heal()
        assert listener.read_to_end() == 0
    assert server.uids() == []
    assert len(server.uids("Done")) == 2
    assert len(office.all(Incoming)) == 2


def test_it_moves_nothing_that_it_does_not_hold(office: Office, server: MailServer) -> None:
    server.append_many(mails("1", "2"))
    listener = listener_of(office, server)
    refused = Answers(b"FETCH", b"{} NO [SERVERBUG] not now")
    with FaultyLine(server.port, refused) as line, pytest.raises(MailboxError, match="not now"):
        listener_of(office, server, port=line.port).read_to_end()
    assert len(server.uids()) == 2
    listener.read_to_end()
    assert server.uids() == []


def test_it_leaves_what_the_server_withholds_where_it_is(office: Office, server: MailServer) -> None:
    server.append_many(mails("1", "2", "3"))
    second = server.uids()[1]
    with FaultyLine(server.port, Withholds(second)) as line:
        listener = listener_of(office, server, port=line.port)
        assert listener.read_to_end() == 2
        assert server.uids() == [second]
        line.heal()
        assert listener.read_to_end() == 1
    assert server.uids() == []


def test_it_says_when_the_server_cannot_move(office: Office, server: MailServer) -> None:
    server.append_many(mails("1"))
    with FaultyLine(server.port, Lacks(frozenset([b"MOVE", b"UIDPLUS"]))) as line:
        with pytest.raises(MailboxError, match="cannot move"):
            listener_of(office, server, port=line.port).read_to_end()
        assert len(server.uids()) == 1
    assert len(office.all(Incoming)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # what is told apart is the server
@pytest.mark.parametrize(
    ("lacking", "points"),
    [([], ("mails_kept", "mails_moved")), ([b"MOVE"], ("mails_copied", "mails_marked", "mails_moved"))],
    ids=["MOVE", "COPY"],
)
def test_it_loses_doubles_and_leaves_nothing_when_killed(
    lacking: list[bytes], points: tuple[str, ...], database_url: str, tmp_path: Path, server: MailServer
) -> None:
    with FaultyLine(server.port, Lacks(frozenset(lacking))) as line:
        mailbox = replace(Mailbox.from_url(server.url), done="Done", port=line.port)
        damage = fetch_under_kills(40, 8, server, mailbox, database_url, tmp_path, lambda kills: None, points)
    assert not damage.breaks_a_promise, damage
