"""The learned part: how much each feature speaks for each label. A file of weights."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import exp
from operator import add
from pathlib import Path
from typing import Any

MODELS = ("kind", "severity", "requirements")
WEIGHTS = Path(__file__).with_name("weights")


# A message of any length carries the same weight of character groups in all.
GRAM_SCALE = 10.0
# The first lines tell the matter; more would only cost time.
GRAM_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Model:
    """Weights per feature and per group of characters, one for each label in the order of `labels`."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]
    grams: dict[str, tuple[float, ...]]

    def scores(self, features: Iterable[str], grams: Collection[str] = ()) -> list[float]:
        """The sum for each label; the highest is the likeliest."""
        rows = list(filter(None, map(self.weights.get, features)))
        total = (
            [bias + sum(column) for bias, column in zip(self.bias, zip(*rows, strict=True), strict=True)]
            if rows
            else list(self.bias)
        )
        if grams and (rows := list(filter(None, map(self.grams.get, grams)))):
            scale = GRAM_SCALE / len(grams) ** 0.5
            total = [
                one + scale * sum(column) for one, column in zip(total, zip(*rows, strict=True), strict=True)
            ]
        return total

    def weight(self, feature: str, place: int) -> float:
        """How much one feature speaks for a label rather than for the average of the others."""
        row = self.weights.get(feature)
        if not row:
            return 0.0
        return row[place] - (sum(row) - row[place]) / max(1, len(row) - 1)


def grams_of(folded: str) -> set[str]:
    """Every group of two and three neighbouring characters."""
    first = folded[:GRAM_CHARACTERS]
    second = first[1:]
    pairs = list(map(add, first, second))
    return {*pairs, *map(add, pairs, second[1:])}


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
    weights, grams = ({key: tuple(row) for key, row in found[part].items()} for part in ("weights", "grams"))
    return Model(tuple(found["labels"]), tuple(found["bias"]), weights, grams)
