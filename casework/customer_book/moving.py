"""Two customers that are one company become one; a contact goes to another customer; both can be undone.

What moves is written down row by row, so that undoing moves exactly that back. The merged customer's row
stays, empty, and points to the one that it became part of: no number is ever given to somebody else.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, UniqueConstraint, exists, func, select, update
from sqlmodel import Session, col
from sqlmodel import select as rows

from casework.customer_book.visits import hand_visits_to
from casework.rights import Right, demand
from store.adding import number
from store.history import DESK, log, tell
from store.search import file_customers
from store.tables import (
    Case,
    Contact,
    Customer,
    CustomerMove,
    CustomerStatus,
    SpecialRequirement,
    SurveyInvitation,
    User,
    customer_code,
    metadata,
)

AT_ONCE = 500  # ids in one statement
_OF_A_CARD = (
    "status",
    "owner_id",
    "required_language",
    "required_manner",
    "region",
    "notes",
    "merged_into",
)


class MovingError(Exception):
    """It cannot be moved as asked; the sentence says why."""


def merge(session: Session, merged: Customer, into: Customer, user: User, now: datetime) -> CustomerMove:
    """All that belongs to `merged` belongs to `into` from now on."""
    demand(user, Right.KEEP_CUSTOMERS)
    if merged.id == into.id:
        raise MovingError("A customer cannot be merged with itself.")
    if merged.merged_into is not None or into.merged_into is not None:
        raise MovingError("One of the two was merged already.")
    session.flush()
    moved = {
        f"{column.table.name}.{column.name}": ids
        for column in _naming_a_customer()
        if (ids := _moving(session, column, merged.id or 0, into.id or 0))
    }
    before = {"merged": _card(merged), "into": _card(into)}
    _move(session, moved, into.id or 0)
    _join_cards(merged, into)
    hand_visits_to(session, into, into.owner_id)
    _file(session, merged, into)
    move = _kept(session, merged, into, None, moved, before, user, now)
    details = {"customer": into.id, "merged": merged.id, "move": move.id}
    log(session, "customers_merged", now, user_id=user.id, details=details)
    tell(session, DESK, now)
    return move


def move_contact(
    session: Session, contact: Contact, into: Customer, user: User, now: datetime, *, with_cases: bool
) -> CustomerMove:
    """The contact works for another customer; with him, if wanted, go the cases that he opened."""
    demand(user, Right.KEEP_CUSTOMERS)
    if contact.customer_id == into.id:
        raise MovingError("The contact is of this customer already.")
    if into.merged_into is not None:
        raise MovingError("One of the two was merged already.")
    session.flush()
    before = session.get_one(Customer, contact.customer_id)
    moved = {"contacts.customer_id": [contact.id or 0]}
    if with_cases:
        moved |= _of_contacts(session, [contact.id or 0], contact.customer_id, since=0)
    _move(session, moved, into.id or 0)
    _file(session, before, into)
    move = _kept(session, before, into, contact, moved, {}, user, now)
    details = {"customer": into.id, "contact": contact.id, "before": before.id, "move": move.id}
    log(session, "contact_moved", now, user_id=user.id, details=details)
    tell(session, DESK, now)
    return move


def undo(session: Session, move: CustomerMove, user: User, now: datetime) -> None:
    """Move back exactly what was moved, and the cases that the moved contacts have opened since."""
    demand(user, Right.KEEP_CUSTOMERS)
    if move.undone_at is not None:
        raise MovingError("This was undone already.")
    origin = session.get_one(Customer, move.from_id)
    into = session.get_one(Customer, move.into_id)
    if into.merged_into is not None or (move.contact_id is not None and origin.merged_into is not None):
        later = customer_code(into.merged_into or origin.merged_into or 0)
        raise MovingError(f"Undo the later merge into {later} first.")
    session.flush()
    contacts = move.moved.get("contacts.customer_id", [])
    since = _of_contacts(session, contacts, into.id or 0, since=move.last_case_id)
    # What was moved on since, or deleted, is left where it is.
    for moved in (move.moved, since):
        _move(session, moved, origin.id or 0, only_from=into.id or 0)
    _restore(into, move.before.get("into", {}), _joined(move))
    _restore(origin, move.before.get("merged", {}), {"merged_into": into.id})
    for customer in (origin, into):
        hand_visits_to(session, customer, customer.owner_id)
    _file(session, origin, into)
    move.undone_at = now
    details = {"customer": into.id, "origin": origin.id, "contact": move.contact_id, "move": move.id}
    log(session, "move_undone", now, user_id=user.id, details=details)
    tell(session, DESK, now)


def moves_into(session: Session, customer: Customer) -> list[CustomerMove]:
    """What was moved to this customer and can still go back, newest first."""
    return list(
        session.exec(
            rows(CustomerMove)
            .where(col(CustomerMove.into_id) == customer.id, col(CustomerMove.undone_at).is_(None))
            .order_by(col(CustomerMove.id).desc())
            .limit(20)
        )
    )


def _file(session: Session, *customers: Customer) -> None:
    """Let the search find them by the contacts they have now."""
    session.flush()
    file_customers(session.connection(), [customer.id or 0 for customer in customers])


def _naming_a_customer() -> Iterator[Column[Any]]:
    """Every column of every table that refers to a customer, also in rooms that we do not know."""
    apart = {Customer.__tablename__, CustomerMove.__tablename__}
    for table in metadata.sorted_tables:
        if table.name not in apart:
            yield from (
                column
                for column in table.columns
                if any(key.column.table.name == Customer.__tablename__ for key in column.foreign_keys)
            )


def _moving(session: Session, column: Column[Any], merged: int, into: int) -> list[int]:
    """The rows of the merged customer, but for those of which the other has its own, as a planned visit."""
    table = column.table
    assert isinstance(table, Table)
    taken = [_has_its_own(table, column, unique, into) for unique in _uniques(table, column)]
    found = select(table.c.id).where(column == merged, *[~one for one in taken]).order_by(table.c.id)
    return list(session.connection().execute(found).scalars())


def _uniques(table: Table, column: Column[Any]) -> list[list[Column[Any]]]:
    """The other columns of each constraint that lets a customer have such a row once."""
    sets = [list(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    sets += [list(index.columns) for index in table.indexes if index.unique]
    return [[other for other in columns if other is not column] for columns in sets if column in columns]


def _has_its_own(
    table: Table, column: Column[Any], unique: list[Column[Any]], into: int
) -> ColumnElement[bool]:
    own = table.alias()
    same = [own.c[other.name] == other for other in unique]
    return exists().where(own.c[column.name] == into, *same)


def _of_contacts(session: Session, contacts: list[int], customer: int, *, since: int) -> dict[str, list[int]]:
    """The cases of these contacts with the customer, opened after case `since`, and what hangs on them."""
    cases: list[int] = []
    asked: list[int] = []
    for some in _parts(contacts):
        opened = rows(Case.id).where(
            col(Case.contact_id).in_(some), col(Case.customer_id) == customer, col(Case.id) > since
        )
        cases += [case_id or 0 for case_id in session.exec(opened)]
        if since == 0:
            invited = rows(SurveyInvitation.id).where(
                col(SurveyInvitation.contact_id).in_(some), col(SurveyInvitation.customer_id) == customer
            )
            asked += [invitation or 0 for invitation in session.exec(invited)]
    required: list[int] = []
    for some in _parts(cases):
        wanted = rows(SpecialRequirement.id).where(
            col(SpecialRequirement.case_id).in_(some), col(SpecialRequirement.customer_id) == customer
        )
        required += [requirement or 0 for requirement in session.exec(wanted)]
    found = {
        "cases.customer_id": cases,
        "special_requirements.customer_id": required,
        "survey_invitations.customer_id": asked,
    }
    return {name: sorted(ids) for name, ids in found.items() if ids}


def _move(session: Session, moved: dict[str, list[int]], to: int, *, only_from: int | None = None) -> None:
    for name, ids in moved.items():
        table_name, _, column_name = name.partition(".")
        table = metadata.tables[table_name]
        column = table.c[column_name]
        still = [column == only_from] if only_from is not None else []
        for some in _parts(ids):
            changed = update(table).where(table.c.id.in_(some), *still).values({column_name: to})
            session.connection().execute(changed)
    session.expire_all()


def _join_cards(merged: Customer, into: Customer) -> None:
    """The one that stays keeps its own words and takes what it lacks."""
    for name in ("owner_id", "required_language", "required_manner"):
        if getattr(into, name) is None:
            setattr(into, name, getattr(merged, name))
    into.region = into.region or merged.region
    if CustomerStatus.EXISTING in (merged.status, into.status):
        into.status = CustomerStatus.EXISTING
    if merged.notes:
        into.notes = f"{into.notes}\n{merged.notes}".strip()
    # No survey counts a customer that is part of another.
    merged.status, merged.merged_into = CustomerStatus.POTENTIAL, into.id


def _joined(move: CustomerMove) -> dict[str, Any]:
    """What merging wrote into the card that stays."""
    if not move.before:
        return {}
    merged, into = Customer(**move.before["merged"]), Customer(**move.before["into"])
    _join_cards(merged, into)
    return _card(into)


def _restore(customer: Customer, before: dict[str, Any], written: dict[str, Any]) -> None:
    """Put back what merging wrote; what a person has changed since stays."""
    for name, value in before.items():
        if name not in written or getattr(customer, name) == written[name]:
            setattr(customer, name, value)


def _card(customer: Customer) -> dict[str, Any]:
    return {name: getattr(customer, name) for name in _OF_A_CARD}


def _kept(
    session: Session,
    origin: Customer,
    into: Customer,
    contact: Contact | None,
    moved: dict[str, list[int]],
    before: dict[str, Any],
    user: User,
    now: datetime,
) -> CustomerMove:
    newest = session.exec(rows(func.max(col(Case.id)))).one()
    move = CustomerMove(
        from_id=origin.id or 0,
        into_id=into.id or 0,
        contact_id=contact.id if contact else None,
        moved=moved,
        before=before,
        last_case_id=newest or 0,
        user_id=user.id or 0,
        at=now,
    )
    session.add(number(session, move))
    return move


def _parts(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
