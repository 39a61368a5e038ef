"""How fast a survey goes out on PostgreSQL by four processes, two of them killed, against the mail server.

python -m bench.surveys 100000      so many customers; every one has to be invited once and written to

The floor is the same mail server in the same run, spoken to by as many plain clients with a letter of the
same size and nothing to look up or write down.
"""

import argparse
import multiprocessing
import smtplib
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from sqlmodel import col, select

from bot.deliver import compose
from bot.mail.compose import as_bytes
from store.engine import open_engine, writing
from store.files import FileStore
from store.schema import upgrade
from store.tables import Outgoing, OutgoingKind
from tests.borders.postgres import postgres_server
from tests.borders.smtp import SmtpServer
from tests.bot.killed_dispatch import PROCESSES, dispatch_under_kills
from tests.survey.people import POLICY

FLOOR = 20_000  # letters are enough to know the server's speed
LETTERS_A_LINE = 100  # as we do
_PLAIN = multiprocessing.get_context("fork")


def main() -> int:
    """Print what came of it; 1 if a promise was broken."""
    words = argparse.ArgumentParser()
    words.add_argument("customers", type=int)
    customers = words.parse_args().customers
    with tempfile.TemporaryDirectory() as name, postgres_server() as server:
        url = server.fresh_database()
        upgrade(open_engine(url))
        found = dispatch_under_kills(customers, url, Path(name) / "files", _say)
        letter = _a_letter(url, Path(name) / "files")
    print(found)
    floor = _floor(letter, min(customers, FLOOR))
    ours = customers / found.seconds
    print(f"ours {ours:.0f} mails/s, the server's floor {floor:.0f} mails/s: {ours / floor:.2f}")
    return int(found.breaks_a_promise)


def _say(delivered: int) -> None:
    print(f"{delivered} delivered; a process was killed", file=sys.stderr)


def _a_letter(url: str, folder: Path) -> bytes:
    with writing(open_engine(url)) as session:
        row = session.exec(select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.SURVEY)).first()
        assert row is not None
        return as_bytes(compose(session, row, POLICY), POLICY.mail_from, POLICY.company, FileStore(folder))


def _floor(letter: bytes, letters: int) -> float:
    with SmtpServer() as server:
        processes = [
            _PLAIN.Process(target=_send, args=(server.url, letter, letters // PROCESSES))
            for _ in range(PROCESSES)
        ]
        began = perf_counter()
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return letters // PROCESSES * PROCESSES / (perf_counter() - began)


def _send(url: str, letter: bytes, letters: int) -> None:
    for first in range(0, letters, LETTERS_A_LINE):
        with smtplib.SMTP(urlsplit(url).hostname or "", urlsplit(url).port or 0) as line:
            for _ in range(min(LETTERS_A_LINE, letters - first)):
                line.sendmail(POLICY.mail_from, ["buyer@k.example"], letter)


if __name__ == "__main__":
    sys.exit(main())
