"""What all tables share."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlmodel import SQLModel


class Row(SQLModel):
    """A row is made of its values at once.

    A table model validates nothing; SQLModel still takes each value through three setters and inspects each
    default anew, which costs more than the INSERT does.
    """

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(self.filled(values))

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)  # the column's own descriptor notes the change

    @classmethod
    def filled(cls, values: dict[str, Any]) -> dict[str, Any]:
        """The values together with what stands in the columns that are not given."""
        fixed, made = _defaults(cls)
        return fixed | {name: make() for name, make in made.items()} | values

    def values(self) -> dict[str, Any]:
        """What a new row holds, by column; without an id that the database is to give."""
        values = {name: self.__dict__.get(name) for name in _columns(type(self))}
        if values.get("id", 0) is None:
            del values["id"]
        return values


@cache
def _defaults(table: type[Row]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """What stands in a column that is not given, and what makes it where each row has its own."""
    optional = {name: field for name, field in table.model_fields.items() if not field.is_required()}
    makers: dict[str, Any] = {name: field.default_factory for name, field in optional.items()}
    fixed = {name: field.default for name, field in optional.items() if makers[name] is None}
    return fixed, {name: make for name, make in makers.items() if make is not None}


@cache
def _columns(table: Any) -> list[str]:
    return list(table.__table__.c.keys())
