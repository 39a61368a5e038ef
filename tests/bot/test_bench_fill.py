"""The invented office of `huiyin bench fill`: as large as asked for, and found by the desk's own queries."""

from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session, func, select

from bot.commands.bench_fill import MESSAGES, fill_up
from store.desk import Wanted, queue
from store.desk_counts import counts
from store.engine import reading
from store.search import find_cases
from store.tables import Case, Deadline, Message, MessageReading, SpecialRequirement
from tests.web.filled import NOW

PAGES: tuple[Wanted, ...] = (
    Wanted(status="open", band=True),
    Wanted(status="closed", kind="complaint", severity="severe"),
    Wanted(requirement="ppap", sees_only=1),
    Wanted(q="退货"),
    Wanted(q="KX-2208"),
)


def test_it_makes_so_many_cases_that_can_be_found(engine: Engine) -> None:
    assert list(fill_up(engine, 60, NOW)) == [60]
    with reading(engine) as session:
        assert count(session, Case) == 60
        assert count(session, Message) == 60 * MESSAGES
        assert 0 < count(session, Deadline) <= 60
        assert count(session, SpecialRequirement) > 0
        assert count(session, MessageReading) == 60 * 3
        said = session.exec(select(Message.case_id, Message.text)).first()
        assert said is not None
        assert said[0] in find_cases(session, said[1][:2]).cases


def test_it_takes_the_same_number_of_queries_for_ten_cases_and_a_thousand(engine: Engine) -> None:
    list(fill_up(engine, 10, NOW))
    few = [asked(engine, page) for page in PAGES]
    list(fill_up(engine, 1000, NOW))
    many = [asked(engine, page) for page in PAGES]
    assert all(after <= before <= 8 for after, before in zip(many, few, strict=True)), (few, many)


def asked(engine: Engine, page: Wanted) -> int:
    statements: list[Any] = []

    def note(*args: object) -> None:
        if not str(args[2]).startswith(("BEGIN", "PRAGMA")):
            statements.append(args[2])

    event.listen(engine, "before_cursor_execute", note)
    with reading(engine) as session:
        queue(session, page)
        counts(session, page)
    event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def count(session: Session, table: Any) -> int:
    return session.exec(select(func.count()).select_from(table)).one()
