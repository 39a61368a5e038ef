"""A small office with people of each role and one complaint, on a given database."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from casework.cases import open_case, take_in
from casework.customers import add_contact
from casework.policy import Policy
from nlp.reading import Kind, Reading, Severity
from store.engine import reading, writing
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Contact,
    Customer,
    CustomerStatus,
    Direction,
    Message,
    Role,
    User,
)

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
POLICY = Policy(secret_key=b"only for tests, only for tests!!")


@dataclass(frozen=True)
class People:
    """One of us by role; `other` is of sales, too."""

    sales: User
    other: User
    head: User
    quality: User
    manager: User


def staff(engine: Engine) -> People:
    """Hire them."""
    roles = (Role.SALES, Role.SALES, Role.HEAD, Role.QUALITY, Role.MANAGER)
    with writing(engine) as session:
        people = [
            User(name=f"{place} {role}", role=role, password_hash="-", created_at=NOW)
            for place, role in enumerate(roles)
        ]
        session.add_all(people)
    return People(*people)


def complain(
    engine: Engine,
    severity: Severity | None = Severity.MODERATE,
    *,
    claim: bool = False,
    found: Reading | None = None,
    history: bool = False,
    case: Case | None = None,
) -> Case:
    """A customer writes; without severity it is an inquiry."""
    kind = Kind.COMPLAINT if severity else Kind.INQUIRY
    found = found or Reading(language="zh", kind=kind, confidence=0.9, severity=severity, claim=claim)
    with writing(engine) as session:
        message = Message(
            case_id=0,
            direction=Direction.IN,
            channel=Channel.EMAIL,
            sender_name="李敏",
            sender_address="li@kaimai.example",
            message_id="<1@kaimai.example>",
            subject="轴承座",
            text="坏了",
            new_text="坏了",
            at=NOW,
            created_at=NOW,
        )
        first = case is None
        if case is None:
            status = CaseStatus.FILED if history else CaseStatus.OPEN
            case = open_case(
                session, _contact(session), message, owner_id=None, conversation=None, status=status
            )
        else:
            case = session.get_one(Case, case.id)
        message.case_id = case.id or 0
        session.add(message)
        session.flush()
        take_in(session, case, message, found, POLICY, history=history, may_answer=False, first=first)
    return case


def _contact(session: Session) -> Contact:
    known = session.exec(select(Contact)).first()
    if known is not None:
        return known
    customer = Customer(name="凯迈", status=CustomerStatus.EXISTING, created_at=NOW)
    session.add(customer)
    session.flush()
    return add_contact(session, customer, Channel.EMAIL, "li@kaimai.example", "李敏", "zh", NOW)


def again(engine: Engine, case: Case) -> Case:
    """The case as it is now."""
    with reading(engine) as session:
        return session.get_one(Case, case.id)
