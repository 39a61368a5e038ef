"""Finds places in a text quickly: a rough pattern leaps to each likely beginning, an exact one looks there.

A pattern that begins with a set of characters leaps from one of them to the next; any other is tried in vain
at every character, and the exact ones have dozens of branches.
"""

import re
from collections.abc import Iterator


def scan(begin: re.Pattern[str], exact: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match of `exact` at the very beginning or where `begin` ends, none inside another."""
    reached = 0
    if found := exact.match(text):
        yield found
        reached = found.end()
    for begun in begin.finditer(text):
        start = begun.end()
        if start >= reached and (found := exact.match(text, start)):
            yield found
            reached = found.end()


def begins_word(openings: str) -> re.Pattern[str]:
    """Before each word that begins with one of the openings; the first of a text has nothing before it."""
    return re.compile(rf"[\s!-/:-@[-`{{-~。、](?={openings})")
