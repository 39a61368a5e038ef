"""Counts right and wrong readings against labelled messages."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.reading import Kind, Reading
from nlp.train_entities import agrees

Pair = tuple[dict[str, Any], Reading]
ENTITIES = ("order_no", "quantity", "due_date_text", "product", "part_no", "claim_amount")
FLOORS = {
    "kind macro-F1": 0.90,
    "complaints found": 0.95,
    "severity right": 0.90,
    "severe found": 0.94,
    "requirements micro-F1": 0.65,
    **{
        f"{name} {what}": floor for name in ENTITIES[:3] for what, floor in (("found", 0.85), ("right", 0.90))
    },
}


@dataclass(frozen=True)
class Score:
    """One figure, of so many cases, with the interval that 95 of 100 such samples would fall into."""

    name: str
    of: int
    value: float
    low: float
    high: float


def scores(pairs: Sequence[Pair], draws: int = 300) -> list[Score]:
    """Every figure that the reader is judged by."""
    chance = random.Random(0)
    samples = [chance.choices(pairs, k=len(pairs)) for _ in range(draws)]
    found = []
    for name, figure in FIGURES.items():
        spread = sorted(figure(sample) for sample in samples)
        found.append(
            Score(name, _cases(name, pairs), figure(pairs), spread[draws // 40], spread[-1 - draws // 40])
        )
    return found


def _cases(name: str, pairs: Sequence[Pair]) -> int:
    """How many messages bear the label that a figure is about."""
    entity = name.partition(" ")[0]
    return sum(entity not in ENTITIES or entity in gold["entities"] for gold, _ in pairs)


def kind_f1(pairs: Sequence[Pair], kind: str) -> float:
    """F1 of one kind."""
    hit = sum(gold["kind"] == kind == reading.kind for gold, reading in pairs)
    both = sum((gold["kind"] == kind) + (reading.kind == kind) for gold, reading in pairs)
    return float(2 * hit / max(1, both))


def category_f1(pairs: Sequence[Pair], category: str | None = None) -> float:
    """F1 of one requirement category, or of all together."""
    hit = wanted = given = 0
    for gold, reading in pairs:
        right = {name for name in gold["special_requirements"] if category in (None, name)}
        said = {name for name in reading.special_requirements if category in (None, name)}
        hit, wanted, given = hit + len(right & said), wanted + len(right), given + len(said)
    return 2 * hit / max(1, wanted + given)


def _share(parts: Sequence[bool]) -> float:
    return sum(parts) / max(1, len(parts))


def _found(name: str) -> Callable[[Sequence[Pair]], float]:
    return lambda pairs: _share(
        [
            agrees(name, gold["entities"][name], getattr(reading.entities, name))
            for gold, reading in pairs
            if name in gold["entities"]
        ]
    )


def _right(name: str) -> Callable[[Sequence[Pair]], float]:
    """Of those given where a label says what is right."""
    return lambda pairs: _share(
        [
            agrees(name, gold["entities"][name], getattr(reading.entities, name))
            for gold, reading in pairs
            if name in gold["entities"] and getattr(reading.entities, name) is not None
        ]
    )


def confusion(pairs: Sequence[Pair]) -> Counter[tuple[str, str]]:
    """How often each labelled kind was read as each kind."""
    return Counter((gold["kind"], str(reading.kind)) for gold, reading in pairs)


FIGURES: dict[str, Callable[[Sequence[Pair]], float]] = {
    "kind macro-F1": lambda pairs: sum(kind_f1(pairs, kind) for kind in Kind) / len(Kind),
    "complaints found": lambda pairs: _share(
        [reading.kind is Kind.COMPLAINT for gold, reading in pairs if gold["kind"] == "complaint"]
    ),
    "severity right": lambda pairs: _share(
        [reading.severity == gold["severity"] for gold, reading in pairs if gold["kind"] == "complaint"]
    ),
    "severe found": lambda pairs: _share(
        [reading.severity == "severe" for gold, reading in pairs if gold["severity"] == "severe"]
    ),
    "requirements micro-F1": category_f1,
    "language": lambda pairs: _share([reading.language == gold["lang"] for gold, reading in pairs]),
    **{
        f"{name} {what}": figure(name)
        for name in ENTITIES
        for what, figure in (("found", _found), ("right", _right))
    },
}
