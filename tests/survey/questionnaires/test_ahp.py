"""Weights from comparing in pairs, against published examples and known properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.ahp import MatrixError, consistency_ratio, weights


def test_judgements_that_agree_give_their_ratios() -> None:
    matrix: list[list[float]] = [[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]
    assert weights(matrix) == pytest.approx((4 / 7, 2 / 7, 1 / 7))
    assert consistency_ratio(matrix) == pytest.approx(0, abs=1e-9)
    assert weights([[1]]) == (1,)
    assert weights([[1, 3], [1 / 3, 1]]) == pytest.approx((0.75, 0.25))


def test_it_finds_the_weights_of_a_known_example() -> None:
    """λmax solves λ³ − 3λ² = a₁₂a₂₃/a₁₃ + a₁₃/(a₁₂a₂₃) − 2; the weights go as the rows' geometric means."""
    matrix: list[list[float]] = [[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]]
    means = [15 ** (1 / 3), 1.0, (1 / 15) ** (1 / 3)]
    assert weights(matrix) == pytest.approx([mean / sum(means) for mean in means], abs=1e-9)
    assert consistency_ratio(matrix) == pytest.approx(0.0332, abs=0.0002)


def test_it_refuses_judgements_that_contradict_each_other() -> None:
    with pytest.raises(MatrixError, match="contradict"):
        weights([[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]])


@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        ([], "a square"),
        ([[1, 2]], "a square"),
        ([[1, 2], [2, 1]], "row 1, column 2 must be 1 divided by"),
        ([[1, 20], [0.05, 1]], "row 1, column 2: a comparison is a number"),
        ([[1, 0], [0, 1]], "row 1, column 2: a comparison is a number"),
        ([[1, "x"], [1, 1]], "row 1, column 2: a comparison is a number"),
        ([[1, float("nan")], [1, 1]], "row 1, column 2: a comparison is a number"),
        ([[2, 1], [1, 1]], "row 1, column 1 must be"),
        ([[1] * 16] * 16, "a square"),
    ],
)
def test_it_says_what_is_no_comparison(matrix: list[list[float]], sentence: str) -> None:
    with pytest.raises(MatrixError, match=f"(?i){sentence}"):
        weights(matrix)


@given(st.lists(st.integers(1, 3), min_size=1, max_size=9))
def test_what_matters_more_weighs_more(importance: list[int]) -> None:
    matrix = [[a / b for b in importance] for a in importance]
    found = weights(matrix)
    assert sum(found) == pytest.approx(1)
    assert found == pytest.approx([a / sum(importance) for a in importance])
