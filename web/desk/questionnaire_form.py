"""The form in which people write a questionnaire: what they typed, line by line, in the order they gave."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, count
from typing import Annotated

from fastapi import Depends, Request

from survey.questionnaires.drafting import (
    MOST_ITEMS,
    MOST_LEVELS,
    MOST_SECTIONS,
    Draft,
    DraftComparison,
    DraftItem,
    DraftLevel,
    DraftSection,
    Typed,
    fresh_id,
)
from web.inert import clean_input

_MOST_FIELDS = 3000
_LINE, _TEXT = 300, 2000
_ID = re.compile(r"[a-z0-9_]{1,40}")
# Saaty's scale, from "matters nine times as much" to a ninth.
JUDGEMENTS = (*(str(times) for times in range(9, 0, -1)), *(f"1/{times}" for times in range(2, 10)))


async def _typed(request: Request) -> dict[str, str]:
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as filled:
        return {name: clean_input(value) for name, value in filled.items() if isinstance(value, str)}


TypedForm = Annotated[dict[str, str], Depends(_typed)]


def draft_in(form: Mapping[str, str]) -> Draft:
    """What was typed; lines marked as gone are left out."""
    levels = tuple(
        DraftLevel(
            form[f"{at}.id"],
            _words(form, at),
            Typed(*(_line(form, f"{at}.hint.{tongue}") for tongue in ("zh", "hant", "en"))),
            _line(form, f"{at}.score"),
        )
        for at in _lines(form, "level", MOST_LEVELS)
    )
    sections = tuple(
        DraftSection(form[f"{at}.id"], _words(form, at), _line(form, f"{at}.within"))
        for at in _lines(form, "section", MOST_SECTIONS)
    )
    known = {section.id for section in sections}
    sections = tuple(one if one.within in known else replace(one, within="") for one in sections)
    items = tuple(_item(form, at, known, levels) for at in _lines(form, "item", MOST_ITEMS))
    draft = Draft(
        title=_words(form, "title"),
        introduction=Typed(*(_line(form, f"introduction.{one}", _TEXT) for one in ("zh", "hant", "en"))),
        top=_line(form, "top"),
        bar=_line(form, "bar"),
        levels=levels,
        sections=sections,
        items=items,
    )
    return replace(draft, comparisons=tuple(_comparisons(form, draft)))


def with_line(draft: Draft, sort: str) -> Draft:
    """One empty line more, of levels, sections or items, as long as there is room."""
    if sort == "level" and len(draft.levels) < MOST_LEVELS:
        fresh = DraftLevel(fresh_id("l", (one.id for one in draft.levels)))
        return replace(draft, levels=(*draft.levels, fresh))
    if sort == "section" and len(draft.sections) < MOST_SECTIONS:
        added = DraftSection(fresh_id("s", (one.id for one in draft.sections)))
        return replace(draft, sections=(*draft.sections, added))
    if sort == "item" and len(draft.items) < MOST_ITEMS:
        section = draft.items[-1].section if draft.items else ""
        item = DraftItem(fresh_id("i", (one.id for one in draft.items)), section=section)
        return replace(draft, items=(*draft.items, item))
    return draft


def _lines(form: Mapping[str, str], sort: str, most: int) -> list[str]:
    """The names of the lines of a sort in the order that their numbers give, each id once."""
    found: dict[str, tuple[float, int, str]] = {}
    for number in count():
        at = f"{sort}.{number}"
        if f"{at}.id" not in form or number > 2 * most:
            break
        name = form[f"{at}.id"]
        if _ID.fullmatch(name) and name not in found and not form.get(f"{at}.gone"):
            found[name] = (_place(form.get(f"{at}.order", "")), number, at)
    return [at for _place_of, _number, at in sorted(found.values())][:most]


def _place(typed: str) -> float:
    try:
        return float(typed)
    except ValueError:
        return 1000.0


def _item(form: Mapping[str, str], at: str, known: set[str], levels: tuple[DraftLevel, ...]) -> DraftItem:
    section = _line(form, f"{at}.section")
    scores = {level.id: _line(form, f"{at}.score.{level.id}") for level in levels}
    return DraftItem(
        id=form[f"{at}.id"],
        label=_words(form, at),
        section=section if section in known else "",
        weight=_line(form, f"{at}.weight"),
        optional=bool(form.get(f"{at}.optional")),
        maximum=_line(form, f"{at}.maximum"),
        scores={level: score for level, score in scores.items() if score},
    )


def _comparisons(form: Mapping[str, str], draft: Draft) -> list[DraftComparison]:
    """Those that are switched on, of sections that still have two items."""
    found = []
    for section in ("", *(one.id for one in draft.sections)):
        names = [item.id for item in draft.items_in(section)]
        if not form.get(f"compare.{section}.on") or len(names) < 2:
            continue
        judged = {
            (a, b): _judgement(form, f"pair.{a}.{b}", f"pair.{b}.{a}") for a, b in combinations(names, 2)
        }
        weight = _line(form, f"compare.{section}.weight") or "1"
        found.append(DraftComparison(section, weight, judged))
    return found


def _judgement(form: Mapping[str, str], name: str, turned: str) -> str:
    """As typed; after two items changed places, the other way round."""
    if name in form or turned not in form:
        return _line(form, name) or "1"
    typed = _line(form, turned) or "1"
    return typed.removeprefix("1/") if typed.startswith("1/") else typed if typed == "1" else f"1/{typed}"


def _words(form: Mapping[str, str], at: str) -> Typed:
    return Typed(*(_line(form, f"{at}.{tongue}") for tongue in ("zh", "hant", "en")))


def _line(form: Mapping[str, str], name: str, length: int = _LINE) -> str:
    return " ".join(form.get(name, "").split())[:length]
