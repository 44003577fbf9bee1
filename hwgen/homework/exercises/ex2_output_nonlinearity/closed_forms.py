"""Question 2(b), closed forms: the error function's constants, and the largest curvature of two activations."""

import math
from typing import Any

import numpy as np
import scipy

from hwgen.model import Approx, Binding, Bindings, closed, function, value

from .initialisation import deviation, mean_squared_gradient, network_variance
from .problem import SIGMA, Problem, activated, activation, exercise, largest_curvature

NORM = closed(0.4, 1.5)


def both_positive(problem: Problem, r: float) -> Approx:
    """P(X > 0, X' > 0), X = sqrt(2) r G - Y and X' = sqrt(2) r G - Y' with independent normal G, Y, Y', by adaptive quadrature."""
    slope = math.sqrt(2) * problem.spread * r

    def density(g: float) -> float:
        below = math.erfc(-slope * g / math.sqrt(2)) / 2
        return below**2 * math.exp(-g * g / 2) / math.sqrt(2 * math.pi)

    found, error = scipy.integrate.quad(density, -10, 10, epsabs=1e-13, epsrel=1e-13, limit=200)
    return Approx(value=found, error=error + 1e-14)


@exercise.claim(r"\sigma, r, q, \mathbb{E}", domain={"r": NORM}, changed={"spread": 0.5}, source="W. F. Sheppard (1899)", points=24)
def erf_square() -> Bindings:
    """The second moment of the error function of a Gaussian variable, from an orthant probability."""
    return {r"\sigma": activated(lambda problem: activation(Problem().activation)), "q": value(both_positive)}


@exercise.claim("s, r", domain={"r": NORM}, changed={"activation": "tanh"}, points=8)
def erf_output() -> Bindings:
    """The variance of the output for the error function, against a network of two neurons."""
    return {"s": value(lambda problem, r: deviation(network_variance(problem, r, 2)))}


@exercise.claim(r"\sigma, r, \mathbb{E}", domain={"r": NORM}, changed={"activation": "tanh"}, points=24)
def erf_slope() -> Bindings:
    """The second moment of the derivative of the error function."""
    return {r"\sigma": SIGMA}


@exercise.claim("L, r", domain={"r": NORM}, changed={"activation": "tanh"}, points=12)
def erf_tangent() -> Bindings:
    """The limit of the squared gradient for the error function, against a real neuron."""
    return {"L": value(lambda problem, r: mean_squared_gradient(problem, r * np.array([0.6, -0.8])))}


def curvature_height(name: str) -> Approx:
    """sup |sigma''| by maximisation."""
    return Approx(value=largest_curvature(activation(name)), error=1e-12)


@exercise.claim(domain={}, changed={"second_example": "sigmoid"})
def tanh_curvature() -> Bindings:
    """The largest curvature of the hyperbolic tangent."""
    return {"M_2": value(lambda problem: curvature_height(problem.second_example))}


@exercise.claim(domain={}, changed={"activation": "tanh"})
def erf_curvature() -> Bindings:
    """The largest curvature of the error function."""
    return {"M_2": value(lambda problem: curvature_height(problem.activation))}


def differences(name: str) -> Binding:
    """The activation as a printed function whose derivatives come from its values alone."""
    sigma = activation(name)
    return function(sigma.call, lambda z: cauchy(sigma.call, z, 1), lambda z: cauchy(sigma.call, z, 2), error=1e-11)


@exercise.claim(r"\sigma, z", domain={"z": closed(-2.2, 2.3)}, changed={"second_example": "sigmoid"})
def tanh_second(problem: Problem) -> Bindings:
    """The second derivative of the hyperbolic tangent."""
    return {r"\sigma": differences(problem.second_example)}


@exercise.claim(r"\sigma, z", domain={"z": closed(-2.2, 2.3)}, changed={"activation": "tanh"})
def erf_second(problem: Problem) -> Bindings:
    """The second derivative of the error function."""
    return {r"\sigma": differences(problem.activation)}


def cauchy(call: Any, z: Any, order: int) -> Any:
    """The derivative of that order at real z, from the values on a circle of radius 1/2."""
    roots = np.exp(2j * math.pi * np.arange(64) / 64)
    values = call(np.asarray(z, float)[..., None] + roots / 2)
    return math.factorial(order) * (values @ roots**-order).real / 64 / 0.5**order
