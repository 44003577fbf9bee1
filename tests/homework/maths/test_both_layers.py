"""The block norm, the remainder and the bracket of the supremum, against linear algebra, the network's values and brute force."""

import itertools

import numpy as np
import pytest
from homework.closed_forms import field_both, hessian_both, with_both

from hwgen.homework.maths import activations, both_layers, networks
from hwgen.homework.maths.maximisation import supremum_over_ball

X = np.array([0.9, -0.5])


def small_network(seed: int, activation: activations.Activation = activations.tanh, width: int = 2) -> networks.Network:
    return networks.drawn(np.random.default_rng(seed), width, 2, activation)


@pytest.mark.parametrize(("c", "s"), [(0.0, 0.7), (1.3, 0.0), (-1.3, 0.4), (2.0, 1.5)])
def test_block_norm_is_the_largest_singular_value(c: float, s: float) -> None:
    singular = np.linalg.svd(both_layers.block(c, s))[1].max()
    assert both_layers.block_norm(c, s) == pytest.approx(singular, rel=1e-14)


def test_a_corner_changes_the_norm_of_the_block() -> None:
    assert abs(np.linalg.norm(both_layers.block(0.8, 0.5, 0.7), 2) - both_layers.block_norm(0.8, 0.5)) > 0.1


def test_block_norm_is_the_norm_of_the_hessian_of_one_neuron() -> None:
    net = networks.Network(a=np.array([-1.4]), W=np.array([[0.3, 0.8]]), activation=activations.tanh)
    z, r = float(net.preactivations(X)[0]), float(np.linalg.norm(X))
    expected = both_layers.block_norm(-1.4 * activations.tanh.second(z) * r**2, activations.tanh.first(z) * r)
    assert np.linalg.norm(hessian_both(net, X), 2) == pytest.approx(expected, rel=1e-13)


def test_remainders_add_up_to_the_distance_from_the_linearisation() -> None:
    net, rng = small_network(4, width=3), np.random.default_rng(5)
    step = rng.standard_normal((3, 3))
    theta = net.both_layers()
    distance = with_both(net, theta + step.ravel()).output(X) - net.output(X) - net.gradient_both(X) @ step.ravel()
    parts = both_layers.remainder(net.activation, net.a, net.preactivations(X), step[:, 0], step[:, 1:] @ X)
    assert parts.sum() / np.sqrt(3) == pytest.approx(distance, abs=1e-14)


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("activation", [activations.tanh, activations.quadratic])
def test_bracket_contains_the_supremum_found_by_ascent(seed: int, activation: activations.Activation) -> None:
    net, R = small_network(seed, activation), 1.3
    theta, start, slope, r = net.both_layers(), net.output(X), net.gradient_both(X), np.linalg.norm(X)

    def distance(points: np.ndarray) -> np.ndarray:
        rows = points.reshape(-1, 2, 2)
        steps = np.concatenate([rows[:, :, :1], rows[:, :, 1:] * X / r], axis=2).reshape(len(points), -1)
        return np.abs(field_both(net, X)(theta + steps) - start - steps @ slope)

    found = np.sqrt(2) * supremum_over_ball(distance, 2, R, seed=seed)
    low, high = both_layers.bracket(net, X, R)
    # The knapsack loses at most a few parts in a thousand to its grid, the dual NEGLECTED.
    assert 0.98 * found <= low <= found * (1 + 1e-9)
    assert high >= found * (1 - both_layers.NEGLECTED)


def test_supremum_stays_below_the_ball_bound_and_grows_past_it_without_normalisation() -> None:
    net = small_network(7, width=64)
    bound = both_layers.ball_bound(1.0, activations.tanh.sup_first, activations.tanh.sup_second, float(np.linalg.norm(X)), 1.0)
    low, high = both_layers.bracket(net, X, 1.0)
    assert 0.5 * bound < low <= high < bound
    assert both_layers.bracket(networks.Network(a=3 * net.a, W=net.W, activation=net.activation), X, 1.0)[0] > bound


def test_knapsack_is_the_best_of_all_divisions() -> None:
    table = np.array([[0, 1.0, 1.5, 4.0], [0, 2.0, 2.5, 3.0], [0, 0.0, 2.9, 3.1]])
    best = max(sum(row[k] for row, k in zip(table, part, strict=True)) for part in itertools.product(range(4), repeat=3) if sum(part) <= 3)
    assert both_layers.knapsack(table) == best == 4.9


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_for_half_the_square_one_neuron_attains_the_supremum(seed: int) -> None:
    net = small_network(seed, activations.quadratic, width=64)
    low, high = both_layers.bracket(net, X, 1.3, neurons=64, angles=240)
    single = both_layers.square_supremum(net, X, 1.3)
    assert low <= single * (1 + 1e-9)
    assert single <= high * (1 + both_layers.NEGLECTED)
    assert high / low < 1.01


def test_the_neurons_left_out_gain_less_than_the_best_one() -> None:
    net, R, r = small_network(5, activations.quadratic, width=256), 0.7, float(np.linalg.norm(X))
    angle = np.linspace(-np.pi, np.pi, 4001)
    every = both_layers.remainder(net.activation, net.a[:, None], net.preactivations(X)[:, None], R * np.sin(angle), R * r * np.cos(angle))
    assert both_layers.square_supremum(net, X, R) == pytest.approx(np.abs(every).max(), rel=1e-6)


def test_supremum_of_a_quadratic_form_is_its_largest_eigenvalue() -> None:
    blocks = [both_layers.block(0.4, 0.9), both_layers.block(-1.7, 0.3)]
    largest = max(np.abs(np.linalg.eigvalsh(block)).max() for block in blocks)

    def departure(points: np.ndarray) -> np.ndarray:
        rows = points.reshape(-1, 2, 2)
        return sum(np.einsum("ki,ij,kj->k", rows[:, j], block, rows[:, j]) for j, block in enumerate(blocks))

    assert supremum_over_ball(departure, 2, 1.4) == pytest.approx(1.96 * largest, rel=1e-9)


def test_peaks_find_the_top_of_a_parabola_between_nodes_and_at_an_end() -> None:
    nodes = np.linspace(-1, 1, 21)
    table = np.stack([3 - 2 * (nodes - 0.137) ** 2, nodes, np.zeros(21)])
    assert both_layers.peaks(table)[0] == pytest.approx([3.0, 1.0, 0.0], abs=1e-13)
