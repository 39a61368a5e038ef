"""Finds places in a text quickly: a rough pattern leaps to each likely beginning, an exact one looks there.

A pattern that begins with a set of characters leaps from one of them to the next; any other is tried in vain
at every character, and the exact ones have dozens of branches.
"""

import re
from collections.abc import Iterable, Iterator


def scan(places: Iterable[int], exact: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match of `exact` at the very beginning or at one of the places, none inside another."""
    reached = 0
    if found := exact.match(text):
        yield found
        reached = found.end()
    for place in places:
        if place >= reached and (found := exact.match(text, place)):
            yield found
            reached = found.end()


def begins_word(openings: str) -> re.Pattern[str]:
    """The character before each word that begins with one of the openings, and the opening.

    The first word of a text has nothing before it. An opening stays within one word, or the next is missed.
    """
    return re.compile(rf"[\s!-/:-@[-`{{-~。、](?:{openings})")
