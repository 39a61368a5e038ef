"""What the learned part looks at: the meanings found in a message and how they stand to each other."""

from bisect import bisect_right
from functools import cache

from nlp.matching import Hit

TURNED_GROUPS = frozenset({"wrong", "severe", "moderate"})
COUNTED = frozenset({"wrong", "ask", "order", "suggest", "other", "need"})
STEPS = (1, 2, 3, 4, 6)
LENGTHS = (12, 25, 50, 100, 250)
# How far a negation reaches: 没有 stands right before its word, an English "not" may stand farther.
REACH_HAN, REACH_LATIN = 2, 12

Features = dict[str, Hit | None]


def features_of(text: str, subject_end: int, hits: list[Hit], channel: str, language: str) -> Features:
    """Each feature with the hit it comes from, None where no words stand behind it.

    `text` is the folded subject, a line break and the folded text; `subject_end` is 0 without a subject.
    """
    length = len(text) - subject_end
    found: Features = {
        f"channel:{channel}": None,
        f"language:{language}": None,
        f"length:{sum(length >= step for step in LENGTHS)}": None,
    }
    context = Context(text, hits)
    last = hits[-1].sentence if hits else 0
    seen: dict[str, set[str]] = {}
    add = found.setdefault
    for hit in hits:
        _, end, meaning, word, sentence, _ = hit
        group, as_group, in_subject, in_first, in_last = _names(meaning)
        add(meaning + context.turn(hit) if group in TURNED_GROUPS else meaning, hit)
        add("word:" + word, hit)
        add(as_group, hit)
        if end <= subject_end:
            add(in_subject, hit)
        if sentence == last:
            add(in_last, hit)
        if sentence == 0:
            add(in_first, hit)
        if group in COUNTED:
            seen.setdefault(group, set()).add(meaning)
    for group, meanings in seen.items():
        for step in STEPS:
            if len(meanings) >= step:
                found[f"count:{group}>={step}"] = None
    return found


@cache
def _names(meaning: str) -> tuple[str, str, str, str, str]:
    """The group of a meaning and the names of features made of it; made once, not for every find."""
    group = meaning.partition(".")[0]
    return group, f"group:{group}", f"subject:{meaning}", f"first:{meaning}", f"last:{meaning}"


class Context:
    """Which hits are negated, closed long ago or only supposed."""

    def __init__(self, text: str, hits: list[Hit]) -> None:
        self._text = text
        self._negations = sorted((hit for hit in hits if hit.meaning == "no"), key=lambda hit: hit.end)
        self._ends = [hit.end for hit in self._negations]
        self._closed = {hit.sentence for hit in hits if hit.meaning == "closed"}
        self._supposed = {hit.sentence for hit in hits if hit.meaning == "supposing"}

    def turn(self, hit: Hit) -> str:
        """What to add to the name of a meaning of trouble: "~no", "~closed", "~if" or nothing."""
        if self.negated(hit):
            return "~no"
        if hit.sentence in self._closed:
            return "~closed"
        return "~if" if hit.sentence in self._supposed else ""

    def negated(self, hit: Hit) -> bool:
        """Does a negation right before it, in the same clause, turn it around?"""
        place = bisect_right(self._ends, hit.start) - 1
        if place < 0:
            return False
        negation = self._negations[place]
        reach = REACH_LATIN if self._text[negation.start].isascii() else REACH_HAN
        return negation.clause == hit.clause and hit.start - negation.end <= reach
