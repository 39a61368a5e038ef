"""A message on one page, subject first; places on the page lead back to the words as they came."""

import re

from nlp.folding import fold
from nlp.language import language_of
from nlp.matching import Hit
from nlp.quoted import hide_quoted
from nlp.reading import Evidence, Field

LONGEST_SENTENCE = 300
_END = re.compile(r"[。！？!?;；\n]")


class Page:
    """`original` and `folded` have the same length; `subject_end` is where the text begins."""

    __slots__ = ("folded", "language", "original", "subject_end", "visible")

    def __init__(self, subject: str, text: str) -> None:
        self.subject_end = len(subject) + 1 if subject else 0
        original = self.original = f"{subject}\n{text}" if subject else text
        self.folded = hide_quoted(fold(original), self.subject_end)
        # As written, without quoted history: capitals tell an order number from a word.
        self.visible = original[: len(self.folded.rstrip())]
        self.language = language_of(original)

    def evidence(self, label: str, hit: Hit) -> Evidence:
        """The words of a hit as the reason for a label."""
        return self.span(label, hit.start, hit.end, hit.meaning)

    def span(self, label: str, start: int, end: int, rule: str) -> Evidence:
        """The words at a place of the page as the reason for a label."""
        field: Field = "subject" if start < self.subject_end else "text"
        offset = 0 if field == "subject" else self.subject_end
        if field == "subject":
            end = min(end, self.subject_end - 1)
        return Evidence(label, field, start - offset, end - offset, self.original[start:end], rule)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a place, without white space at its ends."""
        text = self.original
        low = max(0, start - LONGEST_SENTENCE)
        for earlier in _END.finditer(text, low, start):
            low = earlier.end()
        found = _END.search(text, end, end + LONGEST_SENTENCE)
        high = found.start() if found else min(len(text), end + LONGEST_SENTENCE)
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        return low, high
