"""Weights from comparing in pairs (层次分析法, AHP): the principal eigenvector, if the judgements agree.

Source: T. L. Saaty, The Analytic Hierarchy Process, 1980: judgements from 1/9 to 9, consistency ratio
CR = CI / RI with CI = (λmax - n) / (n - 1), and the random index RI of that size; below 0.1 is accepted.
"""

from collections.abc import Sequence
from math import isclose

LARGEST = 15
ACCEPTED = 0.1
# Saaty's random index for 1 to 15 things.
_RANDOM = (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
_ROUNDS, _CLOSE = 1000, 1e-13


class MatrixError(Exception):
    """The comparisons give no weights; the sentence says why."""


def weights(matrix: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The weights, together 1, of n things from their n × n comparisons; MatrixError if they are unsound.

    Row i, column j says how many times as much i matters as j.
    """
    _check(matrix)
    found, _largest = _principal(matrix)
    ratio = consistency_ratio(matrix)
    if ratio >= ACCEPTED:
        raise MatrixError(
            f"The comparisons contradict each other: consistency ratio {ratio:.3f}, below 0.1 is wanted."
        )
    return found


def consistency_ratio(matrix: Sequence[Sequence[float]]) -> float:
    """How far the judgements contradict each other; 0 for none, MatrixError for what is no comparison."""
    _check(matrix)
    size = len(matrix)
    if size < 3:
        return 0.0
    _weights, largest = _principal(matrix)
    return max(0.0, (largest - size) / (size - 1) / _RANDOM[size - 1])


def _check(matrix: Sequence[Sequence[float]]) -> None:
    size = len(matrix)
    if not 1 <= size <= LARGEST or any(len(row) != size for row in matrix):
        raise MatrixError(f"Comparisons in pairs are a square of 1 to {LARGEST} rows.")
    for i, row in enumerate(matrix):
        for j, value in enumerate(row):
            if not isinstance(value, int | float) or not 1 / 9.5 <= value <= 9.5:
                raise MatrixError(f"Row {i + 1}, column {j + 1}: a comparison is a number from 1/9 to 9.")
            # People write 0.33 for a third.
            if not isclose(value * matrix[j][i], 1, abs_tol=0.02):
                raise MatrixError(f"Row {i + 1}, column {j + 1} must be 1 divided by its counterpart.")


def _principal(matrix: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], float]:
    """The principal eigenvector, its sum 1, and its eigenvalue, by repeated multiplication."""
    size = len(matrix)
    vector, largest = [1 / size] * size, float(size)
    for _round in range(_ROUNDS):
        product = [sum(a * x for a, x in zip(row, vector, strict=True)) for row in matrix]
        largest = sum(product)  # the vector's sum is 1
        following = [value / largest for value in product]
        near = max(abs(a - b) for a, b in zip(following, vector, strict=True)) < _CLOSE
        vector = following
        if near:
            break
    return tuple(vector), largest
