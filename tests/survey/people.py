"""Customers and colleagues for the survey's tests. All invented."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.policy import Policy
from store.engine import writing
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    Direction,
    Message,
    Outgoing,
    OutgoingKind,
    Role,
    SurveyPlan,
    User,
)
from survey.asking.campaigns import dispatch_due, open_due
from survey.asking.letters import letter
from survey.asking.links import token
from survey.asking.plans import approve, propose

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
POLICY = Policy(
    company="晨光电子",
    public_url="https://echo.example",
    secret_key=b"only for tests",
    timezone=ZoneInfo("Asia/Shanghai"),
)
BEST = dict.fromkeys(("quality", "delivery", "problems", "quantity", "packing", "staff", "drivers"), "best")


def add_customer(
    session: Session,
    name: str,
    *addresses: tuple[Channel, str],
    status: CustomerStatus = CustomerStatus.EXISTING,
    language: str = "zh",
) -> Customer:
    """A customer with one contact, reached at these addresses."""
    customer = Customer(name=name, status=status, created_at=NOW)
    session.add(customer)
    session.flush()
    add_contact(session, customer, *addresses, language=language)
    return customer


def add_contact(
    session: Session, customer: Customer, *addresses: tuple[Channel, str], language: str = "zh"
) -> Contact:
    contact = Contact(
        customer_id=customer.id or 0, name=f"{customer.name}联系人", language=language, created_at=NOW
    )
    session.add(contact)
    session.flush()
    for channel, address in addresses:
        session.add(ContactAddress(contact_id=contact.id or 0, channel=channel, address=address))
    session.flush()
    return contact


def add_mail_customers(engine: Engine, count: int) -> None:
    with writing(engine) as session:
        for number in range(count):
            add_customer(session, f"客户{number}", (Channel.EMAIL, f"buyer{number}@customer.example"))


def add_user(engine: Engine, name: str, role: Role, *, language: str = "zh") -> User:
    with writing(engine) as session:
        user = User(name=name, role=role, password_hash="-", language=language, created_at=NOW)
        session.add(user)
    return user


def hear(session: Session, contact: Contact, channel: Channel, at: datetime) -> None:
    """The contact wrote to us on this channel at that time."""
    case = Case(
        customer_id=contact.customer_id,
        contact_id=contact.id or 0,
        channel=channel,
        status=CaseStatus.OPEN,
        kind="inquiry",
        subject="询价",
        opened_at=at,
        last_message_at=at,
    )
    session.add(case)
    session.flush()
    message = Message(case_id=case.id or 0, direction=Direction.IN, channel=channel, at=at, created_at=at)
    session.add(message)
    session.flush()


def start_campaign(engine: Engine, now: datetime = NOW) -> None:
    """The proposed plan approved by a manager, opened, and everybody invited at once."""
    approve_plan(engine, now)
    ring(engine, now)


def approve_plan(engine: Engine, now: datetime = NOW, **values: object) -> SurveyPlan:
    """The half-yearly plan with these values instead of its own, approved; it asks as fast as it can."""
    manager = add_user(engine, "总经理", Role.MANAGER)
    with writing(engine) as session:
        plan = propose(session, now, POLICY)
        assert plan is not None
        for name, value in {"per_minute": None, **values}.items():
            setattr(plan, name, value)
        session.flush()
        approve(session, plan, manager, now)
    return plan


def ring(engine: Engine, now: datetime) -> int:
    """Ring as long as there is something to do."""
    done = 0
    while True:
        with writing(engine) as session:
            now_done = open_due(session, now, POLICY) + dispatch_due(session, now, POLICY)
        if not now_done:
            return done
        done += now_done


def send_letters(engine: Engine) -> list[str]:
    """What the deliverer does for each invitation; the tokens of the links, in order."""
    with writing(engine) as session:
        first = select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.SURVEY)
        letters = session.exec(first.order_by(col(Outgoing.invitation_id))).all()
        for owed in letters:
            letter(session, owed, POLICY)
        return [token(POLICY, owed.invitation_id or 0, 1) for owed in letters]


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)
