"""The questionnaires: what is asked, how it is judged and what each answer weighs."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

LANGUAGES = ("zh", "zh-Hant", "en")
NOT_APPLICABLE = "na"  # chosen instead of a level where an item allows it


class QuestionnaireError(Exception):
    """A questionnaire cannot be used; the sentence says what is wrong with it, `at` with which part.

    A part is named by its sort and its id, such as item:quality; empty: the whole.
    """

    def __init__(self, sentence: str, at: str = "") -> None:
        super().__init__(sentence)
        self.at = at


@dataclass(frozen=True)
class Texts:
    """The same words in each language we ask in."""

    zh: str
    zh_hant: str
    en: str

    def __getitem__(self, language: str) -> str:
        """The words in this language; Chinese for one that we do not speak."""
        return {"zh-Hant": self.zh_hant, "en": self.en}.get(language, self.zh)


@dataclass(frozen=True)
class Level:
    """How well something is done: 最佳, 良好, 及格, 不及格."""

    id: str
    label: Texts
    hint: Texts


@dataclass(frozen=True)
class Section:
    """An indicator that its items, or sections below it, make up."""

    id: str
    label: Texts
    within: str | None  # the section above; None: one of the first level


@dataclass(frozen=True)
class Item:
    """One point to be judged, and what each level of it scores."""

    id: str
    label: Texts
    scores: Mapping[str, Fraction]
    maximum: Fraction  # what the scores are a share of; the best level's, unless the form counts otherwise
    weight: Fraction
    section: str | None
    optional: bool  # the customer may say that it does not apply


@dataclass(frozen=True)
class Comparison:
    """Items whose weights come from comparing them in pairs (AHP), as the judgements were given."""

    items: tuple[str, ...]
    weight: Fraction  # of all of them together
    matrix: tuple[tuple[Fraction, ...], ...]  # how many times as much the row's item matters


@dataclass(frozen=True)
class Questionnaire:
    """What is asked, with every word the customer reads: items judged on levels, the best first."""

    id: str
    version: int
    source: str  # the procedure it comes from
    top: Fraction  # what the best result is called: results are shares of it
    bar: Fraction | None  # a customer's result below it opens a complaint
    title: Texts
    introduction: Texts
    comment: Texts  # over the field for remarks
    missing: Texts  # beside an item that was left open
    not_applicable: Texts  # instead of a level
    submit: Texts  # on the button
    thanks: Texts
    answered: Texts  # instead of thanks when the link is used again; {time} is when it was answered
    levels: tuple[Level, ...]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    comparisons: tuple[Comparison, ...] = ()

    def level(self, level_id: str) -> Level:
        """The level of this id."""
        return next(level for level in self.levels if level.id == level_id)

    def choices(self, item: Item) -> tuple[str, ...]:
        """What may be chosen for an item."""
        return (*item.scores, NOT_APPLICABLE) if item.optional else tuple(item.scores)

    def items_of(self, section_id: str) -> tuple[Item, ...]:
        """The items of a section and of all sections below it."""
        inside = {section_id}
        for section in self.sections:  # the upper ones stand first
            if section.within in inside:
                inside.add(section.id)
        return tuple(item for item in self.items if item.section in inside)
