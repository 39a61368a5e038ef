"""New rows are written together, in an order that their references allow; none is lost or numbered twice."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from store.adding import append, append_numbered, number
from store.engine import reading, writing
from store.tables import Contact, Customer, Event

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def customer(name: str) -> Customer:
    return Customer(name=name, created_at=NOW)


def contact(customer: Customer) -> Contact:
    return Contact(customer_id=customer.id or 0, name="李敏", created_at=NOW)


def names(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.exec(select(Customer.name).order_by(Customer.name)))


def test_it_writes_a_row_after_the_one_it_refers_to(engine: Engine) -> None:
    with writing(engine) as session:
        kaimai = number(session, customer("开迈"))
        session.add(number(session, contact(kaimai)))
        session.add(kaimai)
    with reading(engine) as session:
        assert session.exec(select(Contact)).one().customer_id == kaimai.id


def test_it_writes_at_the_end_what_was_only_appended(engine: Engine) -> None:
    with writing(engine) as session:
        append(session, Event, topic="desk", at=NOW)
    with reading(engine) as session:
        assert session.exec(select(Event)).one().topic == "desk"


def test_a_query_finds_what_was_only_appended(engine: Engine) -> None:
    with writing(engine) as session:
        append(session, Event, topic="desk", at=NOW)
        assert session.exec(select(Event.topic)).one() == "desk"


def test_it_notes_what_changes_in_a_row_that_is_tracked(engine: Engine) -> None:
    with writing(engine) as session:
        kaimai = number(session, customer("开迈"))
        session.add(kaimai)
        session.flush()
        kaimai.name = "凯迈"
    assert names(engine) == ["凯迈"]


def test_rows_that_the_database_numbers_stand_beside_them(engine: Engine) -> None:
    with writing(engine) as session:
        for turn in "123":
            append_numbered(session, customer(f"a{turn}"))
            append(session, Customer, name=f"b{turn}", created_at=NOW)
            session.add(customer(f"c{turn}"))
            session.flush()
    assert names(engine) == [f"{kind}{turn}" for kind in "abc" for turn in "123"]


def test_it_writes_nothing_of_a_transaction_that_fails(engine: Engine) -> None:
    def fail(session: Session) -> None:
        append_numbered(session, customer("开迈"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), writing(engine) as session:
        fail(session)
    with writing(engine) as session:
        append_numbered(session, customer("法兰"))
    assert names(engine) == ["法兰"]
