r"""What has no value is given none: integrals that diverge, conditions that rounding decides."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import flint
import numpy as np
import pytest

from hwgen.analysis import abscissae, areas, calculus
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.balls import BALLS
from hwgen.evidence.floats import APPROX
from hwgen.model import Approx

DIVERGENT: dict[str, tuple[Callable[[float], float], float, float]] = {
    "odd, over the line": (lambda u: u, -math.inf, math.inf),
    "1/u out": (lambda u: 1 / u, 1.0, math.inf),
    "1/u in": (lambda u: 1 / u, 0.0, 1.0),
    "a constant": (lambda u: 1.0, 0.0, math.inf),
    "at the upper end": (lambda u: 1 / (1 - u), 0.0, 1.0),
}
CONVERGENT: dict[str, tuple[Callable[[float], float], float, float, float]] = {
    "root": (lambda u: u**-0.5, 0.0, 1.0, 2.0),
    "logarithm": (math.log, 0.0, 1.0, -1.0),
    "square out": (lambda u: u**-2.0, 1.0, math.inf, 1.0),
    "Gaussian": (lambda u: math.exp(-u * u), -math.inf, math.inf, math.sqrt(math.pi)),
    "a polynomial": (lambda u: u**3, -1.0, 2.0, 3.75),
}


def total(body: Callable[[float], float]) -> Callable[[float], float]:
    """NaN where the body has no value, as an oracle of arrays gives it."""

    def anywhere(u: float) -> float:
        try:
            return body(u)
        except (ValueError, ArithmeticError):
            return math.nan

    return anywhere


def one_by_one(body: Callable[[float], float]) -> Callable[[float], Approx]:
    return lambda u: Approx(value=total(body)(u), error=0.0)


def limit(place: float) -> abscissae.Limits:
    return np.array([place]), np.zeros(1)


def at_once(body: Callable[[float], float]) -> abscissae.Body:
    def everywhere(u: abscissae.Floats) -> tuple[abscissae.Floats, abscissae.Floats]:
        return np.vectorize(total(body))(u), np.zeros_like(u)

    return everywhere


@pytest.mark.parametrize("what", list(DIVERGENT))
def test_an_integral_that_diverges_has_no_value_either_way(what: str) -> None:
    body, low, high = DIVERGENT[what]
    with pytest.raises(ShapeError, match="does not settle at its ends"):
        calculus.integral(one_by_one(body), low, high)
    value, _ = abscissae.integrals(at_once(body), limit(low), limit(high))
    assert np.isnan(value).all()


@pytest.mark.parametrize("what", list(CONVERGENT))
def test_an_integral_that_converges_has_its_value_both_ways(what: str) -> None:
    body, low, high, expected = CONVERGENT[what]
    one = calculus.integral(one_by_one(body), low, high)
    value, error = abscissae.integrals(at_once(body), limit(low), limit(high))
    assert abs(one.value - expected) <= one.error + 1e-12
    assert abs(value[0] - expected) <= error[0] + 1e-12


def test_a_condition_that_rounding_decides_has_no_answer() -> None:
    small, nothing = Approx(value=1.2e-16, error=3e-16), Approx(value=0.0, error=0.0)
    for symbol in ("=", "<", ">", r"\le", r"\ge"):
        with pytest.raises(ShapeError, match="a condition that rounding decides"):
            APPROX.compare(symbol, small, nothing)
    with pytest.raises(ShapeError, match="a condition that rounding decides"):
        APPROX.compare("=", Approx(value=0.1 + 0.2, error=1e-16), Approx(value=0.3, error=0.0))
    assert APPROX.compare("<", nothing, Approx(value=1e-9, error=1e-16))


@pytest.mark.parametrize(
    ("body", "low", "high", "expected"),
    [
        (lambda u: BALLS.operate("^", u, flint.arb("0.8")), 0, 1, 1 / 1.8),
        (lambda u: flint.arb(1) / BALLS.elementary("root", [u, flint.arb(2)]), 0, 1, 2.0),
        (lambda u: BALLS.elementary("exp", [u * flint.arb(-3)]), 0, math.inf, 1 / 3),
        (lambda u: u * BALLS.elementary("exp", [BALLS.operate("^", u, flint.arb(2)) * flint.arb(-1)]), -math.inf, math.inf, 0.0),
    ],
    ids=["power", "root", "exponential", "odd"],
)
def test_an_integral_with_singular_or_far_ends_is_enclosed_soon(body: Any, low: float, high: float, expected: float) -> None:
    asked = []

    def counted(u: Any) -> Any:
        asked.append(1)
        return body(u)

    with flint.ctx.workprec(192):
        found = areas.area(counted, flint.arb(low), flint.arb(high))
    assert abs(float(found.mid()) - expected) <= float(found.rad()) + 1e-15
    assert float(found.rad()) <= 1e-12
    assert len(asked) < 4000  # a rule that halves towards a singular end asks more than 5000
