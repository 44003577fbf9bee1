"""Exercise 3: its networks, steps and laws against other roads, and slips in its printed relations, which must be refuted."""

import math
import re
from collections.abc import Callable

import numpy as np
import pytest
from conftest import PROJECT
from homework.closed_forms import hessian_both
from homework.printed import Source
from scipy.stats import binom

from hwgen.homework.exercises.ex3_both_layers import exercise
from hwgen.homework.exercises.ex3_both_layers.gradient_and_biases import neuron_law
from hwgen.homework.exercises.ex3_both_layers.linearisation import extreme
from hwgen.homework.exercises.ex3_both_layers.logarithm import joint_law
from hwgen.homework.exercises.ex3_both_layers.neuron_by_neuron import contributions, departure
from hwgen.homework.exercises.ex3_both_layers.problem import BEYOND, SEEDS, WIDTHS, Problem, gradient, hessian, setting
from hwgen.homework.exercises.ex3_both_layers.relu import best_crossing, few
from hwgen.homework.exercises.ex3_both_layers.scarce_neurons import gainful, scarce, shared_gains, steep
from hwgen.homework.exercises.ex3_both_layers.steps import RANDOM, STEEP, curvature, intermediate, linear, moved, step, supremum
from hwgen.homework.maths import both_layers, kinks, shares
from hwgen.homework.maths.concentration import exceeds
from hwgen.homework.maths.differentiation import hessian as differentiated_twice
from hwgen.homework.oracles import activation, squared_gradient, suprema
from hwgen.judging.claim import finding_of
from hwgen.model import Claim, Statement, Verdict

TEMPLATES = [PROJECT / "templates" / f"ex3_{part}.tex.j2" for part in ("both_layers", "further")]
SOURCE = "".join(template.read_text(encoding="utf-8") for template in TEMPLATES)
PROBLEM = Problem()
Judge, Print = Callable[[str, str], Verdict], Callable[[str], str]
X = np.array([0.9, -0.8])


SLIPS = [
    ("both_gradient", r"\sigma(z_j)\,e_0", r"\sigma'(z_j)\,e_0"),
    ("both_gradient", r"a_j\,\sigma'", r"\sigma'"),
    ("both_blocks", r"\sigma''(z_j)", r"\sigma'(z_j)"),
    ("both_blocks", r"\hat x\,e_0^\top", r"e_0\,\hat x^\top"),
    ("block_norm", "+4", "+2"),
    ("block_eigenvalues", "{2}", "{3}"),
    ("block_smaller", "c-", "c+"),
    ("direct_ball", r"mM_2r^2", r"mM_2r"),
    ("square_from_below", r"\frac12R^2r", r"R^2r"),
    ("biased_direct", "1+r^2", "1-r^2"),
    ("hessian_on_ball", "(m+R)M_2r^2,", "mM_2r^2,"),
    ("taylor_lagrange", r"\frac12\,\lvert", r"\lvert"),
    ("taylor_lagrange", r"\frac{R^2}{2\sqrt p}", r"\frac{R^2}{\sqrt p}"),
    ("both_ball", r"\frac{R^2}{2\sqrt p}\,\Lambda((m+R) M_2", r"\frac{R}{2\sqrt p}\,\Lambda((m+R) M_2"),
    ("both_ball", r"(m+R) M_2 r^2,\,M_1 r", r"(m+R) M_2 r,\,M_1 r"),
    ("both_decomposition", r"-\sigma'(z_j)u_j", ""),
    ("both_remainder", "M_1r|", "M_1|"),
    ("both_sum", r"\alpha_j^2+\eta_j^2", r"\alpha_j^2-\eta_j^2"),
    ("square_completed", r"2\beta", r"\beta"),
    ("rate_from_below", r"\sqrt{2p}", r"\sqrt{p}"),
    ("gradient_squared", "r^2a_j^2", "ra_j^2"),
    ("gradient_limit", r"\frac{m^2r^2}{3}", "m^2r^2"),
    ("gradient_limit_biased", r"\frac{m^2(1+r^2)}{3}", r"\frac{m^2r^2}{3}"),
    ("biased_ball", r"M_1\sqrt{1+r^2})", "M_1r)"),
    ("open_remainder", r"\tfrac12M_2|\alpha|u^2", r"M_2|\alpha|u^2"),
    ("cubic_share", r"3\sqrt3", r"2\sqrt3"),
    ("open_ball", r"{4\sqrt2}", r"{8\sqrt2}"),
    ("open_ball", r"{3\sqrt3}", r"{2\sqrt3}"),
    ("square_remainder", r"(a+\alpha)", r"(a-\alpha)"),
    ("largest_tail", "t^2/2", "t^2"),
    ("largest_at_confidence", r"\sqrt{2\log(p/\delta)})", r"\sqrt{\log(p/\delta)})"),
    ("largest_from_below", r"\sqrt{\frac{2}{\pi}}", r"\frac{2}{\pi}"),
    ("tanh_largest", r"\frac{4}{3\sqrt3}", r"\frac{4}{3\sqrt2}"),
    ("first_layer_ball", r"{2\sqrt p}", r"{3\sqrt p}"),
    ("ball_value", r"\sqrt p", "p"),
    ("value_between", r"M_1r", r"M_1"),
    ("steepest_stationary", r"\tfrac12", r"\tfrac13"),
    ("steepest_cubic", r"= \tfrac16\alpha", r"= \tfrac12\alpha"),
    ("tanh_block", r"\sinh^2\omega", r"\cosh^2\omega"),
    ("tanh_angle_largest", "+3", "-3"),
    ("tanh_steepest", "e^{\\omega}", "e^{2\\omega}"),
    ("relu_remainder", r"-|z|", r"|z|"),
    ("relu_price", r"\frac\mu2", r"\mu"),
    ("relu_mean", "{4", "{8"),
    ("relu_gain", "{8", "{4"),
    ("relu_dual", r"R^2r^2", r"R^2r"),
    ("relu_constant", r"(2\pi)^{1/6}", r"(2\pi)^{1/3}"),
    ("both_output_gap", r"R^2\ell^2", r"R^2\ell"),
    ("both_output_limit", "{6}", "{3}"),
]


@pytest.mark.parametrize(("name", "right", "wrong"), SLIPS, ids=[f"{name}-{number}" for number, (name, _, _) in enumerate(SLIPS)])
def test_a_slip_in_a_printed_relation_is_refuted(name: str, right: str, wrong: str, printed: Print, verdict: Judge) -> None:
    text = printed(name)
    assert right in text
    assert verdict(name, text.replace(right, wrong, 1)) is Verdict.REFUTED


@pytest.mark.parametrize("name", ["both_ball", "block_norm", "gradient_limit", "open_ball", "largest_from_below"])
def test_relations_as_printed_are_supported(name: str, printed: Print, verdict: Judge) -> None:
    assert verdict(name, printed(name)) is Verdict.SUPPORTED


def test_networks_avoid_the_points_at_which_wrong_powers_look_right() -> None:
    for seed in SEEDS:
        here = setting(PROBLEM, seed)
        assert here.p >= 2
        assert here.x.size >= 2
        assert abs(here.r - 1) > 0.05
        assert np.abs(here.network.a).max() <= here.m
        assert abs(here.network.a[0]) == pytest.approx(here.m)
    assert np.abs(setting(Problem(law_of_a="wide"), 0).network.a[0]) > setting(PROBLEM, 0).m
    assert min(abs(one - 1) for one in suprema(PROBLEM.activation)) > 0.02


def test_only_the_networks_beyond_the_bound_have_weights_beyond_it_and_a_ball_of_negative_radius_has_no_supremum() -> None:
    largest = {seed: np.abs(setting(PROBLEM, seed).network.a).max() / setting(PROBLEM, seed).m for seed in WIDTHS}
    assert {seed for seed, ratio in largest.items() if ratio > 1} == {*BEYOND}
    assert {seed: round(float(largest[seed]), 12) for seed in BEYOND} == BEYOND
    assert math.isnan(supremum(PROBLEM, 0, -0.5))
    assert supremum(PROBLEM, 0, 0.0) == 0


def test_derivatives_are_those_of_the_closed_forms() -> None:
    here = setting(PROBLEM, 3)
    assert np.allclose(gradient(PROBLEM, 3).value, here.network.gradient_both(here.x), atol=1e-12)
    assert np.allclose(hessian(PROBLEM, 3).value, hessian_both(here.network, here.x), atol=1e-11)
    assert not np.allclose(hessian(Problem(corner=0.7), 3).value, hessian_both(here.network, here.x), atol=1e-3)


def test_hessian_with_biases_is_that_of_the_longer_input() -> None:
    here = setting(PROBLEM, 2)
    longer = type(here.network)(a=here.network.a, W=np.column_stack([here.network.W, here.biases]), activation=here.network.activation)
    assert np.allclose(hessian(PROBLEM, 2, biased=True).value, hessian_both(longer, np.append(here.x, 1.0)), atol=1e-11)


@pytest.mark.parametrize("where", [STEEP, RANDOM])
def test_intermediate_point_lies_inside_and_gives_the_remainder(where: str) -> None:
    tau = intermediate(PROBLEM, 1, 1.1, where)
    assert 0 < tau < 1
    distance = moved(PROBLEM, 1, 1.1, where) - linear(PROBLEM, 1, 1.1, where).value
    assert curvature(PROBLEM, 1, 1.1, where, tau) / 2 == pytest.approx(distance, abs=1e-11)
    assert abs(curvature(PROBLEM, 1, 1.1, where, 0.0) / 2 - distance) > 1e-4


def test_steps_stay_in_the_ball_and_the_steep_one_reaches_its_edge() -> None:
    for seed in SEEDS:
        assert np.linalg.norm(step(PROBLEM, seed, 1.7, RANDOM).vector) <= 1.7
        assert np.linalg.norm(step(PROBLEM, seed, 1.7, STEEP).vector) == pytest.approx(1.7, rel=1e-12)
        away = extreme(PROBLEM, seed, 1.7).ravel() - setting(PROBLEM, seed).theta
        assert np.linalg.norm(away) <= 1.7 * (1 + 1e-12)


@pytest.mark.parametrize(("seed", "R"), [(0, 1.9), (1, 1.4), (3, 2.3), (4, 1.4), (7, 2.3)])
def test_supremum_is_not_beaten_by_random_steps_or_by_the_knapsack(seed: int, R: float) -> None:
    here = setting(PROBLEM, seed)
    found = supremum(PROBLEM, seed, R)
    steps = np.random.default_rng(0).standard_normal((4000, here.theta.size))
    steps *= R / np.linalg.norm(steps, axis=1, keepdims=True)
    distances = here.field(here.theta + steps) - here.field(here.theta[None]) - steps @ gradient(PROBLEM, seed).value
    assert 0.3 * found < np.abs(distances).max() <= found
    low, high = both_layers.bracket(here.network, here.x, R)
    assert 0.98 * found <= low / math.sqrt(here.p) <= found * (1 + 1e-9)
    assert high / math.sqrt(here.p) >= found * (1 - both_layers.NEGLECTED)


def test_contributions_add_up() -> None:
    here = setting(PROBLEM, 0)
    total = contributions(PROBLEM, 0, 1.2, RANDOM).value.sum() / math.sqrt(here.p)
    assert total == pytest.approx(moved(PROBLEM, 0, 1.2, RANDOM) - linear(PROBLEM, 0, 1.2, RANDOM).value, abs=1e-12)


def test_departure_of_one_neuron_is_its_remainder() -> None:
    sigma = activation("rippled")
    expected = both_layers.remainder(sigma, 0.8, 1.1, -0.6, 0.9)
    assert departure("rippled", 0.8, 1.1, -0.6, 0.9).value == pytest.approx(float(expected), abs=1e-12)


def test_rippled_has_the_derivatives_and_the_supremum_that_it_says() -> None:
    sigma = activation("rippled")
    for z in (-2.0, 0.3, 3.3):
        found, _ = differentiated_twice(lambda points: sigma.call(points[:, 0]), np.array([z]))
        assert found[0, 0] == pytest.approx(float(sigma.second(z)), abs=1e-11)
        assert (sigma.first(z + 1e-5) - sigma.first(z - 1e-5)) / 2e-5 == pytest.approx(float(sigma.second(z)), abs=1e-8)
    assert np.abs(sigma.second(np.linspace(-9, 9, 4001))).max() == pytest.approx(sigma.sup_second, abs=1e-5)


@pytest.mark.parametrize("biased", [False, True])
def test_mean_square_is_that_of_simulated_neurons(biased: bool) -> None:
    rng, m = np.random.default_rng(17), 1.3
    a, w = rng.uniform(-m, m, 20000), rng.standard_normal((20000, 2))
    sigma, z = activation("erf"), w @ X
    squares = sigma.call(z) ** 2 + (X @ X + biased) * a**2 * sigma.first(z) ** 2
    # Six standard errors.
    assert abs(squares.mean() - squared_gradient(PROBLEM, X, "a w b" if biased else "a w", m).value) < 6 * squares.std() / math.sqrt(20000)


def test_law_of_one_neuron_has_its_moments() -> None:
    weights, a, z, g = neuron_law(PROBLEM, X, 1.3)
    assert weights.sum() == pytest.approx(1, abs=1e-13)
    assert weights @ a**2 == pytest.approx(1.3**2 / 3, rel=1e-12)
    assert weights @ z**2 == pytest.approx(X @ X, rel=1e-12)
    assert weights @ g**4 == pytest.approx(3, rel=1e-12)


def test_joint_law_has_exact_tails_at_its_level() -> None:
    weights, largest, single = joint_law(PROBLEM, 9, 1.6, 1.1)
    assert weights[np.abs(single) > 1.1].sum() == pytest.approx(float(exceeds(1.1)), rel=1e-12)
    assert weights[largest > 1.6 * 1.1].sum() == pytest.approx(1 - (1 - float(exceeds(1.1))) ** 9, rel=1e-12)


@pytest.mark.parametrize("name", ["largest_tail", "largest_at_confidence", "largest_from_below"])
@pytest.mark.parametrize("factor", ["1.05", "0.95", "1.01", "0.99"])
def test_a_threshold_beside_its_level_is_found_out(name: str, factor: str) -> None:
    """Between two ends of its intervals a law says the same of every threshold: there are such ends right beside the level."""
    claim = exercise.nouns[name]
    assert isinstance(claim, Claim)
    source = Source(PROJECT / "templates")
    text = source.printed(name)
    sign = min(text.find(one) for one in (">", r"\le rt") if one in text)
    start = sign + (1 if text[sign] == ">" else 3)
    found = finding_of(claim, source.formula(name, f"{text[:start]} {factor}\\cdot {text[start:]}"), exercise.problem)
    assert found.verdict is Verdict.REFUTED


def test_every_claim_is_printed_and_every_printed_claim_is_declared() -> None:
    claims = {name for name, noun in exercise.nouns.items() if isinstance(noun, Claim)}
    assert set(re.findall(r"\\checked\{(\w+)\}", SOURCE)) == claims


def test_shares_of_the_budget_are_not_beaten_by_random_choices() -> None:
    sigma, rng = activation("tanh"), np.random.default_rng(5)
    m, r, rho = 1.3, 0.8, 0.7
    a, z = rng.uniform(-m, m, 40000), rng.uniform(-3, 3, 40000)
    angle = rng.uniform(0, 2 * math.pi, 40000)
    found = np.abs(both_layers.remainder(sigma, a, z, rho * np.cos(angle), r * rho * np.sin(angle))).max()
    assert 0.97 * shares.share(sigma, m, r, rho) < found <= shares.share(sigma, m, r, rho)


def test_the_best_division_exceeds_the_largest_curvature_for_tanh_and_not_for_an_affine_activation() -> None:
    low, high = shares.shared(activation("tanh"), 1.0, 1.0, 1.0)
    assert shares.steepest(activation("tanh"), 1.0, 1.0)[0] / 2 * 1.01 < low <= high
    low, high = shares.shared(activation("identity"), 1.0, 1.4, 0.9)
    assert low == pytest.approx(0.9**2 * 1.4 / 2, rel=1e-9) == high


def test_crossings_of_the_kink_are_bracketed() -> None:
    rng = np.random.default_rng(3)
    a, z = rng.uniform(-1, 1, 300), rng.standard_normal(300)
    low, high = kinks.bracket(a, z, 0.9)
    assert 0.98 * high < low <= high * (1 + 1e-12)
    v = np.abs(rng.standard_normal((2000, 300))) * (np.abs(z) < 0.4)
    v *= 0.9 / np.linalg.norm(v, axis=1, keepdims=True)
    assert (np.maximum(v - np.abs(z), 0) @ np.maximum(a, 0)).max() <= high
    with pytest.raises(ValueError, match="all weights are 0"):
        kinks.bracket(np.zeros(3), np.ones(3), 1.0)


def test_enumerated_crossings_agree_with_the_bracket() -> None:
    for seed in range(12):
        a, z, reach, _ = few(seed)
        low, high = kinks.bracket(a, z, reach)
        assert low * (1 - 1e-9) <= best_crossing(seed)[0] <= high * (1 + 1e-9)


@pytest.mark.parametrize(("width", "parts", "power"), [(2**12, 1, 1.5), (2**20, 1, 1.5), (2**20, 64, 1.5), (2**16, 9, 0.5)])
def test_so_many_neurons_are_that_near_to_the_best_but_for_a_tiny_probability(width: int, parts: int, power: float) -> None:
    """By the binomial law itself; the bound is not far from it either."""
    part = scarce(width, parts, lambda missed: missed**power)
    assert binom.cdf(parts - 1, width, part**power) <= 1e-12
    assert binom.cdf(parts - 1, width, part**power / 3) > 1e-12


@pytest.mark.parametrize("missed", [0.02, 0.2])
def test_how_probable_neurons_near_to_the_best_are_agrees_with_draws(missed: float) -> None:
    rng, sigma, r, R, parts, draws = np.random.default_rng(5), activation("tanh"), 0.8, 1.3, 9, 400_000
    a, z = rng.uniform(-1, 1, draws), r * rng.standard_normal(draws)
    second, norm = suprema("tanh")[1] * r * r, shares.steepest(sigma, 1.0, r)[0]
    both = np.linalg.eigvalsh([both_layers.block(c, s) for c, s in zip(a * sigma.second(z) * r * r, sigma.first(z) * r, strict=True)])
    share = second * R * R / 2 / parts
    for found, likely in (
        (np.abs(a * sigma.second(z)) * r * r >= (1 - missed) * second, steep(sigma, r, second, missed, mixed=False)),
        (np.abs(both).max(axis=1) >= (1 - missed) * norm, steep(sigma, r, norm, missed, mixed=True)),
        (shared_gains(sigma, a, z, r, R, parts)[0] >= (1 - missed) * share, gainful(sigma, r, R, share * parts, parts, missed)),
    ):
        assert np.mean(found) == pytest.approx(likely, abs=5 * math.sqrt(likely / draws))


@pytest.mark.parametrize("name", ["one_layer_limit", "two_layer_limit"])
def test_both_limits_of_a_sentence_are_computed_and_each_fails_for_other_weights(name: str) -> None:
    statement = exercise.nouns[name]
    assert isinstance(statement, Statement)
    for problem, verdict in ((PROBLEM, Verdict.SUPPORTED), (Problem(law_of_a="wide"), Verdict.REFUTED)):
        first, second = statement.look(problem)
        assert {first.verdict, second.verdict} == {verdict}
        assert first.method != second.method
