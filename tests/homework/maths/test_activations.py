"""Each derivative against Cauchy's formula on the activation alone; each supremum against a dense grid."""

import math

import numpy as np
import pytest

from hwgen.homework.maths import activations, differentiation
from hwgen.homework.maths.activations import Activation

ANALYTIC = [
    activations.tanh,
    activations.erf,
    activations.softplus,
    activations.sigmoid,
    activations.sine,
    activations.quadratic,
    activations.cubic,
    activations.identity,
    activations.exponential,
    activations.rippled,
    activations.gentle,
    activations.polynomial("shifted", 0.4, -0.7, 1.9),
]
GRID = np.linspace(-8, 8, 160_001)


@pytest.mark.parametrize("activation", ANALYTIC, ids=lambda activation: activation.name)
@pytest.mark.parametrize("order", [1, 2, 3])
def test_derivatives_agree_with_cauchys_formula(activation: Activation, order: int) -> None:
    formula = (activation.first, activation.second, activation.third)[order - 1]
    for at in (-1.7, -0.3, 0.0, 0.9, 2.2):
        found, error = differentiation.taylor_coefficients(
            lambda points: activation.call(points[:, 0]), np.array([at]), np.eye(1), order, 0.3
        )
        assert abs(found[0] * math.factorial(order) - formula(at)) <= math.factorial(order) * error < 1e-10


@pytest.mark.parametrize("activation", ANALYTIC, ids=lambda activation: activation.name)
def test_suprema_are_reached_to_the_resolution_of_a_grid(activation: Activation) -> None:
    for supremum, derivative in ((activation.sup_first, activation.first), (activation.sup_second, activation.second)):
        largest = np.max(np.abs(derivative(GRID)))
        if math.isinf(supremum):
            assert largest > 7
        else:
            # Between grid points a smooth maximum is missed by O(step^2); softplus' only tends to its supremum, within e^-8.
            assert supremum * (1 - 4e-4) <= largest <= supremum * (1 + 1e-12)


def test_relu_has_a_step_for_derivative_and_no_bound_on_a_second_one() -> None:
    z = np.array([-2.0, 0.0, 3.0])
    assert activations.relu.call(z).tolist() == [0.0, 0.0, 3.0]
    assert activations.relu.first(z).tolist() == [0.0, 0.0, 1.0]
    assert math.isinf(activations.relu.sup_second)


def test_softplus_neither_overflows_nor_underflows() -> None:
    assert activations.softplus.call(np.array([-800.0, 800.0])).tolist() == [0.0, 800.0]


@pytest.mark.parametrize("activation", [*ANALYTIC, activations.relu], ids=lambda activation: activation.name)
def test_both_slopes_together_are_the_same_to_the_last_bit(activation: Activation) -> None:
    first, second = activation.slopes(GRID)
    assert np.array_equal(first, activation.first(GRID))
    assert np.array_equal(second, activation.second(GRID))
    scaled = activations.scaled("scaled", activation, 1.3, 0.7)
    assert np.array_equal(scaled.slopes(GRID)[1], scaled.second(GRID))
