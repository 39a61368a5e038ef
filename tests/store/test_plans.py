"""Which indexes SQLite reads the queue from: it keeps no statistics, so that an empty database shows it."""

from itertools import chain
from pathlib import Path

import pytest
from sqlalchemy import event

from store.desk import Wanted, queue
from store.desk_counts import counts
from store.engine import open_engine, reading


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(status="open", band=True),
        Wanted(status="open", band=True, sees_only=1),
        Wanted(status="closed", kind="complaint", owner="none", sees_only=1),
        Wanted(kind="complaint", severity="severe", sees_only=1),
        Wanted(requirement="ppap", sees_only=1),
    ],
)
def test_it_reads_lines_in_order_and_counts_chips_from_an_index_alone(
    wanted: Wanted, sqlite_template: bytes, tmp_path: Path
) -> None:
    lines, chips = _plans(wanted, sqlite_template, tmp_path)
    assert all("OR" not in step.split() for step in lines), lines  # gathered by owner, then sorted
    assert chips.count("SEARCH cases USING COVERING INDEX ix_cases_counts (status=?)") == 4, chips


def _plans(wanted: Wanted, template: bytes, folder: Path) -> tuple[list[str], list[str]]:
    """How the lines are read, and how the chips are counted."""
    (folder / "empty.db").write_bytes(template)
    engine = open_engine(f"sqlite:///{folder / 'empty.db'}")
    asked: list[tuple[str, tuple[object, ...]]] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
    with reading(engine) as session:
        session.connection()
        asked.clear()
        queue(session, wanted)
        of_lines = len(asked)
        counts(session, wanted)
        cursor = session.connection().connection.cursor()
        steps = [
            [step[3] for step in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()]
            for statement, values in asked
        ]
    engine.dispose()
    return list(chain(*steps[:of_lines])), list(chain(*steps[of_lines:]))
