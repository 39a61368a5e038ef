"""What the message names: product, numbers, order, date, amount. Nothing invented."""

import datetime as dt
from collections.abc import Mapping, Sequence

from nlp.choosing import Candidate, Span, chosen
from nlp.codes import codes_in
from nlp.dates import resolve
from nlp.due_dates import days_in
from nlp.matching import Hit
from nlp.model import Model
from nlp.money import amounts_in
from nlp.page import Page
from nlp.product import names_in
from nlp.quantities import quantities_in
from nlp.reading import Entities, Kind

# How likely a candidate must be to be given, found on labelled files left out in turn.
SURE = {
    "order_no": 0.3,
    "part_no": 0.35,
    "quantity": 0.2,
    "due_date_text": 0.15,
    "product": 0.57,
    "claim_amount": 0.45,
}
ENTITIES = tuple(SURE)
_NO_BUSINESS = frozenset((Kind.OTHER, Kind.SUGGESTION))
_NONE: dict[str, Sequence[Candidate]] = dict.fromkeys(SURE, ())
# A meaning of the company's own lexicon: its products need no guess.
OWN_PRODUCT = "product"


def entities_of(
    page: Page, kind: Kind, written: dt.date | None, hits: Sequence[Hit], models: Mapping[str, Model]
) -> Entities:
    """The entities of one message, in the words of the customer."""
    found = {
        name: chosen(places, models[name], SURE[name])
        for name, places in candidates(page, kind, hits).items()
    }
    order, quantity, due = found["order_no"], found["quantity"], found["due_date_text"]
    part = found["part_no"]
    own = next((hit for hit in hits if hit.meaning == OWN_PRODUCT), None)
    return Entities(
        product=_words(page, own or found["product"]),
        part_no=_words(page, part) if part and (not order or part.value != order.value) else None,
        order_no=_words(page, order),
        quantity=quantity.value if quantity else None,
        quantity_unit=_words(page, quantity.source) if quantity else None,
        due_date_text=_words(page, due),
        due_date=resolve(due.source, written) if due else None,
        claim_amount=_words(page, found["claim_amount"]),
    )


def candidates(page: Page, kind: Kind, hits: Sequence[Hit]) -> dict[str, Sequence[Candidate]]:
    """What each entity may be; nothing in a message that is no business."""
    if kind in _NO_BUSINESS:
        return _NONE
    text, sort = page.folded, kind.value
    codes = codes_in(page, sort)
    return {
        "order_no": codes,
        "part_no": [code for code in codes if not code.value.isdigit()],
        "quantity": quantities_in(text, sort),
        "due_date_text": days_in(text, page.subject_end, sort),
        "product": names_in(page, hits, sort),
        "claim_amount": amounts_in(text) if kind is Kind.COMPLAINT else (),
    }


def _words(page: Page, place: Candidate | Hit | Span | None) -> str | None:
    return page.original[place.start : place.end] if place else None
