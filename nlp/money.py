"""How much is claimed: an amount of money with its currency, as written."""

import re

_CURRENCY = (
    r"(?:人民币|rmb|cny|usd|us\$|eur|gbp|chf|sek|nok|dkk|jpy|hkd|hk\$|nt\$|ntd|aud|a\$|cad|sgd|inr|[¥￥$€£])"
)
# Bounded, so that a line of nothing but digits and commas costs its length only.
_DIGITS = r"\d[\d,]{0,14}(?:\.\d{1,4})?"
_HAN = "[零一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾佰仟]"
_AMOUNT = re.compile(
    rf"(?a){_CURRENCY}\s?{_DIGITS}\s?(?:万|k|亿)?(?:余)?元?整?"
    rf"|{_DIGITS}\s?(?:万|千|k|w)?(?:余|多)?\s?(?:元整?|美元|美金|欧元|块|{_CURRENCY}|euros?|dollars?|pounds?)(?!/)"
    rf"|人民币{_HAN}{{2,12}}元?整?|{_HAN}{{2,12}}(?:元整?|块)|{_HAN}{{1,3}}万{_HAN}{{0,4}}(?![个件只套台支片张条块吨])"
)
_UNIT_PRICE = re.compile(r"(?a)(?:单价|每[个件只套台小天]|一小时|per)\s?\S{0,4}$")


def claim_amount_of(folded: str) -> tuple[int, int] | None:
    """Where the claimed amount stands on the page; the last one named is usually the sum."""
    best: tuple[int, int] | None = None
    for place, found in enumerate(_AMOUNT.finditer(folded)):
        if place > 40:
            break
        if not _UNIT_PRICE.search(folded[max(0, found.start() - 8) : found.start()]):
            best = best or found.span()
    return best
