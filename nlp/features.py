"""What the learned part looks at: the meanings found in a message and how they stand to each other."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from nlp.matching import Hit

TURNED_GROUPS = frozenset({"wrong", "severe", "moderate"})
COUNTED = frozenset({"wrong", "ask", "order", "suggest", "other", "need"})
STEPS = (1, 2, 3, 4, 6)
LENGTHS = (12, 25, 50, 100, 250)
# How far a negation reaches: 没有 stands right before its word, an English "not" may stand farther.
REACH_HAN, REACH_LATIN = 2, 12

# The first lines tell the shape.
HEAD = 600
LINE = "\n"
_NUMBER = re.compile(r"\d+")
_AMOUNT = re.compile(
    r"\d ?(?:k|w|万|千|百)? ?"
    r"(?:pcs?|pieces?|units?|sets?|kg|kilos?|tons?|tonnes?|t|m|boxes|rolls|pairs|cartons|ctns?)\b"
    r"|[\d一二两三四五六七八九十百千万][套个件只台支箱吨斤米卷张盒袋桶瓶双条根片块把包批]"
)
_WE = re.compile(r"[我咱]|\b(?:we|our|i|my)\b")
_YOU = re.compile(r"[你您贵]|\b(?:you|your|u)\b")
_OPENING = re.compile(r"\W*([a-z']+)(?: [a-z']+)?")

Features = dict[str, Hit | None]


def features_of(text: str, subject_end: int, hits: list[Hit], channel: str) -> Features:
    """Each feature with the hit it comes from, None where no words stand behind it.

    `text` is the folded subject, a line break and the folded text; `subject_end` is 0 without a subject.
    """
    found: Features = dict.fromkeys(_shape(text, subject_end))
    found[f"channel:{channel}"] = None
    context = Context(text, hits)
    last = hits[-1].sentence if hits else 0
    seen: dict[str, set[str]] = {}
    add = found.setdefault
    reached, before, before_sentence = 0, "", -1
    for hit in hits:
        start, end, meaning, word, sentence, _ = hit
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
        if start >= reached:
            if sentence == before_sentence:
                add(f"{before}+{meaning}", hit)
            reached, before, before_sentence = end, meaning, sentence
        if group in COUNTED:
            seen.setdefault(group, set()).add(meaning)
    for group, meanings in seen.items():
        for step in STEPS:
            if len(meanings) >= step:
                found[f"count:{group}>={step}"] = None
    return found


def _shape(text: str, subject_end: int) -> Iterator[str]:
    """What a message looks like before a word is understood: length, beginning, end, who is named."""
    length = len(text) - subject_end
    yield f"length:{sum(length >= step for step in LENGTHS)}"
    head = text[: subject_end + HEAD]
    yield f"amounts:{min(3, len(_AMOUNT.findall(head)))}"
    yield f"numbers:{min(3, len(_NUMBER.findall(head)))}"
    yield f"lines:{min(4, head.count(LINE))}"
    yield f"end:{text.rstrip()[-1:]}"
    if _WE.search(head):
        yield "who:we"
    if _YOU.search(head):
        yield "who:you"
    if opening := _OPENING.match(text, subject_end):
        yield f"opening:{opening[1]}"
        yield f"opening:{opening[0]}"


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
