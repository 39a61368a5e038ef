"""Learns the weights of the reader from labelled messages: `python -m nlp.train FILE... [--into FOLDER]`."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nlp.context import Context
from nlp.entities import ENTITIES
from nlp.features import features_of
from nlp.lexicon import load_lexicon
from nlp.matching import Words
from nlp.model import GRAM_CHARACTERS, WEIGHTS, Model, as_model, gram_scale
from nlp.page import Page
from nlp.reading import Kind, Severity
from nlp.regression import Course, Example, learn, second_only
from nlp.requirements import candidates
from nlp.segmentation import settled
from nlp.severity import CHANNEL_FLOOR
from nlp.train_entities import Choice, choices, learn_choice

MENTIONED, DEMANDED = "mentioned", "demanded"
GRAM_LENGTHS = (1, 2, 3, 4)
KIND = Course(rounds=16, hold=2.5, grams=9_000)
SEVERITY = Course(rounds=16, hold=5.0, grams=9_000)
REQUIREMENTS = Course(rounds=16, hold=1.0)


def grams_of(folded: str) -> list[str]:
    """Every group of one to four neighbouring characters, each once."""
    first = folded[:GRAM_CHARACTERS]
    return sorted(
        {first[place : place + size] for size in GRAM_LENGTHS for place in range(len(first) - size + 1)}
    )


def learn_all(messages: Sequence[dict[str, Any]], words: Words) -> dict[str, dict[str, Any]]:
    """The weights of every decision, by name, from labelled messages."""
    kinds, severities, needs = [], [], []
    entities: dict[str, list[Choice]] = {name: [] for name in ENTITIES}
    for message in messages:
        page = Page(message.get("subject") or "", message["text"])
        context = Context(page.folded, settled(page.folded, words.find(page.folded)))
        # In order: the same messages must give the same weights to the last digit.
        features = sorted(features_of(context, page.subject_end))
        grams, scale = sorted(grams_of(page.folded)), gram_scale(page.folded)
        kinds.append(Example(features, message["kind"], grams, scale))
        if _content_decided(message):
            severities.append(Example(features, message["severity"], grams, scale))
        for need in candidates(context, Kind(message["kind"])):
            demanded = need.category in message["special_requirements"]
            needs.append(Example(sorted(need.features), DEMANDED if demanded else MENTIONED))
        for name, choice in choices(page, context.hits, message):
            entities[name].append(choice)
    return {
        "kind": learn(kinds, list(Kind), KIND),
        "severity": learn(severities, list(Severity), SEVERITY),
        "requirements": second_only(learn(needs, [MENTIONED, DEMANDED], REQUIREMENTS)),
        **{name: learn_choice(seen) for name, seen in entities.items()},
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
    parts = [f"{json.dumps(name)}: {json.dumps(found[name])}" for name in ("version", "labels", "bias")]
    for part in ("weights", "grams"):
        rows = ",\n".join(
            f" {json.dumps(key, ensure_ascii=False)}: {row}" for key, row in found[part].items()
        )
        parts.append(f'"{part}": {{\n{rows}\n}}')
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    main()
