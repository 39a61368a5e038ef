"""Learns the weights of the reader from labelled messages: `python -m nlp.train FILE... [--into FOLDER]`.

Multinomial logistic regression in plain Python; the same files always give the same weights.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.features import features_of
from nlp.lexicon import load_lexicon
from nlp.matching import Words
from nlp.model import WEIGHTS, Model, as_model, shares
from nlp.page import Page
from nlp.reading import Kind, Severity
from nlp.severity import CHANNEL_FLOOR

ROUNDS = 20
PACE = 0.1
# How strongly a weight is drawn back to nothing: what only a few messages say must not decide alone.
HOLD = 0.03
RARE = 2


@dataclass(frozen=True, slots=True)
class Example:
    """The features of one message and the label a person gave it."""

    features: tuple[str, ...]
    label: str


def learn(examples: Sequence[Example], labels: Sequence[str]) -> dict[str, Any]:
    """The weights that tell the labels apart, as written to the file of a Model."""
    counts = Counter(feature for example in examples for feature in example.features)
    known = {feature for feature, count in counts.items() if count >= RARE}
    sizes = Counter(example.label for example in examples)
    worth = {label: len(examples) / (len(labels) * max(1, sizes[label])) for label in labels}
    weights = {feature: [0.0] * len(labels) for feature in known}
    squares = {feature: [1e-6] * len(labels) for feature in known}
    bias = [0.0] * len(labels)
    order = list(examples)
    chance = random.Random(0)  # noqa: S311 - the order of examples, not a secret
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for example in order:
            features = [feature for feature in example.features if feature in known]
            scores = list(bias)
            for feature in features:
                for place, weight in enumerate(weights[feature]):
                    scores[place] += weight
            errors = [
                (chance_of - (label == example.label)) * worth[example.label]
                for label, chance_of in zip(labels, shares(scores), strict=True)
            ]
            for place, error in enumerate(errors):
                bias[place] -= 0.01 * error
            for feature in features:
                row, square = weights[feature], squares[feature]
                for place, error in enumerate(errors):
                    slope = error + HOLD * row[place]
                    square[place] += slope * slope
                    row[place] -= PACE * slope / square[place] ** 0.5
    kept = {feature: [round(weight, 3) for weight in row] for feature, row in sorted(weights.items())}
    return {"labels": list(labels), "bias": [round(value, 3) for value in bias], "weights": kept}


def learn_all(messages: Sequence[dict[str, Any]], words: Words) -> dict[str, dict[str, Any]]:
    """The weights of every decision, by name, from labelled messages."""
    read = [(message, tuple(_features(message, words))) for message in messages]
    kinds = [Example(features, message["kind"]) for message, features in read]
    severities = [
        Example(features, message["severity"]) for message, features in read if _content_decided(message)
    ]
    return {"kind": learn(kinds, list(Kind)), "severity": learn(severities, list(Severity))}


def _features(message: dict[str, Any], words: Words) -> Iterable[str]:
    page = Page(message.get("subject") or "", message["text"])
    hits, _ = words.find(page.folded)
    return features_of(page.folded, page.subject_end, hits, message["channel"], page.language)


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
    rows = [f" {json.dumps(key, ensure_ascii=False)}: {row}" for key, row in found["weights"].items()]
    head = f'"labels": {json.dumps(found["labels"])}, "bias": {found["bias"]}'
    return f'{{{head}, "weights": {{\n' + ",\n".join(rows) + "\n}}\n"


if __name__ == "__main__":
    main()
