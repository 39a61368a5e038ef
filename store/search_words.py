"""Text as words for the search index: every two neighbouring Chinese characters, every word, every number.

Chinese puts nothing between its words, so a pair of characters is what people look for. A part number is
kept whole without its hyphens, and by its pieces: KX-2208 → kx2208, kx, 2208.
"""

import re
from dataclasses import dataclass
from operator import add

from nlp.folding import fold

LONGEST_TEXT = 20_000  # characters of one message that are searched
LONGEST_WORD = 60
MOST_TERMS = 12

_HAN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WRAPPED = re.compile(f"(?<=[{_HAN}])\\s*\\n\\s*(?=[{_HAN}])")  # mail programs break lines inside words
_RUN = re.compile(f"([{_HAN}]+)|([^\\W_{_HAN}]+(?:[-/.@_+#]+[^\\W_{_HAN}]+)*)")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_JOINERS = re.compile(r"[-/.@_+#]+")


@dataclass(frozen=True)
class Term:
    """One thing that is looked for: a word or its beginning; or else all of the pieces."""

    word: str
    begins: bool = False
    pieces: tuple[str, ...] = ()


def words_in(text: str) -> set[str]:
    """What the text can be found by. Only letters and digits."""
    words: set[str] = set()
    for han, run in _RUN.findall(_WRAPPED.sub("", fold(text[:LONGEST_TEXT]))):
        if han:
            words.update(map(add, han, han[1:]))
            words.add(han[-1])  # alone, so that it can be looked for alone
        elif run.isalpha() or run.isdigit():
            words.add(run[:LONGEST_WORD])
        else:
            words.add(_JOINERS.sub("", run)[:LONGEST_WORD])
            words.update(piece[:LONGEST_WORD] for piece in _PIECE.findall(run))
    return words


def terms_in(q: str) -> list[Term]:
    """What has to be found, all of it; nothing for what has neither letter nor digit."""
    terms: list[Term] = []
    for han, run in _RUN.findall(fold(q)):
        if run:
            # Whoever wrote KX 2208 means the same part. An address's pieces stand in thousands of others.
            pieces = () if "@" in run else tuple(piece[:LONGEST_WORD] for piece in _PIECE.findall(run))
            whole = _JOINERS.sub("", run)[:LONGEST_WORD]
            terms.append(Term(whole, begins=True, pieces=pieces if len(pieces) > 1 else ()))
        elif len(han) == 1:
            terms.append(Term(han, begins=True))
        else:
            terms += [Term(pair) for pair in map(add, han, han[1:])]
    return list(dict.fromkeys(terms))[:MOST_TERMS]
