"""A column that is only compared: no way into its index."""

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class Unindexed(GenericFunction[Any]):
    """`Unindexed(column)`, where a condition holds for many rows and another index has them in order.

    SQLite keeps no statistics and would look up all that holds, then sort it. PostgreSQL knows better.
    """

    inherit_cache = True


@compiles(Unindexed, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    return f"+{compiler.process(element.clauses, **how)}"


@compiles(Unindexed, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    return str(compiler.process(element.clauses, **how))
