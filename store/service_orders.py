"""The list of service orders: what is to be done, what waits for the customer's word, what is over."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from store.desk import PAGE, visible
from store.tables import Case, Customer, ServiceOrder, ServiceState, User


@dataclass(frozen=True)
class WantedOrders:
    """Those in one state; `mine` are what was given to `reader`. `sees_only` is a right, not a wish."""

    state: ServiceState
    reader: int
    mine: bool = False
    sees_only: int | None = None


@dataclass(frozen=True)
class OrderLine:
    """One line of the list."""

    order: ServiceOrder
    case: Case
    customer: str
    handler: str


def service_orders(session: Session, wanted: WantedOrders, page: int = 1) -> list[OrderLine]:
    """A page of them: what is to be done by what is due first, the others the newest first."""
    due = col(ServiceOrder.due_at)
    first = due if wanted.state == ServiceState.ISSUED else due.desc()
    rows = session.exec(
        select(ServiceOrder, Case, Customer.name, User.name)
        .join(Case, col(Case.id) == col(ServiceOrder.case_id))
        .join(Customer, col(Customer.id) == col(Case.customer_id))
        .join(User, col(User.id) == col(ServiceOrder.handler_id))
        .where(col(ServiceOrder.state) == wanted.state, *_conditions(wanted))
        .order_by(first, col(ServiceOrder.id))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [OrderLine(*row) for row in rows]


def orders_by_state(session: Session, wanted: WantedOrders) -> dict[str, int]:
    """How many are in each state."""
    rows = session.exec(
        select(ServiceOrder.state, func.count())
        .join(Case, col(Case.id) == col(ServiceOrder.case_id))
        .where(*_conditions(wanted))
        .group_by(col(ServiceOrder.state))
    )
    return {ServiceState(state).value: number for state, number in rows}


def orders_of(session: Session, case_id: int | None) -> list[ServiceOrder]:
    """Those of a case, newest first."""
    wanted = select(ServiceOrder).where(col(ServiceOrder.case_id) == case_id)
    return list(session.exec(wanted.order_by(col(ServiceOrder.id).desc()).limit(20)))


def _conditions(wanted: WantedOrders) -> list[ColumnElement[bool]]:
    """Sales see those of their cases, and what was given to them."""
    own = col(ServiceOrder.handler_id) == wanted.reader
    if wanted.mine:
        return [own]
    seen = visible(wanted.sees_only)
    return [or_(own, *seen)] if seen else []
