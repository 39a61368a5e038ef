"""A thousand chats at once with the program on PostgreSQL, by the Bot API, beside a bot that only echoes.

python -m bench.chats [--chats 1000] [--seconds 90]

Twice twenty lines a chat. First all at once: lines a second until all is said that is owed, against plain
python-telegram-bot that sends each line back without a database, in the same run. Then as people write: five
bursts of four lines half a second apart, spread over so many seconds; each burst earns one answer. Figures:
how soon a line is safe (the bot confirms it to Telegram), how soon after the pause its burst is answered, how
much memory the program's processes hold.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from statistics import quantiles

from sqlmodel import col, select

from bench.chats.memory import resident
from bench.chats.telegram import Line, Seen, Telegram
from casework.policy import Policy
from store.engine import open_engine, reading
from store.schema import upgrade
from store.tables import Direction, Message
from tests.borders.postgres import postgres_server

PAUSE = Policy().pause.total_seconds()
BETWEEN = 0.5  # seconds between the lines of a burst
BURSTS = (
    ("你好", "我们要订货", "轴承座", "请尽快安排"),
    ("数量的话", "先要", "500 件", "以后再加"),
    ("交货时间", "最好是", "下个月15号前", "不能再晚"),
    ("送到苏州", "工业园区", "星湖街 1 号", "收货地址写我们公司"),
    ("付款", "还是老样子", "月结30天", "谢谢"),
)
PATIENCE = 600.0  # seconds after the last line


def main() -> int:
    """Print what came of it; 1 if a line was lost, doubled or out of order."""
    parser = argparse.ArgumentParser(prog="python -m bench.chats", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--chats", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=90)
    chosen = parser.parse_args()
    flood, talk = at_once(chosen.chats), as_people(chosen.chats, chosen.seconds)
    with Telegram() as telegram, _echo(telegram):
        floor = _a_second(telegram.watch(flood, len(flood), PATIENCE))
    print(f"an echo without a database: {floor:.0f} lines/s")
    with tempfile.TemporaryDirectory() as name, postgres_server() as server, Telegram() as telegram:
        url = server.fresh_database()
        upgrade(open_engine(url))
        with _program(url, Path(name), telegram) as processes:
            seen = telegram.watch(flood, chosen.chats, PATIENCE)
            ours = len(flood) / max(seen.confirmed[-1], seen.sent[-1][0])
            print(
                f"all at once: {ours:.0f} lines/s, {ours / floor:.2f} of the echo; "
                f"all safe after {seen.confirmed[-1]:.1f} s, the last answer after {seen.sent[-1][0]:.1f} s"
            )
            before = sum(map(resident, processes))
            seen = telegram.watch(talk, chosen.chats * len(BURSTS), PATIENCE)
            after = sum(map(resident, processes))
        _tell_times(talk, seen)
        print(f"memory: {before} MB before, {after} MB after {len(talk)} lines")
        wrong = _wrong(url, flood) + _wrong(url, talk)
    print(f"chats with a line lost, doubled or out of order: {wrong}")
    return int(wrong > 0)


def at_once(chats: int) -> list[Line]:
    """Every chat says its first line, then every chat its second …"""
    lines = [line for burst in BURSTS for line in burst]
    return [Line(0, chat, line) for line in lines for chat in range(1, chats + 1)]


def as_people(chats: int, seconds: float) -> list[Line]:
    """Other chats, which begin one after the other within the time between two bursts."""
    gap = seconds / len(BURSTS)
    lines = [
        Line(number / chats * gap + nth * gap + place * BETWEEN, 1_000_000 + number, text)
        for number in range(chats)
        for nth, burst in enumerate(BURSTS)
        for place, text in enumerate(burst)
    ]
    return sorted(lines, key=lambda line: line.after)


def _a_second(seen: Seen) -> float:
    return len(seen.came) / max(seen.confirmed[-1], seen.sent[-1][0])


def _tell_times(lines: list[Line], seen: Seen) -> None:
    safe = [confirmed - came for came, confirmed in zip(seen.came, seen.confirmed, strict=True)]
    ends: dict[int, list[float]] = {}
    for line, came in zip(lines, seen.came, strict=True):
        ends.setdefault(line.chat, []).append(came)
    waits: list[float] = []
    answers = {
        chat: [at for at, _, _ in found]
        for chat, found in groupby(sorted(seen.sent, key=lambda one: (one[1], one[0])), lambda one: one[1])
    }
    size = len(BURSTS[0])
    for chat, came_at in ends.items():
        assert len(answers[chat]) == len(BURSTS), f"{len(answers[chat])} answers to {len(BURSTS)} bursts"
        waits += [at - end - PAUSE for end, at in zip(came_at[size - 1 :: size], answers[chat], strict=True)]
    print(f"as people write ({len(lines) / lines[-1].after:.0f} lines/s):")
    print(f"  safe:                     {_spread(safe)}")
    print(f"  answered after the pause: {_spread(waits)}")


def _spread(seconds: list[float]) -> str:
    cuts = quantiles(seconds, n=100)
    return f"p50 {cuts[49]:.2f} s, p95 {cuts[94]:.2f} s, p99 {cuts[98]:.2f} s, longest {max(seconds):.2f} s"


def _wrong(url: str, lines: list[Line]) -> int:
    """How many of the chats do not hold just their lines, in order."""
    wanted: dict[str, list[str]] = {}
    for line in lines:
        wanted.setdefault(str(line.chat), []).append(line.text)
    held: dict[str, list[str]] = {}
    with reading(open_engine(url)) as session:
        found = session.exec(
            select(Message.sender_address, Message.text)
            .where(col(Message.direction) == Direction.IN)
            .order_by(col(Message.id))
        )
        for chat, text in found:
            held.setdefault(chat, []).extend(text.split("\n"))
    return sum(held.get(chat) != said for chat, said in wanted.items())


@contextmanager
def _echo(telegram: Telegram) -> Iterator[None]:
    with _running(["-m", "bench.chats.echo", telegram.url, telegram.token], {}):
        yield


@contextmanager
def _program(url: str, folder: Path, telegram: Telegram) -> Iterator[list[int]]:
    """Two processes of it, as many as there are cores here; their numbers."""
    settings = {
        "HUIYIN_DATABASE_URL": url,
        "HUIYIN_DATA_DIR": str(folder),
        "HUIYIN_SECRET_KEY": "a key for this run only, as long as it has to be",
        "HUIYIN_TELEGRAM_TOKEN": telegram.token,
        "HUIYIN_TELEGRAM_API_URL": telegram.url,
        "HUIYIN_TELEGRAM_PER_SECOND": "1000",  # as much as Telegram sells
    }
    run = ["-m", "bot.main", "run", "--only"]
    with (
        _running([*run, "telegram"], settings) as ears,
        _running([*run, "receive,deliver"], settings) as mind,
    ):
        yield [ears, mind]


@contextmanager
def _running(arguments: list[str], settings: dict[str, str]) -> Iterator[int]:
    """Python in a process of its own; its number. What it logs is told if it is too slow."""
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, *arguments]
        process = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log)
        try:
            time.sleep(3)  # it is up
            yield process.pid
        except TimeoutError:
            log.seek(0)
            sys.stderr.buffer.write(log.read()[-4_000:])
            raise
        finally:
            process.terminate()
            process.wait(30)


if __name__ == "__main__":
    sys.exit(main())
