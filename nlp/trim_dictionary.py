"""Makes the shipped dictionary from jieba's own: `python -m nlp.trim_dictionary`. Run when jieba changes."""

import warnings
from pathlib import Path

from nlp.segmentation import COMMON

KEPT = 60_000
LONGEST = 5
# People, and numbers and times, which have a grammar of their own.
NAMES = frozenset(("nr", "nrt", "nrfg"))


def main() -> None:
    """Keep the commonest words; names of people and compound numbers say nothing about goods."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    whole = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    words = [tuple(line.split(" ")) for line in whole]
    useful = [
        word
        for word in words
        if len(word) == 3
        and len(word[0]) <= LONGEST
        and word[2] not in NAMES
        and not (word[2] in ("m", "t") and len(word[0]) > 2)
    ]
    useful.sort(key=lambda word: (-int(word[1]), word[0]))
    COMMON.parent.mkdir(exist_ok=True)
    COMMON.write_text("".join(f"{' '.join(word)}\n" for word in sorted(useful[:KEPT])), encoding="utf-8")


if __name__ == "__main__":
    main()
