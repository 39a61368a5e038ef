"""Two customers become one, a contact goes elsewhere, and both can be undone to the last row."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.customer_book.moving import MovingError, merge, move_contact, moves_into, undo
from casework.customers import add_contact, contact_at
from casework.rights import NotAllowed
from store.engine import reading, writing
from store.tables import (
    AuditLog,
    Case,
    CaseStatus,
    Channel,
    Contact,
    Customer,
    CustomerMove,
    CustomerProperty,
    CustomerStatus,
    MarketNote,
    MarketTopic,
    PropertyKind,
    Role,
    SpecialRequirement,
    User,
    Visit,
    VisitKind,
    metadata,
)
from tests.office import MORNING, Office, mail

APART = {"audit_log", "customer_moves", "events"}


def everything(session: Session) -> dict[str, list[Any]]:
    """Every row of every table, but for the log and what tells of moves."""
    session.flush()
    return {
        table.name: [
            tuple(row) for row in session.connection().execute(table.select().order_by(*table.primary_key))
        ]
        for table in metadata.sorted_tables
        if table.name not in APART
    }


class TryNextError(Exception):
    """Leaves the database as it was before the example."""


def two(session: Session) -> tuple[Customer, Customer, User]:
    first, second = session.exec(select(Customer).order_by(col(Customer.id)).limit(2))
    return first, second, session.exec(select(User).order_by(col(User.id))).first()  # type: ignore[return-value]


book = st.lists(
    st.fixed_dictionaries(
        {
            "customer": st.integers(0, 2),
            "cases": st.integers(0, 3),
            "requirements": st.integers(0, 2),
            "property": st.booleans(),
            "note": st.booleans(),
            "months": st.sets(st.integers(1, 4), max_size=3),
        }
    ),
    max_size=6,
)
card = st.fixed_dictionaries(
    {
        "status": st.sampled_from(CustomerStatus),
        "owner": st.booleans(),
        "required_manner": st.sampled_from((None, "email")),
        "notes": st.sampled_from(("", "信用好", "x")),
    }
)


def write(session: Session, cards: list[dict[str, Any]], people: list[dict[str, Any]]) -> None:
    user = User(name="小林", role=Role.SALES, password_hash="-", created_at=MORNING)
    session.add(user)
    session.flush()
    customers = [
        Customer(
            name=f"客户 {number}",
            status=one["status"],
            owner_id=user.id if one["owner"] else None,
            required_manner=one["required_manner"],
            notes=one["notes"],
            own_code=f"K{number}",
            created_at=MORNING,
        )
        for number, one in enumerate(cards)
    ]
    session.add_all(customers)
    session.flush()
    for number, one in enumerate(people):
        customer = customers[one["customer"]]
        contact = add_contact(session, customer, Channel.EMAIL, f"p{number}@x.example", "某", "zh", MORNING)
        session.flush()
        for _case in range(one["cases"]):
            session.add(case_of(contact))
        session.flush()
        for _requirement in range(one["requirements"]):
            session.add(
                SpecialRequirement(
                    customer_id=customer.id or 0, category="packaging", sentence="木箱", created_at=MORNING
                )
            )
        if one["property"]:
            session.add(
                CustomerProperty(
                    customer_id=customer.id or 0,
                    kind=PropertyKind.SAMPLE,
                    name="样品",
                    received_on=MORNING.date(),
                    received_by=user.id or 0,
                    created_at=MORNING,
                )
            )
        if one["note"]:
            session.add(
                MarketNote(
                    customer_id=customer.id or 0,
                    user_id=user.id or 0,
                    topic=MarketTopic.MARKET,
                    text="涨价",
                    heard_on=MORNING.date(),
                    created_at=MORNING,
                )
            )
        session.flush()
        taken = {
            one.month for one in session.exec(select(Visit).where(col(Visit.customer_id) == customer.id))
        }
        for month in one["months"]:
            if date(2027, month, 1) not in taken:
                session.add(
                    Visit(
                        customer_id=customer.id or 0,
                        kind=VisitKind.VISIT,
                        month=date(2027, month, 1),
                        created_at=MORNING,
                    )
                )
        session.flush()


def case_of(contact: Contact) -> Case:
    return Case(
        customer_id=contact.customer_id,
        contact_id=contact.id or 0,
        channel=Channel.EMAIL,
        status=CaseStatus.OPEN,
        kind="inquiry",
        subject="询价",
        opened_at=MORNING,
        last_message_at=MORNING,
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cards=st.lists(card, min_size=3, max_size=3), people=book)
def test_it_puts_everything_back_when_a_merge_is_undone(
    engine: Engine, cards: list[dict[str, Any]], people: list[dict[str, Any]]
) -> None:
    with suppress(TryNextError), writing(engine) as session:
        write(session, cards, people)
        before = everything(session)
        merged, into, user = two(session)
        move = merge(session, merged, into, user, MORNING)
        session.flush()
        for table in (Contact, Case, SpecialRequirement, CustomerProperty, MarketNote):
            left = select(table).where(col(table.customer_id) == merged.id)
            assert session.exec(left).all() == []
        assert everything(session) != before
        undo(session, session.get_one(CustomerMove, move.id), user, MORNING)
        assert everything(session) == before
        raise TryNextError


def test_it_lets_the_people_of_both_answer_in_the_cases_of_the_one(office: Office) -> None:
    user = office.hire()
    office.mail_arrives(mail())
    office.mail_arrives(mail(sender="赵 <zhao@kaimai-group.example>", message_id="<2@kaimai.example>"))
    with writing(office.engine) as session:
        first, second, _user = two(session)
        merge(session, second, first, user, office.now)
    assert {case.customer_id for case in office.all(Case)} == {first.id}
    answer = "In-Reply-To: <1@kaimai.example>\r\n"
    office.mail_arrives(
        mail(sender="赵 <zhao@kaimai-group.example>", message_id="<3@kaimai.example>", headers=answer)
    )
    assert len(office.all(Case)) == 2  # a colleague's answer joins
    office.mail_arrives(mail(sender="赵 <zhao@kaimai-group.example>", message_id="<4@kaimai.example>"))
    with writing(office.engine) as session:
        undo(session, moves_into(session, session.get_one(Customer, first.id))[0], user, office.now)
    cases = office.all(Case)
    assert [case.customer_id for case in cases] == [first.id, second.id, second.id]
    office.mail_arrives(
        mail(sender="赵 <zhao@kaimai-group.example>", message_id="<5@kaimai.example>", headers=answer)
    )
    assert len(office.all(Case)) == 4  # a stranger again: he opens a case of his own
    actions = [line.action for line in office.all(AuditLog)]
    assert actions.count("customers_merged") == actions.count("move_undone") == 1


def test_it_moves_a_contact_with_or_without_his_cases(office: Office) -> None:
    user = office.hire()
    office.mail_arrives(mail())
    office.mail_arrives(mail(sender="赵 <zhao@other.example>", message_id="<2@other.example>"))
    for with_cases in (False, True):
        with reading(office.engine) as session:
            before = everything(session)
        with writing(office.engine) as session:
            first, second, _user = two(session)
            contact = contact_at(session, Channel.EMAIL, "zhao@other.example")
            assert contact is not None
            move_contact(session, contact, first, user, office.now, with_cases=with_cases)
        owners = [case.customer_id for case in office.all(Case)]
        assert owners == [first.id, first.id if with_cases else second.id]
        with writing(office.engine) as session:
            undo(session, moves_into(session, first)[0], user, office.now + timedelta(days=1))
        with reading(office.engine) as session:
            assert everything(session) == before


def test_it_undoes_merges_in_turn_and_keeps_what_people_changed_since(engine: Engine) -> None:
    empty = {"status": CustomerStatus.POTENTIAL, "owner": False, "required_manner": None, "notes": ""}
    with writing(engine) as session:
        write(session, [empty, empty | {"status": CustomerStatus.EXISTING}, empty], [])
    with writing(engine) as session:
        first, second, third = session.exec(select(Customer).order_by(col(Customer.id)))
        user = session.exec(select(User)).one()
        one = merge(session, second, first, user, MORNING)
        with pytest.raises(MovingError, match="merged already"):
            merge(session, second, third, user, MORNING)
        with pytest.raises(MovingError, match="itself"):
            merge(session, first, first, user, MORNING)
        two_ = merge(session, first, third, user, MORNING)
        session.flush()
        with pytest.raises(MovingError, match="later merge"):
            undo(session, session.get_one(CustomerMove, one.id), user, MORNING)
        third.notes = "新的备注"
        undo(session, session.get_one(CustomerMove, two_.id), user, MORNING)
        undo(session, session.get_one(CustomerMove, one.id), user, MORNING)
        assert [customer.merged_into for customer in (first, second, third)] == [None, None, None]
        statuses = [customer.status for customer in (first, second, third)]
        assert statuses == ["potential", "existing", "potential"]
        assert third.notes == "新的备注"
        with pytest.raises(MovingError, match="undone already"):
            undo(session, session.get_one(CustomerMove, one.id), user, MORNING)


def test_it_is_for_those_who_keep_customers(engine: Engine) -> None:
    with writing(engine) as session:
        one, other = (Customer(name=name, created_at=MORNING) for name in ("甲", "乙"))
        session.add_all([one, other])
        session.flush()
        for role in (Role.QUALITY, Role.REVIEWER, Role.ADMIN):
            user = User(name=role, role=role, password_hash="-", created_at=MORNING)
            with pytest.raises(NotAllowed):
                merge(session, one, other, user, MORNING)
