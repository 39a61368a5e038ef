"""Learns the weights of the reader from labelled messages: `python -m nlp.train FILE... [--into FOLDER]`.

Multinomial logistic regression in plain Python; the same files always give the same weights.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.features import features_of
from nlp.lexicon import load_lexicon
from nlp.matching import Words
from nlp.model import GRAM_SCALE, WEIGHTS, Model, as_model, grams_of, shares
from nlp.page import Page
from nlp.reading import Kind, Severity
from nlp.requirements import DEMANDED, MENTIONED, candidates
from nlp.segmentation import settled
from nlp.severity import CHANNEL_FLOOR

ROUNDS = 12
PACE = 0.05
# How strongly a weight is drawn back to nothing: what only a few messages say must not decide alone.
HOLD = 0.06
RARE = 2
RARE_GRAM = 3
# A group of characters that hardly tells the labels apart is left out of the file.
QUIET = 0.1


@dataclass(frozen=True, slots=True)
class Example:
    """The features and character groups of one message and the label a person gave it."""

    features: Collection[str]
    grams: Collection[str]
    label: str


class _Row:
    """The weights of one feature and how much each has been moved already."""

    __slots__ = ("moved", "weights")

    def __init__(self, labels: int) -> None:
        self.weights = [0.0] * labels
        self.moved = [1e-6] * labels

    def correct(self, errors: Sequence[float], value: float) -> None:
        """One step against the errors; a weight that moved much already moves less."""
        weights, moved = self.weights, self.moved
        for place, error in enumerate(errors):
            slope = error * value + HOLD * weights[place]
            moved[place] += slope * slope
            weights[place] -= PACE * slope / moved[place] ** 0.5


def learn(examples: Sequence[Example], labels: Sequence[str]) -> dict[str, Any]:
    """The weights that tell the labels apart, as written to the file of a Model."""
    features = _rows((example.features for example in examples), RARE, len(labels))
    grams = _rows((example.grams for example in examples), RARE_GRAM, len(labels))
    bias = [0.0] * len(labels)
    sizes = Counter(example.label for example in examples)
    order = [
        (
            [row for name in example.features if (row := features.get(name))],
            [row for name in example.grams if (row := grams.get(name))],
            GRAM_SCALE / max(1, len(example.grams)) ** 0.5,
            labels.index(example.label),
            len(examples) / (len(labels) * sizes[example.label]),
        )
        for example in examples
    ]
    chance = random.Random(0)  # noqa: S311 - the order of examples, not a secret
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for rows, gram_rows, scale, right, worth in order:
            scores = list(bias)
            for place in range(len(labels)):
                scores[place] += sum(row.weights[place] for row in rows)
                scores[place] += scale * sum(row.weights[place] for row in gram_rows)
            errors = [(share - (place == right)) * worth for place, share in enumerate(shares(scores))]
            for place, error in enumerate(errors):
                bias[place] -= 0.01 * error
            for row in rows:
                row.correct(errors, 1.0)
            for row in gram_rows:
                row.correct(errors, scale)
    return {
        "labels": list(labels),
        "bias": [round(value, 3) for value in bias],
        "weights": {name: _short(row) for name, row in sorted(features.items())},
        "grams": {name: _short(row) for name, row in sorted(grams.items()) if _speaks(row)},
    }


def _rows(examples: Iterable[Collection[str]], least: int, labels: int) -> dict[str, _Row]:
    counts = Counter(name for names in examples for name in set(names))
    return {name: _Row(labels) for name, count in sorted(counts.items()) if count >= least}


def _short(row: _Row) -> list[float]:
    return [round(weight, 3) for weight in row.weights]


def _speaks(row: _Row) -> bool:
    return max(row.weights) - min(row.weights) >= QUIET


def learn_all(messages: Sequence[dict[str, Any]], words: Words) -> dict[str, dict[str, Any]]:
    """The weights of every decision, by name, from labelled messages."""
    kinds, severities, needs = [], [], []
    for message in messages:
        page = Page(message.get("subject") or "", message["text"])
        found, _ = words.find(page.folded)
        hits = settled(page.folded, found)
        features = features_of(page.folded, page.subject_end, hits, message["channel"])
        grams = sorted(grams_of(page.folded))
        kinds.append(Example(features, grams, message["kind"]))
        if _content_decided(message):
            severities.append(Example(features, grams, message["severity"]))
        for need in candidates(page.folded, hits, Kind(message["kind"])):
            demanded = need.category in message["special_requirements"]
            needs.append(Example(sorted(need.features), (), DEMANDED if demanded else MENTIONED))
    return {
        "kind": learn(kinds, list(Kind)),
        "severity": learn(severities, list(Severity)),
        "requirements": learn(needs, [MENTIONED, DEMANDED]),
    }


def _content_decided(message: dict[str, Any]) -> bool:
    """Is the label that of the words? At its channel's floor nobody knows what the words alone would be."""
    if not message["severity"]:
        return False
    floor = CHANNEL_FLOOR.get(message["channel"])
    return floor in (None, Severity.LIGHT) or Severity(message["severity"]).rank > floor.rank


def models(messages: Sequence[dict[str, Any]], words: Words) -> dict[str, Model]:
    """The models learned from messages, ready to use without a file."""
    return {name: as_model(found) for name, found in learn_all(messages, words).items()}


def main() -> None:
    """Learn from the files named and write the weights."""
    parser = argparse.ArgumentParser(description="Learn the reader's weights from labelled messages.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--into", type=Path, default=WEIGHTS, metavar="FOLDER")
    parser.add_argument("--lexicon", type=Path, metavar="FOLDER", help="the company's own lexicon")
    chosen = parser.parse_args()
    lines = [line for path in chosen.files for line in path.read_text(encoding="utf-8").splitlines()]
    messages = [json.loads(line) for line in lines if line.strip()]
    chosen.into.mkdir(parents=True, exist_ok=True)
    for name, found in learn_all(messages, Words(load_lexicon(chosen.lexicon))).items():
        (chosen.into / f"{name}.json").write_text(_one_feature_a_line(found), encoding="utf-8")


def _one_feature_a_line(found: dict[str, Any]) -> str:
    """JSON whose changes a person can follow from version to version."""
    parts = [f'"labels": {json.dumps(found["labels"])}, "bias": {found["bias"]}']
    for part in ("weights", "grams"):
        rows = ",\n".join(
            f" {json.dumps(key, ensure_ascii=False)}: {row}" for key, row in found[part].items()
        )
        parts.append(f'"{part}": {{\n{rows}\n}}')
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    main()
