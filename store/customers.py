"""The list of customers: whom one may see, and who answers to a name, a code, a contact or an address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from store.desk import PAGE
from store.tables import Case, CaseStatus, Contact, ContactAddress, Customer, User

_CODE = re.compile(r"\s*C-?0*([1-9]\d{0,8})\s*", re.IGNORECASE)
IN_ONE_READ = 500
FOUND_BY_PERSON = 500  # contacts and addresses that a search looks behind


@dataclass(frozen=True)
class WantedCustomers:
    """What the list is filtered by; None means any. `sees_only` is a right, not a wish."""

    status: str | None = None
    owner: int | None = None
    region: str = ""
    q: str = ""
    sees_only: int | None = None


@dataclass(frozen=True)
class CustomerLine:
    """One line of the list."""

    customer: Customer
    owner: str | None
    contacts: int
    open_cases: int


@dataclass(frozen=True)
class CustomerPage:
    """Up to `PAGE` lines by name, and where the next page starts."""

    lines: tuple[CustomerLine, ...]
    after: int | None


def customers(session: Session, wanted: WantedCustomers, after: int | None = None) -> CustomerPage:
    """The customers by name. A fixed number of queries."""
    rows = session.exec(
        select(Customer, User.name)
        .outerjoin(User, col(User.id) == col(Customer.owner_id))
        .where(*_conditions(wanted), *_beyond(session, after))
        .order_by(col(Customer.name), col(Customer.id))
        .limit(PAGE + 1)
    ).all()
    ids = [customer.id for customer, _owner in rows[:PAGE]]
    contacts = _count(session, select(col(Contact.customer_id), func.count()), Contact, ids)
    waiting = select(col(Case.customer_id), func.count()).where(col(Case.status) == CaseStatus.OPEN)
    cases = _count(session, waiting, Case, ids)
    lines = tuple(
        CustomerLine(customer, owner, contacts.get(customer.id or 0, 0), cases.get(customer.id or 0, 0))
        for customer, owner in rows[:PAGE]
    )
    return CustomerPage(lines, lines[-1].customer.id if len(rows) > PAGE else None)


def all_customers(session: Session, wanted: WantedCustomers) -> Iterator[tuple[Customer, str | None]]:
    """Every customer of the list with its owner's name, read as they come, however many."""
    rows = session.exec(
        select(Customer, User.name)
        .outerjoin(User, col(User.id) == col(Customer.owner_id))
        .where(*_conditions(wanted))
        .order_by(col(Customer.name), col(Customer.id))
        .execution_options(yield_per=IN_ONE_READ)
    )
    for customer, owner in rows:
        yield customer, owner
        session.expunge(customer)


def may_see_customer(session: Session, customer: Customer, sees_only: int | None) -> bool:
    """Whether someone with this right sees the customer; the same rule as in the list."""
    if sees_only is None or customer.owner_id in (None, sees_only):
        return True
    own = select(Case.id).where(col(Case.customer_id) == customer.id, col(Case.owner_id) == sees_only)
    return session.exec(own.limit(1)).first() is not None


def visible_customers(sees_only: int | None) -> list[ColumnElement[bool]]:
    """Sales see their own customers, those nobody has, and those of cases that they answer for."""
    if sees_only is None:
        return []
    answers_for = exists().where(col(Case.customer_id) == col(Customer.id), col(Case.owner_id) == sees_only)
    return [or_(col(Customer.owner_id).is_(None), col(Customer.owner_id) == sees_only, answers_for)]


def _conditions(wanted: WantedCustomers) -> list[ColumnElement[bool]]:
    found = [col(Customer.merged_into).is_(None), *visible_customers(wanted.sees_only)]
    if wanted.status:
        found.append(col(Customer.status) == wanted.status)
    if wanted.owner is not None:
        found.append(col(Customer.owner_id) == wanted.owner)
    if wanted.region:
        found.append(col(Customer.region) == wanted.region)
    if wanted.q:
        found.append(_answers_to(wanted.q))
    return found


def _answers_to(q: str) -> ColumnElement[bool]:
    if code := _CODE.fullmatch(q):
        number = int(code[1])
        part = select(Customer.merged_into).where(col(Customer.id) == number)
        own = col(Customer.own_code) == q.strip()
        return or_(col(Customer.id) == number, col(Customer.id).in_(part), own)
    former = aliased(Customer)
    became = select(former.merged_into).where(
        col(former.merged_into).is_not(None), col(former.name).icontains(q, autoescape=True)
    )
    people = select(Contact.customer_id).where(col(Contact.name).icontains(q, autoescape=True))
    reached = (
        select(Contact.customer_id)
        .join(ContactAddress, col(ContactAddress.contact_id) == col(Contact.id))
        .where(col(ContactAddress.address).icontains(q, autoescape=True))
    )
    return or_(
        col(Customer.name).icontains(q, autoescape=True),
        col(Customer.own_code).icontains(q, autoescape=True),
        col(Customer.id).in_(became),
        col(Customer.id).in_(people.limit(FOUND_BY_PERSON)),
        col(Customer.id).in_(reached.limit(FOUND_BY_PERSON)),
    )


def _beyond(session: Session, after: int | None) -> list[ColumnElement[bool]]:
    last = session.get(Customer, after) if after else None
    if last is None:
        return []
    name, number = col(Customer.name), col(Customer.id)
    return [or_(name > last.name, (name == last.name) & (number > last.id))]


def _count(
    session: Session, counted: object, table: type[Case] | type[Contact], ids: list[int | None]
) -> dict[int, int]:
    wanted = counted.where(col(table.customer_id).in_(ids)).group_by(col(table.customer_id))  # type: ignore[attr-defined]
    return dict(session.exec(wanted).all())
