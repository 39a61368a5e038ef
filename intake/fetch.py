"""Mailboxes read to their end once, and everything received that came in by them."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from intake.imap_line import MailboxError
from intake.mailbox import MailboxListener
from intake.receive import LOOK_AGAIN, Receiver


def fetch_all(
    listeners: Sequence[MailboxListener], receiver: Receiver, news: threading.Event
) -> list[int | MailboxError]:
    """Receive while the mailboxes are read; `news` is what the listeners ring.

    For each mailbox how many mails were fetched, or why it could not be read.
    """
    with ThreadPoolExecutor(max(len(listeners), 1)) as threads:
        reading = [threads.submit(listener.read_to_end) for listener in listeners]
        while not all(mailbox.done() for mailbox in reading):
            news.clear()
            if not sum(receiver.receive_waiting()):
                news.wait(LOOK_AGAIN)
    receiver.receive_all()
    return [_outcome(mailbox) for mailbox in reading]


def _outcome(mailbox: Future[int]) -> int | MailboxError:
    try:
        return mailbox.result()
    except MailboxError as problem:
        return problem
