"""When: the days of a message that may be the delivery date it demands."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from nlp.choosing import Candidate, around, candidate, placed
from nlp.dates import dates_in

# What is done on that day is no delivery: 明天付, 周五前答复, "by Friday please reply".
_OTHER_MATTER = re.compile(
    r"\s?(?:我?[就来去再会]?(?:付|打款|汇款|转账|转过|到账|签|盖章|确认|回复|答复|回话|回音|给话|告知|报价|开会|开标|面谈|拜访|来人|验厂|审核)"
    r"|,?\s?(?:please\s)?(?:reply|answer|confirm|advise|let (?:me|us)|pay|visit|call|quote|come)\b)"
)
# "quote by Friday", 请在周五前报价 the other way round.
_OTHER_MATTER_BEFORE = re.compile(
    r"\b(?:quot\w+|offer|reply|answer|confirm|respond|advise|back to (?:me|us)|know|pay|call|visit|hear)"
    r"(?: (?:me|us|back|from you|it|this))? (?:by|before|until|on|till) ?$"
)
_LIMIT = re.compile(r"\s?(?:之?前|以前|之?内|以内|里|起每天|起)")


def days_in(text: str, subject_end: int, kind: str) -> Sequence[Candidate]:
    """Every day named, with the 前 or 内 behind it, in reading order; `source` is what `resolve` wants."""
    return placed(list(_candidates(text, subject_end, kind)), kind)


def _candidates(text: str, subject_end: int, kind: str) -> Iterator[Candidate]:
    for found in dates_in(text):
        start, end = found.span()
        limit = ""
        if behind := _LIMIT.match(text, end):
            limit, end = behind[0], behind.end()
        features = [*around(text, start, end), *_told(kind, found.lastgroup, limit != "")]
        if _OTHER_MATTER.match(text, end) or (
            text[start - 1 : start] == " " and _OTHER_MATTER_BEFORE.search(text, max(0, start - 36), start)
        ):
            features.append("other matter")
        if start < subject_end:
            features.append(f"{kind} subject")
        yield candidate((start, end, text[start:end], features, found))


@cache
def _told(kind: str, sort: str | None, limited: bool) -> tuple[str, ...]:
    return f"{kind} {sort}", f"{kind} limit {limited}", f"kind {kind}"
