"""Exercise 2: its networks and suprema against other roads, and wrong versions of its relations, which must be refuted."""

import dataclasses
import math
import re
from collections.abc import Callable

import numpy as np
import pytest
from conftest import PROJECT
from homework.closed_forms import hessian_first

from hwgen.homework.exercises.ex2_output_nonlinearity import exercise
from hwgen.homework.exercises.ex2_output_nonlinearity.against_width import INPUT, limits, terms_of
from hwgen.homework.exercises.ex2_output_nonlinearity.no_linearisation import mirrored
from hwgen.homework.exercises.ex2_output_nonlinearity.problem import SATURATED, differentiated, setting
from hwgen.homework.exercises.ex2_output_nonlinearity.suprema import distance, supremum_of_g
from hwgen.homework.maths import activations
from hwgen.homework.oracles import drawn
from hwgen.model import Claim, Verdict

PAGES = "".join((PROJECT / f"templates/{name}.tex.j2").read_text() for name in ("ex2_output_nonlinearity", "ex2_further"))
Judge = Callable[[str, str], Verdict]


RIGHT_AND_WRONG = [
    (
        "output_hessian",
        r"H_g = \phi'(f)\,H + \phi''(f)\,\nabla f\,\nabla f^\top",
        [r"H_g = \phi(f)\,H + \phi''(f)\,\nabla f\,\nabla f^\top", r"H_g = \phi'(f)\,H", r"H_g = H + \phi''(f)\,\nabla f\,\nabla f^\top"],
    ),
    (
        "tangent_limit",
        r"L = \frac{r^2}{3}\,\mathbb{E}[\sigma'(rG)^2]",
        [
            r"L = r^2\,\mathbb{E}[\sigma'(rG)^2]",
            r"L = \frac{r}{3}\,\mathbb{E}[\sigma'(rG)^2]",
            r"L = \frac{r^2}{3}\,\mathbb{E}[\sigma'(G)^2]",
        ],
    ),
    (
        "output_variance",
        r"s^2 = \frac13\,\mathbb{E}[\sigma(rG)^2]",
        [r"s = \frac13\,\mathbb{E}[\sigma(rG)^2]", r"s^2 = \frac13\,\mathbb{E}[\sigma'(rG)^2]", r"s^2 = \mathbb{E}[\sigma(rG)^2]"],
    ),
    (
        "linearisation_error",
        r"|f-f_{\mathrm{lin}}| \le \frac{M_2}{2\sqrt p}\,\sum_{j=1}^{p}u_j^2 \le \frac{M_2R^2r^2}{2\sqrt p}",
        [
            r"|f-f_{\mathrm{lin}}| \le \frac{M_2}{3\sqrt p}\,\sum_{j=1}^{p}u_j^2 \le \frac{M_2R^2r^2}{2\sqrt p}",
            r"|f-f_{\mathrm{lin}}| \le \frac{M_2}{2\sqrt p}\,\sum_{j=1}^{p}u_j^2 \le \frac{M_2R^2r^2}{\sqrt p}",
            r"|f-f_{\mathrm{lin}}| \le \frac{M_2}{2p}\,\sum_{j=1}^{p}u_j^2 \le \frac{M_2R^2r^2}{2p}",
        ],
    ),
    (
        "mirrored_hessian",
        r"\|H_g\|_{\mathrm{op}} = \|H\|_{\mathrm{op}} \le \frac{M_2r^2}{\sqrt p}",
        [
            r"\|H_g\|_{\mathrm{op}} = \|H\|_{\mathrm{op}} \le \frac{M_2r^2}{p}",
            r"\|H_g\|_{\mathrm{op}} = \|H\|_{\mathrm{op}} \le 2\frac{M_2r^2}{\sqrt p}",
        ],
    ),
]


@pytest.mark.parametrize(("name", "right", "wrong"), RIGHT_AND_WRONG, ids=[one[0] for one in RIGHT_AND_WRONG])
def test_the_printed_relation_is_supported_and_its_slips_are_refuted(name: str, right: str, wrong: list[str], verdict: Judge) -> None:
    assert right in PAGES
    assert verdict(name, right) is Verdict.SUPPORTED
    assert [verdict(name, one) for one in wrong] == [Verdict.REFUTED] * len(wrong)


def test_a_weaker_constant_in_the_bound_of_the_theorem_is_told_from_the_true_one(verdict: Judge) -> None:
    printed = r"\bigl|S_R-\Delta_\phi(f_0,R\ell)\bigr| \le D_R\,\sup_{|\tau|\le R\ell+D_R}|\phi'(f_0+\tau)|"
    assert printed in PAGES
    assert verdict("gap_bound", printed) is Verdict.SUPPORTED
    for weaker in (r"2D_R\,\sup_{|\tau|\le R\ell+D_R}", r"D_R\,\sup_{|\tau|\le R\ell+2D_R}", r"D_R\,\sup_{|\tau|\le R\ell}"):
        wrong = printed.replace(r"D_R\,\sup_{|\tau|\le R\ell+D_R}", weaker)
        assert verdict("gap_bound", wrong) is Verdict.REFUTED


def test_every_claim_of_the_exercise_is_printed() -> None:
    printed = set(re.findall(r"\\(?:checked|refuted)\{(\w+)\}", PAGES))
    assert printed == {name for name, noun in exercise.nouns.items() if isinstance(noun, Claim)}


def test_the_networks_of_the_checks_avoid_special_points() -> None:
    for case in range(8):
        here = setting(exercise.problem, case)
        assert 0.55 < here.r < 1.65
        assert abs(here.r - 1) > 1e-3
        assert np.all(np.abs(here.a) < 1)
        assert len(here.a) >= 3
        assert len(here.x) >= 2


def test_the_prefactor_of_a_changed_problem_reaches_the_network() -> None:
    usual, changed = setting(exercise.problem, 3), setting(dataclasses.replace(exercise.problem, prefactor=1.0), 3)
    ratio = changed.network.output(changed.x) / usual.network.output(usual.x)
    assert ratio == pytest.approx(len(usual.a) ** -0.5, rel=1e-13)


@pytest.mark.parametrize("case", [0, 1, SATURATED])
def test_random_steps_never_leave_f_further_than_the_supremum_found(case: int | str) -> None:
    here, R = setting(exercise.problem, case), 1.3
    rng = np.random.default_rng(17)
    gradient = differentiated(exercise.problem, case, "gradient f").value
    largest = 0.0
    for _ in range(4000):
        h = rng.standard_normal(gradient.size)
        h *= R * rng.random() ** (1 / 4) / np.linalg.norm(h)
        f = here.network.with_first(here.network.first_layer() + h).output(here.x)
        largest = max(largest, abs(f - here.network.output(here.x) - gradient @ h))
    supremum = distance(exercise.problem, case, R)
    assert largest <= supremum.value + supremum.error
    assert largest > 0.2 * supremum.value


def test_the_supremum_for_the_saturated_case_is_the_bound() -> None:
    here, R = setting(exercise.problem, SATURATED), 0.9
    assert distance(exercise.problem, SATURATED, R).value == pytest.approx(1.5 * R**2 * here.r**2 / 2 / math.sqrt(len(here.a)), rel=1e-9)
    assert supremum_of_g(exercise.problem, SATURATED, "identity", R).value == distance(exercise.problem, SATURATED, R).value


def test_a_mirrored_network_vanishes_at_initialisation_and_keeps_its_gradient() -> None:
    here, plain = mirrored(exercise.problem, 2), setting(exercise.problem, 2)
    assert here.network.output(here.x) == pytest.approx(0, abs=1e-15)
    squares = [float(np.sum(one.network.gradient_first(one.x) ** 2)) for one in (here, plain)]
    assert squares[0] == pytest.approx(squares[1], rel=1e-13)


def test_the_limits_of_the_figures_are_the_closed_forms_for_erf() -> None:
    square, deviation = limits(exercise.problem)
    r2 = float(INPUT @ INPUT)
    assert square == pytest.approx(4 * r2 / (3 * math.pi * math.sqrt(1 + 4 * r2)), rel=1e-12)
    assert deviation**2 == pytest.approx(2 / (3 * math.pi) * math.asin(2 * r2 / (1 + 2 * r2)), rel=1e-12)


def test_the_terms_in_the_figure_are_norms_of_assembled_matrices() -> None:
    network, x = drawn(exercise.problem, [2, 6], 6, 1, dimension=1)[0], np.array([np.linalg.norm(INPUT)])
    f, gradient = network.output(x), network.gradient_first(x)
    first = np.linalg.norm(activations.tanh.first(f) * hessian_first(network, x), 2)
    second = np.linalg.norm(activations.tanh.second(f) * np.outer(gradient, gradient), 2)
    assert terms_of(exercise.problem, network) == pytest.approx((first, second), rel=1e-12)
