"""An oracle that takes another road than the formula is welcome: by series, steps, roots, enumeration, another algebra."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import scipy
from judging.roads import CLAIM, WAVE, Bind, bound_to, by_series, same
from numpy.typing import NDArray

from hwgen.judging.claim import finding_of
from hwgen.model import Bindings, Formula, Place, cases, closed, function, value, variable

Array = NDArray[Any]


def _by_steps(t: float, s: float) -> float:
    found = scipy.integrate.solve_ivp(lambda _, w: -2 * w, (0, t), [s**2], rtol=1e-12, atol=1e-14)
    return float(found.y[0, -1])


def _by_root(t: float, s: float) -> float:
    return float(scipy.optimize.brentq(lambda w: math.log(w) - 2 * math.log(s) + 2 * t, 1e-9, 100, xtol=1e-14))


NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)


def _by_quadrature(t: float, s: float) -> float:
    return float(s**2 * (1 - sum(w * t * math.exp(-t * (1 + u)) for u, w in zip(NODES, WEIGHTS, strict=True))))


def _by_a_fixed_integral(t: float, s: float) -> float:
    return float(3 * scipy.integrate.quad(lambda u: u**2, 0, 1)[0] * s**2 * math.exp(-2 * t))


def _by_fixed_nodes(t: float, s: float) -> float:
    return float(np.sum(WEIGHTS) / 2 * s**2 * math.exp(-2 * t))


def _by_a_grid(t: float, s: float) -> float:
    return float(2 * np.mean(np.cos(2 * math.pi * np.arange(64) / 64) ** 2) * s**2 * np.exp(-2 * t))


def _by_enumeration(t: float, s: float) -> float:
    mean = 0.0
    for signs in itertools.product((-1, 1), repeat=4):
        mean += sum(signs) ** 2 / 64
    return mean * s**2 * math.exp(-2 * t)


def _by_logarithms(t: float, s: float) -> float:
    return math.exp(2 * math.log(s) - 2 * t)


def _by_matrix_exponential(t: float, s: float) -> float:
    return float(s**2 * scipy.linalg.expm(np.array([[-2 * t]]))[0, 0])


@pytest.mark.parametrize(
    "compute",
    [
        by_series,
        _by_steps,
        _by_root,
        _by_quadrature,
        _by_a_fixed_integral,
        _by_fixed_nodes,
        _by_a_grid,
        _by_enumeration,
        _by_logarithms,
        _by_matrix_exponential,
    ],
)
def test_another_road_is_welcome(compute: Any) -> None:
    assert same(WAVE, bound_to(compute, "s", "t")) == ""


@pytest.mark.parametrize(
    ("text", "compute"),
    [
        (r"w = 3 q^2", lambda q: float(np.mean([(q * sum(one)) ** 2 for one in itertools.product((-1, 1), repeat=3)]))),
        (r"w = 2 q", lambda q: scipy.differentiate.derivative(lambda u: u**2, q).df),
        (r"w = 3q^2 + 1", lambda q: (((q + 1e-3) ** 3 + q + 1e-3) - ((q - 1e-3) ** 3 + q - 1e-3)) / 2e-3 - 1e-6),
        (r"w = \frac{q(q+1)(2q+1)}{6}", lambda q: scipy.integrate.quad(lambda u: u**2 + u + 1 / 6, 0, q)[0]),
        (r"w = 1 - q^2", lambda q: float(np.linalg.det(np.array([[1, q], [q, 1]])))),
        (r"w = 1 - q", lambda q: float(np.linalg.eigvalsh(np.array([[1, q], [q, 1]]))[0])),
        (r"w = q^3", lambda q: 1 - scipy.stats.binom.cdf(2, 3, q)),
    ],
)
def test_enumeration_differentiation_and_linear_algebra_are_welcome(text: str, compute: Any) -> None:
    assert same(text, bound_to(compute, "q"), domain={"q": closed(0.2, 0.7)}) == ""


def test_a_case_by_name_is_looked_up_by_both_sides_or_is_another_road() -> None:
    widths = {"narrow": 3.0, "wide": 50.0}

    def half(name: str, t: float) -> float:
        return float(np.linalg.eigvalsh([[0.5, 0.0], [0.0, widths[name]]])[0]) * t

    names = {"name": cases(*widths), "t": closed(0.1, 1)}
    assert same(r"w = \frac t2", bound_to(half, "t"), domain=names) == ""

    def bound(compute: Any) -> Bind:
        return lambda: {"w": value(compute), "p": value(lambda name: widths[name]), "t": variable("t")}

    def width(name: str) -> float:
        return widths[name]

    assert same(r"w = \frac tp", bound(lambda name, t: t / width(name)), domain=names) == "w"
    assert same(r"w = \frac tp", bound(lambda name, t: t * np.linalg.inv([[widths[name]]])[0, 0]), domain=names) == ""


def test_a_function_is_found_and_one_that_is_searched_is_not() -> None:
    def bound(call: Any) -> Bind:
        return lambda: {"f": function(call), "t": variable("t"), "s": variable("s")}

    assert same(r"f(t+s) = (t+s)^2 + 1", bound(lambda x: sum([x * x, 1.0]))) == "f"
    assert same(r"f(t+s) = (t+s)^2", bound(lambda x: -scipy.optimize.minimize_scalar(lambda u: u * u - 2 * u * x).fun)) == ""


def test_a_definition_that_is_used_is_no_retyping() -> None:
    def bound() -> Bindings:
        return {"q": value(lambda t, s: math.fsum([1, -t * s**2])), "t": variable("t"), "s": variable("s")}

    assert same(r"\frac{1-q^3}{s} = \frac{1-q^2}{s} + tsq^2", bound) == ""


def _variance(p: float) -> float:
    """By its definition, over both outcomes."""
    return (1 - p) * p**2 + p * (1 - p) ** 2


@pytest.mark.parametrize(
    ("text", "compute", "road", "said"),
    [
        (r"v = p(1-p)", _variance, "", "say why this one is short by nature in road='…'"),
        (r"v = p(1-p)", _variance, "the definition, over both outcomes", ""),
        (r"v = e^{-p}", lambda p: float(scipy.integrate.quad(lambda u: math.exp(-u), p, 99)[0]), "a quadrature", "expected no road=…"),
        (r"v = p(1-p)", lambda p: p * (1 - p), "typed again", "whose source computes what the other side prints"),
    ],
)
def test_a_road_that_is_short_by_nature_says_so(text: str, compute: Any, road: str, said: str) -> None:
    claim = replace(CLAIM, domain={"p": closed(0.1, 0.9)}, bind=lambda: {"p": variable("p"), "v": value(compute)}, road=road)
    found = finding_of(claim, Formula(macro="checked", name="own", text=text, place=Place(file="t.tex.j2", line=7)), None)
    assert found.passed is (not said)
    assert said in found.complaint
