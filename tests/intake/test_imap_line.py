"""A password goes only over a line that nobody can read, to the server that was meant."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from intake.imap_line import MailboxError, Patience, connected
from intake.mailbox_entry import Mailbox, read_entry
from tests.borders.certificates import Certificate, certificate_for
from tests.borders.faulty_line import Answers, FaultyLine
from tests.borders.imap import PASSWORD, ImapServer
from tests.intake.servers import NO_TOKENS

PATIENCE = Patience(connect=5, read=5)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate_for("localhost", tmp_path_factory.mktemp("certificate"))


@pytest.fixture(params=["STARTTLS", "TLS"])
def mailbox(request: pytest.FixtureRequest, certificate: Certificate) -> Iterator[Mailbox]:
    """On a server with a certificate for `localhost`, whose authority the mailbox names."""
    secure = request.param == "TLS"
    with ImapServer(certificate, secure=secure) as server:
        mailbox = Mailbox.from_url(server.url)
        yield replace(mailbox, host="localhost", secure=secure, authority=str(certificate.authority))


def test_it_signs_in_over_an_encrypted_line(mailbox: Mailbox) -> None:
    with connected(mailbox, PATIENCE, NO_TOKENS) as client:
        assert client.folder_exists("INBOX")


def test_it_trusts_no_unknown_authority(mailbox: Mailbox) -> None:
    with (
        pytest.raises(MailboxError, match="certificate is not to be trusted: "),
        connected(replace(mailbox, authority=""), PATIENCE, NO_TOKENS),
    ):
        pass


def test_it_takes_no_certificate_of_another_host(mailbox: Mailbox) -> None:
    with (
        pytest.raises(MailboxError, match="not to be trusted: IP address mismatch"),
        connected(replace(mailbox, host="127.0.0.1"), PATIENCE, NO_TOKENS),
    ):
        pass


def test_it_says_that_a_port_speaks_no_tls() -> None:
    with ImapServer() as server:
        mailbox = replace(Mailbox.from_url(server.url), secure=True)
        with pytest.raises(MailboxError, match="No encrypted line"), connected(mailbox, PATIENCE, NO_TOKENS):
            pass


def test_it_gives_no_password_to_a_far_server_without_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.imap_line.is_this_machine", lambda host: False)
    with ImapServer() as server, FaultyLine(server.port, Answers(b"LOGIN", b"{} OK")) as line:
        mailbox = replace(Mailbox.from_url(server.url), port=line.port)
        with pytest.raises(MailboxError, match="no encryption"), connected(mailbox, PATIENCE, NO_TOKENS):
            pass
        assert not line.struck.is_set()  # no LOGIN was ever said


def test_it_does_not_repeat_a_password_that_the_server_quotes() -> None:
    quoting = Answers(b"LOGIN", b'{} BAD what is LOGIN "sales" "' + PASSWORD.encode() + b'"')
    with ImapServer() as server, FaultyLine(server.port, quoting) as line:
        mailbox = replace(Mailbox.from_url(server.url), port=line.port)
        with pytest.raises(MailboxError) as caught, connected(mailbox, PATIENCE, NO_TOKENS):
            pass
    assert "what is LOGIN" in str(caught.value)
    assert PASSWORD not in f"{caught.value} {caught.value.__cause__} {mailbox!r} {mailbox.name}"


def test_it_reads_each_folder_of_an_entry_as_a_mailbox_of_its_own(certificate: Certificate) -> None:
    url = "imaps://sales%40k.example:x@imap.k.example"
    found = read_entry({"url": url, "folders": ["INBOX", "询价"], "ca": str(certificate.authority)})
    assert [mailbox.name for mailbox in found] == [
        "mail:sales@k.example@imap.k.example/INBOX",
        "mail:sales@k.example@imap.k.example/询价",
    ]
    assert {mailbox.authority for mailbox in found} == {str(certificate.authority)}


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ({"folder": "INBOX"}, "'folder'"),
        ({"folders": []}, '"folders"'),
        ({"folders": "INBOX"}, '"folders"'),
        ({"done": "INBOX"}, '"done"'),
        ({"ca": "missing.pem"}, "missing.pem"),
        ({"ca": 5}, "'ca'"),
    ],
)
def test_it_says_what_is_wrong_with_an_entry(
    entry: dict[str, object], word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=word) as caught:
        read_entry({"url": "imaps://sales:geheim@imap.k.example"} | entry)
    assert "geheim" not in str(caught.value)
