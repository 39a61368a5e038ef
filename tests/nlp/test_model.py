"""The learned part: weights added for all labels at once, and the words that spoke loudest."""

import pytest

from nlp.matching import Hit
from nlp.model import Model, grams_of, packed, unpacked


def test_it_keeps_every_weight_apart_when_it_adds_them_at_once() -> None:
    rows = [[1.5, -2.25, 0.001], [-7.0, 3.5, -0.002], [0.0, -1.0, 5.0]]
    together = sum(packed(row) for row in rows)
    assert unpacked(together, 3) == pytest.approx([-5.5, 0.25, 4.999])


def test_it_puts_the_word_first_that_speaks_most_for_the_label() -> None:
    weights = {"wrong.late": packed([0.1, 0.0]), "wrong.broken": packed([2.0, -1.0])}
    model = Model(("complaint", "order"), packed([0.0, 0.0]), weights, {})
    late = Hit(0, 2, "wrong.late", "晚了", 0, 0)
    broken = Hit(3, 5, "wrong.broken", "裂了", 0, 0)
    asked = Hit(6, 7, "ask.mark", "?", 0, 0)
    assert model.loudest([late, asked, broken], ("wrong.",), "complaint") == [broken, late]


def test_it_looks_at_three_neighbouring_characters_at_a_time() -> None:
    assert grams_of("报价单吗") == {"报价单", "价单吗"}
    assert grams_of("好") == set()
