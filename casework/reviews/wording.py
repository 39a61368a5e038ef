"""The wording of an order: what a review binds, by its sha256, and what two wordings differ in."""

import hashlib
import json
from typing import Any

from sqlmodel import Session, col, select

from store.columns import JsonObject
from store.tables import Case, Order, SpecialRequirement

STANDING_SHOWN = 200
# As the trigger `orders_wording` has them.
FIELDS = (
    *("customer_order_no", "product", "model", "quantity", "unit", "due_on", "address", "payment", "quality"),
    *("value_cents", "currency", "contract_class", "first_order", "changed_standard", "tender"),
    *("foreign_trade", "oral", "beyond_sales", "liability"),
)
_REQUIREMENTS = "special_requirements"


def wording_of(session: Session, order: Order) -> JsonObject:
    """All that is agreed: the order's own fields, and the special requirements of its case."""
    found = select(SpecialRequirement.category, SpecialRequirement.sentence).where(
        col(SpecialRequirement.case_id) == order.case_id, col(SpecialRequirement.withdrawn_at).is_(None)
    )
    wants = sorted({tuple(line) for line in session.exec(found)})
    return {name: _plain(getattr(order, name)) for name in FIELDS} | {_REQUIREMENTS: [list(w) for w in wants]}


def sha256_of(wording: JsonObject) -> str:
    """The same wording has the same sha256."""
    return hashlib.sha256(json.dumps(wording, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def differences(before: JsonObject, after: JsonObject) -> list[str]:
    """The names of what differs, in the order of the form."""
    return [name for name in (*FIELDS, _REQUIREMENTS) if before.get(name) != after.get(name)]


def standing_requirements(session: Session, case: Case) -> list[list[str]]:
    """What this customer required in other cases: it applies to its next order, too (S1)."""
    found = (
        select(SpecialRequirement.category, SpecialRequirement.sentence)
        .where(
            col(SpecialRequirement.customer_id) == case.customer_id,
            col(SpecialRequirement.case_id) != case.id,
            col(SpecialRequirement.withdrawn_at).is_(None),
        )
        .order_by(col(SpecialRequirement.id).desc())
        .limit(STANDING_SHOWN)
    )
    return [list(line) for line in dict.fromkeys(tuple(line) for line in session.exec(found))]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else getattr(value, "value", value)
