"""Where a Chinese word ends: jieba with its commonest words, asked only where a decision needs it.

Finding the lexicon's words takes no segmentation. But whether 退 in 退火 is a return, or where the name of a
product begins, only the neighbouring words tell; then a few characters around the place are cut.
"""

import warnings
from functools import cache
from pathlib import Path
from sys import intern
from threading import Lock
from typing import Any, NamedTuple

from nlp.matching import Hit

COMMON = Path(__file__).with_name("dictionary") / "words.txt"
# words.txt comes from jieba (see trim_dictionary), trade.txt is ours: words that jieba does not know.
DICTIONARIES = (COMMON, COMMON.with_name("trade.txt"))
AMBIGUOUS = "ambiguous"
# Nobody needs more of the text around a word to tell its borders.
AROUND = 8
_loading = Lock()


class Word(NamedTuple):
    """One word with jieba's part of speech: n noun, v verb, m number, x unknown."""

    text: str
    start: int
    tag: str


def words_of(text: str, start: int = 0) -> list[Word]:
    """The words of a short piece of folded text; `start` is where it stands on its page."""
    found = []
    tokenizer, tags = _dictionary()
    for text_ in tokenizer.cut(text, HMM=False):
        found.append(Word(text_, start, tags.get(text_, "x")))
        start += len(text_)
    return found


def listed(name: str) -> frozenset[str]:
    """The words of one of the lists beside the dictionary."""
    lines = COMMON.with_name(name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def settled(text: str, hits: list[Hit]) -> list[Hit]:
    """The hits without those that are only a part of another word.

    A lexicon marks such words by naming them again under `[ambiguous]`: 退 is asked about, 退货 never.
    """
    asked = {(hit.start, hit.end) for hit in hits if hit.meaning == AMBIGUOUS}
    if not asked:
        return hits
    inside = {place for place in asked if not _is_word(text, *place)}
    return [hit for hit in hits if hit.meaning != AMBIGUOUS and (hit.start, hit.end) not in inside]


def _is_word(text: str, start: int, end: int) -> bool:
    """Do words begin and end at these places?"""
    low = max(0, start - AROUND)
    borders = {word.start for word in words_of(text[low : end + AROUND], low)}
    return start in borders and (end in borders or end == len(text))


@cache
def _loaded() -> tuple[Any, dict[str, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own source warns when it is compiled first
        from jieba import Tokenizer
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    for path in DICTIONARIES:
        for line in path.read_text(encoding="utf-8").splitlines():
            word, frequency, tag = line.split(" ")
            frequencies[word] = int(frequency)
            tags[word] = intern(tag)
    total = sum(frequencies.values())
    # Filled by hand: jieba's own start writes a cache file and speaks on stderr.
    # A beginning that is no word itself must be known too, or the search gives up there.
    for word in tags:
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    tokenizer = Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    return tokenizer, tags


def _dictionary() -> tuple[Any, dict[str, str]]:
    with _loading:
        return _loaded()
