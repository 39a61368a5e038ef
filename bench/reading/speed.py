"""How fast messages are read, side by side with `jieba.cut` alone on the same text and core."""

import logging
import resource
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from typing import Any

from nlp.reader import Reader, load_reader

ROUNDS = 5


def print_speed(some: Sequence[dict[str, Any]]) -> None:
    """Time and memory to start, messages a second, their ratio, and what hostile texts cost."""
    began = time.perf_counter()
    reader = load_reader()
    print(f"start-up {time.perf_counter() - began:.3f} s")
    texts = [f"{one.get('subject') or ''}\n{one['text']}" for one in some]
    # In turn, so that whatever else runs on the machine slows both alike.
    rounds = [(_seconds(lambda: _read_all(reader, some)), _seconds(_cutter(texts))) for _ in range(ROUNDS)]
    reading, cutting = (min(times) for times in zip(*rounds, strict=True))
    print(
        f"reading    {len(some) / reading:8.0f} messages/s, {_megabytes():.0f} MB with jieba and this bench"
    )
    print(f"jieba.cut  {len(some) / cutting:8.0f} messages/s")
    print(f"ratio      {median(one / other for one, other in rounds):8.2f}  times as long as the cutting")
    for name, text in HOSTILE.items():
        one, two = (_seconds(partial(reader.read, text * size)) for size in (1, 4))
        print(f"hostile    {name:24} {one * 1000:7.1f} ms, four times as long {two * 1000:7.1f} ms")


HOSTILE = {
    "one character": "又" * 250_000,
    "brackets": "(" * 25_000,
    "null bytes": "\x00" * 100_000,
    "lone surrogates": "\ud800" * 50_000,
    "right-to-left marks": "\u202e报价" * 30_000,
    "digits": "1" * 100_000,
    "codes": "A-1" * 30_000,
    "quotes": "\n> on x wrote:" * 8_000,
}


def _read_all(reader: Reader, some: Sequence[dict[str, Any]]) -> None:
    for one in some:
        reader.read(one["text"], subject=one.get("subject"), channel=one["channel"])


def _cutter(texts: list[str]) -> Callable[[], None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()

    def cut_all() -> None:
        for text in texts:
            list(jieba.cut(text))

    return cut_all


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
