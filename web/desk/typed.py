"""A form whose fields are data: what was typed, and read by the sort of each field."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import Depends, Request

from casework.complaints.form import LINE_LENGTH, SECTIONS, TEXT_LENGTH, Sort, Value
from store.tables import Complaint
from web.errors import Refusal
from web.i18n import _
from web.inert import clean_input

_MOST_FIELDS = 100


async def _typed(request: Request) -> dict[str, str]:
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as filled:
        return {name: clean_input(value) for name, value in filled.items() if isinstance(value, str)}


Typed = Annotated[dict[str, str], Depends(_typed)]


def in_section(section: str, typed: Mapping[str, str]) -> dict[str, Value]:
    """The values of a section of the complaint form; what the form did not hold is left out."""
    return {
        name: _read(name, sort, typed) for name, sort in SECTIONS[section].fields.items() if name in typed
    }


def values_of(complaint: Complaint, section: str) -> dict[str, Value]:
    """What stands in a section of the form."""
    return {name: getattr(complaint, name) for name in SECTIONS[section].fields}


def mark(values: Mapping[str, Value]) -> str:
    """Differs whenever any of the values does: a page carries it to tell what its reader has changed."""
    return hashlib.sha256(repr(sorted(values.items())).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def text_of(typed: Mapping[str, str], name: str, length: int = TEXT_LENGTH) -> str:
    """A text of a bounded length."""
    text = typed.get(name, "").replace("\r\n", "\n").strip()
    if len(text) > length:
        raise Refusal(422, _("有一项太长：最多 %(length)d 字。请缩短后再保存。", length=length))
    return text


def _read(name: str, sort: Sort, typed: Mapping[str, str]) -> Value:
    if sort == Sort.TEXT:
        return text_of(typed, name)
    line = " ".join(text_of(typed, name, LINE_LENGTH).split())
    if sort == Sort.LINE:
        return line
    if sort == Sort.YES_NO:
        return {"yes": True, "no": False}.get(line)
    try:
        return date.fromisoformat(line) if line else None
    except ValueError as error:
        raise Refusal(422, _("日期请写成 2026-11-20 这样。")) from error
