"""What Exercise 2 stands on besides: the exact law of the maximum, and training with its flows."""

import math

import numpy as np
import pytest
import scipy

from hwgen.homework.exercises.ex2_output_nonlinearity import exercise
from hwgen.homework.exercises.ex2_output_nonlinearity.against_width import LINKS, RADIUS, limit_of_terms, limits, means_of_limits
from hwgen.homework.exercises.ex2_output_nonlinearity.limit_laws import SAMPLES, quantiles, resampled
from hwgen.homework.exercises.ex2_output_nonlinearity.training_of_g import flowed
from hwgen.homework.maths import activations, curvature, gap, gaussian, networks, training


@pytest.mark.parametrize("sigma", [activations.erf, activations.tanh], ids=["erf", "tanh"])
def test_the_probability_of_a_large_curvature_is_that_of_a_simulation(sigma: activations.Activation) -> None:
    rng, draws = np.random.default_rng(1), 400_000
    height = np.abs(rng.uniform(-1, 1, draws) * sigma.second(1.3 * rng.standard_normal(draws)))
    exact, error = curvature.exceedance(sigma, 1.3, 0.2)
    assert error < 1e-10
    assert np.mean(height > 0.8 * sigma.sup_second) == pytest.approx(exact, abs=5 * math.sqrt(exact / draws))


def test_the_mean_shortfall_is_that_of_simulated_networks() -> None:
    rng, sigma = np.random.default_rng(2), activations.erf
    a, z = rng.uniform(-1, 1, (4000, 32)), 1.3 * rng.standard_normal((4000, 32))
    deficit = 1 - np.max(np.abs(a * sigma.second(z)), axis=1) / sigma.sup_second
    (exact, wide), (error, other) = curvature.mean_shortfalls(sigma, 1.3, np.array([32, 1024]))
    assert max(error, other) < 1e-8
    assert wide < exact / 5
    assert np.mean(deficit) == pytest.approx(exact, abs=5 * float(np.std(deficit)) / math.sqrt(4000))


def test_small_steps_of_descent_follow_the_gradient_flow() -> None:
    rng, link = np.random.default_rng(3), activations.tanh
    X, y = rng.standard_normal((3, 2)), np.array([0.5, -0.5, 0.2])
    network = networks.drawn(rng, 20, 2, activations.erf)
    W, frozen, loss = training.flow(network, link, X, y, 0.5)
    run = training.descent(network, link, X, y, rate=1e-4, steps=5000)
    assert run[0, -1] == pytest.approx(link.call(training.outputs(network, X, W)), abs=1e-4)
    assert run[1, -1] == pytest.approx(link.call(frozen), abs=1e-4)
    assert loss == pytest.approx(float(np.sum((run[0, -1] - y) ** 2)) / 2, abs=1e-4)


def test_an_identity_link_leaves_two_models_of_the_three() -> None:
    rng = np.random.default_rng(4)
    X, y = rng.standard_normal((3, 2)), np.array([0.5, -0.5])
    run = training.descent(networks.drawn(rng, 30, 2, activations.erf), activations.identity, X, y, rate=0.1, steps=50)
    assert run[1] == pytest.approx(run[2], abs=1e-13)
    assert np.max(np.abs(run[0] - run[1])) > 1e-4


def test_the_slopes_of_training_are_those_of_the_network() -> None:
    rng = np.random.default_rng(5)
    network, X = networks.drawn(rng, 7, 3, activations.tanh), rng.standard_normal((4, 3))
    gradients = np.array([network.gradient_first(x) for x in X])
    assert training.kernel(network, X, network.W) == pytest.approx(gradients @ gradients.T, abs=1e-14)


def test_the_flow_that_has_not_begun_is_where_it_was() -> None:
    still = flowed(exercise.problem, 0, 0.0)
    assert np.array_equal(still["theta"], still["theta0"])
    assert np.array_equal(still["f"], still["frozen"])


def test_the_limit_law_for_a_half_square_is_one_point() -> None:
    assert np.ptp(quantiles(exercise.problem, "quadratic")) < 1e-9


def test_networks_drawn_again_spread_the_distance_like_new_networks() -> None:
    rng = np.random.default_rng(7)
    limit = np.linspace(0, 1, SAMPLES)
    drawn = [np.sort(0.3 + rng.uniform(size=SAMPLES)) for _ in range(200)]
    spread = float(np.std([np.mean(np.abs(one - limit)) for one in drawn]))
    assert np.mean([resampled(one, limit) for one in drawn[:20]]) == pytest.approx(spread, rel=0.2)


def test_the_departure_and_half_the_norm_of_the_hessian_have_limits_of_different_means() -> None:
    """By the closed forms of L and s for erf, and an integral over a fine grid, instead of the program's rules."""
    reach, deviation = limits(exercise.problem)
    sloped = gap.mean_gap(activations.tanh, deviation, RADIUS * math.sqrt(reach), gaussian.normal_panels(0.0, per_panel=8))
    by_link = np.array([0.0, sloped, math.nan])
    found = means_of_limits({"limits": by_link}, {"limits": np.array(limit_of_terms(exercise.problem))[[1, 2, 0]]})
    r2 = 1.3**2
    L, s = 4 * r2 / (3 * math.pi * math.sqrt(1 + 4 * r2)), math.sqrt(2 / (3 * math.pi) * math.asin(2 * r2 / (1 + 2 * r2)))
    v = s * np.linspace(-9, 9, 4001)[:, None]
    tau = RADIUS * math.sqrt(L) * np.linspace(-1, 1, 1001)
    slope = 1 - np.tanh(v) ** 2
    largest = np.max(np.abs(np.tanh(v + tau) - np.tanh(v) - slope * tau), axis=1)
    bend = RADIUS**2 / 2 * L * np.abs(2 * np.tanh(v) * slope)[:, 0]
    density = scipy.stats.norm.pdf(v[:, 0], scale=s)
    departure, half_norm = (float(scipy.integrate.simpson(one * density, v[:, 0])) for one in (largest, bend))
    assert LINKS[1] == "tanh"
    assert found["mean_of_gap"].value == pytest.approx(departure, abs=1e-5)
    assert found["mean_of_half_norm"].value == pytest.approx(half_norm, abs=1e-5)
    assert departure > half_norm + 0.04
