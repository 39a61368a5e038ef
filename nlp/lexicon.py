"""The words the reader knows, from files that the company edits.

A lexicon file is plain text, `*.lex`:

    # a remark
    [wrong.late]                  what the words below mean, two or three names with dots
    说好~没到 | 拖了 | overdue      words, divided by "|"
    delay*                        any ending of an English word
    - 晚了                         in a company's own file: this word no longer means that

`~` stands for up to twelve characters of the same clause. Capitals, full-width and traditional forms
need not be written: they are found all the same. A second folder is merged over the shipped one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from sys import intern

from nlp.folding import fold

SHIPPED = Path(__file__).with_name("lexicon")
_SECTION = re.compile(r"\[([a-z][a-z_]*(?:\.[a-z][a-z_]*){0,2})\]")
_LONGEST_WORD = 60


class LexiconError(ValueError):
    """A line that cannot be understood; the message names file, line and what is wrong."""


class WeightsError(LexiconError):
    """Learned weights that cannot be used; the words can. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Each word with what it may mean: `{"拖了": ("wrong.late",)}`. Words are folded."""

    meanings: dict[str, tuple[str, ...]]

    def words(self, meaning: str) -> tuple[str, ...]:
        """All words with one meaning."""
        return tuple(word for word, meanings in self.meanings.items() if meaning in meanings)


def load_lexicon(own: Path | None = None) -> Lexicon:
    """The shipped lexicon with the company's own folder merged over it.

    Raises LexiconError with file and line for anything that cannot be understood.
    """
    found: dict[str, dict[str, None]] = {}
    for folder in (SHIPPED, own):
        for path in sorted(folder.glob("*.lex")) if folder else ():
            for meaning, word, wanted in read_file(path):
                if wanted:
                    found.setdefault(word, {})[meaning] = None
                else:
                    found.get(word, {}).pop(meaning, None)
    # Words that mean the same share one tuple: what every message needs then lies close together.
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    return Lexicon(
        {
            word: shared.setdefault(ones := tuple(meanings), ones)
            for word, meanings in found.items()
            if meanings
        }
    )


def shipped_version() -> str:
    """Tells one state of the shipped words from another."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.lex"))]
    return sha256("".join(texts).encode()).hexdigest()[:12]


def read_file(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Each (meaning, word, wanted) of one file in its order."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name} cannot be read as UTF-8 text: {error}.") from error
    meaning = ""
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            meaning = _meaning(path, number, line)
            continue
        if not meaning:
            raise LexiconError(f'{path.name}, line {number}: "{line}" stands before any [section].')
        wanted = not line.startswith("- ")
        for word in line.removeprefix("- ").split("|"):
            yield meaning, _word(path, number, word), wanted


def _meaning(path: Path, number: int, line: str) -> str:
    if not (section := _SECTION.fullmatch(line)):
        raise LexiconError(
            f'{path.name}, line {number}: "{line}" is no section like [group.name] in small letters.'
        )
    return intern(section[1])


def _word(path: Path, number: int, raw: str) -> str:
    word = fold(raw.strip())
    place = f"{path.name}, line {number}"
    if not word:
        raise LexiconError(f'{place}: there is nothing between two "|".')
    if len(word) > _LONGEST_WORD:
        raise LexiconError(f'{place}: "{word[:20]}…" is longer than {_LONGEST_WORD} characters.')
    parts = [part.strip() for part in word.split("~")]
    if len(parts) > 2 or not all(parts):
        raise LexiconError(f'{place}: "{word}" may have one "~", with words on both sides.')
    if "*" in word.removesuffix("*") or word == "*":
        raise LexiconError(f'{place}: in "{word}" the "*" may only stand at the end of a word.')
    return "~".join(parts)
