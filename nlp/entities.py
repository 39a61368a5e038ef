"""What the message names: product, numbers, order, date, amount. Nothing invented."""

import re
from datetime import date

from nlp.numbers import ARABIC, CHINESE, number_of
from nlp.reading import Entities, Kind

_UNIT = "件|个|只|套|台|支|条|根|片|块|张|卷|盘|箱|pcs|sets|units|pieces|ea|nos"
_QUANTITY = re.compile(rf"(?<![\w.\-±])({ARABIC}|{CHINESE}+)\s?(万|千|百|k|w)?\s?({_UNIT})(?![a-z])")
_ORDER = re.compile(r"(?:PO|P\.O\.|订单号?|合同号?|[Oo]rder)[#\s:：]*([A-Z0-9][A-Z0-9\-/]{2,20})")


def entities_of(original: str, folded: str, kind: Kind, day: date | None) -> Entities:
    """The entities of one message; `original` and `folded` have the same length."""
    if kind is Kind.OTHER:
        return Entities()
    quantity, unit = None, None
    if found := _QUANTITY.search(folded):
        quantity, unit = number_of(found[1], found[2]), original[found.start(3) : found.end(3)]
    order = _ORDER.search(original)
    del day
    return Entities(order_no=order[1] if order else None, quantity=quantity, quantity_unit=unit)
