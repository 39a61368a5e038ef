"""A questionnaire while it is written: everything as it was typed, and what is wrong with it in sentences."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations

from survey.questionnaires import (
    Comparison,
    Item,
    Level,
    Questionnaire,
    QuestionnaireError,
    Section,
    Texts,
)
from survey.questionnaires.loading import load
from survey.questionnaires.writing import as_number, as_toml

MOST_LEVELS, MOST_SECTIONS, MOST_ITEMS = 10, 15, 30
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?|-?\d{1,30}/[1-9]\d{0,29}")


@dataclass(frozen=True)
class Problem:
    """What is wrong, in a sentence, and with which part: see QuestionnaireError."""

    at: str
    sentence: str


@dataclass(frozen=True)
class Typed:
    """Words in three languages; traditional Chinese may be left open."""

    zh: str = ""
    zh_hant: str = ""
    en: str = ""

    def texts(self) -> Texts:
        """Who reads traditional characters reads the simplified ones where none were typed."""
        return Texts(self.zh, self.zh_hant or self.zh, self.en)


@dataclass(frozen=True)
class DraftLevel:
    id: str
    label: Typed = Typed()
    hint: Typed = Typed()
    score: str = ""  # of every item that has none of its own


@dataclass(frozen=True)
class DraftSection:
    id: str
    label: Typed = Typed()
    within: str = ""


@dataclass(frozen=True)
class DraftItem:
    id: str
    label: Typed = Typed()
    section: str = ""
    weight: str = "1"
    optional: bool = False
    maximum: str = ""  # empty: the best level's score
    scores: dict[str, str] = field(default_factory=dict)  # of its own, by level


@dataclass(frozen=True)
class DraftComparison:
    """The items of one section, or of none, weighed by comparing each two of them."""

    section: str
    weight: str = "1"
    judged: dict[tuple[str, str], str] = field(default_factory=dict)  # how much the first matters


@dataclass(frozen=True)
class Draft:
    title: Typed
    introduction: Typed
    top: str
    bar: str
    levels: tuple[DraftLevel, ...]
    sections: tuple[DraftSection, ...]
    items: tuple[DraftItem, ...]
    comparisons: tuple[DraftComparison, ...] = ()

    def items_in(self, section: str) -> tuple[DraftItem, ...]:
        """The items that stand directly in a section."""
        return tuple(item for item in self.items if item.section == section)

    def comparison(self, section: str) -> DraftComparison | None:
        """How the items of a section are weighed in pairs, if they are."""
        return next((one for one in self.comparisons if one.section == section), None)


def draft_of(asked: Questionnaire) -> Draft:
    """The questionnaire as its form shows it. A score that all items share stands with its level."""
    common = {level.id: {item.scores[level.id] for item in asked.items} for level in asked.levels}
    shared = {level: as_number(min(scores)) for level, scores in common.items() if len(scores) == 1}
    compared = {name for comparison in asked.comparisons for name in comparison.items}
    sections = {item.id: item.section or "" for item in asked.items}
    return Draft(
        title=_typed(asked.title),
        introduction=_typed(asked.introduction),
        top=as_number(asked.top),
        bar="" if asked.bar is None else as_number(asked.bar),
        levels=tuple(
            DraftLevel(level.id, _typed(level.label), _typed(level.hint), shared.get(level.id, ""))
            for level in asked.levels
        ),
        sections=tuple(
            DraftSection(section.id, _typed(section.label), section.within or "")
            for section in asked.sections
        ),
        items=tuple(_draft_item(item, shared, weighed=item.id not in compared) for item in asked.items),
        comparisons=tuple(
            DraftComparison(sections[one.items[0]], as_number(one.weight), _judged(one))
            for one in asked.comparisons
        ),
    )


def finish(draft: Draft, base: Questionnaire) -> tuple[Questionnaire | None, list[Problem]]:
    """What the draft comes to, with source and button of `base`; or why it comes to nothing."""
    problems: list[Problem] = []
    if not draft.levels or not draft.items:
        return None, [Problem("levels", "A questionnaire needs levels and an item at least.")]
    found = replace(
        base,
        title=_words(draft.title, "title", problems),
        introduction=draft.introduction.texts(),
        top=_number(draft.top, "top", problems),
        bar=_number(draft.bar, "bar", problems) if draft.bar else None,
        levels=tuple(
            Level(one.id, _words(one.label, f"level:{one.id}", problems), one.hint.texts())
            for one in draft.levels
        ),
        sections=tuple(
            Section(one.id, _words(one.label, f"section:{one.id}", problems), one.within or None)
            for one in draft.sections
        ),
        items=tuple(_item(one, draft, problems) for one in draft.items),
        comparisons=tuple(_comparison(one, draft, problems) for one in draft.comparisons),
    )
    if problems:
        return None, problems
    try:
        return load(as_toml(found)), []
    except QuestionnaireError as problem:
        return None, [Problem(problem.at, str(problem))]


def fresh_id(letter: str, taken: Iterable[str]) -> str:
    """An id that none of them has: i1, i2, …"""
    known, number = set(taken), 1
    while f"{letter}{number}" in known:
        number += 1
    return f"{letter}{number}"


def _typed(texts: Texts) -> Typed:
    return Typed(texts.zh, "" if texts.zh_hant == texts.zh else texts.zh_hant, texts.en)


def _draft_item(item: Item, shared: dict[str, str], *, weighed: bool) -> DraftItem:
    own = {level: as_number(score) for level, score in item.scores.items()}
    best = max(item.scores.values())
    return DraftItem(
        id=item.id,
        label=_typed(item.label),
        section=item.section or "",
        weight=as_number(item.weight) if weighed else "",
        optional=item.optional,
        maximum="" if item.maximum == best else as_number(item.maximum),
        scores={level: score for level, score in own.items() if shared.get(level) != score},
    )


def _judged(comparison: Comparison) -> dict[tuple[str, str], str]:
    pairs = combinations(range(len(comparison.items)), 2)
    names = comparison.items
    return {(names[i], names[j]): str(comparison.matrix[i][j]) for i, j in pairs}


def _item(one: DraftItem, draft: Draft, problems: list[Problem]) -> Item:
    at = f"item:{one.id}"
    common = {level.id: level.score for level in draft.levels}
    scores = {
        level: _number(one.scores.get(level) or common[level], at, problems, "Each level needs a score.")
        for level in common
    }
    compared = draft.comparison(one.section) is not None
    return Item(
        id=one.id,
        label=_words(one.label, at, problems),
        scores=scores,
        maximum=_number(one.maximum, at, problems)
        if one.maximum
        else max(scores.values(), default=Fraction()),
        weight=Fraction(1) if compared else _number(one.weight, at, problems),
        section=one.section or None,
        optional=one.optional,
    )


def _comparison(one: DraftComparison, draft: Draft, problems: list[Problem]) -> Comparison:
    names = [item.id for item in draft.items_in(one.section)]
    at = f"comparison:{names[0] if names else ''}"
    if len(names) < 2:
        problems.append(Problem("items", "Comparing in pairs takes two items of a section, or more."))
    judged = {
        pair: _number(one.judged.get(pair) or "1", at, problems) or Fraction(1)
        for pair in combinations(names, 2)
    }
    return Comparison(tuple(names), _number(one.weight, at, problems), _square(names, judged))


def _square(
    names: Sequence[str], judged: dict[tuple[str, str], Fraction]
) -> tuple[tuple[Fraction, ...], ...]:
    """The whole matrix: what matters three times as much one way matters a third the other."""

    def times(row: str, column: str) -> Fraction:
        if row == column:
            return Fraction(1)
        return judged[row, column] if (row, column) in judged else 1 / judged[column, row]

    return tuple(tuple(times(row, column) for column in names) for row in names)


def _words(typed: Typed, at: str, problems: list[Problem]) -> Texts:
    if not typed.zh or not typed.en:
        problems.append(Problem(at, "Write the words in Chinese and in English."))
    return typed.texts()


def _number(
    typed: str, at: str, problems: list[Problem], empty: str = "Write a number, such as 20 or 0.5."
) -> Fraction:
    if not typed:
        problems.append(Problem(at, empty))
    elif not _NUMBER.fullmatch(typed):
        problems.append(Problem(at, f'"{typed[:40]}" is no number; write one such as 20 or 0.5.'))
    else:
        return Fraction(typed)
    return Fraction()
