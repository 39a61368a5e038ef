"""The cases behind a report, one by one as the database hands them out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from casework.reports.figures import Asked, of_cases
from store.tables import Case, Customer, User

_AT_ONCE = 1000


@dataclass(frozen=True)
class Listed:
    """One case in a list."""

    case_id: int
    opened_at: datetime
    kind: str
    severity: str | None
    claim: bool
    status: str
    channel: str
    customer_id: int
    customer: str
    subject: str
    owner: str | None
    closed_at: datetime | None


def cases_of(session: Session, asked: Asked) -> Iterator[Listed]:
    """In the order in which they were opened."""
    wanted = (
        select(
            *(Case.id, Case.opened_at, Case.kind, Case.severity, Case.claim, Case.status, Case.channel),
            *(Case.customer_id, Customer.name, Case.subject, User.name, Case.closed_at),
        )  # type: ignore[call-overload]
        .join(Customer, col(Customer.id) == col(Case.customer_id))
        .outerjoin(User, col(User.id) == col(Case.owner_id))
        .where(*of_cases(asked))
        .order_by(col(Case.opened_at), col(Case.id))
    )
    rows = session.connection().execution_options(yield_per=_AT_ONCE).execute(wanted)
    for row in rows:
        yield Listed(*row)
