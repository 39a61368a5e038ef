"""What the sender requires us to meet, category by category, in the sentence that says so."""

from dataclasses import dataclass

from nlp.matching import Hit, by_sentence
from nlp.reading import Kind

NEED = "need."


@dataclass(frozen=True, slots=True)
class Need:
    """One required category with the word that names it."""

    category: str
    hit: Hit


def needs_of(hits: list[Hit], kind: Kind) -> list[Need]:
    """The required categories, in reading order; each once."""
    if kind is Kind.OTHER:
        return []
    found: dict[str, Need] = {}
    for sentence in by_sentence(hits).values():
        meanings = {hit.meaning for hit in sentence}
        if kind is Kind.COMPLAINT and "forward" not in meanings:
            continue
        for hit in sentence:
            if not hit.meaning.startswith(NEED):
                continue
            category, _, weak = hit.meaning.removeprefix(NEED).partition(".")
            if (weak or kind is Kind.SUGGESTION) and "demand" not in meanings:
                continue
            found.setdefault(category, Need(category, hit))
    return list(found.values())
