"""The mail servers that a mailbox is tested on."""

from collections.abc import Iterator

import pytest

from tests.borders.imap import DOVECOT, DovecotServer, ImapServer, MailServer

SERVERS = [
    pytest.param(ImapServer, id="pymap"),
    pytest.param(
        DovecotServer,
        id="dovecot",
        marks=pytest.mark.skipif(DOVECOT is None, reason="Dovecot is not installed; pymap stands for both"),
    ),
]


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[MailServer]:
    """An empty mailbox on each of them."""
    with request.param() as server:
        yield server
