"""Quantities: numbers as people write them, and numbers that are none of goods."""

import pytest

from nlp.folding import fold
from nlp.quantities import quantity_of
from nlp.reading import Kind


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("彩盒2万个", 20000, "个"),
        ("要三万套", 30000, "套"),
        ("说明书伍万本", 50000, "本"),
        ("1.2w pcs", 12000, "pcs"),
        ("端子要10K", 10000, None),
        ("2,500 pcs enclosure", 2500, "pcs"),
        ("40,000 gaskets", 40000, None),
        ("由1200套改为800套", 800, "套"),
        ("P2.5 16.5平方", 16.5, "平方"),
    ],
)
def test_it_finds_how_many(text: str, number: float, unit: str | None) -> None:
    found = quantity_of(fold(text), Kind.ORDER)
    assert found is not None
    assert found.number == number
    assert (text[found.unit[0] : found.unit[1]] if found.unit else None) == unit


@pytest.mark.parametrize("text", ["每箱60件", "质保3年", "6月25日", "单价0.73元", "24小时内", "IP67", "2026"])
def test_it_takes_no_number_that_is_not_of_goods(text: str) -> None:
    assert quantity_of(fold(text), Kind.INQUIRY) is None
