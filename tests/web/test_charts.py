"""Charts: what is drawn adds up, and nothing in a name becomes markup."""

import re

import pytest

from web.charts import HIGH, Series, against_target, over_time, side_by_side


def heights(svg: str, side: str) -> list[float]:
    return [float(found) for found in re.findall(rf'<rect[^>]* {side}="([\d.]+)"', svg)]


def test_it_draws_columns_in_proportion() -> None:
    svg = over_time(["1", "2", "3"], [Series("a", "c1", [1, 0, 2]), Series("b", "c2", [3, 0, 0])])
    one, three, two = heights(svg, "height")
    assert (round(three / one), round(two / one)) == (3, 2)


def test_it_draws_bars_in_proportion() -> None:
    svg = side_by_side(["甲", "乙"], [Series("a", "c1", [10, 5])])
    ten, five = heights(svg, "width")
    assert round(ten / five) == 2
    assert ">10</text>" in svg


def test_it_draws_nothing_of_nothing() -> None:
    assert over_time(["1"], [Series("a", "c1", [0])]) == ""
    assert side_by_side([], [Series("a", "c1", [])]) == ""


def test_it_makes_no_markup_of_a_name() -> None:
    svg = side_by_side(["<script>"], [Series('"><img>', "c1", [1])])
    assert "<script" not in svg
    assert "<img" not in svg


def test_it_marks_targets_and_goes_below_nothing() -> None:
    chart = against_target(["2026-H1", "<b>"], [-30.0, 60.0], [None, 45.0], 90)
    assert chart.count("<rect") == 2
    assert chart.count('class="target"') == 1
    assert "&lt;b&gt;" in chart
    low, high = heights(chart, "height")
    assert high == pytest.approx(2 * low, abs=0.2)
    assert all(0 <= float(top) <= HIGH for top in re.findall(r' y="([-\d.]+)"', chart))
    assert not against_target([], [], [], 100)
