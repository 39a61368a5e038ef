"""How fast messages are read, side by side with `jieba.cut` alone on the same text and core.

`python -m bench.reading.speed` prints messages a second, their ratio, and the time and memory to start.
"""

import logging
import resource
import time
import warnings
from collections.abc import Callable
from functools import partial

from bench.reading.accuracy import LABELLED, messages
from nlp.reader import Reader, load_reader

ROUNDS = 3


def main() -> None:
    """Print the figures."""
    began = time.perf_counter()
    reader = load_reader()
    print(f"start-up {time.perf_counter() - began:.3f} s, {_megabytes():.0f} MB")
    some = [message for path in sorted(LABELLED.glob("*.jsonl")) for message in messages(path)]
    reading = _seconds(lambda: _read_all(reader, some))
    print(f"reading    {len(some) / reading:8.0f} messages/s, {_megabytes():.0f} MB")
    cutting = _seconds(_cutter([f"{one.get('subject') or ''}\n{one['text']}" for one in some]))
    print(f"jieba.cut  {len(some) / cutting:8.0f} messages/s")
    print(f"ratio      {reading / cutting:.2f}  (a reading takes so many times the cutting)")
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


def _read_all(reader: Reader, some: list[dict[str, str]]) -> None:
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
    main()
