"""What the learned part looks at: the words and meanings found in a message, and its shape."""

import re
from bisect import bisect_right

from nlp.context import Context, group_of

TURNED_GROUPS = frozenset({"wrong", "severe", "moderate"})
# A greeting or thanks around a request is only manners.
MANNERS = frozenset({"other.greeting", "other.thanks"})
BUSINESS = frozenset({"ask", "order", "wrong", "severe", "moderate", "suggest"})
LENGTHS = (12, 25, 50, 100, 250)

# The first lines tell the shape.
HEAD = 600
# Each pattern begins with a set of characters or plain ones: the search then leaps to the next of them.
_WE = re.compile(r"我|咱|we\b(?<!\wwe)|our\b(?<!\wour)|i\b(?<!\wi)|my\b(?<!\wmy)")
_YOU = re.compile(r"你|您|贵|you\b(?<!\wyou)|your\b(?<!\wyour)|u\b(?<!\wu)")


def features_of(context: Context, subject_end: int) -> set[str]:
    """The names of what a message shows.

    The text of `context` is the folded subject, a line break and the folded text; `subject_end` is 0
    without a subject.
    """
    found = {hit.word for hit in context.hits} | context.groups
    found.update(_shape(context.text, subject_end))
    with_business = not BUSINESS.isdisjoint(context.groups)
    for meaning, hits in context.of.items():
        if group_of(meaning) in TURNED_GROUPS:
            found.update([meaning + context.turn(hit) for hit in hits])
        elif not (with_business and meaning in MANNERS):
            found.add(meaning)
    return found


def _shape(text: str, subject_end: int) -> list[str]:
    """What a message looks like before a word is understood: its length, and who is named."""
    head = text[: subject_end + HEAD]
    found = [f"length:{bisect_right(LENGTHS, len(text) - subject_end)}"]
    if _WE.search(head):
        found.append("who:we")
    if _YOU.search(head):
        found.append("who:you")
    return found
