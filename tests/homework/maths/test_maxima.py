"""The law of the largest of p normal variables against simulation, quadrature and its own inverse."""

import math

import numpy as np
import pytest
from scipy import integrate

from hwgen.homework.maths import maxima


@pytest.mark.parametrize("s", [0.0, 0.4, 1.7, 5.0])
def test_tail_is_the_integral_of_the_density(s: float) -> None:
    tail, _ = integrate.quad(lambda g: math.exp(-g * g / 2), s, math.inf, epsabs=0)
    assert maxima.exceeds(s) == pytest.approx(2 * tail / math.sqrt(2 * math.pi), rel=1e-9)


def test_largest_is_distributed_as_simulated() -> None:
    largest = np.abs(np.random.default_rng(11).standard_normal((20000, 12))).max(axis=1)
    for s in (1.2, 1.8, 2.5):
        # Hoeffding: a false alarm of 1e-9 at most.
        assert abs(np.mean(largest <= s) - maxima.largest_below(s, 12)) < math.sqrt(math.log(2e9) / 2 / 20000)


@pytest.mark.parametrize("p", [1, 30, 10**6])
@pytest.mark.parametrize("level", [0.01, 0.5, 0.999])
def test_quantile_inverts_the_law(p: int, level: float) -> None:
    assert maxima.largest_below(maxima.largest_quantile(p, level), p) == pytest.approx(level, rel=1e-9)


def test_discrete_law_gives_intervals_their_exact_probability() -> None:
    weights, values = maxima.largest_law(5, 1.3)
    assert weights.sum() == pytest.approx(1, abs=1e-14)
    for part in (0.25, 1.0, 2.0):
        assert weights[values <= 1.3 * part].sum() == pytest.approx(float(maxima.largest_below(1.3 * part, 5)), rel=1e-12)


def test_coupled_laws_keep_their_marginals() -> None:
    first, second = maxima.largest_law(7, 0.9), maxima.largest_law(1, 0.9)
    weights, one, other = maxima.coupled(first, second)
    assert weights.min() >= 0
    for law, values in ((first, one), (second, other)):
        assert [weights[values == value].sum() for value in law[1]] == pytest.approx(list(law[0]), abs=1e-14)
