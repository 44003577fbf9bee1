"""Part II of Exercise 1: its counts and exact laws against known cases and simulated networks."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hwgen.homework.exercises.ex1_ntk import null_spaces, singular_kernels, studies
from hwgen.homework.exercises.ex1_ntk.problem import Problem, example_data
from hwgen.homework.maths.kernels import ntk_matrix
from hwgen.homework.maths.spectra import directions, numerical_nullity, smallest_eigenvalue

SETTING = Problem()
# Chance of a false alarm of one comparison with a simulation, by Hoeffding's inequality.
ALARM = 1e-9


def deviation(draws: int, span: float) -> float:
    """What the mean of that many independent draws from an interval of this length may miss."""
    return span * math.sqrt(math.log(2 / ALARM) / 2 / draws)


@pytest.mark.parametrize(
    ("rows", "counted"),
    [
        ([[0, 0]], (0, 0, 0)),
        ([[1, 0], [2, 0], [0, 1]], (2, 0, 0)),
        ([[1, 0], [-3, 0], [0, 1], [0, -1]], (4, 2, 2)),
        ([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [1, 1, 0], [-2, -2, 0]], (6, 3, 2)),
        ([[1], [2], [-1], [0]], (2, 1, 1)),
    ],
)
def test_directions_and_opposite_lines_are_counted(rows: list[list[float]], counted: tuple[int, int, int]) -> None:
    assert directions(np.array(rows, float)) == counted


def test_a_hexagon_a_cube_and_three_numbers_are_singular_and_a_square_is_not() -> None:
    assert null_spaces.null_dimension(SETTING, null_spaces._polygon(6)) == 1
    assert null_spaces.null_dimension(SETTING, null_spaces._corners(3)) == 1
    assert null_spaces.null_dimension(SETTING, null_spaces._numbers(3)) == 1
    assert null_spaces.null_dimension(SETTING, null_spaces._polygon(4)) == 0
    assert null_spaces.null_dimension(SETTING, null_spaces._numbers(2)) == 0


def test_the_corners_of_a_cube_are_all_different_and_come_in_opposite_pairs() -> None:
    corners = null_spaces._corners(4)
    assert len(np.unique(corners, axis=0)) == 16
    assert directions(corners) == (16, 8, 4)


@pytest.mark.parametrize("inputs", [2, 3, 1.1])
def test_the_enumerated_nullity_is_that_of_simulated_networks(inputs: float) -> None:
    X, p, draws = singular_kernels.independent(inputs), 2, 20_000
    seen = (np.random.default_rng(8).standard_normal((draws, p, X.shape[1])) @ X.T > 0).astype(float)
    nullities = [numerical_nullity((X @ X.T) * (s.T @ s)) for s in seen]
    masses, values = singular_kernels._unseen_law(SETTING, inputs, p)
    assert masses.sum() == pytest.approx(1)
    assert abs(np.mean(nullities) - masses @ values) < deviation(draws, len(X))


def test_the_probability_that_two_inputs_are_singular_is_that_of_simulated_networks() -> None:
    X, p, draws = singular_kernels.independent(0.7), 3, 20_000
    seen = np.random.default_rng(9).standard_normal((draws, p, 2)) @ X.T > 0
    singular = [numerical_nullity((X @ X.T) * (s.T.astype(float) @ s)) > 0 for s in seen]
    masses, values = singular_kernels._unseen_law(SETTING, 0.7, p)
    assert abs(np.mean(singular) - masses @ (values > 0)) < deviation(draws, 1)


def test_the_definite_width_meets_delta_in_the_exponential_bound() -> None:
    X = np.array([[1.0, 0.0], [0.0, 0.6]])
    p = singular_kernels._definite_root(SETTING, "orthogonal", 0.02)
    assert 2 * math.exp(-p * smallest_eigenvalue(ntk_matrix(X))) == pytest.approx(0.02)


def test_the_example_data_know_the_norms_of_their_gram_matrix() -> None:
    X, known = example_data(), studies.example.compute(SETTING)
    assert known["gram"] == pytest.approx(math.sqrt(sum((x @ y) ** 2 for x in X for y in X)))
    assert known["largest"] == pytest.approx(np.linalg.norm(X, 2) ** 2)
