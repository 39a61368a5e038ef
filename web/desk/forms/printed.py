"""A form of the procedures as a page to print: its number, its parts, and the page it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from web.pages import page

Record = dict[str, Any]
# As the procedures number them; ◦ where they do not.
NUMBERS = {
    "complaint_record": "QM03-01",
    "complaint_summary": "QM03-02",
    "contract_review": "QM01-01",
    "requirement_list": "QD-Q-C04-02",
    "service_plan": "QM01-02",
    "visit_record": "QM01-03",  # ◦
    "service_notice": "QM03-03",  # ◦
}
LONGEST = 1500  # characters of one field: a form is no archive


@dataclass(frozen=True)
class Parts:
    """A long list is printed in parts: which one this is, of how many, and where each is."""

    here: int
    of: int
    address: Callable[[int], str]


def parts_of(total: int, here: int, each: int, address: Callable[[int], str]) -> Parts | None:
    """None when everything is in one part."""
    of = -(-total // each)
    return Parts(here, of, address) if of > 1 else None


def printed(request: Request, name: str, record: Record, back: str, parts: Parts | None = None) -> Response:
    """The form with this record; its bar leads back to the page it belongs to."""
    return page(
        request, f"forms/{name}.html", record=record, form_number=NUMBERS[name], back=back, parts=parts
    )


def shortened(text: str) -> str:
    """As much of a text as a form has room for, without empty lines."""
    text = "\n".join(line for line in text[: 2 * LONGEST].splitlines() if line.strip())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
