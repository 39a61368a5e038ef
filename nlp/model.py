"""The learned part: how much each feature speaks for each label. A file of weights."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import exp
from operator import add
from pathlib import Path
from typing import Any

from nlp.matching import Hit

MODELS = ("kind", "severity", "requirements")
WEIGHTS = Path(__file__).with_name("weights")


# A message of any length carries the same weight of character groups in all.
GRAM_SCALE = 10.0
# The first lines tell the matter; more would only cost time.
GRAM_CHARACTERS = 200


# All weights of a feature are kept in one whole number, LANE bits for each label, in thousandths:
# one addition then adds them for every label at once.
LANE, THOUSANDTHS = 24, 1000
_FULL = 1 << LANE
_HALF = _FULL >> 1


def packed(weights: Iterable[float]) -> int:
    """Weights as one number."""
    return sum(round(weight * THOUSANDTHS) << LANE * place for place, weight in enumerate(weights))


def unpacked(number: int, size: int) -> list[float]:
    """The weights, or sums of weights, in one number."""
    found = []
    for _ in range(size):
        low = number & (_FULL - 1)
        if low >= _HALF:
            low -= _FULL
        found.append(low / THOUSANDTHS)
        number = (number - low) >> LANE
    return found


@dataclass(frozen=True, slots=True)
class Model:
    """Packed weights per feature and per group of characters; lanes in the order of `labels`."""

    labels: tuple[str, ...]
    bias: int
    weights: dict[str, int]
    grams: dict[str, int]

    def scores(self, features: Iterable[str], grams: Collection[str] = ()) -> list[float]:
        """The sum for each label; the highest is the likeliest."""
        size = len(self.labels)
        total = unpacked(sum(filter(None, map(self.weights.get, features)), self.bias), size)
        if not grams:
            return total
        scale = GRAM_SCALE / len(grams) ** 0.5
        added = unpacked(sum(filter(None, map(self.grams.get, grams))), size)
        return [one + scale * other for one, other in zip(total, added, strict=True)]

    def loudest(
        self, hits: Iterable[Hit], groups: tuple[str, ...], label: str, least: float = float("-inf")
    ) -> list[Hit]:
        """The hits with a meaning of these groups, the one first that speaks most for the label.

        What speaks less than `least` for it is left out; below 0 it speaks for another label.
        """
        found: dict[tuple[int, int], Hit] = {}
        sums: dict[tuple[int, int], int] = {}
        weights = self.weights
        for hit in hits:
            start, end, meaning, word, _, _ = hit
            if meaning.startswith(groups):
                span = start, end
                found.setdefault(span, hit)
                sums[span] = sums.get(span, 0) + weights.get(meaning, 0) + weights.get("word:" + word, 0)
        place, size = self.labels.index(label), len(self.labels)

        loud: list[tuple[float, tuple[int, int]]] = []
        for span, number in sums.items():
            row = unpacked(number, size)
            loud.append((sum(row) - row[place] * size, span))
        return [found[span] for quiet, span in sorted(loud) if -quiet >= least]


def grams_of(folded: str) -> set[str]:
    """Every group of three neighbouring characters."""
    first = folded[:GRAM_CHARACTERS]
    return set(map(add, map(add, first, first[1:]), first[2:]))


def shares(scores: list[float]) -> list[float]:
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
    weights, grams = ({key: packed(row) for key, row in found[part].items()} for part in ("weights", "grams"))
    return Model(tuple(found["labels"]), packed(found["bias"]), weights, grams)
