"""Eigenvalues and nullities of matrices whose spectra are known."""

from __future__ import annotations

import numpy as np
import pytest

from hwgen.homework.maths.kernels import ntk_matrix
from hwgen.homework.maths.spectra import counted_nullity, numerical_nullity, smallest_eigenvalue


def polygon(sides: int) -> np.ndarray:
    angles = 2 * np.pi * np.arange(sides) / sides
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def test_the_smallest_eigenvalue_of_a_known_spectrum() -> None:
    basis = np.linalg.qr(np.random.default_rng(0).standard_normal((4, 4)))[0]
    assert smallest_eigenvalue(basis @ np.diag([3.0, -0.25, 2.0, 1.0]) @ basis.T) == pytest.approx(-0.25)


def test_the_nullity_of_a_known_spectrum_and_of_the_zero_matrix() -> None:
    assert numerical_nullity(np.diag([1.0, 0.0, 1e-12, -2.0])) == 2
    assert numerical_nullity(np.zeros((3, 3))) == 3
    assert numerical_nullity(np.eye(3)) == 0


@pytest.mark.parametrize(
    ("X", "expected"),
    [
        (polygon(4), 0),
        (polygon(6), 1),
        (polygon(7), 0),
        (polygon(8), 2),
        (np.array([[1.0], [-2.0]]), 0),
        (np.array([[1.0], [-2.0], [3.0]]), 1),
        (np.array([[1.0, 0.0], [0.0, 0.0], [0.5, 0.0]]), 2),
        (np.zeros((2, 3)), 2),
    ],
)
def test_the_counted_nullity_is_known_and_that_of_the_kernel(X: np.ndarray, expected: int) -> None:
    assert counted_nullity(X) == expected
    assert numerical_nullity(ntk_matrix(X)) == expected


def test_nearly_collinear_inputs_are_still_told_apart() -> None:
    assert counted_nullity(np.array([[1.0, 0.0], [1.0, 1e-3]])) == 0
