"""What the learned part looks at: the words and meanings found in a message, and its shape."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from sys import intern

from nlp.context import Context

TURNED_GROUPS = frozenset({"wrong", "severe", "moderate"})
COUNTED = frozenset({"wrong", "ask", "order", "suggest", "other", "need"})
# A greeting or thanks around a request is only manners.
MANNERS = frozenset({"other.greeting", "other.thanks"})
BUSINESS = frozenset({"ask", "order", "wrong", "severe", "moderate", "suggest"})
STEPS = (1, 2, 3, 4, 6)
LENGTHS = (12, 25, 50, 100, 250)

# The first lines tell the shape.
HEAD = 600
LINE = "\n"
# Each pattern begins with a set of characters or plain ones: the search then leaps to the next of them.
_NUMBER = re.compile(r"[0-9][0-9]*")
_AMOUNT = re.compile(
    r"[0-9一二两三四五六七八九十百千万](?:(?<=[0-9]) ?[kw万千百]? ?"
    r"(?:pcs?|pieces?|units?|sets?|kg|kilos?|tons?|tonnes?|t|m|boxes|rolls|pairs|cartons|ctns?)\b"
    r"| ?[套个件只台支箱吨斤米卷张盒袋桶瓶双条根片块把包批])"
)
_WE = re.compile(r"我|咱|we\b(?<!\wwe)|our\b(?<!\wour)|i\b(?<!\wi)|my\b(?<!\wmy)")
_YOU = re.compile(r"你|您|贵|you\b(?<!\wyou)|your\b(?<!\wyour)|u\b(?<!\wu)")
_OPENING = re.compile(r"\W*([a-z']+)(?: [a-z']+)?")


def features_of(context: Context, subject_end: int, channel: str) -> set[str]:
    """The names of what a message shows.

    The text of `context` is the folded subject, a line break and the folded text; `subject_end` is 0
    without a subject.
    """
    found = {hit.word for hit in context.hits}
    found.update(_shape(context.text, subject_end))
    found.add(f"channel:{channel}")
    last = context.hits[-1].sentence if context.hits else 0
    counts: dict[str, int] = {}
    with_business = any(_names(meaning)[0] in BUSINESS for meaning in context.of)
    for meaning, hits in context.of.items():
        if with_business and meaning in MANNERS:
            continue
        group, as_group, in_subject, in_first, in_last = _names(meaning)
        found.add(as_group)
        if hits[0].end <= subject_end:
            found.add(in_subject)
        if hits[0].sentence == 0:
            found.add(in_first)
        if hits[-1].sentence == last:
            found.add(in_last)
        if group in TURNED_GROUPS:
            found.update([meaning + context.turn(hit) for hit in hits])
        else:
            found.add(meaning)
        if group in COUNTED:
            counts[group] = counts.get(group, 0) + 1
    for group, count in counts.items():
        found.update([f"count:{group}>={step}" for step in STEPS if count >= step])
    return found


def _shape(text: str, subject_end: int) -> Iterator[str]:
    """What a message looks like before a word is understood: length, beginning, end, who is named."""
    length = len(text) - subject_end
    yield f"length:{bisect_right(LENGTHS, length)}"
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
    return (
        group,
        intern(f"group:{group}"),
        intern(f"subject:{meaning}"),
        intern(f"first:{meaning}"),
        intern(f"last:{meaning}"),
    )
