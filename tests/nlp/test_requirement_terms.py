"""Where a requirement comes from, and until when it must be met."""

from datetime import date

import pytest

from nlp.folding import fold
from nlp.reader import Reader
from nlp.reading import Source
from nlp.requirement_terms import deadline_of, source_of

WRITTEN = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("category", "sentence", "source"),
    [
        ("environment", "必须符合RoHS指令", Source.STATUTORY),
        ("environment", "要求全部可回收", Source.STATED),
        ("regulation", "食品托盘要符合GB 4806.7", Source.STATUTORY),
        ("regulation", "FDA registration is mandatory", Source.STATUTORY),
        ("regulation", "焊点按IPC-A-610三级", Source.STATED),
        ("dimension", "公差按国标GB/T 1804", Source.STATED),
    ],
)
def test_it_tells_a_law_from_a_wish(category: str, sentence: str, source: Source) -> None:
    assert source_of(category, fold(sentence)) is source


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("11月30日前提供RoHS报告", date(2026, 11, 30)),
        ("send the reach declaration by 5 december", date(2026, 12, 5)),
        ("随货附RoHS报告", None),
        ("11月3日前的报告没有收到", None),
    ],
)
def test_it_knows_until_when(sentence: str, day: date | None) -> None:
    assert deadline_of(fold(sentence), WRITTEN) == day


def test_it_gives_both_with_the_requirement(reader: Reader) -> None:
    reading = reader.read("订单SR-0412：散热座1200件。请在11月30日前提供RoHS检测报告。", date=WRITTEN)
    found = {one.category: one for one in reading.requirements}
    assert found["environment"].source is Source.STATUTORY
    assert found["environment"].deadline == date(2026, 11, 30)
