"""Named moments at which a test may kill the process, to see that nothing is lost and nothing doubled."""

from collections.abc import Callable

POINTS = frozenset(
    {
        "mails_fetched",  # their bytes are in the file store, no row knows them
        "mails_kept",  # their rows are committed, and the cursor
        "mails_copied",  # to the folder for what is done; they lie in both
        "mails_marked",  # as deleted, and not gone yet
        "mails_moved",
        "update_laid_down",  # Telegram told us by webhook, and has no answer yet
        "messages_fetched",  # of a chat, with their files; no row knows them
        "messages_kept",  # their rows are committed, and the cursor
        "rows_claimed",
        "rows_opened",  # read by the worker, nothing written
        "rows_written",  # in a transaction that is not committed yet
        "rows_received",
        "letter_claimed",  # the row says sending, nothing has left
        "letter_sent",  # the server has it, the row does not say so yet
        "letter_recorded",
    }
)


class _Watch:
    """What happens at a point: nothing, unless a test says otherwise."""

    at: Callable[[str], None] | None = None


watch = _Watch()


def crashpoint(name: str) -> None:
    """Say that the program is at a named moment; KeyError for a name that no test could know."""
    if name not in POINTS:
        raise KeyError(name)
    if watch.at is not None:
        watch.at(name)
