"""Customer and supplier want different things (S3 4.1.4, 4.1.5): settled by all three, else another supplier,
else on file. What is open belongs to the order: reviewing it anew does not make it go away.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlmodel import Session, col, select

from casework.reviews.errors import ReviewError
from casework.reviews.voiding import demand_current
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.tables import Case, Order, Review, ReviewState, SettlementState, SupplierSettlement, User

Side = Literal["customer", "supplier"]


@dataclass(frozen=True)
class At:
    """Where and by whom something is written down: an open review of an order, one of us, a moment."""

    session: Session
    case: Case
    order: Order
    review: Review
    user: User
    now: datetime


def settlements_of(session: Session, order: Order) -> list[SupplierSettlement]:
    """All there were about this order, oldest first."""
    wanted = select(SupplierSettlement).join(Review, col(Review.id) == col(SupplierSettlement.review_id))
    wanted = wanted.where(col(Review.order_id) == order.id).order_by(col(SupplierSettlement.id))
    return list(session.exec(wanted.limit(50)))


def open_settlement(at: At, supplier: str, difference: str) -> SupplierSettlement:
    """The supplier does not agree with what the customer wants: the review waits for a settlement."""
    _demand_open(at)
    if not supplier or not difference:
        raise ReviewError("Write down the supplier and what is disagreed about.")
    settlement = SupplierSettlement(
        review_id=at.review.id or 0,
        supplier=supplier,
        difference=difference,
        opened_by_id=at.user.id or 0,
        opened_at=at.now,
    )
    at.session.add(settlement)
    at.session.flush()
    _note(at, "settlement_opened", settlement, words=difference[:300])
    return settlement


def word_terms(at: At, settlement: SupplierSettlement, terms: str) -> None:
    """What all three could accept; who had confirmed other words has to confirm anew."""
    _demand_open(at, settlement)
    if not terms:
        raise ReviewError("Write down what was agreed.")
    if terms == settlement.terms:
        return
    settlement.terms = terms
    _forget_confirmations(settlement)
    _note(at, "settlement_worded", settlement, words=terms[:300])


def confirm_terms(at: At, settlement: SupplierSettlement, side: Side, name: str, on: date | None) -> None:
    """The customer or the supplier confirms these terms: who, and on which day. With both it is settled."""
    _demand_open(at, settlement)
    if not settlement.terms:
        raise ReviewError("Write down what was agreed.")
    if not name or on is None:
        raise ReviewError("Write down who confirmed it, and on which day.")
    if side == "customer":
        settlement.customer_name, settlement.customer_on = name, on
    else:
        settlement.supplier_name, settlement.supplier_on = name, on
    if settlement.customer_on and settlement.supplier_on:
        _end(at, settlement, SettlementState.SETTLED)
    _note(at, "settlement_confirmed", settlement, side=side, words=name)


def take_other(at: At, settlement: SupplierSettlement, other: str) -> None:
    """Another supplier delivers what the customer wants."""
    _demand_open(at, settlement)
    if not other or other == settlement.supplier:
        raise ReviewError("Write down the other supplier's name.")
    settlement.other_supplier = other
    _end(at, settlement, SettlementState.OTHER_SUPPLIER)
    _note(at, "settlement_ended", settlement, words=other)


def put_on_file(at: At, settlement: SupplierSettlement) -> None:
    """No agreement and no other supplier: on file (备用文件存档). The review does not pass so."""
    _demand_open(at, settlement)
    _end(at, settlement, SettlementState.FILED)
    _note(at, "settlement_ended", settlement)


def take_up_again(at: At, settlement: SupplierSettlement) -> None:
    """It goes on after all."""
    _demand_open(at)
    if settlement.state == SettlementState.OPEN:
        return
    settlement.state, settlement.ended_by_id, settlement.ended_at = SettlementState.OPEN, None, None
    settlement.other_supplier = ""
    _forget_confirmations(settlement)
    _note(at, "settlement_reopened", settlement)


def demand_settled(session: Session, order: Order, *, passing: bool) -> None:
    """Go on concluding only if nothing is open with a supplier; what is on file can only be refused."""
    states = {settlement.state for settlement in settlements_of(session, order)}
    if SettlementState.OPEN in states:
        raise ReviewError("What the supplier disagrees about is open; settle it or put it on file first.")
    if passing and SettlementState.FILED in states:
        raise ReviewError("No agreement with the supplier is on file: the review cannot pass so.")


def _demand_open(at: At, settlement: SupplierSettlement | None = None) -> None:
    demand(at.user, Right.ANSWER)
    if at.review.state != ReviewState.OPEN:
        raise ReviewError("This review is concluded.")
    demand_current(at.session, at.order, at.review)
    if settlement is not None and settlement.state != SettlementState.OPEN:
        raise ReviewError("This settlement has ended; take it up again first.")


def _end(at: At, settlement: SupplierSettlement, state: SettlementState) -> None:
    settlement.state, settlement.ended_by_id, settlement.ended_at = state, at.user.id, at.now


def _forget_confirmations(settlement: SupplierSettlement) -> None:
    settlement.customer_name = settlement.supplier_name = ""
    settlement.customer_on = settlement.supplier_on = None


def _note(at: At, action: str, settlement: SupplierSettlement, **more: str) -> None:
    details = {"review": at.review.number, "supplier": settlement.supplier, "state": settlement.state.value}
    log(at.session, action, at.now, user_id=at.user.id, case_id=at.case.id, details=details | more)
    tell(at.session, DESK, at.now)
