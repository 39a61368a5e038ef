"""How well messages are read that the reader has not learned from: the files are left out in turn."""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import nlp.train
from bench.reading.scores import FLOORS, Pair, category_f1, confusion, kind_f1, scores
from nlp.lexicon import load_lexicon
from nlp.matching import Words
from nlp.reader import Reader
from nlp.reading import Kind, Reading
from nlp.train import models

# The files are left out a sixth at a time: learning takes a minute.
PARTS = 6
LABELLED = Path(nlp.train.__file__).with_name("labelled")
Way = Callable[[Sequence[dict[str, Any]], Sequence[dict[str, Any]]], list[Pair]]


def messages(path: Path) -> list[dict[str, Any]]:
    """The labelled messages of one file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def left_out_in_turn(files: Sequence[Path], way: Way) -> Iterator[tuple[Path, list[Pair]]]:
    """Each file with the readings of its messages by a `way` that learned from the other parts' files."""
    for part in range(PARTS):
        left_out = files[part::PARTS]
        learned = [message for path in files if path not in left_out for message in messages(path)]
        pairs = iter(way(learned, [message for path in left_out for message in messages(path)]))
        for path in left_out:
            yield path, list(islice(pairs, len(messages(path))))


def read_unseen(learned: Sequence[dict[str, Any]], unseen: Sequence[dict[str, Any]]) -> list[Pair]:
    """Our own way: a reader that learned from these messages only."""
    lexicon = load_lexicon()
    reader = Reader(lexicon, models(learned, Words(lexicon)))
    return [(message, read(reader, message)) for message in unseen]


def read(reader: Reader, message: dict[str, Any]) -> Reading:
    """One labelled message, read."""
    return reader.read(message["text"], subject=message.get("subject"), channel=message["channel"])


def print_scores(ours: Sequence[Pair], baseline: Sequence[Pair] | None) -> None:
    """Every figure with its 95 % interval, the baseline's beside it, and the floor."""
    beside = {score.name: score for score in scores(baseline)} if baseline else {}
    print(f"  {'':24} {'ours':6} {'95 %':18}{'baseline' if baseline else '':10}floor")
    for score in scores(ours):
        if not score.of:
            continue
        line = f"  {score.name:24} {score.value:.3f}  [{score.low:.3f} … {score.high:.3f}]"
        other = beside.get(score.name)
        line += f"  {other.value:8.3f}" if other and other.value else " " * 10
        floor = FLOORS.get(score.name)
        if floor is not None:
            line += f"  {floor:.2f}{'' if score.value >= floor else '  BELOW'}"
        print(line.rstrip())


def print_classes(pairs: Sequence[Pair]) -> None:
    """The confusion of kinds, each category's F1, and how many kinds are right by language and channel."""
    counts = confusion(pairs)
    print(f"\n{'labelled ↓  read →':20}" + "".join(f"{kind:>12}" for kind in Kind) + f"{'F1':>8}")
    for kind in Kind:
        row = "".join(f"{counts[kind.value, other.value]:12}" for other in Kind)
        print(f"{kind:20}{row}{kind_f1(pairs, kind):8.3f}")
    print("\nrequirements, F1")
    for category in sorted({name for gold, _ in pairs for name in gold["special_requirements"]}):
        print(f"  {category:18} {category_f1(pairs, category):.3f}")
    for part in ("lang", "channel"):
        print(f"\nkind right, by {part}")
        for value in sorted({gold[part] for gold, _ in pairs}):
            some = [pair for pair in pairs if pair[0][part] == value]
            right = sum(gold["kind"] == reading.kind for gold, reading in some)
            print(f"  {value:18} {right / len(some):.3f} of {len(some)}")


def print_errors(pairs: Sequence[Pair]) -> None:
    """Each message whose kind or severity was read wrongly, with the words that decided."""
    for gold, reading in pairs:
        if reading.kind != gold["kind"] or reading.severity != gold["severity"]:
            why = " ".join(f"{one.label}:{one.text}({one.rule})" for one in reading.evidence)
            said = f"{gold['kind']}/{gold['severity']} read {reading.kind}/{reading.severity}"
            print(f"  {gold['id']} {said}: {why}")
