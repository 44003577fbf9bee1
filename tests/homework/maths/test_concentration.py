"""Exact laws against enumeration, and promised widths and radii against one another and against roots."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy import integrate
from scipy.optimize import brentq
from scipy.stats import binom

from hwgen.homework.maths import concentration
from hwgen.homework.maths.concentration import (
    binomial_law,
    error_variance,
    hoeffding_radius,
    hoeffding_width,
    mcdiarmid_radius,
    multinomial_law,
)


def hoeffding_tail(p: float, t: float) -> float:
    """Hoeffding's bound on both tails of the mean of p independent variables in [0, 1]."""
    return 2 * math.exp(-2 * p * t * t)


@pytest.mark.parametrize(("p", "q"), [(1, 0.3), (7, 0.0), (12, 1.0), (200, 0.47)])
def test_the_binomial_law_is_scipys(p: int, q: float) -> None:
    weights, values = binomial_law(p, q)
    assert weights == pytest.approx(binom.pmf(np.arange(p + 1), p, q), rel=1e-10, abs=1e-15)
    assert values[-1] == 1
    assert values[1] == 1 / p


def test_the_multinomial_law_is_that_of_all_sequences_of_draws() -> None:
    weights = np.array([0.5, 0.3, 0.2])
    counted: dict[tuple[int, ...], float] = {}
    for draws in itertools.product(range(3), repeat=4):
        key = tuple(draws.count(outcome) for outcome in range(3))
        counted[key] = counted.get(key, 0) + float(np.prod(weights[list(draws)]))
    probabilities, shares = multinomial_law(weights, 4)
    assert {tuple(round(4 * x) for x in share): pytest.approx(p) for p, share in zip(probabilities, shares, strict=True)} == counted


def test_the_multinomial_law_of_one_outcome_is_certain() -> None:
    probabilities, shares = multinomial_law([1.0], 5)
    assert (probabilities.tolist(), shares.tolist()) == ([1.0], [[1.0]])


@pytest.mark.parametrize("p", [1, 5, 40])
@pytest.mark.parametrize("q", [0.05, 0.31, 0.5])
def test_hoeffdings_tail_bounds_the_exact_one(p: int, q: float) -> None:
    weights, values = binomial_law(p, q)
    for t in (0.1, 0.25, 0.5):
        assert weights[np.abs(values - q) >= t - 1e-12].sum() <= hoeffding_tail(p, t)


def test_the_width_is_the_root_of_the_union_bound() -> None:
    n, eps, delta = 7, 0.3, 0.02
    pairs = sum(1 for i in range(n) for j in range(n) if i <= j)
    root = brentq(lambda p: pairs * hoeffding_tail(p, eps / n) - delta, 1, 1e6, rtol=1e-14)
    assert hoeffding_width(n, eps, delta) == pytest.approx(root, rel=1e-11)


def test_the_radius_undoes_the_width() -> None:
    assert hoeffding_radius(9, hoeffding_width(9, 0.21, 0.04), 0.04) == pytest.approx(0.21)


def test_the_variance_of_the_error_is_that_of_simulated_averages() -> None:
    gram, q = np.array([[1.0, 0.5], [0.5, 0.4]]), np.array([[0.5, 0.2], [0.2, 0.5]])
    moments = [g * g * binom.var(1, chance) for g, chance in zip(gram.ravel(), q.ravel(), strict=True)]
    assert error_variance(gram, q) == pytest.approx(sum(moments))


def test_bounded_differences_leave_the_stated_probability() -> None:
    p, gram, delta = 50.0, 3.0, 0.1
    deviation = float(mcdiarmid_radius(0.0, gram, p, delta))
    assert math.exp(-2 * deviation**2 / (p * (gram / p) ** 2)) == pytest.approx(delta)
    assert mcdiarmid_radius(4.0, 0.0, p, delta) == pytest.approx(2 / math.sqrt(p))


@pytest.mark.parametrize("s", [0.0, 0.4, 1.7, 5.0])
def test_tail_is_the_integral_of_the_density(s: float) -> None:
    tail, _ = integrate.quad(lambda g: math.exp(-g * g / 2), s, math.inf, epsabs=0)
    assert concentration.exceeds(s) == pytest.approx(2 * tail / math.sqrt(2 * math.pi), rel=1e-9)


def test_largest_is_distributed_as_simulated() -> None:
    largest = np.abs(np.random.default_rng(11).standard_normal((20000, 12))).max(axis=1)
    for s in (1.2, 1.8, 2.5):
        # Hoeffding: a false alarm of 1e-9 at most.
        assert abs(np.mean(largest <= s) - concentration.largest_below(s, 12)) < math.sqrt(math.log(2e9) / 2 / 20000)


def test_discrete_law_gives_intervals_their_exact_probability() -> None:
    weights, values = concentration.largest_law(5, 1.3)
    assert weights.sum() == pytest.approx(1, abs=1e-14)
    for part in (0.25, 1.0, 2.0):
        assert weights[values <= 1.3 * part].sum() == pytest.approx(float(concentration.largest_below(1.3 * part, 5)), rel=1e-12)


def test_coupled_laws_keep_their_marginals() -> None:
    first, second = concentration.largest_law(7, 0.9), concentration.largest_law(1, 0.9)
    weights, one, other = concentration.coupled(first, second)
    assert weights.min() >= 0
    for law, values in ((first, one), (second, other)):
        assert [weights[values == value].sum() for value in law[1]] == pytest.approx(list(law[0]), abs=1e-14)
