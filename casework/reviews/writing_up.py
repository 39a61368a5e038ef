"""Writing up an order: prefilled from what was read, completed by people, confirmed by the customer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from casework.reviews.errors import ReviewError
from casework.reviews.voiding import withdraw
from casework.reviews.wording import FIELDS, differences, sha256_of, wording_of
from casework.rights import Right, demand
from store.desk import visible
from store.history import DESK, log, tell
from store.tables import (
    Case,
    Channel,
    ContractClass,
    Customer,
    CustomerStatus,
    DialogueAnswer,
    Direction,
    Message,
    MessageReading,
    Order,
    User,
)

ORAL = frozenset({Channel.PHONE, Channel.VISIT, Channel.ONSITE})
# What an order must name before it can be judged (S0): asked of the customer when missing.
NEEDED = ("product", "quantity", "due_on", "address", "payment", "quality")
_READ = {
    "product": "product",
    "part_no": "model",
    "order_no": "customer_order_no",
    "quantity": "quantity",
    "quantity_unit": "unit",
    "due_date": "due_on",
}


@dataclass(frozen=True)
class Terms:
    """An order as the form gives it; the names are those of `Order`."""

    customer_order_no: str = ""
    product: str = ""
    model: str = ""
    quantity: float | None = None
    unit: str = ""
    due_on: date | None = None
    address: str = ""
    payment: str = ""
    quality: str = ""
    value_cents: int | None = None
    currency: str = "CNY"
    contract_class: ContractClass = ContractClass.REGULAR
    first_order: bool = False
    changed_standard: bool = False
    tender: bool = False
    foreign_trade: bool = False
    oral: bool = False
    beyond_sales: bool = False
    liability: bool = False


def missing(terms: Terms | Order) -> tuple[str, ...]:
    """What the order does not say yet. A model number names a product as well as its name does."""
    return tuple(
        name for name in NEEDED if not getattr(terms, name) and not (name == "product" and terms.model)
    )


def order_of(session: Session, case_id: int | None) -> Order | None:
    """The order of a case, once it was written up."""
    return session.exec(select(Order).where(col(Order.case_id) == case_id)).first()


def accepted_orders(session: Session, case: Case, sees_only: int | None) -> list[Order]:
    """The customer's orders in other cases that a supplementary contract (补充合同) may supplement.

    `sees_only` narrows them to cases that this person may see.
    """
    return list(
        session.exec(
            select(Order)
            .join(Case, col(Case.id) == col(Order.case_id))
            .where(
                col(Case.customer_id) == case.customer_id,
                col(Order.case_id) != case.id,
                col(Order.accepted_at).is_not(None),
                *visible(sees_only),
            )
            .order_by(col(Order.id).desc())
            .limit(50)
        )
    )


def terms_of(order: Order) -> Terms:
    """The order as the form shows it."""
    return Terms(**{name: getattr(order, name) for name in FIELDS})


def read_terms(session: Session, case: Case) -> Terms:
    """What the reader found in the customer's messages; what was said later counts."""
    found: dict[str, Any] = {}
    rows = session.exec(
        select(MessageReading.entities)
        .join(Message, col(Message.id) == col(MessageReading.message_id))
        .where(col(Message.case_id) == case.id, col(Message.direction) == Direction.IN)
        .order_by(col(Message.at), col(Message.id))
        .limit(100)
    )
    for entities in rows:
        found |= {ours: entities[name] for name, ours in _READ.items() if entities.get(name) is not None}
    found |= _answered(session, case)
    oral = case.channel in ORAL
    return Terms(
        customer_order_no=_short(found, "customer_order_no", 100),
        product=_short(found, "product", 300),
        model=_short(found, "model", 100),
        quantity=found.get("quantity"),
        unit=_short(found, "unit", 20),
        due_on=date.fromisoformat(found["due_on"]) if "due_on" in found else None,
        address=_short(found, "address", 500),
        payment=_short(found, "payment", 500),
        first_order=session.get_one(Customer, case.customer_id).status == CustomerStatus.POTENTIAL,
        oral=oral,
        contract_class=ContractClass.TEMPORARY if oral else ContractClass.REGULAR,
    )


def _answered(session: Session, case: Case) -> dict[str, str]:
    """What the customer answered the bot, as it was said; what was said later counts."""
    rows = session.exec(
        select(DialogueAnswer.question, DialogueAnswer.words)
        .where(
            col(DialogueAnswer.case_id) == case.id, col(DialogueAnswer.question).in_(("address", "payment"))
        )
        .order_by(col(DialogueAnswer.id))
        .limit(100)
    )
    return dict(rows.all())


def write_up(
    session: Session,
    case: Case,
    terms: Terms,
    contract_no: str,
    user: User,
    now: datetime,
    *,
    supplement_of: Order | None = None,
) -> Order:
    """Keep the order as it reads now. Another wording undoes its acceptance and voids its review.

    Everybody who reviewed it, and every department that was told, is told of the change.
    """
    demand(user, Right.ANSWER)
    order = order_of(session, case.id)
    if order is None:
        return _first(session, case, terms, contract_no, user, now, supplement_of)
    before = wording_of(session, order)
    with session.no_autoflush:  # a trigger wants the new wording together with its sha256
        for name in FIELDS:
            setattr(order, name, getattr(terms, name))
        after = wording_of(session, order)
    changed = differences(before, after)
    if not changed and contract_no == order.contract_no:
        return order
    details: dict[str, Any] = {"changed": changed, "before": {name: before[name] for name in changed}}
    order.contract_no = contract_no
    if sha256_of(after) != order.wording_sha256:
        details |= withdraw(session, case, order, after, now)
    log(session, "order_written", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)
    return order


def _first(
    session: Session,
    case: Case,
    terms: Terms,
    contract_no: str,
    user: User,
    now: datetime,
    supplement_of: Order | None,
) -> Order:
    order = Order(
        case_id=case.id or 0,
        supplement_of=supplement_of.id if supplement_of else None,
        contract_no=contract_no,
        created_at=now,
        **{name: getattr(terms, name) for name in FIELDS},
    )
    order.wording_sha256 = sha256_of(wording_of(session, order))
    session.add(order)
    session.flush()
    log(session, "order_written", now, user_id=user.id, case_id=case.id, details={"first": True})
    tell(session, DESK, now)
    return order


def confirm(session: Session, case: Case, order: Order, words: str, user: User, now: datetime) -> None:
    """The customer has confirmed our writing of an oral order (S0 6.4): how, in a sentence."""
    demand(user, Right.ANSWER)
    if not words:
        raise ReviewError("Write down how the customer confirmed the order.")
    order.confirmed_at, order.confirmation, order.confirmed_sha256 = now, words, order.wording_sha256
    log(session, "order_confirmed", now, user_id=user.id, case_id=case.id, details={"words": words})
    tell(session, DESK, now)


def is_confirmed(order: Order) -> bool:
    """Whether the customer has confirmed the present wording."""
    return order.confirmed_sha256 == order.wording_sha256


def _short(found: dict[str, Any], name: str, length: int) -> str:
    return str(found.get(name, ""))[:length]
