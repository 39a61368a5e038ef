"""Due dates: what was written, and the day it means for a message of Saturday, 21 November 2026."""

from datetime import date

import pytest

from nlp.due_dates import due_date_of
from nlp.folding import fold
from nlp.reading import Kind

WRITTEN = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("下周五前交货", "下周五前", date(2026, 11, 27)),
        ("本月底前送到", "本月底前", date(2026, 11, 30)),
        ("明天下午送到", "明天下午", date(2026, 11, 22)),
        ("请于1月5日前发货", "1月5日前", date(2027, 1, 5)),
        ("交期2026-12-08", "2026-12-08", date(2026, 12, 8)),
        ("25号要", "25号", date(2026, 11, 25)),
        ("3号要", "3号", date(2026, 12, 3)),
        ("七月五日前交到库房", "七月五日前", date(2026, 7, 5).replace(year=2027)),
        ("ship by 12 december", "12 december", date(2026, 12, 12)),
        ("deliver by end of next week", "end of next week", date(2026, 12, 4)),
        ("needed by friday", "friday", date(2026, 11, 27)),
        ("交期2月30日", "2月30日", None),
    ],
)
def test_it_resolves_the_date_against_the_message_s_own_day(text: str, words: str, day: date | None) -> None:
    found = due_date_of(fold(text), Kind.ORDER, WRITTEN)
    assert found is not None
    assert text[found.start : found.end] == words
    assert found.day == day


@pytest.mark.parametrize(
    "text", ["请于周五前回复报价", "12月3日来访看厂", "please reply by friday", "11月1日收到货"]
)
def test_it_takes_no_date_of_a_reply_a_visit_or_the_past(text: str) -> None:
    assert due_date_of(fold(text), Kind.ORDER, WRITTEN) is None
