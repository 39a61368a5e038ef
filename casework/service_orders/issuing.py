"""Issuing a service order: to whom it is given, what is to be done, by when; taking it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from casework import clocks
from casework.policy import Policy
from casework.rights import Right, demand, may
from casework.service_orders.telling import note, tell_of, watchers
from store.tables import Case, DeadlineKind, ServiceOrder, ServiceState, User


class ServiceError(Exception):
    """It cannot be done as asked; the sentence says why."""


@dataclass(frozen=True)
class Task:
    """What is to be done, by whom and by when."""

    handler_id: int
    task: str
    due_at: datetime
    product: str = ""
    place: str = ""


def issue(
    session: Session, case: Case, task: Task, user: User, now: datetime, policy: Policy
) -> ServiceOrder:
    """Give it to somebody of us and let its clock run; quality follows it from here (S2 5.3.1)."""
    demand(user, Right.ANSWER)
    if not task.task.strip():
        raise ServiceError("Write down what is to be done.")
    if task.due_at <= now:
        raise ServiceError("The time by which it is to be done has to lie ahead.")
    handler = session.get(User, task.handler_id)
    if handler is None or not can_take(handler):
        raise ServiceError("Give the order to somebody who carries out service orders.")
    order = ServiceOrder(
        case_id=case.id or 0,
        handler_id=task.handler_id,
        product=task.product[:300],
        place=task.place[:300],
        task=task.task.strip()[:4000],
        due_at=task.due_at,
        issued_by=user.id or 0,
        issued_at=now,
    )
    session.add(order)
    session.flush()
    _start_clock(session, order, now, policy)
    note(session, "service_order_issued", case, order, user, now)
    tell_of(session, "issued", case, order, watchers(session, handler.id), user, now)
    return order


def withdraw(session: Session, case: Case, order: ServiceOrder, user: User, now: datetime) -> None:
    """It is not needed after all."""
    demand(user, Right.ANSWER)
    if order.state != ServiceState.ISSUED:
        raise ServiceError("Only what is not done yet can be withdrawn.")
    order.state = ServiceState.WITHDRAWN
    clocks.end(session, DeadlineKind.SERVICE_ORDER, now, case_id=case.id, about=order.clock, met=False)
    note(session, "service_order_withdrawn", case, order, user, now)
    tell_of(session, "withdrawn", case, order, watchers(session, order.handler_id), user, now)


def restore(
    session: Session, case: Case, order: ServiceOrder, user: User, now: datetime, policy: Policy
) -> None:
    """It was withdrawn by mistake: its clock runs as if it had not been."""
    demand(user, Right.ANSWER)
    if order.state != ServiceState.WITHDRAWN:
        raise ServiceError("This order is not withdrawn.")
    order.state = ServiceState.ISSUED
    _start_clock(session, order, order.issued_at, policy)
    note(session, "service_order_restored", case, order, user, now)
    tell_of(session, "restored", case, order, watchers(session, order.handler_id), user, now)


def can_take(user: User) -> bool:
    """Whether service orders are given to this person."""
    return user.active and may(user.role, Right.SERVE)


def _start_clock(session: Session, order: ServiceOrder, at: datetime, policy: Policy) -> None:
    clocks.start(
        *(session, DeadlineKind.SERVICE_ORDER, at, order.due_at, policy),
        case_id=order.case_id,
        about=order.clock,
        user_id=order.handler_id,
    )
