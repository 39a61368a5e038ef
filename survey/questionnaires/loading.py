"""Questionnaires as files: read, completed with the words that all of them share, and checked."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from survey.questionnaires import (
    NOT_APPLICABLE,
    Comparison,
    Item,
    Level,
    Questionnaire,
    QuestionnaireError,
    Section,
    Texts,
)
from survey.questionnaires.ahp import MatrixError, weights

_SHIPPED = Path(__file__).parent / "shipped"
_SHARED = ("comment", "missing", "not_applicable", "submit", "thanks", "answered")


@cache
def shipped() -> tuple[str, ...]:
    """The names of the questionnaires that come with the program, in the order of their files."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.toml")))


@cache
def questionnaire(name: str) -> Questionnaire:
    """The shipped questionnaire of this name; QuestionnaireError if there is none or it is not sound."""
    if name not in shipped():
        raise QuestionnaireError(f"There is no questionnaire {name!r}.")
    return load(source_of(name))


def source_of(name: str) -> str:
    """The text of a shipped questionnaire."""
    return (_SHIPPED / f"{name}.toml").read_text(encoding="utf-8")


def load(source: str) -> Questionnaire:
    """The questionnaire that this TOML text describes; QuestionnaireError says what is wrong with it.

    What it does not say in its own words (thanks, the button) is said in those of `words.toml`.
    """
    try:
        data = _shared_words() | tomllib.loads(source)
        found = _questionnaire(data)
    except KeyError as problem:
        raise QuestionnaireError(f"The questionnaire lacks {problem}.") from problem
    except (ArithmeticError, AttributeError, tomllib.TOMLDecodeError, TypeError, ValueError) as problem:
        raise QuestionnaireError(f"The questionnaire cannot be read: {problem}") from problem
    _check(found)
    return found


@cache
def words_beside(language: str) -> Mapping[str, str]:
    """What a survey says beside its questionnaire: around the form, and in a chat."""
    said = tomllib.loads((Path(__file__).parent / "beside.toml").read_text(encoding="utf-8"))
    return {name: _texts(entry)[language] for name, entry in said.items()}


@cache
def _shared_words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def _questionnaire(data: Mapping[str, Any]) -> Questionnaire:
    comparisons = tuple(_comparison(group) for group in data.get("pairwise", ()))
    compared: dict[str, Fraction] = {}
    for comparison in comparisons:
        compared |= _weights(comparison)
    levels = tuple(_level(entry) for entry in data["levels"])
    common = {str(entry["id"]): entry["score"] for entry in data["levels"] if "score" in entry}
    items = tuple(_item(entry, common, compared) for entry in data["items"])
    if unknown := compared.keys() - {item.id for item in items}:
        raise QuestionnaireError(f"The items compared in pairs are not asked: {', '.join(sorted(unknown))}.")
    return Questionnaire(
        id=str(data["id"]),
        version=int(data["version"]),
        source=str(data["source"]),
        top=_exactly(data.get("top", 100)),
        bar=_exactly(data["bar"]) if "bar" in data else None,
        title=_texts(data["title"]),
        introduction=_texts(data["introduction"]),
        **{name: _texts(data[name]) for name in _SHARED},
        levels=levels,
        sections=tuple(_section(entry) for entry in data.get("sections", ())),
        items=items,
        comparisons=comparisons,
    )


def _comparison(group: Mapping[str, Any]) -> Comparison:
    matrix = tuple(tuple(_exactly(judged) for judged in row) for row in group["matrix"])
    return Comparison(tuple(map(str, group["items"])), _exactly(group.get("weight", 1)), matrix)


def _weights(comparison: Comparison) -> dict[str, Fraction]:
    try:
        found = weights([[float(judged) for judged in row] for row in comparison.matrix])
    except MatrixError as problem:
        at = f"comparison:{comparison.items[0] if comparison.items else ''}"
        raise QuestionnaireError(str(problem), at) from problem
    shares = [comparison.weight * Fraction(weight) for weight in found]
    return dict(zip(comparison.items, shares, strict=True))


def _texts(entry: Mapping[str, str]) -> Texts:
    """Who reads traditional characters reads simplified ones where none were written for them."""
    zh, en = str(entry["zh"]), str(entry["en"])
    return Texts(zh, str(entry.get("zh-Hant", zh)), en)


def _level(entry: Mapping[str, Any]) -> Level:
    hint = entry.get("hint")
    return Level(str(entry["id"]), _texts(entry["label"]), _texts(hint) if hint else Texts("", "", ""))


def _section(entry: Mapping[str, Any]) -> Section:
    within = entry.get("within")
    return Section(str(entry["id"]), _texts(entry["label"]), None if within is None else str(within))


def _item(entry: Mapping[str, Any], common: Mapping[str, Any], compared: Mapping[str, Fraction]) -> Item:
    name = str(entry["id"])
    scores = {level: _exactly(score) for level, score in (entry.get("scores") or common).items()}
    if name in compared and "weight" in entry:
        raise QuestionnaireError(
            f"Item {name} has a weight of its own and one from comparing in pairs.", f"item:{name}"
        )
    section = entry.get("section")
    return Item(
        id=name,
        label=_texts(entry["label"]),
        scores=scores,
        maximum=_exactly(entry.get("maximum", max(scores.values(), default=0))),
        weight=_exactly(entry.get("weight", compared.get(name, 1))),
        section=None if section is None else str(section),
        optional=bool(entry.get("optional", False)),
    )


def _exactly(number: Any) -> Fraction:
    """The number as it is written: 0.1 is a tenth, so that results are those of a calculation by hand."""
    return number if isinstance(number, Fraction) else Fraction(str(number))


def _check(found: Questionnaire) -> None:
    levels = [level.id for level in found.levels]
    if not levels or not found.items:
        raise QuestionnaireError(f"Questionnaire {found.id} has no levels or no items.")
    named = (levels, [item.id for item in found.items], [section.id for section in found.sections])
    for ids in named:
        if twice := [name for name, times in Counter(ids).items() if times > 1]:
            raise QuestionnaireError(f"Questionnaire {found.id} uses the id {twice[0]} twice.")
    if NOT_APPLICABLE in levels:
        raise QuestionnaireError(
            f"A level cannot be called {NOT_APPLICABLE}: that means not applicable.", "levels"
        )
    if found.top <= 0:
        raise QuestionnaireError(f"The best result of {found.id} must be above 0.", "top")
    if found.bar is not None and not -found.top <= found.bar <= found.top:
        raise QuestionnaireError(f"The bar of {found.id} lies beyond the results that there can be.", "bar")
    if all(item.optional for item in found.items):
        raise QuestionnaireError(
            f"Questionnaire {found.id} needs an item that applies to everybody.", "items"
        )
    _check_tree(found)
    for item in found.items:
        _check_item(found, item, levels)


def _check_tree(found: Questionnaire) -> None:
    above: set[str | None] = {None}
    for section in found.sections:
        if section.within not in above:
            raise QuestionnaireError(
                f"Section {section.id} stands before the one it is within.", f"section:{section.id}"
            )
        above.add(section.id)
    for item in found.items:
        if item.section not in above:
            raise QuestionnaireError(
                f"Item {item.id} is of a section that there is not: {item.section}.", f"item:{item.id}"
            )


def _check_item(found: Questionnaire, item: Item, levels: Sequence[str]) -> None:
    scores, at = list(item.scores.values()), f"item:{item.id}"
    if list(item.scores) != levels:
        raise QuestionnaireError(f"Item {item.id} of {found.id} must score each level, the best first.", at)
    if any(worse >= better for better, worse in pairwise(scores)):
        raise QuestionnaireError(f"Item {item.id} of {found.id} must score a better level higher.", at)
    if item.maximum < scores[0] or item.maximum <= 0:
        raise QuestionnaireError(f"Item {item.id} of {found.id} scores more than its maximum.", at)
    if item.weight <= 0:
        raise QuestionnaireError(f"Item {item.id} of {found.id} must have a weight above 0.", at)
