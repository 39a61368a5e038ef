"""A case's number as it stands in an address."""

import re
from typing import Annotated

from fastapi import Depends

from web.errors import Refusal

_NUMBER = re.compile(r"HY-0*([1-9]\d{0,8})", re.IGNORECASE)


def number_in_address(number: str) -> int:
    """HY-000123 → 123."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        raise Refusal(404)
    return int(match[1])


CaseId = Annotated[int, Depends(number_in_address)]
