"""The target that is proposed after a result above the old one."""

from fractions import Fraction

import pytest

from survey.acting.targets import proposed


@pytest.mark.parametrize(
    ("result", "target", "top", "expected"),
    [(96.0, 90.0, 100, 93.0), (90.1, 90.0, 100, 91.0), (89.9, 89.5, 90, 90.0), (-10.0, -15.0, 90, -12.0)],
)
def test_it_proposes_a_target_half_way(result: float, target: float, top: int, expected: float) -> None:
    assert proposed(result, target, Fraction(top)) == expected
