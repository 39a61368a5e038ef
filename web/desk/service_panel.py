"""What a case's page shows of its service orders."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from casework.policy import Policy
from casework.service_orders.issuing import can_take
from store.service_orders import orders_of
from store.tables import Case, ServiceOrder, User
from web.signed_in import Person


@dataclass(frozen=True)
class Panel:
    """Its orders, newest first, and to whom a new one can be given."""

    orders: list[ServiceOrder]
    can_take: Callable[[User], bool]


def panel(session: Session, case: Case, person: Person, policy: Policy) -> Panel:  # noqa: ARG001
    """The panel of any case: a repair may be asked for in each."""
    return Panel(orders_of(session, case.id), can_take)
