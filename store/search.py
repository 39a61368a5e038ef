"""The search index: which cases say these words, or are of a customer with this name, code or address.

Two small indexes made of the same words (`store/search_words`), on SQLite as FTS5, on PostgreSQL as tsvectors
under GIN. They are filled in the transaction that writes the rows: `store/adding` tells of new messages, and
of customers whose name, contacts or addresses changed. Whoever bypasses the session calls `file_customers`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, event, text
from sqlmodel import Session, col

from store.adding import KEPT, AddingSession, followers
from store.search_words import Term, terms_in, words_in
from store.tables import Case, Contact, ContactAddress, Customer, customer_code

# A word that stands in half of all messages is no search: the newest hits are looked at.
MESSAGES_LOOKED_AT = 1000
CUSTOMERS_LOOKED_AT = 200
CASES_FOUND = 1000
_FILED_AT_ONCE = 1000

_MAKE = {
    "sqlite": (
        # No copy of the words is kept: our own rows are the copy. PO or KX begins a thousand numbers, whose
        # lists would each be read if what begins with two letters had none of its own.
        "CREATE VIRTUAL TABLE search_messages USING fts5"
        "(words, content='', columnsize=0, detail=none, prefix='2', tokenize='ascii')",
        "CREATE VIRTUAL TABLE search_customers USING fts5(words, detail=none, tokenize='ascii')",
        "CREATE TRIGGER search_customers_forget AFTER DELETE ON customers"
        " BEGIN DELETE FROM search_customers WHERE rowid = old.id; END",
    ),
    "postgresql": (
        "CREATE TABLE search_messages (message_id INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE,"
        " case_id INTEGER NOT NULL, words TSVECTOR NOT NULL)",
        "CREATE INDEX search_messages_words ON search_messages USING gin (words)",
        "CREATE TABLE search_customers"
        " (customer_id INTEGER PRIMARY KEY REFERENCES customers ON DELETE CASCADE, words TSVECTOR NOT NULL)",
        "CREATE INDEX search_customers_words ON search_customers USING gin (words)",
    ),
}
_FILE_MESSAGE = {
    "sqlite": "INSERT INTO search_messages (rowid, words) VALUES (:id, :words)",
    "postgresql": "INSERT INTO search_messages VALUES (:id, :case_id, array_to_tsvector(:words))",
}
_FORGET_MESSAGE = {
    "sqlite": "INSERT INTO search_messages (search_messages, rowid, words) VALUES ('delete', :id, :words)",
    "postgresql": "DELETE FROM search_messages WHERE message_id = :id",
}
_FILE_CUSTOMER = {
    "sqlite": "INSERT OR REPLACE INTO search_customers (rowid, words) VALUES (:id, :words)",
    "postgresql": "INSERT INTO search_customers VALUES (:id, array_to_tsvector(:words))"
    " ON CONFLICT (customer_id) DO UPDATE SET words = excluded.words",
}
_NEWEST_SAYING = {
    "sqlite": "SELECT messages.case_id FROM search_messages"
    " JOIN messages ON messages.id = search_messages.rowid"
    " WHERE search_messages MATCH :terms ORDER BY search_messages.rowid DESC LIMIT :most",
    "postgresql": "SELECT case_id FROM search_messages WHERE words @@ CAST(:terms AS tsquery)"
    " ORDER BY message_id DESC LIMIT :most",
}
_OF_CUSTOMERS = {
    "sqlite": "SELECT id FROM cases WHERE customer_id IN (SELECT rowid FROM search_customers"
    " WHERE search_customers MATCH :terms LIMIT :customers) ORDER BY id DESC LIMIT :most",
    "postgresql": "SELECT id FROM cases WHERE customer_id IN (SELECT customer_id FROM search_customers"
    " WHERE words @@ CAST(:terms AS tsquery) LIMIT :customers) ORDER BY id DESC LIMIT :most",
}
_OWNERS = "SELECT customer_id FROM contacts WHERE id IN ({})"
_AMONG = {
    "sqlite": "SELECT value FROM json_each(:ids)",
    "postgresql": "SELECT CAST(value AS INTEGER) FROM json_array_elements_text(CAST(:ids AS json))",
}


@dataclass(frozen=True)
class Found:
    """The cases that were found, and whether there may be older ones that were not looked at."""

    cases: frozenset[int]
    more: bool

    def condition(self, session: Session) -> ColumnElement[bool]:
        """The same as a condition on cases, at one price for any number of them."""
        among = text(_AMONG[_kind(session.connection())]).bindparams(
            bindparam("ids", json.dumps(sorted(self.cases)), unique=True)
        )
        return col(Case.id).in_(among)


def find_cases(session: Session, q: str) -> Found:
    """The cases whose messages say all of this, or whose customer is called so."""
    terms = terms_in(q)
    if not terms:
        return Found(frozenset(), more=False)
    connection = session.connection()
    kind = _kind(connection)
    values = {"terms": _SPELLED[kind](terms), "most": MESSAGES_LOOKED_AT}
    saying = connection.execute(text(_NEWEST_SAYING[kind]), values).scalars().all()
    values |= {"customers": CUSTOMERS_LOOKED_AT, "most": CASES_FOUND}
    theirs = connection.execute(text(_OF_CUSTOMERS[kind]), values).scalars().all()
    return Found(
        frozenset(saying) | frozenset(theirs),
        more=len(saying) == MESSAGES_LOOKED_AT or len(theirs) == CASES_FOUND,
    )


def file_messages(connection: Connection, messages: Sequence[Mapping[str, Any]]) -> None:
    """New messages can be found from now on; each is the row's values."""
    kind = _kind(connection)
    connection.execute(text(_FILE_MESSAGE[kind]), [_message(kind, message) for message in messages])


def forget_messages(connection: Connection, messages: Sequence[Mapping[str, Any]]) -> None:
    """They cannot be found any more. Called before their rows are deleted or changed."""
    kind = _kind(connection)
    connection.execute(text(_FORGET_MESSAGE[kind]), [_message(kind, message) for message in messages])


def file_customers(connection: Connection, customer_ids: Iterable[int]) -> None:
    """These customers can be found by what they, their contacts and addresses are called now."""
    kind, among = _kind(connection), {"ids": json.dumps(sorted(customer_ids))}
    named: dict[int, list[str]] = defaultdict(list)
    for query in (
        "SELECT id, name FROM customers WHERE id IN ({})",
        "SELECT customer_id, name FROM contacts WHERE customer_id IN ({})",
        "SELECT contacts.customer_id, contact_addresses.address FROM contacts"
        " JOIN contact_addresses ON contact_addresses.contact_id = contacts.id"
        " WHERE contacts.customer_id IN ({})",
    ):
        for customer_id, name in connection.execute(text(query.format(_AMONG[kind])), among):
            named[customer_id].append(name)
    if named:
        rows = [
            {"id": customer_id, "words": _words(kind, "\n".join([customer_code(customer_id), *names]))}
            for customer_id, names in sorted(named.items())
        ]
        connection.execute(text(_FILE_CUSTOMER[kind]), rows)


def make_index(connection: Connection) -> None:
    """Make the index of an older database and file what it holds; for a migration."""
    for statement in _MAKE[_kind(connection)]:
        connection.execute(text(statement))
    _file_all_messages(connection)
    customers = text("SELECT id FROM customers WHERE id > :last ORDER BY id LIMIT :most")
    last = 0
    while ids := connection.execute(customers, {"last": last, "most": _FILED_AT_ONCE}).scalars().all():
        file_customers(connection, ids)
        last = ids[-1]


def make_message_index_anew(connection: Connection) -> None:
    """Make SQLite's index of messages as this version has it, and file all of them; for a migration."""
    connection.execute(text("DROP TABLE search_messages"))
    connection.execute(text(_MAKE["sqlite"][0]))
    _file_all_messages(connection)


def _file_all_messages(connection: Connection) -> None:
    messages = text(
        "SELECT id, case_id, subject, text, sender_name, sender_address FROM messages"
        " WHERE id > :last ORDER BY id LIMIT :most"
    )
    last = 0
    while rows := connection.execute(messages, {"last": last, "most": _FILED_AT_ONCE}).mappings().all():
        file_messages(connection, [dict(row) for row in rows])
        last = rows[-1]["id"]


def _follow(session: Session, written: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    """File the messages just written, and remember whose names changed."""
    if messages := written.get("messages"):
        file_messages(session.connection(), messages)
    customers, contacts = session.info.setdefault(KEPT, (set(), set()))
    customers.update(row["id"] for row in written.get("customers", ()))
    customers.update(row["customer_id"] for row in written.get("contacts", ()))
    contacts.update(row["contact_id"] for row in written.get("contact_addresses", ()))
    for row in (*session.dirty, *session.deleted):
        if isinstance(row, Customer):
            customers.add(row.id)
        elif isinstance(row, Contact):
            customers.add(row.customer_id)
            contacts.add(row.id)
        elif isinstance(row, ContactAddress):
            contacts.add(row.contact_id)


followers.append(_follow)


@event.listens_for(AddingSession, "before_commit")
def _file_changed_customers(session: Session) -> None:
    session.flush()
    customers, contacts = session.info.pop(KEPT, (set(), set()))
    if contacts:
        kind = _kind(session.connection())
        owners = text(_OWNERS.format(_AMONG[kind]))
        customers.update(
            session.connection().execute(owners, {"ids": json.dumps(sorted(contacts))}).scalars()
        )
    if customers:
        file_customers(session.connection(), customers)


def _message(kind: str, message: Mapping[str, Any]) -> dict[str, Any]:
    said = (message["subject"], message["sender_name"], message["sender_address"], message["text"])
    words = _words(kind, "\n".join(part for part in said if part))
    return {"id": message["id"], "case_id": message["case_id"], "words": words}


def _words(kind: str, said: str) -> Any:
    words = sorted(words_in(said))
    return " ".join(words) if kind == "sqlite" else words


def _spelled_for_sqlite(terms: Sequence[Term]) -> str:
    def one(term: Term) -> str:
        word = f'"{term.word}"' + "*" * term.begins
        if not term.pieces:
            return word
        pieces = " AND ".join(f'"{piece}"' for piece in term.pieces)
        return f"({word} OR ({pieces}*))"

    return " AND ".join(one(term) for term in terms)


def _spelled_for_postgresql(terms: Sequence[Term]) -> str:
    def one(term: Term) -> str:
        word = f"'{term.word}'" + ":*" * term.begins
        if not term.pieces:
            return word
        pieces = " & ".join(f"'{piece}'" for piece in term.pieces)
        return f"({word} | ({pieces}:*))"

    return " & ".join(one(term) for term in terms)


_SPELLED = {"sqlite": _spelled_for_sqlite, "postgresql": _spelled_for_postgresql}


def _kind(connection: Connection) -> str:
    return connection.dialect.name
