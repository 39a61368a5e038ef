"""A questionnaire as the TOML text that `loading` reads: what is written and loaded again is the same."""

import json
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from survey.questionnaires import Item, Questionnaire, Texts

_MOST_PLACES = 12


def as_toml(asked: Questionnaire) -> str:
    """Every word and number of it, so that later releases change nothing of what was asked.

    Texts and ids only ever stand inside quotes, numbers that are no whole ones too: none can become a key,
    and a tenth stays a tenth.
    """
    return "\n".join(_lines(asked)) + "\n"


def as_number(number: Fraction) -> str:
    """A number as people write it, exactly: 20, 0.1, 1/3."""
    if number.denominator == 1:
        return str(number.numerator)
    for places in range(1, _MOST_PLACES + 1):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            return f"{'-' * (number < 0)}{digits[:-places]}.{digits[-places:]}"
    return f"{number.numerator}/{number.denominator}"


def _lines(asked: Questionnaire) -> Iterator[str]:
    yield f"id = {_quoted(asked.id)}"
    yield f"version = {asked.version}"
    yield f"source = {_quoted(asked.source)}"
    yield f"top = {_number(asked.top)}"
    if asked.bar is not None:
        yield f"bar = {_number(asked.bar)}"
    for name in ("title", "introduction"):
        yield f"{name} = {_texts(getattr(asked, name))}"
    for name in ("comment", "missing", "not_applicable", "submit", "thanks", "answered"):
        yield f"{name} = {_texts(getattr(asked, name))}"
    for level in asked.levels:
        yield from _table("levels", {"id": _quoted(level.id), "label": _texts(level.label)})
        if any((level.hint.zh, level.hint.zh_hant, level.hint.en)):
            yield f"hint = {_texts(level.hint)}"
    for section in asked.sections:
        yield from _table("sections", {"id": _quoted(section.id), "label": _texts(section.label)})
        if section.within is not None:
            yield f"within = {_quoted(section.within)}"
    compared = {name for comparison in asked.comparisons for name in comparison.items}
    for item in asked.items:
        yield from _item(item, weighed=item.id not in compared)
    for comparison in asked.comparisons:
        rows = (_list(map(_number, row)) for row in comparison.matrix)
        items = _list(map(_quoted, comparison.items))
        values = {"items": items, "weight": _number(comparison.weight), "matrix": _list(rows)}
        yield from _table("pairwise", values)


def _item(item: Item, *, weighed: bool) -> Iterator[str]:
    scores = ", ".join(f"{_quoted(level)} = {_number(score)}" for level, score in item.scores.items())
    yield from _table("items", {"id": _quoted(item.id), "label": _texts(item.label)})
    yield f"scores = {{ {scores} }}"
    yield f"maximum = {_number(item.maximum)}"
    if weighed:
        yield f"weight = {_number(item.weight)}"
    if item.section is not None:
        yield f"section = {_quoted(item.section)}"
    if item.optional:
        yield "optional = true"


def _table(name: str, values: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield f"[[{name}]]"
    yield from (f"{key} = {value}" for key, value in values.items())


def _texts(texts: Texts) -> str:
    return f"{{ zh = {_quoted(texts.zh)}, zh-Hant = {_quoted(texts.zh_hant)}, en = {_quoted(texts.en)} }}"


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(values)}]"


def _number(number: Fraction) -> str:
    written = as_number(number)
    return written if number.denominator == 1 else _quoted(written)


def _quoted(text: str) -> str:
    """JSON quotes as TOML does, but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
