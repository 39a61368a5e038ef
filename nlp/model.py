"""The learned part: how much each feature speaks for each label. A file of weights."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

MODELS = ("kind", "severity")
WEIGHTS = Path(__file__).with_name("weights")


@dataclass(frozen=True, slots=True)
class Model:
    """Weights per feature, one for each label in the order of `labels`."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum for each label; the highest is the likeliest."""
        total = list(self.bias)
        for feature in features:
            if row := self.weights.get(feature):
                for place, weight in enumerate(row):
                    total[place] += weight
        return total

    def weight(self, feature: str, place: int) -> float:
        """How much one feature speaks for a label rather than for the average of the others."""
        row = self.weights.get(feature)
        if not row:
            return 0.0
        return row[place] - (sum(row) - row[place]) / max(1, len(row) - 1)


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
    weights = {feature: tuple(row) for feature, row in found["weights"].items()}
    return Model(tuple(found["labels"]), tuple(found["bias"]), weights)
