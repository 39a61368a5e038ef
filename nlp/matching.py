"""Finds every known word of the lexicon in a message, in one pass over its text.

A longer word swallows the shorter ones inside it: 没有不良 is not 不良. English words are found whole only.
Each find knows its sentence and whether its meaning is turned around: negated, closed or only supposed.
"""

from bisect import bisect_right
from string import ascii_letters, digits
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from nlp.lexicon import Lexicon

GAP = 12
LETTERS = frozenset(ascii_letters + digits)
SENTENCE_ENDS = ("。", "!", "?", ";", "；", "\n", ". ", ".\n", "…")
CLAUSE_ENDS = (",", "，", "、", ":", "：", " - ", "—", "（", "(", "）", ")")


class Hit(NamedTuple):
    """One meaning found at one place of the folded text; `sentence` and `clause` count from 0."""

    start: int
    end: int
    meaning: str
    word: str
    sentence: int
    clause: int


# Start, minus the end (so that sorting puts the longer one first), meanings, word.
_Span = tuple[int, int, tuple[str, ...], str]


class _Gaps(NamedTuple):
    """For which words with "~" a string is the first half, for which the second."""

    opens: list[int]
    closes: list[int]


class _Pattern(NamedTuple):
    """What one string of the search can be: a word, the first or the second half of a word with "~"."""

    word: str
    meanings: tuple[str, ...]
    border_left: bool
    border_right: bool
    gaps: _Gaps | None


class Words:
    """The lexicon made ready for searching."""

    def __init__(self, lexicon: Lexicon) -> None:
        meanings: dict[str, tuple[str, ...]] = {}
        gaps: dict[str, _Gaps] = {}
        self._gaps: list[tuple[str, tuple[str, ...]]] = []
        for word, ones in lexicon.meanings.items():
            first, gap, second = word.partition("~")
            if gap:
                gaps.setdefault(first, _Gaps([], [])).opens.append(len(self._gaps))
                gaps.setdefault(second, _Gaps([], [])).closes.append(len(self._gaps))
                self._gaps.append((word, ones))
            else:
                meanings[word] = ones
        strings = [*SENTENCE_ENDS, *CLAUSE_ENDS]
        self._breaks = len(strings)
        # The places of the breaks stay empty, so that a number found is a place in the list.
        self._patterns = [_Pattern(string, (), False, False, None) for string in strings]
        for key in {**meanings, **gaps}:
            word = key.removesuffix("*")
            right = word == key and word[-1] in LETTERS
            strings.append(word)
            self._patterns.append(
                _Pattern(word, meanings.get(key, ()), word[0] in LETTERS, right, gaps.get(key))
            )
        self._search = AhoCorasick(strings, implementation=Implementation.ContiguousNFA, store_patterns=False)

    def find(self, text: str) -> tuple[list[Hit], list[int]]:
        """All hits in reading order, and where each sentence ends. Linear in the length of the text."""
        sentence_ends: list[int] = []
        clause_ends: list[int] = []
        spans: list[_Span] = []
        opened: dict[int, tuple[int, int]] = {}
        size, breaks, patterns = len(text), self._breaks, self._patterns
        for number, start, end in self._search.find_matches_as_indexes(text, overlapping=True):
            if number < breaks:
                if number < len(SENTENCE_ENDS):
                    sentence_ends.append(end)
                clause_ends.append(end)
                continue
            word, meanings, border_left, border_right, gaps = patterns[number]
            if border_left and start and text[start - 1] in LETTERS:
                continue
            if border_right and end < size and text[end] in LETTERS:
                continue
            if meanings:
                spans.append((start, -end, meanings, word))
            if not gaps:
                continue
            for gap in gaps.closes:
                if (
                    gap in opened
                    and 0 <= start - opened[gap][1] <= GAP
                    and not (clause_ends and clause_ends[-1] > opened[gap][1] and clause_ends[-1] <= start)
                ):
                    gap_word, gap_meanings = self._gaps[gap]
                    spans.append((opened[gap][0], -end, gap_meanings, gap_word))
            for gap in gaps.opens:
                opened[gap] = (start, end)
        spans.sort()
        hits: list[Hit] = []
        reached, reached_from = -1, -1
        for start, minus_end, meanings, word in spans:
            end = -minus_end
            if "~" not in word:
                if end <= reached and (start, end) != (reached_from, reached):
                    continue
                if end > reached:
                    reached, reached_from = end, start
            sentence = bisect_right(sentence_ends, start)
            clause = bisect_right(clause_ends, start)
            for meaning in meanings:
                hits.append(Hit(start, end, meaning, word, sentence, clause))  # noqa: PERF401 - measured
        return hits, sentence_ends
