"""The mail servers that a mailbox is tested on."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from intake.tokens import Tokens
from store.engine import open_engine
from tests.borders.imap import DOVECOT, DovecotServer, ImapServer, MailServer

NO_TOKENS = Tokens(open_engine("sqlite://"), b"unused", lambda: datetime.now(UTC))  # who signs in by password

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
