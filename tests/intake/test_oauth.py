"""A mailbox that takes no password is signed in to by OAuth2; its tokens are shared, renewed and sealed."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.mail.smtp import SmtpAccount, SmtpSender
from bot.sending import Letter, SendError
from intake.imap_line import MailboxError, Patience
from intake.mailbox import MailboxListener
from intake.mailbox_entry import Mailbox, read_entry
from intake.tokens import Tokens
from store.tables import Channel, Credential, Incoming, Listener, OutgoingKind
from tests.borders.faulty_line import FaultyLine, SignsInByToken
from tests.borders.imap import PASSWORD, USER, ImapServer
from tests.borders.smtp import SmtpServer
from tests.borders.token_server import TokenServer
from tests.office import Office, mail

LONGEST = 30
LETTER = Letter(
    OutgoingKind.REPLY, Channel.EMAIL, "li@k.example", "报价", "12.5\n", "<1@f.example>", (), False
)


@dataclass
class Account:
    """A mailbox that takes only tokens, and the server that gives them."""

    imap: ImapServer
    line: FaultyLine
    tokens: TokenServer
    office: Office

    @property
    def mailbox(self) -> Mailbox:
        oauth = {"client_id": "client-1", "refresh_token": "refresh-0", "token_url": self.tokens.url}
        url = f"imap://{USER}@127.0.0.1:{self.line.port}/INBOX"
        (mailbox,) = read_entry({"url": url, "oauth": oauth})
        return mailbox

    def listener(self, heard: threading.Semaphore | None = None) -> MailboxListener:
        office = self.office
        return MailboxListener(
            self.mailbox,
            office.engine,
            office.files,
            office.policy,
            office.clock,
            heard.release if heard else lambda: None,
            Patience(connect=5, read=5, sweep=0.2, back_off=(0.05,)),
        )

    def shared(self) -> Tokens:
        return Tokens(self.office.engine, self.office.policy.secret_key, self.office.clock)


@pytest.fixture
def account(office: Office) -> Iterator[Account]:
    with ExitStack() as stack:
        tokens = stack.enter_context(TokenServer("refresh-0"))
        imap = stack.enter_context(ImapServer())
        signing_in = SignsInByToken(tokens.valid, USER, PASSWORD)
        line = stack.enter_context(FaultyLine(imap.port, signing_in))
        yield Account(imap, line, tokens, office)


def test_it_signs_in_with_one_token_until_it_ends_and_follows_the_new_refresh_tokens(
    account: Account,
) -> None:
    account.imap.append(mail())
    assert account.listener().read_to_end() == 1
    assert account.listener().read_to_end() == 0
    assert account.tokens.asked == 1
    for asked in (2, 3):
        account.office.pass_time(hours=1)
        account.listener().read_to_end()
        assert account.tokens.asked == asked


def test_it_replaces_a_token_that_the_server_takes_no_more_while_we_listen(account: Account) -> None:
    heard, stop = threading.Semaphore(0), threading.Event()
    account.imap.append(mail())
    thread = threading.Thread(target=account.listener(heard).run, args=(stop,))
    thread.start()
    try:
        assert heard.acquire(timeout=LONGEST)
        account.tokens.revoke()
        account.imap.drop_connections()
        account.imap.append(mail(message_id="<2@k.example>"))
        assert heard.acquire(timeout=LONGEST)
    finally:
        stop.set()
        thread.join(LONGEST)
    assert account.tokens.asked == 2
    assert len(account.office.all(Incoming)) == 2


def test_it_says_to_sign_in_again_and_tells_no_secret(account: Account) -> None:
    account.tokens.refresh_token = ""
    with (
        capture_logs() as logs,
        pytest.raises(MailboxError, match=f"sign-in of {USER}.*sign in again") as caught,
    ):
        account.listener().read_to_end()
    (row,) = account.office.all(Listener)
    told = f"{caught.value!r} {caught.value.__cause__!r} {logs} {row.error} {account.mailbox!r}"
    assert "sign in again" in (row.error or "")
    assert "refresh-0" not in told


def test_it_tells_no_token_that_the_mail_server_quotes(account: Account) -> None:
    account.tokens.valid.add("only this")
    signing_in = SignsInByToken(["none"], USER, PASSWORD)
    with FaultyLine(account.imap.port, signing_in) as line, pytest.raises(MailboxError) as caught:
        replace(account.listener(), mailbox=replace(account.mailbox, port=line.port)).read_to_end()
    assert "AUTHENTICATE failed for …" in str(caught.value)
    assert "access-" not in f"{caught.value} {caught.value.__cause__}"


def test_it_asks_once_for_all_who_need_a_token_and_keeps_it_sealed(account: Account) -> None:
    mailbox = account.mailbox
    assert mailbox.oauth is not None
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda _: account.shared().access_token(USER, mailbox.oauth), range(8)))  # type: ignore[arg-type]
    assert set(given) == {"access-1"}
    assert account.tokens.asked == 1
    (row,) = account.office.all(Credential)
    assert not any(word in f"{row.name} {row.sealed}" for word in ("access-1", "refresh-"))


def test_it_takes_what_another_process_got_when_it_is_refused_itself(account: Account) -> None:
    """The other one asked between our look into the database and our own question."""
    mailbox = account.mailbox
    assert mailbox.oauth is not None
    ours = account.shared()
    looks = iter([ours._kept(USER, mailbox.oauth)])
    account.shared().access_token(USER, mailbox.oauth)

    class Late(Tokens):
        def _kept(self, user: str, oauth: object) -> object:  # type: ignore[override]
            return next(looks, None) or super()._kept(user, oauth)  # type: ignore[arg-type]

    late = Late(ours.engine, ours.secret_key, ours.clock)
    assert late.access_token(USER, mailbox.oauth) == "access-1"


def test_it_begins_anew_when_the_settings_bring_another_refresh_token_or_key(account: Account) -> None:
    mailbox = account.mailbox
    assert mailbox.oauth is not None
    account.shared().access_token(USER, mailbox.oauth)
    account.tokens.refresh_token = "signed-in-again"
    again = replace(mailbox.oauth, refresh_token="signed-in-again")
    assert account.shared().access_token(USER, again) == "access-2"
    account.tokens.refresh_token = "signed-in-again"
    other_key = replace(account.shared(), secret_key=b"another key altogether")
    assert other_key.access_token(USER, again) == "access-3"


def test_it_sends_with_the_same_token_and_replaces_it_when_it_is_refused(
    account: Account, tmp_path: Path
) -> None:
    with SmtpServer(USER, "unused", account.tokens.valid) as smtp:
        there = SmtpAccount(f"smtp://{USER}@127.0.0.1:{smtp.port}", account.mailbox.oauth, account.shared())
        with closing(SmtpSender(there, "sales@factory.example", "回音", account.office.files)) as sender:
            account.listener().read_to_end()
            sender.send(LETTER)
            assert account.tokens.asked == 1
            sender.hang_up()
            account.tokens.revoke()
            sender.send(LETTER)
            assert account.tokens.asked == 2
            sender.hang_up()
            account.tokens.revoke()
            account.tokens.refresh_token = ""
            with pytest.raises(SendError, match="sign in again") as caught:
                sender.send(LETTER)
    assert not caught.value.permanent
    assert len(smtp.mails) == 2


@pytest.mark.parametrize(
    ("oauth", "word"),
    [
        ("text", "object"),
        ({"client_id": "c"}, "refresh_token"),
        ({"client_id": "c", "refresh_token": "geheim", "tenent": "t"}, "tenant"),
        ({"client_id": "c", "refresh_token": "geheim", "token_url": "http://far.example/"}, "https://"),
    ],
)
def test_it_says_what_is_wrong_with_an_entry(oauth: object, word: str) -> None:
    with pytest.raises(ValueError, match=word) as caught:
        read_entry({"url": "imaps://sales@imap.k.example", "oauth": oauth})
    assert "geheim" not in str(caught.value)
