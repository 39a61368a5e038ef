"""The whole minutes between two moments, as an expression of either database."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class MinutesBetween(GenericFunction[int]):
    """`MinutesBetween(start, end)`: what a report groups by to find a median without reading every row."""

    type = Integer()
    inherit_cache = True


@compiles(MinutesBetween, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    start, end = (compiler.process(part, **how) for part in element.clauses)
    # Half a second makes good what a julian day, a floating number, loses.
    return f"CAST((julianday({end}) - julianday({start})) * 1440 + 0.0083 AS INTEGER)"


@compiles(MinutesBetween, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    start, end = (compiler.process(part, **how) for part in element.clauses)
    return f"CAST(floor(extract(epoch FROM ({end} - {start})) / 60) AS INTEGER)"
