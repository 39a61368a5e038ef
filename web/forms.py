"""What people type into forms: trimmed, cleaned of what no database can hold, of a bounded length."""

from typing import Annotated

from fastapi import Form, Path
from pydantic import AfterValidator, BeforeValidator

from web.inert import clean_input


def _one_line(text: str) -> str:
    return " ".join(clean_input(text).split())


Line = Annotated[str, Form(max_length=300), AfterValidator(_one_line)]
Paragraphs = Annotated[str, Form(max_length=200_000), AfterValidator(clean_input)]
LARGEST_ID = 2**31 - 1  # what an INTEGER of PostgreSQL holds
RowId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


EmptyIsNone = BeforeValidator(_none_if_empty)
