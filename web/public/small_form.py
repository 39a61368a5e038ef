"""A form from a stranger: read only as far as our own pages could fill it, and never an error."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request


def form_up_to(largest: int, most_fields: int) -> Callable[[Request], Awaitable[dict[str, str] | None]]:
    """Reads the fields of a urlencoded form, the last of equal names; None if it is larger than that."""

    async def form(request: Request) -> dict[str, str] | None:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > largest:
                return None
        try:
            pairs = parse_qsl(
                body.decode(errors="replace"),
                keep_blank_values=True,
                errors="replace",
                max_num_fields=most_fields,
            )
        except ValueError:  # more fields than ours has
            return None
        return dict(pairs)

    return form


# 4,000 characters of four bytes each, percent-encoded, and the other fields.
small_form = form_up_to(64 * 1024, 100)
SmallForm = Annotated[dict[str, str] | None, Depends(small_form)]
# A remark of that length for every point.
AnswerForm = Annotated[dict[str, str] | None, Depends(form_up_to(2 * 1024 * 1024, 500))]
