"""The promises that the suite tries on a small scale, tried for hours before a release.

python -m bench.soak mail       mails keep coming, the program that reads them is killed: 10,000, 2,000 kills
python -m bench.soak letters    the server fails, the program that sends is killed: 10,000, 2,000 kills
python -m bench.soak headers    whatever a mail holds, our answer has our header and no other: 200,000 mails
    [--size N] [--kills K]      fewer or more

The scenarios are the suite's own. What is killed runs on SQLite, then on PostgreSQL. Each ends in a line of
figures on standard output; the exit code is 1 if a promise was broken. What the program logs goes to stderr.
"""

import argparse
import inspect
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from bot.logs import set_up_logs
from intake.mailbox_entry import Mailbox
from store.engine import open_engine
from store.schema import upgrade
from tests.borders.imap import DOVECOT, DovecotServer, ImapServer
from tests.borders.postgres import postgres_server
from tests.bot.killed_delivery import deliver_under_kills
from tests.crashing import Damage, Progress
from tests.intake.killed_fetch import fetch_under_kills

KILLS = 2_000
SIZES = {"mail": 10_000, "letters": 10_000, "headers": 200_000}


def main() -> int:
    """Run one of them."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("what", choices=SIZES)
    parser.add_argument("--size", type=int)
    parser.add_argument("--kills", type=int, default=KILLS)
    chosen = parser.parse_args()
    size = chosen.size or SIZES[chosen.what]
    set_up_logs()
    if chosen.what == "headers":
        return _headers(size)
    if not 0 < chosen.kills <= size:
        parser.error("between two kills there must be one mail or letter at least")
    return _killed(chosen.what, size, chosen.kills)


def _killed(what: str, size: int, kills: int) -> int:
    scenario = {"mail": _mail, "letters": deliver_under_kills}[what]
    broken = False
    for database in (_sqlite, _postgresql):
        with tempfile.TemporaryDirectory() as name, database(Path(name)) as url:
            kind = url.partition(":")[0]
            told = _telling(f"{what} on {kind}: killed", kills)
            damage = scenario(size, kills, url, Path(name), told)
        figures = ", ".join(f"{figure.replace('_', ' ')} {count}" for figure, count in vars(damage).items())
        print(f"{what} on {kind}, size {size}, {kills} kills: {figures}", flush=True)
        broken |= damage.breaks_a_promise
    return int(broken)


def _mail(size: int, kills: int, url: str, folder: Path, progress: Progress) -> Damage:
    with DovecotServer() if DOVECOT else ImapServer() as server:
        return fetch_under_kills(size, kills, server, Mailbox.from_url(server.url), url, folder, progress)


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    yield _with_tables(f"sqlite:///{folder}/huiyin.db")


@contextmanager
def _postgresql(_folder: Path) -> Iterator[str]:
    with postgres_server() as server:
        yield _with_tables(server.fresh_database())


def _with_tables(url: str) -> str:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


def _headers(size: int) -> int:
    os.environ["EXAMPLES"] = str(size)  # is looked at when the module is loaded
    from tests.bot import test_answering_any_mail as module

    tell = _telling("headers:", size)
    held = broken = 0

    def counted(check: Callable[..., None]) -> Callable[..., None]:
        """The property of one example."""

        @wraps(check)
        def count(*args: Any, **values: Any) -> None:
            nonlocal held
            check(*args, **values)
            held += 1
            tell(held)

        return count

    with tempfile.TemporaryDirectory() as folder:
        store = module.store_with_nothing(Path(folder))
        for test in [value for name, value in vars(module).items() if name.startswith("test_")]:
            test.hypothesis.inner_test = counted(test.hypothesis.inner_test)
            try:
                test(**({"store": store} if "store" in inspect.signature(test).parameters else {}))
            except Exception:  # noqa: BLE001 - the other properties are tried all the same
                traceback.print_exc()
                broken += 1
    print(f"headers: {held} generated examples held, {broken} properties broken", flush=True)
    return int(broken > 0)


def _telling(what: str, of: int) -> Progress:
    """Prints how far it is, twenty times in all."""
    step = max(of // 20, 1)

    def tell(done: int) -> None:
        if done % step == 0:
            print(f"{what} {done} of {of}", flush=True)

    return tell


if __name__ == "__main__":
    sys.exit(main())
