"""The oracles of Exercise 1 against closed forms and counts that they do not use, and their deafness to no part of the problem."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from hwgen.evidence.evaluation import scope_at
from hwgen.homework.exercises.ex1_ntk import concentration, exercise, kernel_formula, null_spaces, studies, widths
from hwgen.homework.exercises.ex1_ntk.problem import (
    Problem,
    configuration,
    estimate,
    example_data,
    inputs,
    limit_kernel,
    limit_matrix,
    weights,
)
from hwgen.homework.exercises.ex1_ntk.tosses import beyond
from hwgen.homework.maths.kernels import ntk_matrix
from hwgen.model import Claim, Point, Value, Verdict
from hwgen.model.catalog import Exercise

SETTING = Problem()


def oracle(claim: Claim, symbol: str, point: dict[str, Any], problem: Problem = SETTING) -> Any:
    """The value of a symbol of a claim at a point."""
    binding = claim.bindings(problem)[symbol]
    assert isinstance(binding, Value)
    return scope_at({symbol: binding}, point).value(symbol).value


@pytest.mark.parametrize("angle", [1e-4, 1.0, math.pi - 1e-3, math.pi - 1e-5])
def test_the_mean_at_a_computed_cosine_is_known_as_well_as_it_says(angle: float) -> None:
    found = kernel_formula.kappa_at(SETTING, math.cos(angle))
    assert abs(found.value - (math.pi - angle) / (2 * math.pi)) <= found.error < 1e-10


@pytest.mark.parametrize(
    ("distance", "strictly", "chance"), [(0.5, False, 2 / 16), (0.5, True, 0.0), (0.25, False, 10 / 16), (0.2, True, 10 / 16)]
)
def test_four_tosses_are_counted(distance: float, strictly: bool, chance: float) -> None:
    assert beyond(4, distance, strictly=strictly) == chance


def test_the_exercise_is_registered_under_its_name() -> None:
    assert isinstance(exercise, Exercise)
    assert exercise.name == "ex1_ntk"


@pytest.mark.parametrize("seed", range(5))
def test_the_kernel_oracle_is_the_mean_over_simulated_neurons(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = 1.7 * rng.standard_normal(3), 0.6 * rng.standard_normal(3)
    problem = Problem(spread=1.8, modulus=0.7, leak=0.1)
    W = rng.standard_normal((200_000, 3)) * [1.0, 1.8, 1.0]
    slopes = [np.where(W @ z > 0, 1.0, 0.1) for z in (x, y)]
    allowed = abs(x @ y) * 0.49 * math.sqrt(math.log(2e9) / 2 / 200_000)
    assert abs(limit_kernel(problem, x, y) - 0.49 * (x @ y) * np.mean(slopes[0] * slopes[1])) < allowed


def test_the_kernel_of_a_zero_input_vanishes() -> None:
    assert limit_kernel(SETTING, np.zeros(3), np.ones(3)) == 0
    assert limit_kernel(SETTING, np.ones(3), np.zeros(3)) == 0


def test_the_law_of_the_weights_gives_the_kernel_of_the_quadrature() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.standard_normal((2, 3))
    for problem in (SETTING, Problem(spread=2.5)):
        masses, w = kernel_formula._law(problem, x, y)
        assert masses.sum() == pytest.approx(1)
        assert (x @ y) * masses @ ((w @ x > 0) * (w @ y > 0)) == pytest.approx(limit_kernel(problem, x, y), rel=1e-12)


def test_the_coefficients_of_the_series_are_those_of_the_arc_sine() -> None:
    known = [1, 1 / 6, 3 / 40, 5 / 112, 35 / 1152]
    for m, expected in enumerate(known):
        assert oracle(kernel_formula.series_coefficients, "c_m", {"m": m}) == pytest.approx(expected, abs=1e-9)


def test_pairs_are_counted() -> None:
    assert [widths.pairs(n) for n in (1, 2, 3, 10)] == [1, 3, 6, 55]


def test_the_root_width_meets_delta_and_a_tenth_less_does_not() -> None:
    n, eps, delta = 5, 0.4, 0.01
    p = widths.root_width(SETTING, n, eps, delta)
    bound = [15 * 2 * math.exp(-2 * width * (eps / n) ** 2) for width in (p, 0.9 * p)]
    assert bound[0] == pytest.approx(delta, rel=1e-10)
    assert bound[1] > 1.5 * delta


@pytest.mark.parametrize("draw", ["equal", "orthogonal", "single", 1, 2, 3])
def test_the_enumerated_kernels_have_the_limit_as_their_mean(draw: Any) -> None:
    masses, matrices = concentration.kernels(SETTING, draw, 2)
    assert masses.sum() == pytest.approx(1)
    assert np.tensordot(masses, matrices, 1) == pytest.approx(concentration.limits(SETTING, draw), abs=1e-13)


def test_the_enumerated_law_is_that_of_simulated_networks() -> None:
    X = configuration(SETTING, 2, 2)
    W = np.random.default_rng(0).standard_normal((200_000, 2, 2))
    seen = (np.einsum("rkd,nd->rkn", W, X) > 0).astype(float)
    means = np.einsum("rki,rkj->rij", seen, seen) / 2
    masses, exact = concentration.frequencies(SETTING, 2, 2)
    for threshold in (0.25, 0.75):
        share, expected = np.mean(means[:, 0, 1] > threshold), masses @ (exact[:, 0, 1] > threshold)
        assert abs(share - expected) < math.sqrt(math.log(2e9) / 2 / 200_000)


def test_the_drawn_networks_are_estimated_neuron_by_neuron() -> None:
    X, W = inputs(SETTING, 4), weights(SETTING, 4)
    expected = [[x @ y * np.mean([(w @ x > 0) * (w @ y > 0) for w in W]) for y in X] for x in X]
    assert estimate(SETTING, 4) == pytest.approx(np.array(expected))


def test_the_inputs_of_every_draw_lie_in_the_ball() -> None:
    for draw in ("equal", "orthogonal", "single", *range(12)):
        assert np.linalg.norm(configuration(SETTING, draw, 3), axis=1).max() <= 1 + 1e-15
        assert np.linalg.norm(configuration(Problem(radius=2.0), draw, 3), axis=1).max() <= 2 + 1e-15


def test_the_example_data_lie_in_the_ball_and_off_the_sphere() -> None:
    norms = np.linalg.norm(example_data(), axis=1)
    assert example_data().shape == (20, 10)
    assert 0.5 <= norms.min() < 0.6 < 0.9 < norms.max() <= 1


def test_the_quadrature_kernel_matrix_is_the_closed_one_on_the_example_data() -> None:
    X = example_data()[:6]
    assert limit_matrix(SETTING, X) == pytest.approx(ntk_matrix(X), abs=1e-13)


def test_the_null_space_is_counted_right_and_a_linear_activation_contradicts_the_count() -> None:
    assert [found.verdict for found in null_spaces.nullity.look(SETTING)] == [Verdict.SUPPORTED]
    assert [found.verdict for found in null_spaces.nullity.look(Problem(leak=1.0))] == [Verdict.REFUTED]


@pytest.mark.parametrize("claim", [noun for noun in exercise.nouns.values() if isinstance(noun, Claim)], ids=lambda claim: claim.name)
def test_every_oracle_value_is_finite_on_its_domain(claim: Claim, tried: Callable[[str, int], Sequence[Point]]) -> None:
    for point in tried(claim.name, 6):
        for symbol, binding in claim.bindings(SETTING).items():
            if isinstance(binding, Value):
                assert np.all(np.isfinite(oracle(claim, symbol, dict(point)))), (symbol, point)


def test_a_width_is_rounded_up_to_three_digits() -> None:
    assert [studies.rounded_up(width) for width in (1740.2, 1750.0, 999_001.0)] == [1750.0, 1750.0, 1_000_000.0]
