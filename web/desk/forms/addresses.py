"""What the addresses of forms name: a month, and which part of a long list."""

from datetime import date
from typing import Annotated

from fastapi import Query

from web.errors import Refusal

PartNumber = Annotated[int, Query(ge=1, le=10_000)]
Month = Annotated[str, Query(max_length=20)]


def month_in(text: str, today: date) -> date:
    """The first day of the month 2026-11; of the present one when none is named."""
    if not text:
        return today.replace(day=1)
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Refusal(404) from error
    if not 2000 <= first.year <= 2999:
        raise Refusal(404)
    return first
