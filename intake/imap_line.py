"""The line to a mailbox: reached, encrypted, signed in; whatever goes wrong on it is told in a sentence."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from intake.encryption import is_this_machine, tls_trouble, trusting
from intake.mailbox_entry import Mailbox
from intake.oauth import OAuth, TokenError
from intake.tokens import Tokens

# One line of an answer. The library's 1 MB is less than the UIDs of a mailbox that nobody tidied for years.
imaplib._MAXLINE = 20_000_000  # type: ignore[attr-defined]


class MailboxError(Exception):
    """The mailbox cannot be read now; the message is a sentence that says why."""


class SignInError(MailboxError):
    """The server does not take our user name with this password or token."""


@dataclass(frozen=True)
class Patience:
    """How long we wait for a server, in seconds.

    A line that was cut without a word is noticed after `sweep` + `read`, so within a minute it is replaced.
    """

    connect: float = 15
    read: float = 30  # for the next byte
    # After this we look anyway: some servers have no IDLE, a NAT may silence it, and news that arrives in the
    # tail of our own SEARCH is told only once, and not to IDLE.
    sweep: float = 15
    back_off: tuple[float, ...] = (1, 2, 5, 10, 20, 30)  # between tries


@contextmanager
def connected(mailbox: Mailbox, patience: Patience, tokens: Tokens) -> Iterator[IMAPClient]:
    """A client that is signed in, for the block; MailboxError if there is none to be had."""
    client = reach(mailbox, patience)
    try:
        sign_in(client, mailbox, tokens)
        introduce(client)
        yield client
    finally:
        hang_up(client)


def reach(mailbox: Mailbox, patience: Patience) -> IMAPClient:
    """A line to the server, encrypted unless the server is this machine."""
    with as_mailbox_errors():
        client = IMAPClient(
            mailbox.host,
            mailbox.port,
            ssl=mailbox.secure,
            ssl_context=trusting(mailbox.authority) if mailbox.secure else None,
            timeout=SocketTimeout(connect=patience.connect, read=patience.read),
        )
    client.normalise_times = False  # INTERNALDATE stays aware
    try:
        if not mailbox.secure:
            _encrypt(client, mailbox)
    except MailboxError:
        hang_up(client)
        raise
    return client


def sign_in(client: IMAPClient, mailbox: Mailbox, tokens: Tokens) -> None:
    """Give the user name and the password, or an access token; a token that is refused is replaced once."""
    if mailbox.oauth is None:
        with _keeping_secret(mailbox.password), as_mailbox_errors():
            client.login(mailbox.user, mailbox.password)
        return
    token = _access_token(tokens, mailbox, mailbox.oauth)
    try:
        _show_token(client, mailbox.user, token)
    except SignInError:
        token = _access_token(tokens, mailbox, mailbox.oauth, refused=token)
        _show_token(client, mailbox.user, token)


def introduce(client: IMAPClient) -> bool:
    """Say who we are; False if the server does not ask. 163 and 126 refuse SELECT without it."""
    with as_mailbox_errors():
        if not client.has_capability("ID"):
            return False
        client.id_({"name": "Huiyin", "version": "1.0"})
        return True


def hang_up(client: IMAPClient) -> None:
    """End the line, in whatever state it is."""
    with suppress(OSError):
        client.shutdown()


@contextmanager
def as_mailbox_errors() -> Iterator[None]:
    """Whatever goes wrong between us and the server inside the block, as a sentence."""
    try:
        yield
    except MailboxError:
        raise
    except LoginError as problem:
        raise SignInError(f"The server refuses our user name or password: {_plain(problem)}") from problem
    except IMAPClientAbortError as problem:
        raise MailboxError(f"The line to the server was cut: {_plain(problem)}") from problem
    except IMAPClientError as problem:
        raise MailboxError(f"The server refuses: {_plain(problem)}") from problem
    except ssl.SSLError as problem:
        raise MailboxError(tls_trouble(problem)) from problem
    except TimeoutError as problem:
        raise MailboxError("The server does not answer in time.") from problem
    except (OSError, EOFError) as problem:
        raise MailboxError(f"The server cannot be reached: {_plain(problem)}") from problem
    except Exception as problem:
        # The library stumbles in many ways over an answer that is no IMAP.
        raise MailboxError(f"The server's answer cannot be read ({type(problem).__name__}).") from problem


def _access_token(tokens: Tokens, mailbox: Mailbox, oauth: OAuth, refused: str = "") -> str:
    try:
        return tokens.access_token(mailbox.user, oauth, refused=refused)
    except TokenError as problem:
        raise MailboxError(str(problem)) from problem


def _show_token(client: IMAPClient, user: str, token: str) -> None:
    with _keeping_secret(token), as_mailbox_errors():
        if client.has_capability("AUTH=OAUTHBEARER") and not client.has_capability("AUTH=XOAUTH2"):
            client.oauthbearer_login(user, token)
        else:
            client.oauth2_login(user, token)


@contextmanager
def _keeping_secret(secret: str) -> Iterator[None]:
    """Some servers quote the command that they refuse."""
    try:
        yield
    except MailboxError as problem:
        raise type(problem)(str(problem).replace(secret or "\0", "…")) from None


def _encrypt(client: IMAPClient, mailbox: Mailbox) -> None:
    with as_mailbox_errors():
        if client.has_capability("STARTTLS"):
            client.starttls(trusting(mailbox.authority))
        elif not is_this_machine(mailbox.host):
            raise MailboxError(
                "The server offers no encryption, so it does not get our password; try imaps://."
            )


def _plain(problem: BaseException) -> str:
    return " ".join(str(problem).split())[:300] or type(problem).__name__
