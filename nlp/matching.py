"""Finds every known word of the lexicon in a message, in one pass over its text.

A longer word swallows the shorter ones inside it: 没有不良 is not 不良. English words are found whole only.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from string import ascii_letters, digits
from sys import intern
from typing import NamedTuple

from daachorse import CharwiseDoubleArrayAhoCorasick

from nlp.lexicon import Lexicon

WORD = "word:"
GAP = 12
# More finds than the longest letter has; a text that repeats one word for pages costs no more than this.
FINDS_AT_MOST = 10_000
LETTERS = frozenset(ascii_letters + digits)
SENTENCE_ENDS = ("。", "!", "?", ";", "；", "\n", ". ", ".\n", "…")
CLAUSE_END = re.compile(r"[。!?;；\n…,，、:：—（()）]|\. | - ")


class Hit(NamedTuple):
    """One meaning found at one place of the folded text; `sentence` counts from 0.

    `word` is the lexicon's word as the learned weights name it: "word:退货".
    """

    start: int
    end: int
    meaning: str
    word: str
    sentence: int


# Most of what a message makes are hits: this makes one in half the time that Hit(…) takes.
_hit: Callable[[tuple[int, int, str, str, int]], Hit] = partial(tuple.__new__, Hit)
# Start, end, word, meanings.
_Span = tuple[int, int, str, tuple[str, ...]]
_NO_SPAN: _Span = (-1, -1, "", ())


class _More(NamedTuple):
    """What most strings of the search do not have: Latin borders, or a part in words with "~".

    `closes` has, by their first halves, the words and meanings whose second half the string is.
    """

    border_left: bool
    border_right: bool
    opens: str
    closes: dict[str, tuple[str, tuple[str, ...]]]


# What one string of the search means as a word of its own, and what else it may be.
_Pattern = tuple[str, tuple[str, ...], _More | None]
_NO_MORE = _More(False, False, "", {})


class Words:
    """The lexicon made ready for searching."""

    def __init__(self, lexicon: Lexicon) -> None:
        plain: dict[str, tuple[str, ...]] = {}
        opens: set[str] = set()
        closes: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {}
        for word, meanings in lexicon.meanings.items():
            first, gap, second = word.partition("~")
            if gap:
                opens.add(first)
                closes.setdefault(second, {})[first] = intern(WORD + word), meanings
            else:
                plain[word] = meanings
        strings = [*SENTENCE_ENDS]
        # The ends of sentences are looked for in the same pass; they have no pattern.
        self._patterns: list[_Pattern | None] = [None] * len(strings)
        for key in dict.fromkeys((*plain, *sorted(opens), *closes)):
            word = key.removesuffix("*")
            more = _More(
                border_left=word[0] in LETTERS,
                border_right=key[-1] in LETTERS,
                opens=key if key in opens else "",
                closes=closes.get(key, {}),
            )
            strings.append(word)
            self._patterns.append(
                (intern(WORD + word), plain.get(key, ()), None if more == _NO_MORE else more)
            )
        self._search = CharwiseDoubleArrayAhoCorasick(strings)

    def find(self, text: str) -> list[Hit]:
        """All hits in reading order. Linear in the length of the text."""
        size, patterns = len(text), self._patterns
        sentence_ends: list[int] = []
        spans: list[_Span] = [_NO_SPAN]
        gaps: list[_Span] = []
        opened: dict[str, tuple[int, int]] = {}
        found = self._search.find_overlapping(text)
        # They come in the order of their ends, the longest first of those that end together.
        for start, end, number in found[:FINDS_AT_MOST]:
            pattern = patterns[number]
            if pattern is None:
                sentence_ends.append(end)
                continue
            word, meanings, more = pattern
            if more:
                border_left, border_right, opens, closes = more
                if border_left and start and text[start - 1] in LETTERS:
                    continue
                if border_right and end < size and text[end] in LETTERS:
                    continue
                if closes and opened:
                    for first, (begun, left) in opened.items():
                        if (
                            left <= start <= left + GAP
                            and first in closes
                            and not CLAUSE_END.search(text, left, start)
                        ):
                            gaps.append((begun, end, *closes[first]))
                if opens:
                    opened[opens] = start, end
            if meanings:
                last_start, last_end, _, _ = spans[-1]
                while start < last_start or (start == last_start and last_end < end):
                    spans.pop()
                    last_start, last_end, _, _ = spans[-1]
                if last_end < end or last_start == start:
                    spans.append((start, end, word, meanings))
        del spans[0]
        if gaps:
            spans = sorted(spans + gaps, key=lambda span: (span[0], -span[1]))
        return [
            _hit((start, end, meaning, word, bisect_right(sentence_ends, start)))
            for start, end, word, meanings in spans
            for meaning in meanings
        ]
