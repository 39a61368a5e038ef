"""Round robin among the sales on duty, when the company wants it."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casework.cases import open_case, take_in
from casework.customers import meet
from casework.turns import whose_turn
from nlp.reading import Kind, Reading
from store.adding import append_numbered
from store.engine import reading, writing
from store.tables import AuditLog, Case, CaseStatus, Channel, Customer, Direction, Message, Role, User
from tests.web.filled import NOW, POLICY

TURNS = replace(POLICY, round_robin=True)


def test_it_goes_round() -> None:
    assert [whose_turn(case, [3, 5, 9]) for case in range(1, 7)] == [5, 9, 3, 5, 9, 3]
    assert whose_turn(1, []) is None


@pytest.fixture
def staffed(engine: Engine) -> Engine:
    with writing(engine) as session:
        for name, role, on_duty in (
            ("a", Role.SALES, True),
            ("b", Role.SALES, False),
            ("c", Role.SALES, True),
            ("d", Role.HEAD, True),
        ):
            session.add(User(name=name, role=role, on_duty=on_duty, password_hash="-", created_at=NOW))
    return engine


def arrive(
    engine: Engine, number: int, *, turns: bool, history: bool = False, owner_id: int | None = None
) -> None:
    with writing(engine) as session:
        contact = meet(session, Channel.EMAIL, f"x{number}@more.example", "x", "zh", NOW)
        if owner_id:
            session.get_one(Customer, contact.customer_id).owner_id = owner_id
        message = Message(
            case_id=0,
            direction=Direction.IN,
            channel=Channel.EMAIL,
            text="询价",
            new_text="询价",
            at=NOW,
            created_at=NOW,
        )
        status = CaseStatus.FILED if history else CaseStatus.OPEN
        case = open_case(session, contact, message, owner_id=owner_id, conversation=None, status=status)
        message.case_id = case.id or 0
        append_numbered(session, message)
        read = Reading(language="zh", kind=Kind.INQUIRY, confidence=0.9)
        policy = TURNS if turns else POLICY
        take_in(session, case, message, read, policy, history=history, may_answer=False, first=True)


def owners(engine: Engine) -> list[int | None]:
    with reading(engine) as session:
        return [case.owner_id for case in session.exec(select(Case).order_by(Case.id))]  # type: ignore[arg-type]


def test_it_gives_cases_without_an_owner_to_those_on_duty_in_turn(staffed: Engine) -> None:
    for number in range(3):
        arrive(staffed, number, turns=True)
    arrive(staffed, 4, turns=True, owner_id=2)  # the customer's own
    arrive(staffed, 5, turns=True, history=True)  # nobody waits
    assert owners(staffed) == [3, 1, 3, 2, None]
    with reading(staffed) as session:
        told = [line.details for line in session.exec(select(AuditLog).where(AuditLog.action == "took_turn"))]
    assert told == [{"after": 3}, {"after": 1}, {"after": 3}]


def test_it_does_so_only_where_the_company_wants_it(staffed: Engine) -> None:
    arrive(staffed, 1, turns=False)
    assert owners(staffed) == [None]
