"""What came of a service order: done, fault or misuse, and the customer's word for it (S2 5.3.2, 5.5.3)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from casework import clocks
from casework.policy import Policy
from casework.rights import NotAllowed, Right, demand, may
from casework.service_orders.issuing import ServiceError
from casework.service_orders.telling import note, tell_of, watchers
from casework.wording import words
from store.tables import (
    Case,
    Customer,
    DeadlineKind,
    Direction,
    Message,
    Role,
    Satisfaction,
    ServiceFinding,
    ServiceOrder,
    ServiceState,
    User,
)

UNHAPPY = frozenset({Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED})


@dataclass(frozen=True)
class Result:
    """What was found and done."""

    finding: ServiceFinding
    found: str
    work: str


@dataclass(frozen=True)
class Confirmation:
    """The customer's word, as somebody of us types it in."""

    by: str
    on: date
    service: Satisfaction
    product: Satisfaction
    comment: str = ""


def may_report(order: ServiceOrder, user: User) -> bool:
    """Whoever it was given to, and sales."""
    return may(user.role, Right.SERVE) and (order.handler_id == user.id or may(user.role, Right.ANSWER))


def record_done(
    session: Session, case: Case, order: ServiceOrder, result: Result, user: User, now: datetime
) -> None:
    """It is done; quality and sales know the result. Until the customer confirms it, it can be put right."""
    _demand_report(order, user)
    if order.state not in (ServiceState.ISSUED, ServiceState.DONE):
        raise ServiceError("Only an order that stands and is not confirmed yet can be reported done.")
    if not result.work.strip():
        raise ServiceError("Write down what was done.")
    if result.finding != ServiceFinding.NEITHER and not result.found.strip():
        raise ServiceError("Write down the fault, or how it was used: the customer is told.")
    if order.state == ServiceState.ISSUED:
        order.done_by, order.done_at = user.id, now
        clocks.end(session, DeadlineKind.SERVICE_ORDER, now, case_id=case.id, about=order.clock, met=True)
    order.state, order.finding = ServiceState.DONE, result.finding
    order.found, order.work = result.found.strip()[:4000], result.work.strip()[:4000]
    note(session, "service_order_done", case, order, user, now, finding=result.finding.value)
    tell_of(session, "done", case, order, watchers(session, order.issued_by, case.owner_id), user, now)


def record_confirmation(
    session: Session,
    case: Case,
    order: ServiceOrder,
    word: Confirmation,
    user: User,
    now: datetime,
    policy: Policy,
) -> None:
    """The customer confirms and rates it. Who is not satisfied is heard by the head, too."""
    _demand_report(order, user)
    if order.state not in (ServiceState.DONE, ServiceState.CONFIRMED):
        raise ServiceError("The customer confirms what is done: report that first.")
    if not word.by.strip():
        raise ServiceError("Write down who of the customer confirmed it.")
    if word.on > now.astimezone(policy.timezone).date():
        raise ServiceError("A confirmation cannot lie in the future.")
    order.confirmed_by, order.confirmed_on = word.by.strip()[:200], word.on
    order.service_rating, order.product_rating = word.service.value, word.product.value
    order.comment, order.state = word.comment.strip()[:4000], ServiceState.CONFIRMED
    said = {"by": order.confirmed_by, "service": word.service.value, "product": word.product.value}
    note(session, "service_order_confirmed", case, order, user, now, **said)
    roles = [Role.HEAD] if UNHAPPY & {word.service, word.product} else []
    people = watchers(session, order.issued_by, case.owner_id, roles=roles)
    tell_of(session, "confirmed", case, order, people, user, now)


def result_draft(session: Session, case: Case, order: ServiceOrder, policy: Policy) -> str:
    """The letter that tells the customer what was found; a person sees and may change it, then sends it."""
    customer = session.get_one(Customer, case.customer_id)
    values = {"order": order.number, "product": order.product, "found": order.found, "work": order.work}
    language = customer.required_language or case.language
    finding = order.finding.value if order.finding else None
    return words("service_result", language, company=policy.company, finding=finding, **values).text


def is_told(session: Session, order: ServiceOrder) -> bool:
    """Whether somebody of us has written to the customer, or told it, since it was done."""
    if order.done_at is None:
        return False
    said = select(Message.id).where(
        col(Message.case_id) == order.case_id,
        col(Message.direction) == Direction.OUT,
        ~col(Message.automatic),
        col(Message.at) >= order.done_at,
    )
    return session.exec(said.limit(1)).first() is not None


def _demand_report(order: ServiceOrder, user: User) -> None:
    demand(user, Right.SERVE)
    if not may_report(order, user):
        raise NotAllowed("Only whoever it was given to, or sales, may do this.")
