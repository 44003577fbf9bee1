"""What the oracles of several exercises share: activations by name, laws of the weights, derivatives with their errors. No relation."""

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from hwgen.authors import Approx, Binding, closed, function, value, vectors
from hwgen.homework.maths import Array, activations, differentiation, gap, gaussian, networks
from hwgen.homework.maths.activations import Activation
from hwgen.homework.maths.networks import Network


@cache
def activation(name: str) -> Activation:
    """The activation, or link, of that name in hwgen.homework.maths.activations; "erf 0.6" is six tenths of erf."""
    base, height = f"{name} ".split(" ")[:2]
    found = activations.NAMED[base]
    return activations.scaled(name, found, float(height), 1.0) if height else found


def activated(choose: Callable[..., Activation], of: Sequence[str] = (), orders: int = 3) -> Binding:
    """The activation that `choose(problem, **point)` names, as a printed function with its derivatives; `of` are the variables it needs."""

    def order(number: int) -> Callable[..., Any]:
        return lambda problem, z, **point: choose(problem, **point).derivative(number)(z)

    return function(*(order(number) for number in range(orders)), of=of, vectorised=True)


SIGMA = activated(lambda problem: activation(problem.activation))


def largest(derivative: Callable[[Any], Any]) -> float:
    """The supremum of |derivative| by maximisation over [-8, 8], outside of which those of the activations used here are smaller."""
    return gap.maximum(lambda z: np.abs(derivative(z)), -8.0, 8.0)


@cache
def suprema(name: str) -> tuple[float, float]:
    r"""sup |sigma'| and sup |sigma''| of the activation of that name."""
    sigma = activation(name)
    return largest(sigma.first), largest(sigma.second)


def law_of_a(problem: Any, count: int = 4) -> gaussian.Rule:
    """The law of a (of a / m where there is a bound m), exact for its moments below 2 count."""
    weights, values = gaussian.rademacher() if problem.law_of_a == "rademacher" else gaussian.uniform(count=count)
    return weights, values * (2 if problem.law_of_a == "wide" else 1)


@cache
def plane(problem: Any) -> tuple[Array, Array, Array, Array]:
    """The law of (a, w) for w in the plane: (weights, a, first and second coordinate of w), to about 1e-11 for norms of x up to 1.5."""
    weights, a, first, second = gaussian.product(law_of_a(problem), gaussian.normal(step=0.2), gaussian.normal(step=0.2))
    heavy = weights > 1e-24
    return weights[heavy], a[heavy], problem.spread * first[heavy], problem.spread * second[heavy]


# The rule of `plane` is accurate to this, relative, for norms of x up to 1.5: those of the inputs in PLANE.
QUADRATURE, PLANE = 1e-9, vectors(2, norm=closed(0.4, 1.5))
# The norm of the input x.
NORM = value(lambda x: float(np.linalg.norm(x)))


def squared_gradient(problem: Any, x: Array, of: str, m: float = 1.0) -> Approx:
    """The mean squared gradient of a network of one neuron in those parameters: "w", "a w", or "a w b" at b = 0; by complex steps."""
    weights, a, first, second = plane(problem)
    sigma, kept = activation(problem.activation), {"w": slice(1, 3), "a w": slice(0, 3), "a w b": slice(0, 4)}[of]
    slopes = differentiation.complex_step(
        lambda theta: theta[:, 0] * sigma.call(theta[:, 1:3] @ x + theta[:, 3]), np.column_stack([m * a, first, second, 0 * a])
    )
    found = float(weights @ np.sum(slopes[:, kept] ** 2, axis=1))
    return Approx(value=found, error=QUADRATURE * found)


def drawn(problem: Any, seed: Any, width: int, count: int, *, name: str = "", dimension: int = 2) -> list[Network]:
    """Independent networks at initialisation, with the problem's activation or the one of that name."""
    rng, sigma = np.random.default_rng(seed), activation(name or problem.activation)
    return [networks.drawn(rng, width, dimension, sigma, law=problem.law_of_a, deviation=problem.spread) for _ in range(count)]


def gradient(field: differentiation.Field, at: Array) -> Approx:
    """The gradient of a function at a point, by Cauchy's formula on its values."""
    found, error = differentiation.gradient(field, at)
    return Approx(value=found, error=error)


def hessian(field: differentiation.Field, at: Array) -> Approx:
    """The Hessian of a function at a point, by Cauchy's formula on its values."""
    found, error = differentiation.hessian(field, at)
    return Approx(value=found, error=error)


def part(found: Approx, *of: slice | int) -> Approx:
    """Some of the entries of an array, with their error."""
    return Approx(value=found.value[of], error=found.error)


def neuron(j: int, size: int) -> slice:
    """Where the parameters of neuron j stand, of which each neuron has so many."""
    return slice(j * size, (j + 1) * size)


def length(found: Approx) -> Approx:
    """The norm of a vector."""
    return Approx(value=float(np.linalg.norm(found.value)), error=found.error * math.sqrt(found.value.size))
