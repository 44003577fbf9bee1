"""Gap functions against closed forms, suprema over balls against eigenvalues and against each other's bounds."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize

from hwgen.homework.maths import activations, ascent, gap, gaussian, networks
from hwgen.homework.maths.maximisation import height_of, highest, supremum_over_ball

X = np.array([1.2, -0.5])


def network(width: int, seed: int = 5) -> networks.Network:
    return networks.drawn(np.random.default_rng(seed), width, 2, activations.erf)


@pytest.mark.parametrize(("y", "reach"), [(-0.7, 0.4), (0.3, 1.7), (1.2, 2.4)])
def test_the_gap_of_the_exponential_and_of_the_half_square_are_known(y: float, reach: float) -> None:
    assert gap.gap(activations.exponential, y, reach) == pytest.approx(math.exp(y) * (math.exp(reach) - 1 - reach), rel=1e-12)
    assert gap.gap(activations.quadratic, y, reach) == pytest.approx(reach**2 / 2, rel=1e-12)
    assert gap.gap(activations.identity, y, reach) < 1e-14


def test_a_maximum_inside_a_cell_is_found_beyond_the_grid() -> None:
    assert gap.maximum(lambda t: np.cos(t - 0.123456789), -1.0, 2.0) == pytest.approx(1, abs=1e-14)
    assert gap.maximum(lambda t: -np.asarray(t), 0.0, 1.0) == 0
    assert highest(lambda t: np.cos(t - 0.123456789), np.linspace(-1, 2, 50))[1] == pytest.approx(0.123456789, abs=1e-7)


@pytest.mark.parametrize("place", [-1.0, -0.4321, 0.123456789, 1.9999, 2.0])
def test_a_maximum_without_its_place_is_the_one_with_it(place: float) -> None:
    nodes = np.linspace(-1, 2, 50)
    for height in (lambda t: np.cos(t - place), lambda t: -np.abs(np.asarray(t) - place), lambda t: 1e6 - (np.asarray(t) - place) ** 4):
        assert height_of(height, nodes) == pytest.approx(highest(height, nodes)[0], rel=1e-14, abs=1e-7)
        assert height(place) - 1e-10 <= height_of(height, nodes) <= height(place)


def test_the_mean_gap_of_the_cube_is_a_gaussian_moment() -> None:
    # |y| T^2 / 2 + T^3 / 6, with E|Z| = sqrt(2 / pi).
    expected = 0.8 * math.sqrt(2 / math.pi) * 1.3**2 / 2 + 1.3**3 / 6
    assert gap.mean_gap(activations.cubic, 0.8, 1.3, gaussian.normal_panels(0.0, per_panel=6)) == pytest.approx(expected, rel=1e-10)


def test_the_largest_value_of_a_quadratic_form_over_a_ball_is_an_eigenvalue() -> None:
    A = np.array([[1.0, 0.4, 0.0], [0.4, -2.0, 0.3], [0.0, 0.3, 0.5]])
    found = supremum_over_ball(lambda u: np.einsum("ki,ij,kj->k", u, A, u), 3, 1.4, each=1)
    assert found == pytest.approx(1.4**2 * np.abs(np.linalg.eigvalsh(A)).max(), rel=1e-9)


def test_a_largest_value_inside_of_a_ball_is_found_though_every_climb_begins_at_its_boundary() -> None:
    top = np.array([0.4, -0.7, 0.2])
    found = supremum_over_ball(lambda u: 3 * np.exp(-np.sum((u - top) ** 2, axis=1)), 3, 2.0, each=1)
    assert found == pytest.approx(3.0, rel=1e-13)


@pytest.mark.parametrize("seed", range(2))
def test_a_climb_ends_no_lower_than_another_optimiser_from_many_more_starts(seed: int) -> None:
    rng = np.random.default_rng(seed)
    A, b = rng.standard_normal((5, 4)), rng.standard_normal(5)

    def hills(u: np.ndarray) -> np.ndarray:
        return np.asarray(np.sin(u @ A.T + b).sum(axis=1) + 0.2 * np.sum(u**2, axis=1))

    ball = {"type": "ineq", "fun": lambda v: 1.69 - v @ v}
    starts = rng.standard_normal((30, 4)) / 2
    others = [minimize(lambda v, s=sign: -s * hills(v[None])[0], x, method="SLSQP", constraints=ball) for x in starts for sign in (1, -1)]
    best = max(-one.fun for one in others if 1.69 - one.x @ one.x > -1e-9)
    assert supremum_over_ball(hills, 4, 1.3, each=1, seed=seed) >= best * (1 - 1e-8)


def test_moving_preactivations_moves_them_by_that_much_at_the_least_cost() -> None:
    net, u = network(3), np.array([[0.3, -0.2, 0.9]])
    theta = gap.moved(net, X, u)[0]
    assert net.with_first(theta).preactivations(X) - net.preactivations(X) == pytest.approx(u[0], abs=1e-15)
    assert np.linalg.norm(theta - net.first_layer()) == pytest.approx(np.linalg.norm(u) / np.linalg.norm(X), rel=1e-14)


@pytest.mark.parametrize("width", [2, 3])
def test_duality_encloses_the_supremum_found_by_brute_force(width: int) -> None:
    net = network(width)
    low, high = gap.remainder_bracket(net, X, 1.5, per_side=400)
    z = net.preactivations(X)

    def remainder(u: np.ndarray) -> np.ndarray:
        return gap.departure(net.activation, z, u) @ net.a / math.sqrt(width)

    brute = supremum_over_ball(remainder, width, 1.5 * float(np.linalg.norm(X)), each=1)
    assert low <= brute * (1 + 1e-9)
    assert brute <= high
    assert low == pytest.approx(brute, rel=1e-3)


@pytest.mark.parametrize("block", [2**20, 40])
def test_many_networks_at_once_are_each_of_them(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    for where, name, few in ((ascent, "BLOCK", block), (gap, "SINGLES", 2), (gap, "DRAWN", 1)):
        monkeypatch.setattr(where, name, few)
    rng = np.random.default_rng(4)
    some = [networks.drawn(rng, 16, 2, activations.erf) for _ in range(7)]
    links = [activations.tanh, activations.quadratic]
    expected = [[max(gap.along_ray(one, X, 1.5, link)[0], gap.climbed(one, X, 1.5, link)) for one in some] for link in links]
    assert gap.largest(some, X, 1.5, links) == pytest.approx(np.array(expected), rel=1e-12)


def test_ray_ball_and_theorem_are_in_order_for_a_wide_network() -> None:
    net, R = network(512), 1.5
    bound = activations.erf.sup_second * R**2 * float(X @ X) / 2 / math.sqrt(512)
    reach = R * float(np.linalg.norm(net.gradient_first(X)))
    ray, profile = gap.along_ray(net, X, R, activations.tanh)
    ball = gap.climbed(net, X, R, activations.tanh)
    assert ray == np.abs(profile).max()
    assert ray <= ball * (1 + 1e-12)
    # |phi'| <= 1: the theorem of question 2(c) with delta at most the bound.
    assert abs(ball - gap.gap(activations.tanh, net.output(X), reach)) <= bound
    low, high = gap.remainder_bracket(net, X, R)
    assert 0.9 * bound < low <= high < bound


def test_a_hundred_efficient_neurons_attain_what_all_of_them_do_and_eight_do_not() -> None:
    net = network(2000)
    assert gap.efficient(net, X, 1.5, 128).width == 128
    best, bound = gap.remainder_bracket(net, X, 1.5)
    attained, allowed = gap.remainder_bracket(net, X, 1.5, moved=128)
    assert attained == pytest.approx(best, rel=1e-6)
    # The bound is one of the whole network, at a multiplier that is as good as that sought among all neurons.
    assert best <= allowed == pytest.approx(bound, rel=1e-5)
    attained, allowed = gap.remainder_bracket(net, X, 1.5, moved=8)
    assert attained < 0.999 * best
    assert best <= allowed


def test_more_starts_find_what_an_ascent_from_the_ends_of_the_ray_misses_on_narrow_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    rng, R = np.random.default_rng(11), 1.5
    some = [networks.drawn(rng, 8, 2, activations.erf) for _ in range(40)]
    (found,) = gap.largest(some, X, R, [activations.tanh])
    brute = np.array([_brute(net, R) for net in some[:6]])
    assert np.all(found[:6] > 0.99 * brute)
    monkeypatch.setattr(gap, "NARROW", 7)
    (few,) = gap.largest(some, X, R, [activations.tanh])
    assert np.all(found >= few * (1 - 1e-3))
    assert found.mean() > 1.03 * few.mean()


def test_further_starts_are_those_that_a_longer_list_has_more(monkeypatch: pytest.MonkeyPatch) -> None:
    rng, R, links = np.random.default_rng(12), 1.5, [activations.tanh, activations.quadratic]
    some = [networks.drawn(rng, 8, 2, activations.erf) for _ in range(9)]
    few, more = gap.largest(some, X, R, links), gap.beyond(some, X, R, links, times=3)
    assert more.shape == few.shape
    for name in ("SINGLES", "DRAWN"):
        monkeypatch.setattr(gap, name, 3 * getattr(gap, name))
    assert np.maximum(few, more) == pytest.approx(gap.largest(some, X, R, links), rel=1e-6)


def _brute(net: networks.Network, R: float) -> float:
    """The supremum by an ascent that knows nothing of networks."""
    u = np.zeros((1, net.width))

    def height(steps: np.ndarray) -> np.ndarray:
        return gap.linearisation_gaps(net, X, u + steps, activations.tanh)

    return supremum_over_ball(height, net.width, R * float(np.linalg.norm(X)), each=1)


@pytest.mark.parametrize("link", [activations.identity, activations.tanh, activations.quadratic], ids=lambda link: link.name)
@pytest.mark.parametrize("width", [16, 256])
def test_what_the_theorem_allows_is_above_what_is_found(width: int, link: activations.Activation) -> None:
    net, R = network(width), 1.5
    _, remainder = gap.remainder_bracket(net, X, R)
    assert gap.largest([net], X, R, [link])[0, 0] <= gap.allowed(net, X, R, link, remainder)
