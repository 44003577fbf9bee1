"""Cauchy's formula against derivatives known by hand, and its error bound against the error made."""

import numpy as np
import pytest

from hwgen.homework.maths import differentiation


def waves(points: np.ndarray) -> np.ndarray:
    return np.exp(points[:, 0]) * np.sin(2 * points[:, 1])


AT = np.array([0.4, -0.9])


def test_gradient_and_hessian_of_a_known_function_within_the_stated_error() -> None:
    e, s, c = np.exp(0.4), np.sin(-1.8), np.cos(-1.8)
    gradient, error = differentiation.gradient(waves, AT)
    assert np.max(np.abs(gradient - [e * s, 2 * e * c])) <= error < 1e-13
    hessian, error = differentiation.hessian(waves, AT)
    assert np.max(np.abs(hessian - [[e * s, 2 * e * c], [2 * e * c, -4 * e * s]])) <= error < 1e-11


def test_the_stated_error_grows_beyond_the_radius_of_analyticity() -> None:
    _, small = differentiation.gradient(lambda points: 1 / (1 - points[:, 0]), np.array([0.5]), radius=0.1)
    _, large = differentiation.gradient(lambda points: 1 / (1 - points[:, 0]), np.array([0.5]), radius=0.2499999999999)
    assert small < 1e-12 < 1e-8 < large


def test_a_wrong_hessian_is_told_from_the_right_one() -> None:
    hessian, error = differentiation.hessian(waves, AT)
    assert hessian[0, 1] != pytest.approx(2 * np.exp(0.4) * np.cos(-1.8) * (1 + 1e-9), abs=error)


def test_the_complex_step_gives_many_gradients_to_rounding() -> None:
    points = np.array([[0.4, -0.9], [-1.3, 2.0]])
    exact = np.column_stack([waves(points), 2 * np.exp(points[:, 0]) * np.cos(2 * points[:, 1])])
    assert np.max(np.abs(differentiation.complex_step(waves, points) - exact)) < 1e-14
