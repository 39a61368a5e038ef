"""The questionnaires: one file each, checked when it is loaded."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "zh-Hant", "en")


class QuestionnaireError(Exception):
    """A questionnaire cannot be used; the sentence says what is wrong with it."""


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
class Item:
    """One point to be judged, and what each level of it scores."""

    id: str
    label: Texts
    scores: dict[str, float]

    @property
    def maximum(self) -> float:
        """What the best level scores."""
        return max(self.scores.values())


@dataclass(frozen=True)
class Questionnaire:
    """What is asked, with every word the customer reads: items judged on levels, the best first."""

    id: str
    version: int
    title: Texts
    introduction: Texts
    comment: Texts  # over the field for remarks
    missing: Texts  # beside an item that was left open
    submit: Texts  # on the button
    thanks: Texts
    answered: Texts  # instead of thanks when the link is used again; {time} is when it was answered
    levels: tuple[Level, ...]
    items: tuple[Item, ...]

    def level(self, level_id: str) -> Level:
        """The level of this id."""
        return next(level for level in self.levels if level.id == level_id)


@cache
def questionnaire(name: str) -> Questionnaire:
    """The shipped questionnaire of this name; QuestionnaireError if there is none or it is not sound."""
    path = Path(__file__).parent / f"{name}.toml"
    try:
        return load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as problem:
        raise QuestionnaireError(f"There is no questionnaire {name!r}.") from problem


def load(source: str) -> Questionnaire:
    """The questionnaire that this TOML text describes; QuestionnaireError says what is wrong with it."""
    try:
        data = tomllib.loads(source)
        found = Questionnaire(
            id=str(data["id"]),
            version=int(data["version"]),
            title=_texts(data["title"]),
            introduction=_texts(data["introduction"]),
            comment=_texts(data["comment"]),
            missing=_texts(data["missing"]),
            submit=_texts(data["submit"]),
            thanks=_texts(data["thanks"]),
            answered=_texts(data["answered"]),
            levels=tuple(_level(entry) for entry in data["levels"]),
            items=tuple(_item(entry) for entry in data["items"]),
        )
    except KeyError as problem:
        raise QuestionnaireError(f"The questionnaire lacks {problem}.") from problem
    except (tomllib.TOMLDecodeError, TypeError, ValueError) as problem:
        raise QuestionnaireError(f"The questionnaire cannot be read: {problem}") from problem
    _check(found)
    return found


def _texts(entry: dict[str, str]) -> Texts:
    zh, zh_hant, en = (str(entry[language]) for language in LANGUAGES)
    return Texts(zh, zh_hant, en)


def _level(entry: dict[str, Any]) -> Level:
    return Level(str(entry["id"]), _texts(entry["label"]), _texts(entry["hint"]))


def _item(entry: dict[str, Any]) -> Item:
    scores = {level: float(score) for level, score in entry["scores"].items()}
    return Item(str(entry["id"]), _texts(entry["label"]), scores)


def _check(found: Questionnaire) -> None:
    levels = [level.id for level in found.levels]
    items = [item.id for item in found.items]
    if not levels or not items:
        raise QuestionnaireError(f"Questionnaire {found.id} has no levels or no items.")
    if len(set(levels)) < len(levels) or len(set(items)) < len(items):
        raise QuestionnaireError(f"Questionnaire {found.id} uses an id twice.")
    for item in found.items:
        if list(item.scores) != levels:
            raise QuestionnaireError(f"Item {item.id} of {found.id} must score each level, the best first.")
        if sorted(item.scores.values(), reverse=True) != list(item.scores.values()) or item.maximum <= 0:
            raise QuestionnaireError(f"Item {item.id} of {found.id} must score a better level higher.")
