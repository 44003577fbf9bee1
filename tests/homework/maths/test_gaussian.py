"""The rules against moments known exactly, integrands with kinks, and scipy's adaptive quadrature."""

import math

import numpy as np
import pytest
from scipy import integrate

from hwgen.homework.maths import gaussian

ROUNDING = 1e-13


@pytest.mark.parametrize("rule", [gaussian.normal(), gaussian.normal_panels(0.0)], ids=["trapezoid", "panels"])
def test_normal_moments_are_double_factorials(rule: gaussian.Rule) -> None:
    for order, exact in enumerate([1, 0, 1, 0, 3, 0, 15, 0, 105]):
        assert gaussian.mean(rule, lambda z, order=order: z**order) == pytest.approx(exact, abs=105 * ROUNDING)


def test_the_trapezoid_rule_matches_adaptive_quadrature_on_tanh() -> None:
    exact, error = integrate.quad(lambda z: math.tanh(2 * z) ** 2 * math.exp(-z * z / 2) / math.sqrt(2 * math.pi), -12, 12, epsabs=1e-13)
    assert gaussian.mean(gaussian.normal(), lambda z: np.tanh(2 * z) ** 2) == pytest.approx(exact, abs=error + ROUNDING)


def test_panels_see_a_kink_where_the_trapezoid_does_not() -> None:
    kink = 0.3127
    density, tail = math.exp(-kink * kink / 2) / math.sqrt(2 * math.pi), math.erfc(kink / math.sqrt(2)) / 2
    exact = density - kink * tail

    def hinge(z):
        return np.maximum(z - kink, 0)

    assert gaussian.mean(gaussian.normal_panels(kink), hinge) == pytest.approx(exact, abs=ROUNDING)
    assert abs(gaussian.mean(gaussian.normal(), hinge) - exact) > 1e-6


def test_uniform_and_rademacher_have_second_moments_one_third_and_one() -> None:
    assert gaussian.mean(gaussian.uniform(), np.square) == pytest.approx(1 / 3, abs=ROUNDING)
    assert gaussian.mean(gaussian.uniform(1, 4), np.square) == pytest.approx(7, abs=ROUNDING * 10)
    assert gaussian.mean(gaussian.rademacher(), np.square) == 1


def test_a_product_makes_its_variables_independent() -> None:
    weights, first, second = gaussian.product(gaussian.uniform(), gaussian.normal())
    assert weights.sum() == pytest.approx(1, abs=ROUNDING)
    assert weights @ (first**2 * second**2) == pytest.approx(1 / 3, abs=ROUNDING)
    assert weights @ (first * second) == pytest.approx(0, abs=ROUNDING)


def test_a_step_outside_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match=r"step is 0\.7; expected"):
        gaussian.normal(step=0.7)
