"""How much: the amounts of money of a message that may be what it claims."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from nlp.choosing import AT_MOST, Candidate, around, candidate, placed
from nlp.scanning import scan

_CURRENCY = (
    r"(?:人民币|新?台币|港币|rmb|cny|usd|us\$|eur|gbp|chf|sek|nok|dkk|jpy|hkd|hk\$|nt\$|ntd|twd|aud|a\$|cad|sgd"
    r"|inr|thb|myr|lkr|bdt|pkr|zar|php|vnd|idr|aed|sar|brl|mxn|kes|ngn|r(?= \d)|[¥￥$€£])"
)
# Bounded, so that a line of nothing but digits and commas costs its length only.
_DIGITS = r"\d[\d,]{0,14}(?:\.\d{1,4})?"
_HAN = "[零一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾佰仟]"
_AMOUNT = re.compile(
    rf"(?a)(?<![a-z]){_CURRENCY}\s?(?:{_DIGITS}(?:\s?(?:万|k|亿))?余?元?整?|{_HAN}{{2,12}}元?整?)"
    rf"|(?<![\d.,a-z-]){_DIGITS}\s?(?:[万千kw]?[余多]?\s?(?:元整?|美元|美金|欧元|块|{_CURRENCY}|euros?|dollars?"
    r"|pounds?)(?![/a-z])|万(?![个件只套台支片张条块吨]))"
    rf"|{_HAN}{{2,12}}(?:多|余)?(?:元整?|块)?"
)
_UNIT_PRICE = re.compile(r"(?:单价|每[个件只套台小天]|一小时|per)\s?\S{0,4}$")
# Where an amount may begin: at a digit or numeral, at a sign or at letters with a number behind them.
_BEGINS = re.compile(rf"(?a)(?=[0-9¥￥$€£人新台港]|{_HAN}{_HAN}|(?<![a-z])[a-z]{{1,3}}\$?\s?[0-9])")


def amounts_in(text: str) -> Sequence[Candidate]:
    """Every amount, with or without a currency, in reading order."""
    return placed(list(_candidates(text)))


def _candidates(text: str) -> Iterator[Candidate]:
    begins = [begun.start() for begun in _BEGINS.finditer(text)]
    for found in islice(scan(begins, _AMOUNT, text), AT_MOST):
        if _UNIT_PRICE.search(text, max(0, found.start() - 8), found.start()):
            continue
        words = found[0]
        sort = "digits" if words[0].isdigit() else "han" if words[0] > "一" else "currency"
        last = "" if words[-1].isdigit() else words[-1]
        features = [f"{sort} {last}", sort, f"last {last}", f"{sort} {min(len(words), 9)}"]
        start, end = found.span()
        yield candidate((start, end, words, around(text, start, end) + features, None))
