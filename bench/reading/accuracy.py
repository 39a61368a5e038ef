"""How well messages are read: learn from two files of labelled messages, read the third; each in turn.

`python -m bench.reading.accuracy [FILE...]` prints every figure with its 95 % interval, then per class.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nlp.train
from bench.reading.scores import FLOORS, Pair, category_f1, confusion, kind_f1, scores
from nlp.lexicon import load_lexicon
from nlp.matching import Words
from nlp.reader import Reader
from nlp.reading import Kind, Reading
from nlp.train import models

LABELLED = Path(nlp.train.__file__).with_name("labelled")


def main() -> None:
    """Print the figures of every file left out once, then of all together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(LABELLED.glob("*.jsonl")))
    parser.add_argument("--errors", action="store_true", help="print each message read wrongly")
    chosen = parser.parse_args()
    together: list[Pair] = []
    for left_out in chosen.files:
        learned = [message for path in chosen.files if path != left_out for message in messages(path)]
        pairs = read_unseen(learned, messages(left_out))
        print(f"\n{left_out.stem}: {len(pairs)} messages, learned from {len(learned)} others")
        _print(pairs)
        if chosen.errors:
            _print_errors(pairs)
        together += pairs
    print(f"\nall {len(together)} messages, each unseen")
    _print(together)
    _print_classes(together)


def messages(path: Path) -> list[dict[str, Any]]:
    """The labelled messages of one file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_unseen(learned: Sequence[dict[str, Any]], unseen: Sequence[dict[str, Any]]) -> list[Pair]:
    """Each unseen message with its reading by a reader that learned from the others only."""
    lexicon = load_lexicon()
    reader = Reader(lexicon, models(learned, Words(lexicon)))
    return [(message, read(reader, message)) for message in unseen]


def read(reader: Reader, message: dict[str, Any]) -> Reading:
    """One labelled message, read."""
    return reader.read(message["text"], subject=message.get("subject"), channel=message["channel"])


def _print(pairs: Sequence[Pair]) -> None:
    for score in scores(pairs):
        floor = FLOORS.get(score.name)
        verdict = "" if floor is None else f"  floor {floor:.2f}{'' if score.value >= floor else '  BELOW'}"
        print(f"  {score.name:24} {score.value:.3f}  [{score.low:.3f} … {score.high:.3f}]{verdict}")


def _print_classes(pairs: Sequence[Pair]) -> None:
    counts = confusion(pairs)
    print(f"\n{'labelled ↓  read →':20}" + "".join(f"{kind:>12}" for kind in Kind) + f"{'F1':>8}")
    for kind in Kind:
        row = "".join(f"{counts[kind.value, other.value]:12}" for other in Kind)
        print(f"{kind:20}{row}{kind_f1(pairs, kind):8.3f}")
    print()
    for category in sorted({name for gold, _ in pairs for name in gold["special_requirements"]}):
        print(f"  {category:18} {category_f1(pairs, category):.3f}")
    for part in ("lang", "channel"):
        for value in sorted({gold[part] for gold, _ in pairs}):
            some = [pair for pair in pairs if pair[0][part] == value]
            right = sum(gold["kind"] == reading.kind for gold, reading in some)
            print(f"  kind right, {part} {value:10} {right / len(some):.3f} of {len(some)}")


def _print_errors(pairs: Sequence[Pair]) -> None:
    for gold, reading in pairs:
        if reading.kind != gold["kind"] or reading.severity != gold["severity"]:
            why = " ".join(f"{one.label}:{one.text}({one.rule})" for one in reading.evidence)
            said = f"{gold['kind']}/{gold['severity']} read {reading.kind}/{reading.severity}"
            print(f"  {gold['id']} {said}: {why}")


if __name__ == "__main__":
    main()
