"""Multinomial logistic regression: weights that tell labels apart, the same for the same examples."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from math import log
from typing import Any

import numpy as np

from nlp.model import present_version

PACE = 0.1
RARE, RARE_GRAM = 2, 3
# To find the loudest groups of characters fewer rounds will do.
FIRST_ROUNDS = 6
# A weight quieter than this hardly decides, but would be met and cost time.
QUIET = 0.01


@dataclass(frozen=True, slots=True)
class Course:
    """How a decision is learned, found on labelled files left out in turn.

    `hold` is how strongly a weight is drawn back to nothing: what only a few messages say must not decide
    alone. Only the loudest `grams` groups of characters stay: each one met costs time.
    """

    rounds: int
    hold: float
    grams: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """The features and character groups of one message and the label a person gave it."""

    features: Sequence[str]
    label: str
    grams: Sequence[str] = ()
    gram_scale: float = 1.0


def learn(examples: Sequence[Example], labels: Sequence[str], course: Course) -> dict[str, Any]:
    """The weights that tell the labels apart, as written to the file of a Model."""
    features = _places((example.features for example in examples), RARE)
    grams = _places((example.grams for example in examples), RARE_GRAM)
    counts = Counter(name for example in examples for name in example.grams)
    # What few messages say tells more than what all say.
    rareness = {name: log(len(examples) / counts[name]) / 4 for name in grams}
    if len(grams) > course.grams:
        weights, _ = _descend(examples, labels, features, rareness, replace(course, rounds=FIRST_ROUNDS))
        loudness = {
            name: np.ptp(row) * rareness[name]
            for name, row in zip(rareness, weights[len(features) :], strict=True)
        }
        kept = nlargest(course.grams, loudness, key=loudness.__getitem__)
        rareness = {name: rareness[name] for name in sorted(kept)}
    weights, bias = _descend(examples, labels, features, rareness, course)
    return {
        "version": present_version(),
        "labels": list(labels),
        "bias": _short(bias),
        "weights": {
            name: _short(weights[place])
            for name, place in features.items()
            if np.ptp(weights[place]) >= QUIET
        },
        "grams": {
            name: _short(row * rareness[name])
            for name, row in zip(rareness, weights[len(features) :], strict=True)
        },
    }


def second_only(found: dict[str, Any]) -> dict[str, Any]:
    """A decision between two labels as one number: how much more speaks for the second than for the first."""
    more = {
        part: {name: [round(second - first, 3)] for name, (first, second) in found[part].items()}
        for part in ("weights", "grams")
    }
    first, second = found["bias"]
    return found | more | {"labels": found["labels"][1:], "bias": [round(second - first, 3)]}


def _descend(
    examples: Sequence[Example],
    labels: Sequence[str],
    features: dict[str, int],
    rareness: dict[str, float],
    course: Course,
) -> tuple[Any, Any]:
    """Stochastic descent in which a weight that moved much already moves less (AdaGrad).

    Returns the weights, features first and then groups of characters, and the bias; a column a label.
    """
    grams = {name: place for place, name in enumerate(rareness, start=len(features))}
    sizes = Counter(example.label for example in examples)
    rows = []
    for example in examples:
        told = [features[name] for name in example.features if name in features]
        shown = [name for name in example.grams if name in grams]
        values = [1.0] * len(told) + [rareness[name] * example.gram_scale for name in shown]
        places = np.array(told + [grams[name] for name in shown], dtype=np.intp)
        right = np.eye(len(labels))[labels.index(example.label)]
        worth = len(examples) / (len(labels) * sizes[example.label])
        rows.append((places, np.array(values)[:, None], right, worth))
    size = len(features) + len(grams)
    weights, moved = np.zeros((size, len(labels))), np.full((size, len(labels)), 1e-6)
    bias = np.zeros(len(labels))
    seen = np.bincount(np.concatenate([places for places, *_ in rows]), minlength=size)
    # Each time a weight is met it is drawn back by its part.
    hold = course.hold / np.maximum(seen, 1)[:, None]
    chance = np.random.default_rng(0)
    for _ in range(course.rounds):
        for number in chance.permutation(len(rows)):
            places, values, right, worth = rows[number]
            here = weights[places]
            scores = bias + (values * here).sum(axis=0)
            powers = np.exp(scores - scores.max())
            errors = (powers / powers.sum() - right) * worth
            bias -= 0.01 * errors
            slopes = values * errors + hold[places] * here
            moved[places] += slopes * slopes
            weights[places] = here - PACE * slopes / np.sqrt(moved[places])
    return weights, bias


def _places(lists: Iterable[Iterable[str]], least: int) -> dict[str, int]:
    counts = Counter(name for names in lists for name in set(names))
    return {
        name: place for place, name in enumerate(sorted(name for name in counts if counts[name] >= least))
    }


def _short(row: Any) -> list[float]:
    """Only differences speak: moved so that the weights add up to nothing."""
    return [round(float(weight), 3) for weight in row - row.mean()]
