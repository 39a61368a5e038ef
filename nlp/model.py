"""The learned part: how much each feature speaks for each label. A file of weights."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from math import exp, sqrt
from operator import itemgetter
from pathlib import Path
from sys import intern
from typing import Any

from daachorse import CharwiseDoubleArrayAhoCorasick

from nlp.lexicon import shipped_version

MODELS = ("kind", "severity", "requirements")
WEIGHTS = Path(__file__).with_name("weights")
# Another number whenever features are named or counted otherwise: older weights would weigh other things.
FORMAT = 5

# Groups of one to four neighbouring characters speak, too: those of the first lines, for more cost time.
GRAM_CHARACTERS = 200
# A message of any length carries the same weight of character groups in all.
GRAM_SCALE = 7.0

# All weights of a feature are kept in one whole number, LANE bits for each label, in thousandths:
# one addition then adds them for every label at once. No sum of a message's weights comes near 500.
LANE, THOUSANDTHS = 20, 1000
LABELS_AT_MOST = 5
_MASK, _HALF = (1 << LANE) - 1, 1 << LANE - 1
# Half a lane more for every label: none is negative then, and none borrows from the next.
_RAISED = sum(_HALF << LANE * place for place in range(LABELS_AT_MOST))


def packed(weights: Sequence[float]) -> int:
    """Weights as one number."""
    return sum(round(weight * THOUSANDTHS) << LANE * place for place, weight in enumerate(weights))


def unpacked(number: int, place: int) -> float:
    """The weight, or sum of weights, of one label."""
    return ((number + _RAISED >> LANE * place & _MASK) - _HALF) / THOUSANDTHS


def gram_scale(text: str) -> float:
    """What a character group of this text counts."""
    return GRAM_SCALE / sqrt(max(1, min(len(text), GRAM_CHARACTERS)))


# Where a known group of characters starts and ends, and its number.
Group = tuple[int, int, int]
_NUMBER = itemgetter(2)
# The weight of features that no message taught.
_NOTHING = repeat(0)


class Model:
    """Packed weights per feature and per group of characters; lanes in the order of `labels`."""

    def __init__(
        self,
        labels: tuple[str, ...],
        bias: int,
        weights: Mapping[str, int],
        grams: Mapping[str, int],
        version: str = "",
    ) -> None:
        self.labels = labels
        self._lanes = [(label, LANE * place) for place, label in enumerate(labels)]
        self.version = version
        self._bias = bias
        self.weights = weights
        self._grams = tuple(grams.values())
        # One search for all groups is faster than a look-up of every group that a text has.
        self._search = CharwiseDoubleArrayAhoCorasick(list(grams)) if grams else None

    def scores(
        self, features: Iterable[str], groups: Iterable[Group] = (), scale: float = 1.0
    ) -> dict[str, float]:
        """How much speaks for each label; of `groups`, each kind counts once, `scale` times its weight."""
        told = sum(map(self.weights.get, features, _NOTHING), self._bias) + _RAISED
        shown = sum(map(self._grams.__getitem__, set(map(_NUMBER, groups)))) + _RAISED
        raised = _HALF * (1.0 + scale)
        return {
            label: ((told >> lane & _MASK) + (shown >> lane & _MASK) * scale - raised) / THOUSANDTHS
            for label, lane in self._lanes
        }

    def score(self, features: Iterable[str]) -> float:
        """How much speaks for the only label."""
        return sum(map(self.weights.get, features, _NOTHING), self._bias) / THOUSANDTHS

    def groups_in(self, text: str) -> list[Group]:
        """Each known group of characters in the first lines of folded text."""
        return self._search.find_overlapping(text[:GRAM_CHARACTERS]) if self._search else []

    def group(self, number: int) -> int:
        """The packed weights of a group of characters."""
        return self._grams[number]


def present_version() -> str:
    """What weights must have been learned with to be used: these features and these shipped words."""
    return f"{FORMAT}-{shipped_version()}"


def shares(scores: Sequence[float]) -> list[float]:
    """The scores as probabilities."""
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def load_model(name: str, folder: Path = WEIGHTS) -> Model:
    """The weights of one decision, as `python -m nlp.train` wrote them."""
    found = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return as_model(found)


def as_model(found: dict[str, Any]) -> Model:
    """A Model from the content of its file."""
    # Interned like the names they are looked up by: equal names are then the same object, found at once.
    weights = {intern(name): packed(row) for name, row in found["weights"].items()}
    # The shortest are met most often: side by side in memory they are found faster.
    grams = {gram: packed(found["grams"][gram]) for gram in sorted(found["grams"], key=len)}
    return Model(tuple(found["labels"]), packed(found["bias"]), weights, grams, found["version"])
