"""The kernel and its estimates against integrals, exact angles and one-by-one counts."""

from __future__ import annotations

import math
import tracemalloc
from typing import Any

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from hwgen.homework.maths.kernels import (
    arc_cosine_kernel_0,
    cosines,
    empirical_ntk,
    empirical_ntk_stream,
    ntk_matrix,
    sign_arcs,
    wedge_probability,
)


def orthant_probability(rho: Any) -> Any:
    """Probability that two standard Gaussians of correlation rho are positive, by the quadrature of the wedge."""
    correlation = np.asarray(rho, float)
    with np.errstate(divide="ignore"):
        return wedge_probability(correlation / np.sqrt((1 - correlation) * (1 + correlation)))


@pytest.mark.parametrize("rho", [-0.97, -0.4, 0.0, 0.25, 0.8, 0.999])
def test_the_orthant_probability_is_that_of_the_bivariate_normal_law(rho: float) -> None:
    law = multivariate_normal(cov=[[1, rho], [rho, 1]])
    assert orthant_probability(rho) == pytest.approx(law.cdf([0, 0]), abs=1e-7)


def test_the_orthant_probability_and_the_closed_form_agree_to_rounding_also_next_to_the_ends() -> None:
    rho = np.concatenate([np.linspace(-1, 1, 201), 1 - np.geomspace(1e-14, 1e-2, 9), np.geomspace(1e-14, 1e-2, 9) - 1])
    assert np.max(np.abs(orthant_probability(rho) - arc_cosine_kernel_0(rho))) < 1e-14


def test_a_cosine_beyond_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\[-1, 1\]"):
        arc_cosine_kernel_0([0.5, 1.0000001])


def test_the_wedge_probability_at_exact_angles() -> None:
    slopes = [-math.inf, -math.sqrt(3), -1, 0, 1, math.sqrt(3), math.inf]
    assert wedge_probability(slopes) == pytest.approx([0, 1 / 12, 1 / 8, 1 / 4, 3 / 8, 5 / 12, 1 / 2], abs=1e-14)


def test_the_wedge_probability_continues_analytically() -> None:
    step = 1e-20
    assert wedge_probability(0.7 + 1j * step).imag / step == pytest.approx(1 / (2 * math.pi * 1.49), rel=1e-13)


def test_the_kernel_matrix_of_known_angles_keeps_norms_and_zero_rows() -> None:
    X = np.array([[2.0, 0.0], [0.0, 3.0], [-1.0, 0.0], [1.0, 1.0], [0.0, 0.0]])
    expected = np.array(
        [[2.0, 0.0, 0.0, 0.75, 0.0], [0.0, 4.5, 0.0, 1.125, 0.0], [0.0, 0.0, 0.5, -0.125, 0.0], [0.75, 1.125, -0.125, 1.0, 0.0], [0.0] * 5]
    )
    assert ntk_matrix(X) == pytest.approx(expected, abs=1e-14)
    assert cosines(X)[4].tolist() == [0.0] * 5


def test_the_empirical_kernel_is_the_inner_product_of_the_gradients_of_the_network() -> None:
    rng = np.random.default_rng(1)
    X, W, a = rng.standard_normal((3, 2)), rng.standard_normal((5, 2)), rng.uniform(-2, 2, 5)

    def network(x: np.ndarray, weights: np.ndarray) -> float:
        return float(a @ np.maximum(weights.reshape(5, 2) @ x, 0)) / math.sqrt(5)

    steps = 1e-6 * np.eye(10)
    gradients = np.array([[(network(x, W.ravel() + e) - network(x, W.ravel() - e)) / 2e-6 for e in steps] for x in X])
    assert empirical_ntk(X, W, a) == pytest.approx(gradients @ gradients.T, abs=1e-8)


@pytest.mark.parametrize(("p", "chunk"), [(1, 4), (7, 7), (1000, 64), (1000, 5000)])
def test_the_stream_counts_every_neuron_once(p: int, chunk: int) -> None:
    X = np.array([[1.0, 0.5], [1.0, 0.5], [-1.0, -0.5]])
    estimate = empirical_ntk_stream(X, p, seed=3, chunk=chunk, dtype=np.float64)
    share = estimate[0, 0] / 1.25
    assert share * p == pytest.approx(round(share * p))
    assert estimate[2, 2] / 1.25 == pytest.approx(1 - share)
    assert estimate[0, 1] == estimate[0, 0]
    assert estimate[0, 2] == 0


def test_the_stream_approaches_the_kernel_within_bounded_differences() -> None:
    X = np.random.default_rng(5).standard_normal((8, 3))
    p = 40_000
    gram = np.linalg.norm(X @ X.T)
    allowed = gram * (0.5 + math.sqrt(math.log(1e12) / 2)) / math.sqrt(p)
    assert np.linalg.norm(empirical_ntk_stream(X, p, seed=1) - ntk_matrix(X)) < allowed < 0.15 * gram


def test_the_stream_needs_no_more_memory_for_more_neurons() -> None:
    X = np.random.default_rng(5).standard_normal((16, 4))
    peaks = []
    for p in (2**12, 2**16):
        tracemalloc.start()
        empirical_ntk_stream(X, p, seed=1, chunk=2**10)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]


@pytest.mark.parametrize(("p", "chunk"), [(0, 8), (8, 0), (8, 2**24 + 1)])
def test_the_stream_refuses_widths_it_cannot_count(p: int, chunk: int) -> None:
    with pytest.raises(ValueError, match="expected p >= 1"):
        empirical_ntk_stream(np.ones((2, 2)), p, seed=1, chunk=chunk)


def test_the_arcs_of_the_circle_carry_the_law_of_the_signs() -> None:
    X = np.array([[1.0, 0.0], [1.0, 1.0], [-2.0, 0.0]])
    weights, directions = sign_arcs(X)
    seen = directions @ X.T > 0
    assert weights.sum() == pytest.approx(1)
    assert weights @ (seen[:, 0] & seen[:, 1]) == pytest.approx(3 / 8)
    assert weights @ (seen[:, 1] & seen[:, 2]) == pytest.approx(1 / 8)
    assert weights @ (seen[:, 0] & seen[:, 2]) == 0


@pytest.mark.parametrize("X", [np.zeros((1, 2)), np.ones((2, 3))])
def test_the_arcs_refuse_inputs_off_the_plane_or_zero(X: np.ndarray) -> None:
    with pytest.raises(ValueError, match="non-zero inputs in the plane"):
        sign_arcs(X)
