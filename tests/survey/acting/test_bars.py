"""What an item must be above in each form, reckoned by hand."""

from fractions import Fraction

import pytest

from survey.acting.bars import bar_of, falls_short, poor_levels
from survey.questionnaires.loading import questionnaire, shipped


@pytest.mark.parametrize(
    ("name", "item", "bar"),
    [
        ("smt-100", "quality", Fraction(13, 20)),  # half-way between 及格 10 and 良好 16 of 20
        ("smt-100", "drivers", Fraction(13, 20)),  # 6.5 of 10
        ("five-level-10", "quality", Fraction(7, 10)),  # between 满足需要 6 and 满意 8
        ("five-level-100", "attitude", Fraction(70, 100)),  # between 一般 60 and 满意 80
        ("seven-level-90", "price", Fraction(1525, 9000)),  # between 一般 0 and 较满意 30.5
    ],
)
def test_it_puts_a_result_on_the_levels_of_its_form(name: str, item: str, bar: Fraction) -> None:
    found = next(one for one in questionnaire(name).items if one.id == item)
    assert bar_of(found) == bar


def test_it_takes_the_same_level_in_every_form_that_is_shipped() -> None:
    for name in shipped():
        for item in questionnaire(name).items:
            assert poor_levels(item)[0] == "fair"
            assert falls_short(item, {"fair": 3})
            assert not falls_short(item, {next(iter(item.scores)): 3})
            assert not falls_short(item, {})


def test_it_grades_seven_levels_as_the_procedure_prints_them() -> None:
    """15 is still 一般, 16 is not; what customers choose are the middles of the ranges."""
    item = next(one for one in questionnaire("seven-level-90").items if one.id == "price")
    assert falls_short(item, {"fair": 1, "rather_good": 1})  # 30.5 ÷ 2 = 15.25
    assert not falls_short(item, {"fair": 10, "rather_good": 11})  # 335.5 ÷ 21 = 15.98
    assert falls_short(item, {"rather_poor": 1, "rather_good": 1})  # 0
    assert falls_short(item, {"very_poor": 1})
