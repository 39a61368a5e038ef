"""Bringing customers in from a table: what is new is added, what differs is changed, the rest stays.

Told apart by the company's own code, else by name; a row more of the same customer is one contact more.
Empty cells change nothing. What cannot be taken is told with its row, and the row is left out whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from casework.customer_book.card import CHANNELS, address_problem, as_kept
from casework.customer_book.sheets import SheetRow
from casework.customer_book.visits import hand_visits_to
from casework.rights import Right, demand, may
from store.adding import number
from store.history import DESK, log, tell
from store.tables import Channel, Contact, ContactAddress, Customer, CustomerStatus, User

Word = TypeVar("Word")
AT_ONCE = 500
PROBLEMS_TOLD = 200
STATUSES = {
    **dict.fromkeys(
        ("现有", "现有客户", "老客户", "成交", "existing", "customer", "active"), CustomerStatus.EXISTING
    ),
    **dict.fromkeys(("潜在", "潜在客户", "意向", "potential", "prospect", "lead"), CustomerStatus.POTENTIAL),
}
TONGUES = {
    **dict.fromkeys(("zh", "中文", "简体", "简体中文", "chinese", "汉语"), "zh"),
    **dict.fromkeys(("zh-hant", "繁体", "繁体中文", "繁體", "繁體中文"), "zh-Hant"),
    **dict.fromkeys(("en", "英文", "英语", "english"), "en"),
}
MANNERS = {channel.value: channel for channel in CHANNELS} | {
    **dict.fromkeys(("邮件", "电子邮件", "邮箱", "mail"), Channel.EMAIL),
    **dict.fromkeys(("电话", "手机"), Channel.PHONE),
    **dict.fromkeys(("微信", "企业微信", "wechat"), Channel.WECOM),
    **dict.fromkeys(("传真",), Channel.FAX),
    **dict.fromkeys(("信函",), Channel.LETTER),
}
_ADDRESSES = {"email": Channel.EMAIL, "phone": Channel.PHONE, "fax": Channel.FAX, "wecom": Channel.WECOM}
_LONGEST = {"name": 200, "own_code": 40, "contact": 200, "region": 60}


@dataclass(frozen=True)
class RowProblem:
    """Why a row cannot be taken, in a sentence."""

    row: int
    sentence: str


@dataclass
class Imported:
    """What an import did, or would do."""

    rows: int = 0
    added: int = 0  # customers
    changed: int = 0
    contacts: int = 0  # new ones
    unchanged: int = 0  # rows that told nothing new
    wrong: int = 0  # rows left out
    problems: list[RowProblem] = field(default_factory=list)  # the first of them

    @property
    def does_something(self) -> bool:
        return bool(self.added or self.changed or self.contacts)


@dataclass(frozen=True)
class _Meant:
    """A row in our words."""

    row: int
    name: str
    own_code: str | None
    card: dict[str, Any]  # only what the row says
    contact: str
    language: str
    addresses: tuple[tuple[Channel, str], ...]


class _WrongRowError(Exception):
    """The sentence says what is wrong with the row."""


def import_customers(
    session: Session, rows: Iterable[SheetRow], user: User | None, now: datetime
) -> Imported:
    """Write the rows into the book; some hundred at a time, so that memory stays flat.

    Without a user it is done at the command line, by whoever keeps the program.
    """
    if user is not None:
        demand(user, Right.KEEP_CUSTOMERS)
    done = Imported()
    people = {
        person.name.casefold(): person.id or 0 for person in session.exec(select(User)) if person.active
    }
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        meant = list(_understood(some, people, done))
        _take(session, meant, user, now, done)
        session.flush()
        session.expunge_all()
    if done.does_something:
        numbers = {"rows": done.rows, "added": done.added, "changed": done.changed, "contacts": done.contacts}
        log(session, "customers_imported", now, user_id=user.id if user else None, details=numbers)
        tell(session, DESK, now)
    return done


def _understood(rows: list[SheetRow], people: dict[str, int], done: Imported) -> Iterator[_Meant]:
    for row in rows:
        done.rows += 1
        try:
            yield _meant(row, people)
        except _WrongRowError as problem:
            _leave_out(done, row.number, str(problem))


def _leave_out(done: Imported, row: int, sentence: str) -> None:
    done.wrong += 1
    if len(done.problems) < PROBLEMS_TOLD:
        done.problems.append(RowProblem(row, sentence))


def _meant(row: SheetRow, people: dict[str, int]) -> _Meant:
    values = row.values
    name = values.get("name", "")
    if not name:
        raise _WrongRowError("The customer has no name.")
    for key, longest in _LONGEST.items():
        if len(values.get(key, "")) > longest:
            raise _WrongRowError(f"A cell has more than {longest} characters.")
    card: dict[str, Any] = {}
    if said := values.get("status"):
        card["status"] = _known(STATUSES, said, "customer status")
    if said := values.get("language"):
        card["required_language"] = _known(TONGUES, said, "language that we write")
    if said := values.get("manner"):
        card["required_manner"] = _known(MANNERS, said, "channel by which we answer").value
    if said := values.get("owner"):
        card["owner_id"] = _known(people, said, "colleague of ours")
    if said := values.get("region"):
        card["region"] = said
    if said := values.get("notes"):
        card["notes"] = said
    addresses = []
    for key, channel in _ADDRESSES.items():
        for one in _several(channel, values.get(key, "")):
            if problem := address_problem(channel, one):
                raise _WrongRowError(problem)
            addresses.append((channel, one))
    return _Meant(
        row=row.number,
        name=name,
        own_code=values.get("own_code"),
        card=card,
        contact=values.get("contact", ""),
        language=card.get("required_language") or _language_of(name),
        addresses=tuple(dict.fromkeys(addresses)),
    )


def _known(words: Mapping[str, Word], said: str, what: str) -> Word:
    found = words.get(said.casefold())
    if found is None:
        raise _WrongRowError(f'"{said}" is no {what}.')
    return found


def _several(channel: Channel, cell: str) -> list[str]:
    """Addresses in one cell: a@x.example; b@x.example."""
    for mark in ";；、\n":
        cell = cell.replace(mark, "|")
    if channel == Channel.EMAIL:
        cell = cell.replace(",", "|").replace("，", "|")
    return [as_kept(channel, one) for one in cell.split("|") if one.strip()]


def _language_of(name: str) -> str:
    return "en" if name.isascii() else "zh"


@dataclass
class _Book:
    """What the database knows of the customers in some rows."""

    by_code: dict[str, Customer] = field(default_factory=dict)
    by_name: dict[str, list[Customer]] = field(default_factory=dict)
    contacts: dict[int, dict[str, Contact]] = field(default_factory=dict)
    holders: dict[tuple[str, str], Contact] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)


def _take(session: Session, rows: list[_Meant], user: User | None, now: datetime, done: Imported) -> None:
    book = _looked_up(session, rows)
    sees_only = None if user is None or may(user.role, Right.SEE_ALL_CASES) else user.id
    for row in rows:
        try:
            news = _write(session, book, row, sees_only, now, done)
        except _WrongRowError as problem:
            _leave_out(done, row.row, str(problem))
        else:
            done.unchanged += not news


def _looked_up(session: Session, rows: list[_Meant]) -> _Book:
    """A handful of queries for some hundred rows. A merged customer stands for the one it became part of."""
    book = _Book()
    codes = {row.own_code for row in rows if row.own_code}
    names = {row.name for row in rows}
    found = session.exec(
        select(Customer).where(col(Customer.own_code).in_(codes) | col(Customer.name).in_(names))
    ).all()
    parts = {customer.merged_into for customer in found if customer.merged_into}
    whole = {one.id: one for one in session.exec(select(Customer).where(col(Customer.id).in_(parts)))}
    for customer in found:
        stands = whole[customer.merged_into] if customer.merged_into else customer
        if customer.own_code:
            book.by_code[customer.own_code] = stands
        if stands not in (same := book.by_name.setdefault(customer.name, [])):
            same.append(stands)
    ids = {customer.id for same in book.by_name.values() for customer in same}
    ids |= {customer.id for customer in book.by_code.values()}
    for contact in session.exec(select(Contact).where(col(Contact.customer_id).in_(ids))):
        book.contacts.setdefault(contact.customer_id, {}).setdefault(contact.name, contact)
    addresses = {address for row in rows for _channel, address in row.addresses}
    for held, contact in session.exec(
        select(ContactAddress, Contact)
        .join(Contact, col(Contact.id) == col(ContactAddress.contact_id))
        .where(col(ContactAddress.address).in_(addresses))
    ):
        book.holders[held.channel, held.address] = contact
    return book


def _write(
    session: Session, book: _Book, row: _Meant, sees_only: int | None, now: datetime, done: Imported
) -> bool:
    """Take one row; whether it told anything new."""
    customer = _customer_of(book, row)
    holders = {book.holders[one].customer_id for one in row.addresses if one in book.holders}
    if customer is not None and sees_only is not None and customer.owner_id not in (None, sees_only):
        raise _WrongRowError("A colleague looks after this customer; ask a head to import it.")
    if holders - {customer.id if customer else None}:
        raise _WrongRowError("The address of this row belongs to another customer.")
    news = False
    if customer is None:
        customer = _added(session, book, row, now)
        done.added += 1
        news = True
    elif _changed(session, customer, row):
        done.changed += customer.id not in book.fresh
        news = True
    return _take_contact(session, book, customer, row, now, done) or news


def _customer_of(book: _Book, row: _Meant) -> Customer | None:
    if row.own_code and row.own_code in book.by_code:
        return book.by_code[row.own_code]
    # Another code is another company, though it bears the same name.
    same = [
        one
        for one in book.by_name.get(row.name, ())
        if not row.own_code or one.own_code in (None, row.own_code)
    ]
    if len(same) > 1:
        raise _WrongRowError("Several customers bear this name; give their codes.")
    return same[0] if same else None


def _added(session: Session, book: _Book, row: _Meant, now: datetime) -> Customer:
    customer = Customer(name=row.name, own_code=row.own_code, created_at=now, **row.card)
    session.add(number(session, customer))
    book.by_name.setdefault(row.name, []).append(customer)
    if row.own_code:
        book.by_code[row.own_code] = customer
    book.fresh.add(customer.id or 0)
    return customer


def _changed(session: Session, customer: Customer, row: _Meant) -> bool:
    wanted = dict(row.card)
    if row.own_code:
        wanted |= {"own_code": row.own_code, "name": row.name}
    differing = {name: value for name, value in wanted.items() if getattr(customer, name) != value}
    for name, value in differing.items():
        setattr(customer, name, value)
    if "owner_id" in differing:
        hand_visits_to(session, customer, customer.owner_id)
    return bool(differing)


def _take_contact(
    session: Session, book: _Book, customer: Customer, row: _Meant, now: datetime, done: Imported
) -> bool:
    if not row.contact and not row.addresses:
        return False
    known = book.contacts.setdefault(customer.id or 0, {})
    held = next((book.holders[one] for one in row.addresses if one in book.holders), None)
    contact = known.get(row.contact) or held
    if contact is None:
        name = row.contact or row.addresses[0][1]
        contact = Contact(
            customer_id=customer.id or 0, name=name[:200], language=row.language, created_at=now
        )
        session.add(number(session, contact))
        known[contact.name] = contact
        done.contacts += 1
        news = True
    else:
        news = False
    for channel, address in row.addresses:
        if (channel, address) not in book.holders:
            held_here = ContactAddress(contact_id=contact.id or 0, channel=channel, address=address)
            session.add(number(session, held_here))  # a later row must see it
            book.holders[channel, address] = contact
            news = True
    return news
