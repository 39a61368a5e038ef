"""How well and how fast messages are read, side by side with what one would reach without us.

python -m bench.reading                   the labelled files left out in turn, beside TF-IDF with regression
python -m bench.reading --unseen FILE...  with the shipped weights, on labelled messages of your own
python -m bench.reading --errors          and name each message whose kind or severity was read wrongly
"""

import argparse
import importlib.util
from pathlib import Path

from bench.reading.accuracy import (
    LABELLED,
    left_out_in_turn,
    messages,
    print_classes,
    print_errors,
    print_scores,
    read,
    read_unseen,
)
from bench.reading.scores import Pair
from bench.reading.speed import print_speed
from nlp.reader import load_reader


def main() -> None:
    """Print accuracy, then speed."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--unseen", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--errors", action="store_true")
    chosen = parser.parse_args()
    if chosen.unseen:
        reader = load_reader()
        pairs = [(message, read(reader, message)) for path in chosen.unseen for message in messages(path)]
        print(f"{len(pairs)} messages, read with the shipped weights")
        print_scores(pairs, None)
    else:
        pairs = _cross_validated()
    print_classes(pairs)
    if chosen.errors:
        print_errors(pairs)
    print()
    print_speed([gold for gold, _ in pairs])


def _cross_validated() -> list[Pair]:
    files = sorted(LABELLED.glob("*.jsonl"))
    ours, theirs = dict(left_out_in_turn(files, read_unseen)), {}
    if importlib.util.find_spec("sklearn"):
        from bench.reading.baseline import read_by_baseline

        theirs = dict(left_out_in_turn(files, read_by_baseline))
    else:
        print("Without scikit-learn (pip install scikit-learn) there is no baseline to print beside.")
    for path, pairs in ours.items():
        print(f"\n{path.stem}: {len(pairs)} messages, learned from the other files")
        print_scores(pairs, theirs.get(path))
    together = [pair for pairs in ours.values() for pair in pairs]
    print(f"\nall {len(together)} messages, each unseen")
    print_scores(together, [pair for pairs in theirs.values() for pair in pairs] or None)
    return together


if __name__ == "__main__":
    main()
