"""Mails keep coming to a mailbox that is read by a program that is killed again and again."""

import random
import threading
from collections import Counter
from functools import partial
from itertools import count, cycle, islice
from pathlib import Path

from sqlmodel import select

from bot.house import open_house
from bot.settings import Settings
from intake.fetch import fetch_all
from intake.imap_line import MailboxError
from intake.mailbox_entry import Mailbox
from store.engine import open_engine, reading
from store.files import FileStore
from store.tables import Direction, Incoming, Message
from tests.borders.imap import MailServer
from tests.crashing import Damage, Progress, killed_after, killed_at
from tests.office import mail

POINTS = ("mails_fetched", "mails_kept", "rows_claimed", "rows_opened", "rows_written", "rows_received")
ANY_MOMENT = ""


def fetch_under_kills(
    mails: int,
    kills: int,
    server: MailServer,
    mailbox: Mailbox,
    database_url: str,
    folder: Path,
    progress: Progress,
    points: tuple[str, ...] = POINTS,
) -> Damage:
    """Some mails arrive before each kill, at each point in turn and at any moment; then all is fetched.

    Where a kill comes too late, a few more mails than `mails` arrive.
    """
    settings = Settings(_env_file=None, database_url=database_url, data_dir=folder, mailboxes=[mailbox])
    fetch = partial(_fetch, settings)
    chance = random.Random(1)
    arriving = (mail(message_id=f"<{number}@kaimai.example>") for number in count())
    arrived: list[bytes] = []
    moments = cycle((*points, ANY_MOMENT))
    killed = 0
    while killed < kills:
        batch = list(islice(arriving, mails // kills))
        server.append_many(batch)
        arrived += batch
        point = next(moments)
        killed += killed_at(point, 1, fetch) if point else killed_after(chance.uniform(0, 1), fetch)
        progress(killed)
    fetch()
    return _damage(arrived, settings, server)


def _fetch(settings: Settings) -> None:
    """What `huiyin fetch` does."""
    house = open_house(settings)
    news = threading.Event()
    with house.worker() as worker:
        outcomes = fetch_all(house.mailbox_listeners(news.set), house.receiver(worker), news)
    house.engine.dispose()
    for outcome in outcomes:
        if isinstance(outcome, MailboxError):
            raise outcome


def _damage(arrived: list[bytes], settings: Settings, server: MailServer) -> Damage:
    engine, files = open_engine(settings.database), FileStore(settings.home / "files")
    with reading(engine) as session:
        names = session.exec(select(Incoming.raw)).all()
        read = session.exec(select(Message.message_id).where(Message.direction == Direction.IN)).all()
    engine.dispose()
    wanted = Counter(arrived)
    (mailbox,) = settings.mailboxes
    done = _mails_in(server, mailbox.done) if mailbox.done else Counter()
    lying = _mails_in(server, mailbox.folder)
    missing = extra = 0
    for found in (
        Counter(files.get(name) for name in names if name),
        Counter(mail(message_id=identity) for identity in read),
        done + lying,
    ):
        missing += (wanted - found).total()
        extra += (found - wanted).total()
    return Damage(missing, extra, left_behind=lying.total() if mailbox.done else 0)


def _mails_in(server: MailServer, folder: str) -> Counter[bytes]:
    mails: Counter[bytes] = Counter()
    with server.client(folder, readonly=True) as client:
        uids = client.search()
        for start in range(0, len(uids), 500):
            fetched = client.fetch(uids[start : start + 500], ["BODY.PEEK[]"])
            mails.update(parts[b"BODY[]"] for parts in fetched.values())
    return mails
