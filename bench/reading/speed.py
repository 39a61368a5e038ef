"""How fast messages are read, side by side with `jieba.cut` alone on the same text and core.

`python -m bench.reading.speed` prints it alone, so that the memory is that of reading.
"""

import logging
import resource
import time
import warnings
from collections.abc import Callable
from functools import partial

from bench.reading.accuracy import LABELLED, messages
from nlp.reader import READ_CHARACTERS, Reader, load_reader

ROUNDS = 5
PART = 50

Messages = list[dict[str, str]]


def print_speed(some: Messages) -> None:
    """Time and memory to start, messages a second, their ratio, and what hostile texts cost."""
    began = time.perf_counter()
    reader = load_reader()
    print(f"start-up {time.perf_counter() - began:.3f} s, {_megabytes():.0f} MB")
    _read_all(reader, some)
    print(f"memory     {_megabytes():.0f} MB after reading {len(some)} messages")
    reading, cutting = _side_by_side(some, partial(_read_all, reader), _cutter())
    print(f"reading    {len(some) / reading:8.0f} messages/s")
    print(f"jieba.cut  {len(some) / cutting:8.0f} messages/s")
    print(f"ratio      {reading / cutting:.2f}  (a reading takes so many times the cutting)")
    for name, text in HOSTILE.items():
        size = READ_CHARACTERS // 4 // len(text)
        one, four = (_seconds(partial(reader.read, text * size * times)) for times in (1, 4))
        print(f"hostile    {name:24} {one * 1000:7.1f} ms, four times as long {four * 1000:7.1f} ms")


HOSTILE = {
    "one character": "又",
    "brackets": "(",
    "null bytes": "\x00",
    "lone surrogates": "\ud800",
    "right-to-left marks": "\u202e报价",
    "digits": "1",
    "codes": "A-1",
    "quotes": "\n> on x wrote:",
}


def _read_all(reader: Reader, some: Messages) -> None:
    for one in some:
        reader.read(one["text"], subject=one.get("subject"), channel=one["channel"])


def _cutter() -> Callable[[Messages], None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()

    def cut_all(some: Messages) -> None:
        for one in some:
            list(jieba.cut(f"{one.get('subject') or ''}\n{one['text']}"))

    return cut_all


def _side_by_side(some: Messages, *works: Callable[[Messages], None]) -> list[float]:
    """The seconds of each work, done in turns on a few messages at a time: noise falls on all of them."""
    parts = [some[start : start + PART] for start in range(0, len(some), PART)]
    times = [[_seconds(partial(work, part)) for work in works] for part in parts]
    return [sum(column) for column in zip(*times, strict=True)]


def _seconds(work: Callable[[], object]) -> float:
    """The shortest of a few rounds: the least disturbed by whatever else runs."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print_speed([message for path in sorted(LABELLED.glob("*.jsonl")) for message in messages(path)])
