"""The words found in one message, meaning by meaning, and how the words around turn them."""

from bisect import bisect_right
from functools import cache
from sys import intern

from nlp.matching import CLAUSE_END, Hit

# How far a negation reaches: 没有 stands right before its word, an English "not" may stand farther.
REACH_HAN, REACH_LATIN = 2, 12


@cache
def group_of(meaning: str) -> str:
    """The first name of a meaning: wrong of wrong.late."""
    return intern(meaning.partition(".")[0])


class Context:
    """`hits` in reading order, `of` each meaning and the `groups` they belong to.

    `text` is the folded text they were found in.
    """

    __slots__ = ("_closed", "_negation_ends", "_supposed", "groups", "hits", "of", "text")

    def __init__(self, text: str, hits: list[Hit]) -> None:
        self.text = text
        self.hits = hits
        self.of: dict[str, list[Hit]] = {}
        for hit in hits:
            self.of.setdefault(hit.meaning, []).append(hit)
        self.groups = set(map(group_of, self.of))
        found = self.of.get
        self._negation_ends = sorted([(hit.end, hit.start) for hit in found("no", ())])
        self._closed = {hit.sentence for hit in found("closed", ())}
        self._supposed = {hit.sentence for hit in found("supposing", ())}

    def turn(self, hit: Hit) -> str:
        """What to add to the name of a meaning of trouble: "~no", "~closed", "~if" or nothing."""
        if self.negated(hit):
            return "~no"
        if hit.sentence in self._closed:
            return "~closed"
        return "~if" if hit.sentence in self._supposed else ""

    def negated(self, hit: Hit) -> bool:
        """Does a negation right before it, in the same clause, turn it around?"""
        if not self._negation_ends:
            return False
        place = bisect_right(self._negation_ends, (hit.start, hit.start))
        if not place:
            return False
        end, start = self._negation_ends[place - 1]
        reach = REACH_LATIN if self.text[start].isascii() else REACH_HAN
        return hit.start - end <= reach and not CLAUSE_END.search(self.text, end, hit.start)
