"""What the message names: product, numbers, order, date, amount. Nothing invented."""

import datetime as dt
from collections.abc import Sequence

from nlp.codes import order_no_of, part_no_of
from nlp.due_dates import due_date_of
from nlp.matching import Hit
from nlp.money import claim_amount_of
from nlp.page import Page
from nlp.product import product_of
from nlp.quantities import quantity_of
from nlp.reading import Entities, Kind


def entities_of(
    page: Page, kind: Kind, claim: bool, written: dt.date | None, hits: Sequence[Hit] = ()
) -> Entities:
    """The entities of one message, in the words of the customer."""
    if kind in (Kind.OTHER, Kind.SUGGESTION):
        return Entities()
    words = page.original
    order = order_no_of(page, kind)
    part = part_no_of(page, order)
    quantity = quantity_of(page.folded, kind)
    product = product_of(page, kind, quantity, hits)
    due = due_date_of(page.folded, kind, written)
    amount = claim_amount_of(page.folded) if claim else None
    unit = quantity.unit if quantity else None
    return Entities(
        product=words[product[0] : product[1]] if product else None,
        part_no=words[part.start : part.end] if part else None,
        order_no=words[order.start : order.end] if order else None,
        quantity=quantity.number if quantity else None,
        quantity_unit=words[unit[0] : unit[1]] if unit else None,
        due_date_text=words[due.start : due.end] if due else None,
        due_date=due.day if due else None,
        claim_amount=words[amount[0] : amount[1]] if amount else None,
    )
