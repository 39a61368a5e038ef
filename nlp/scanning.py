"""Finds places in a text quickly: a rough pattern leaps to each likely beginning, an exact one looks there.

A pattern that begins with a set of characters leaps from one of them to the next; any other is tried in vain
at every character, and the exact ones have dozens of branches.
"""

import re
from collections.abc import Iterator


def scan(begin: re.Pattern[str], exact: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match of `exact` where `begin` finds a beginning, none inside another, in reading order."""
    reached = 0
    for begun in begin.finditer(text):
        start = begun.start()
        if start >= reached and (found := exact.match(text, start)):
            yield found
            reached = found.end()


def begins_word(letters: str, openings: str) -> re.Pattern[str]:
    """Where one of the openings stands at the beginning of a word; `letters` are those they begin with."""
    # (?<=(?=…).) looks at what begins with the character just read.
    return re.compile(rf"[{letters}](?<![a-z].)(?<=(?={openings}).)")
