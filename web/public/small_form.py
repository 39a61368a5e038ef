"""A form from a stranger: read only as far as our own pages could fill it, and never an error."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request

LARGEST = 64 * 1024  # 4,000 characters of four bytes each, percent-encoded, and the other fields
MOST_FIELDS = 100


async def small_form(request: Request) -> dict[str, str] | None:
    """The fields of a urlencoded form, the last of equal names; None if it is larger than ours can be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    try:
        pairs = parse_qsl(
            body.decode(errors="replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:  # more fields than ours has
        return None
    return dict(pairs)


SmallForm = Annotated[dict[str, str] | None, Depends(small_form)]
