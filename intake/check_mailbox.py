"""Trying a mailbox out, step by step, for whoever connects it."""

import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from intake.imap_line import MailboxError, Patience, as_mailbox_errors, hang_up, introduce, reach, sign_in
from intake.mailbox_entry import Mailbox
from intake.tokens import Tokens

CLOCKS_DIFFER = timedelta(minutes=2)


def check_mailbox(mailbox: Mailbox, now: datetime, patience: Patience, tokens: Tokens) -> Iterator[str]:
    """Yields a sentence for each thing that is right; MailboxError for the first that is not.

    Changes nothing in the mailbox, and may be done while another process reads it.
    """
    client = reach(mailbox, patience)
    try:
        with as_mailbox_errors():
            yield from _look_at_line(client)
            sign_in(client, mailbox, tokens)
            yield "We are signed in."
            if introduce(client):
                yield "The server has asked who we are, and was told (ID)."
            count = _open_folder(client, mailbox.folder)
            yield f"The folder {mailbox.folder} can be read; mails in it: {count}."
            if client.has_capability("IDLE"):
                yield "The server tells of new mail at once (IDLE)."
            else:
                yield f"The server has no IDLE; we look for new mail every {patience.sweep:g} seconds."
            if count:
                _compare_clocks(client, now)
                yield "This machine's clock is not behind the server's."
    finally:
        hang_up(client)


def _look_at_line(client: IMAPClient) -> Iterator[str]:
    if isinstance(client.socket(), ssl.SSLSocket):
        yield "The server is reached, and the line is encrypted."
    else:
        yield "The server is reached on this machine, without encryption."


def _open_folder(client: IMAPClient, folder: str) -> int:
    try:
        return int(client.select_folder(folder, readonly=True)[b"EXISTS"])
    except IMAPClientError as problem:
        names = ", ".join(sorted(name for _, _, name in client.list_folders()))
        if folder in names.split(", "):
            raise
        raise MailboxError(f"There is no folder {folder}; there are: {names}") from problem


def _compare_clocks(client: IMAPClient, now: datetime) -> None:
    """By the newest mail, which cannot have arrived in the future."""
    newest = max(client.search())
    ahead = client.fetch([newest], ["INTERNALDATE"])[newest][b"INTERNALDATE"] - now
    if ahead > CLOCKS_DIFFER:
        minutes = ahead // timedelta(minutes=1)
        raise MailboxError(f"The newest mail arrives only in {minutes} minutes by this machine's clock.")
