"""Numbers that name something: those of a message that may be its order's or contract's, or a part's."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from string import ascii_uppercase

from nlp.choosing import AT_MOST, Candidate, around, candidate, placed
from nlp.page import Page
from nlp.scanning import scan

_BEGINS = re.compile(r"[^A-Za-z0-9.@/&_+-](?=[A-Z0-9#])(?<!\d,)")
_CODE = re.compile(
    r"(?:P\.?O\.?\s?#?\s?(?=\d)|#(?=\d))?"
    r"(?P<code>(?:(?:PI|SO)\s(?=\d))?(?=[A-Z\d./-]{0,12}(?:[\u4e00-\u9fff]-?)?\d)"
    r"[A-Z\d]+(?:[-/.][A-Z\d]+|-[\u4e00-\u9fff]\d*)*)(?![A-Za-z0-9%℃°])"
)
# 皖交采字〔2024〕58号 as authorities number their contracts; 电物采-1117 as companies do.
_HAN_CODE = re.compile(
    r"(?:(?<=[号同单依按据凭照：:\s（(])|^)(?:编?号)?(?P<code>[\u4e00-\u9fff]{1,6}(?:〔\d{4}〕(?:第?\d{1,6}号)?|-\d{3,}))"
)
_HAN_SIGN = re.compile(r"[〔-](?:(?<=〔)|(?<=[\u4e00-\u9fff]-)(?=\d))")
SHORTEST = 3


def codes_in(page: Page, kind: str) -> Sequence[Candidate]:
    """Every number of letters and digits, in reading order, without a PO before it."""
    if not _DIGITS.search(page.visible):
        return ()
    return placed(sorted(_candidates(page)), kind)


def _candidates(page: Page) -> Iterator[Candidate]:
    visible, text = page.visible, page.folded
    begins = [begun.end() for begun in _BEGINS.finditer(visible)]
    for found in islice(scan(begins, _CODE, visible), AT_MOST):
        code = found["code"]
        start, end = found.span("code")
        if len(code) >= SHORTEST:
            features = [
                *around(text, found.start(), end),
                *_shape(code),
                "named PO" if start > found.start() else "not named",
            ]
            if start < page.subject_end:
                features.append("subject")
            yield candidate((start, end, code, features, None))
    if _HAN_SIGN.search(visible):
        for found in islice(_HAN_CODE.finditer(visible), AT_MOST):
            start, end = found.span("code")
            yield candidate((start, end, found["code"], [*around(text, start, end), "han"], None))


_CAPITALS, _DIGITS = re.compile("[A-Z]+"), re.compile(r"\d+")


def _shape(code: str) -> tuple[str, ...]:
    """What the number looks like: SR-0412 is A-9 with four digits."""
    if code.isdigit():
        return (f"{len(code)} digits",)
    shape = _DIGITS.sub("9", _CAPITALS.sub("A", code))[:10]
    digits = sum(map(str.isdigit, code))
    return (
        f"shape {shape}",
        f"{shape} {digits}",
        f"{'-' in code} {code[0] in ascii_uppercase} {digits}",
    )
