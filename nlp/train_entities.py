"""Learns from labelled messages which of several places names an entity.

Softmax over the places of a message and "none". A message that names some entities but not this one speaks
for "none", quietly: who labelled it may have passed over what was not clear.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nlp.choosing import Candidate
from nlp.entities import SURE, candidates
from nlp.matching import Hit
from nlp.model import present_version
from nlp.page import Page
from nlp.reading import Kind

ROUNDS = 150
PACE = 0.3
# How strongly a weight is drawn back to nothing: what only a few messages say must not decide alone.
HOLD = 1.0
RARE = 2
# A weight that hardly moves a choice is left out of the file.
QUIET = 0.1
# How much a message without the label counts; part numbers are seldom labelled where they stand.
UNLABELLED = dict.fromkeys(SURE, 0.3) | {"part_no": 0.1, "product": 0.6}


@dataclass(frozen=True, slots=True)
class Choice:
    """The features of each place of a message, which of them are right, and how much the message counts."""

    features: Sequence[Sequence[str]]
    right: frozenset[int]
    worth: float


def choices(page: Page, hits: Sequence[Hit], message: dict[str, Any]) -> Iterable[tuple[str, Choice]]:
    """What one labelled message teaches about each entity."""
    labels = message["entities"]
    if not labels:
        return
    for name, places in candidates(page, Kind(message["kind"]), hits).items():
        label = labels.get(name)
        right = frozenset(
            number
            for number, place in enumerate(places)
            if label is not None and agrees(name, label, _named(name, place, page))
        )
        if places:
            # A label that no place proposes speaks for "none", too.
            worth = 1.0 if right else UNLABELLED[name]
            yield name, Choice([place.features for place in places], right, worth)


def _named(name: str, place: Candidate, page: Page) -> Any:
    return place.value if name == "quantity" else page.original[place.start : place.end]


def agrees(name: str, wanted: Any, given: Any) -> bool:
    """Numbers must be equal; words may differ in spaces, capitals and a leading PO, dates by 前 or "by"."""
    if given is None:
        return False
    if name == "quantity":
        return bool(abs(float(given) - float(wanted)) < 1e-6)
    one, two = _plain(str(wanted)), _plain(str(given))
    return one == two or (name != "order_no" and (one in two or two in one))


def _plain(text: str) -> str:
    return re.sub(r"^po[\s#]*(?=\w*\d)|[\s#]|前$|之前$|^by\b", "", text.lower())


def learn_choice(seen: Sequence[Choice]) -> dict[str, Any]:
    """The weights that tell the right place from the others, as written to the file of a Model."""
    counts = Counter(name for choice in seen for names in choice.features for name in set(names))
    kept = sorted(name for name, count in counts.items() if count >= RARE)
    places = {name: place for place, name in enumerate(kept)}
    weights = _descend(seen, places)
    return {
        "version": present_version(),
        "labels": ["named"],
        "bias": [0.0],
        "weights": {
            name: [round(float(weight), 2)]
            for name, weight in zip(places, weights, strict=True)
            if abs(weight) >= QUIET
        },
        "grams": {},
    }


def _descend(seen: Sequence[Choice], places: dict[str, int]) -> Any:
    """Every step looks at all messages; a weight that moved much already moves less (AdaGrad)."""
    counts = np.array([len(choice.features) for choice in seen], dtype=np.intp)
    message_of = np.repeat(np.arange(len(seen)), counts)
    right = np.array([place in one.right for one in seen for place in range(len(one.features))], dtype=bool)
    worth = np.array([one.worth for one in seen])[message_of]
    # Each feature of each place of each message, and the place it belongs to.
    told = [
        (row, places[name])
        for row, names in enumerate(names for choice in seen for names in choice.features)
        for name in names
        if name in places
    ]
    rows, columns = np.array(told, dtype=np.intp).reshape(-1, 2).T
    weights, moved = np.zeros(len(places)), np.full(len(places), 1e-6)
    for _ in range(ROUNDS):
        powers = np.exp(np.bincount(rows, weights[columns], len(message_of)))
        chances = powers / (1.0 + np.bincount(message_of, powers, len(seen)))[message_of]  # 1 is that of none
        hit = np.bincount(message_of, chances * right, len(seen))[message_of]
        errors = chances - np.divide(chances, hit, out=np.zeros_like(hit), where=right)
        slopes = np.bincount(columns, (errors * worth)[rows], len(places)) + HOLD * weights
        moved += slopes * slopes
        weights -= PACE * slopes / np.sqrt(moved)
    return weights
