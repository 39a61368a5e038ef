"""Customers talk to the running program, which is killed again and again, and started again."""

import gc
import multiprocessing
import os
import random
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
from fastapi import FastAPI
from sqlmodel import col, func, select

import bot.program
from bot.company_words import CompanyWords
from bot.house import House
from bot.program import Part, Program
from bot.settings import Settings
from intake.arrive import said
from intake.mail.parsed import UnreadableMail
from intake.opening import OpenedMail, Opener
from intake.receive import Sealed
from intake.worker import Worker
from nlp.reader import Reader
from nlp.reading import Reading
from store.crashpoints import watch
from store.engine import open_engine, reading
from store.files import FileStore
from store.tables import Direction, Incoming, IncomingState, Message, Outgoing, OutgoingState
from tests.bot.dialogue.street import CUSTOMERS, Seen, Street, street_of
from tests.office import POLICY
from tests.web.serving import served
from web.app import create_app

POINTS = (
    *("messages_fetched", "messages_kept"),
    *("rows_claimed", "rows_opened", "rows_written", "rows_received"),
    *("letter_claimed", "letter_sent", "letter_recorded"),
)
# What customers say before each kill: something that the bot has to answer, and lines that belong together.
TURNS = (
    ("你好", "我们要下单", "轴承座两万件"),
    ("下个月15号前", "/status"),
    ("/skip",),
    ("不是两万，", "是三万件", "/help"),
    ("/new", "收到的法兰有划伤", "/language zh"),
    ("还有个事",),
    ("/status", "转人工"),
)
RULES = replace(POLICY, pause=timedelta(seconds=0.1))
LONGEST = 20.0  # seconds that one life of the program may take
_FORK = multiprocessing.get_context("fork")  # warm: the parent has loaded everything


@dataclass(frozen=True)
class Outcome:
    """What became of the conversations."""

    lost: list[str]
    doubled: list[str]
    out_of_order: int
    sent_twice: list[str]
    never_sent: list[str]  # the database says sent, the customer has not got it
    unanswered: int  # commands without a line
    uncertain: int  # lines for which a person has to look
    refused: int  # beyond what the channel takes
    kills: int


def talk_under_kills(channel: str, database_url: str, folder: Path, moments: int) -> Outcome:
    """Killed at each point once, and at so many random moments."""
    folder.mkdir()
    reader = CompanyWords(folder / "lexicon").reader
    reader()  # warm, before we fork
    port = _free_port()
    with street_of(channel, f"http://127.0.0.1:{port}") as street:
        pages = _warm_pages(database_url, folder) if street.part == Part.WEB else None
        live = partial(_live, street.settings(), street.part, database_url, folder, reader, port, pages)
        told: list[tuple[int, str]] = []
        kills = 0
        chance = random.Random(7)
        for number, point in enumerate((*POINTS, *[""] * moments)):
            for customer in CUSTOMERS:
                for line in TURNS[number % len(TURNS)]:
                    street.says(customer, line)
                    told.append((customer, line))
            after = chance.uniform(0.05, 0.4) if not point else LONGEST
            kills += _life(live, street, database_url, len(told), point, after)
        seen: list[Seen] = []
        _life(live, street, database_url, len(told), "", LONGEST, seen)
        return _outcome(database_url, told, kills, seen[0])


def _life(
    live: Callable[[str], None],
    street: Street,
    database_url: str,
    lines: int,
    point: str,
    after: float,
    seen: list[Seen] | None = None,
) -> bool:
    """One life of the program; True if it was killed, at the point or after so many seconds."""
    process = _FORK.Process(target=live, args=(point,), daemon=True)
    process.start()
    ends = time.monotonic() + after
    done = False
    try:
        while process.is_alive() and time.monotonic() < ends and not done:
            done = street.hand_in() and _all_done(database_url, lines)
            process.join(min(0.1, max(0.0, ends - time.monotonic())))
        assert done or after < LONGEST or not process.is_alive(), f"nothing more happens (after {point})"
        if seen is not None:
            seen.append(street.seen())
    finally:
        process.kill()
        process.join()
    assert process.exitcode == -signal.SIGKILL, f"it ended by itself: {process.exitcode}"
    return not done


def _live(
    settings: dict[str, str],
    part: Part,
    database_url: str,
    folder: Path,
    reader: Callable[[], Reader],
    port: int,
    pages: FastAPI | None,
    point: str,
) -> None:
    """What the killed process does: it plays the program, and dies at the point."""

    def die(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    watch.at = die
    gc.disable()  # it lives for a moment, and would look through all that the parent has loaded
    values: dict[str, Any] = {"_env_file": None, **settings}
    house = House(Settings(**values), RULES, open_engine(database_url), FileStore(folder))
    door = socket.create_server(("127.0.0.1", port)) if part == Part.WEB else None
    program = Program(house, {part, Part.RECEIVE, Part.DELIVER}, door)
    program._worker = _Here(Opener(house.files, reader, "factory.example"))

    def same_pages(*_: object, on_incoming: Callable[[], None], **__: object) -> FastAPI:
        assert pages is not None
        pages.state.office = replace(pages.state.office, engine=house.engine, on_incoming=on_incoming)
        return pages

    with patch.multiple(bot.program, LOOK_AGAIN=0.05, LOOK_FOR_LINES=0.02, create_app=same_pages):
        program.run()


def _warm_pages(database_url: str, folder: Path) -> FastAPI:
    """The pages, asked for once: making all of their routes takes longer than a conversation."""
    engine = open_engine(database_url)
    app = create_app(engine, FileStore(folder), RULES)
    with served(app) as address:
        httpx.get(f"{address}/chat").raise_for_status()
    engine.dispose()
    return app


class _Here(Worker[Sealed, OpenedMail | Reading]):
    """Reads in this process: starting another takes longer than all the rest."""

    def do_all(self, tasks: Sequence[Sealed]) -> Generator[OpenedMail | Reading | UnreadableMail]:
        yield from map(self._work, tasks)


def _all_done(database_url: str, lines: int) -> bool:
    """Whether every line was received, and everything owed has left."""
    engine = open_engine(database_url)
    try:
        with reading(engine) as session:
            settled = select(func.count()).where(
                col(Incoming.state).in_((IncomingState.RECEIVED, IncomingState.IGNORED))
            )
            under_way = col(Outgoing.state).in_((OutgoingState.DUE, OutgoingState.SENDING))
            owed = select(func.count()).where(under_way, col(Outgoing.user_id).is_(None))
            return session.exec(settled).one() >= lines and session.exec(owed).one() == 0
    finally:
        engine.dispose()


def _outcome(database_url: str, told: list[tuple[int, str]], kills: int, seen: Seen) -> Outcome:
    engine = open_engine(database_url)
    with reading(engine) as session:
        rows = session.exec(select(Incoming).order_by(col(Incoming.id))).all()
        messages = session.exec(
            select(Message.sender_address, Message.text)
            .where(col(Message.direction) == Direction.IN)
            .order_by(col(Message.id))
        ).all()
        owed = session.exec(select(Outgoing).where(col(Outgoing.user_id).is_(None))).all()
    engine.dispose()
    kept = [said(row.payload or {}) for row in rows]
    chats = list(dict.fromkeys(one.address for one in kept))
    by_chat = {chat: [one.text for one in kept if one.address == chat] for chat in chats}
    wanted = [[line for who, line in told if who == customer] for customer in CUSTOMERS]
    everything, got = Counter(line for lines in wanted for line in lines), Counter(one.text for one in kept)
    words = {chat: [line for line in lines if not line.startswith("/")] for chat, lines in by_chat.items()}
    received = {
        chat: [line for who, text in messages if who == chat for line in (text or "").split("\n")]
        for chat in chats
    }
    sent, uncertain = Seen(), Seen()
    refused = 0
    for row in owed:
        if row.state == OutgoingState.FAILED:
            refused += 1
            continue
        into = {OutgoingState.SENT: sent, OutgoingState.UNCERTAIN: uncertain}[OutgoingState(row.state)]
        into[row.recipient, row.text.strip()] += 1
    commands = [row for row in rows if row.prompt]
    answers = {row.key for row in owed}
    return Outcome(
        lost=list((everything - got).elements()),
        doubled=list((got - everything).elements()),
        out_of_order=sum(lines not in wanted for lines in by_chat.values())
        + sum(words[chat] != received[chat] for chat in chats),
        sent_twice=[text for _, text in (seen - sent - uncertain).elements()],
        never_sent=[text for _, text in (sent - seen).elements()],
        unanswered=sum(f"incoming:{row.id}" not in answers for row in commands if _is_answered_alone(row)),
        uncertain=sum(uncertain.values()),
        refused=refused,
        kills=kills,
    )


def _is_answered_alone(row: Incoming) -> bool:
    """Its answer is a line about no case."""
    return said(row.payload or {}).text in ("/status", "/help", "/new", "/language zh")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
