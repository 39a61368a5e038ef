"""Chooses what a message names among the places that may name it, or none of them.

A regular expression proposes places; what stands in and around each speaks for it or against it, as learned
from labelled messages. All places and "none" share one certainty of 1; the same value at two places is one.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from math import exp
from typing import Any, NamedTuple

from nlp.model import Model

# What stands farther away rarely says what a number is.
REACH = 24
# A message names no more than so many numbers or days before it is a table that only a person can read.
AT_MOST = 60
# Surer than this nothing needs to be, and more could not be computed.
HIGHEST = 100.0


class Span(NamedTuple):
    """A place of the page."""

    start: int
    end: int


class Candidate(NamedTuple):
    """A place of the page, the value it names, what speaks for it, and what the value is made from."""

    start: int
    end: int
    value: Any
    features: list[str]
    source: Any


# Made by the thousand: this makes one in half the time that Candidate(…) takes.
candidate: Callable[[tuple[int, int, Any, list[str], Any]], Candidate] = partial(tuple.__new__, Candidate)


def chosen(candidates: Sequence[Candidate], model: Model, sure: float) -> Candidate | None:
    """The likeliest value at its first place if it is at least so likely, else None."""
    if not candidates:
        return None
    whole = 1.0  # that of none
    powers: dict[Any, float] = {}
    score = model.score
    for _, _, value, features, _ in candidates:
        power = exp(min(score(features), HIGHEST))
        whole += power
        powers[value] = powers.get(value, 0.0) + power
    likeliest = max(powers, key=powers.__getitem__) if len(powers) > 1 else value
    if powers[likeliest] < sure * whole:
        return None
    return next(one for one in candidates if one.value == likeliest)


def placed(candidates: Sequence[Candidate], kind: str = "") -> Sequence[Candidate]:
    """The candidates, each told its place among them."""
    count = min(len(candidates), 4)
    for place, one in enumerate(candidates):
        one.features.append(_place(kind, min(place, 4), count))
    return candidates


@cache
def _place(kind: str, place: int, count: int) -> str:
    return f"{kind} {place} of {count}"


def around(text: str, start: int, end: int) -> list[str]:
    """Two words or characters before and behind a place of folded text, the nearer one also alone."""
    before = text[start - REACH if start > REACH else 0 : start].rstrip(" ")
    after = text[end : end + REACH].lstrip(" ")
    if before[-1:].isascii():
        words = before.rsplit(None, 2)
        near, far = " ".join(words[-1:]), " ".join(words[-2:])
    else:
        near, far = before[-1:], before[-2:]
    if after[:1].isascii():
        words = after.split(None, 2)
        return ["<" + near, "<" + far, ">" + " ".join(words[:1]), ">" + " ".join(words[:2])]
    return ["<" + near, "<" + far, ">" + after[:1], ">" + after[:2]]
