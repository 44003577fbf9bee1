"""The setting of Exercise 1, all that its oracles may depend on, and the example data of its figures."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from hwgen.authors import Exercise, cases
from hwgen.homework.maths import Array
from hwgen.homework.maths.kernels import empirical_ntk, wedge_probability


@dataclass(frozen=True, kw_only=True)
class Problem:
    """The handout's setting by default; every other value of a field is a changed problem."""

    modulus: float = 1.0  # |a_j|
    spread: float = 1.0  # standard deviation of w along the second axis; 1 along the others
    leak: float = 0.0  # sigma' on the negative half-line
    radius: float = 1.0  # the inputs lie in the ball of this radius
    length: float = 1.0  # of the interval that holds the averaged variables
    fraction: float = 0.5  # of lambda_0 that lambda_min of the estimate must keep


# The norm of inputs that lie outside of the unit ball.
LONG = 1.05
# Norms of two orthogonal inputs, one of which alone is too long for the unit ball.
MIXED = {"mixed first": (1.9, 0.08), "mixed last": (0.08, 1.9)}
DRAWS = cases("one", "equal", "equal 2", "equal 5", "equal 8", "orthogonal", *range(1, 13))

exercise = Exercise("ex1_ntk", title="The kernel of the first layer of a ReLU network", problem=Problem())


def scaling(problem: Problem, dimension: int) -> Array:
    """Standard deviations of the coordinates of w, (dimension,)."""
    scales = np.ones(dimension)
    scales[1:2] = problem.spread
    return scales


def mean_product(problem: Problem, slope: Any) -> Any:
    """Mean of a^2 sigma'(u) sigma'(t u + v), by quadrature, for independent Gaussians u, v of equal variance and the slope t."""
    both = wedge_probability(slope)
    return problem.modulus**2 * (both * (1 + problem.leak**2) + problem.leak * (1 - 2 * both))


def slope_between(problem: Problem, x: Array, y: Array) -> float:
    """The slope t for which <w, y> is a positive multiple of t u + v, where u is a positive multiple of <w, x>."""
    scales = scaling(problem, x.size)
    u, v = scales * x / np.linalg.norm(scales * x), scales * y
    across = float(np.linalg.norm(v - (u @ v) * u))
    return float(u @ v) / across if across > 1e-14 * np.linalg.norm(v) else float(np.sign(u @ v)) * np.inf


def limit_kernel(problem: Problem, x: Array, y: Array) -> float:
    """<x, y> times the mean of a^2 sigma'(<w, x>) sigma'(<w, y>); 0 if an input vanishes."""
    if not x.any() or not y.any():
        return 0.0
    return float(x @ y * mean_product(problem, slope_between(problem, x, y)))


def limit_matrix(problem: Problem, X: Array) -> Array:
    """The limiting kernel of every pair of rows, (n, n)."""
    return np.array([[limit_kernel(problem, x, y) for y in X] for x in X])


def configuration(problem: Problem, draw: Any, dimension: int) -> Array:
    """Inputs (n, dimension) in the ball of the problem's radius: a named extreme case, or two or three at random from a seed.

    "equal" are three times the same unit vector, "equal 5" five times, "long 5" a vector that is too long for the unit ball,
    of "mixed first" the first one of two is, of "mixed last" the last one; the seed 104 has four random inputs, 105 has five.
    """
    unit = np.eye(dimension)[:1] * 0.6 + np.eye(dimension)[1:2] * 0.8
    named = {"orthogonal": np.diag([1.0, 0.6] + [0.0] * (dimension - 2))[:2], "single": unit, "tiny": 0.1 * unit, "zero": 0 * unit}
    named |= {name: np.diag([*norms, 0.0])[:2, :dimension] for name, norms in MIXED.items()}
    if str(draw).startswith(("equal", "long")):
        return np.asarray(problem.radius * (LONG if str(draw).startswith("long") else 1.0) * np.repeat(unit, copies(draw), axis=0))
    if draw in named:
        return problem.radius * named[draw]
    rng = np.random.default_rng(draw)
    count = draw % 100 if draw > 100 else int(rng.integers(2, 4))
    directions = rng.standard_normal((count, dimension))
    units = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    return np.asarray(problem.radius * rng.uniform(0.4, 1.0, (len(units), 1)) * units)


def copies(draw: str) -> int:
    """How many equal inputs there are in a draw of that name."""
    return int(draw.removeprefix("equal").removeprefix("long") or 3)


def inputs(problem: Problem, draw: Any) -> Array:
    """Inputs of a draw, in three dimensions."""
    return configuration(problem, "single" if draw == "one" else draw, 3)


def limit(problem: Problem, draw: Any) -> Array:
    """The limiting kernel matrix of a draw."""
    return limit_matrix(problem, inputs(problem, draw))


def weights(problem: Problem, draw: Any) -> Array:
    """Weights of five to eleven random neurons; for the draw of one input, of three neurons of which one sees it."""
    if draw == "one":
        return np.asarray(np.array([1.0, -1.0, -1.0])[:, None] * inputs(problem, draw))
    number = draw if isinstance(draw, int) else len(draw)
    rng = np.random.default_rng([7, number])
    return np.asarray(rng.standard_normal((5 + number % 7, 3)) * scaling(problem, 3))


def estimate(problem: Problem, draw: Any) -> Array:
    """The kernel matrix of these neurons."""
    W = weights(problem, draw)
    return empirical_ntk(inputs(problem, draw), W, np.full(len(W), problem.modulus))


def example_data() -> Array:
    """Twenty inputs in ten dimensions, random directions, norms from 0.5 to 1."""
    rng = np.random.default_rng(20250217)
    directions = rng.standard_normal((20, 10))
    return np.asarray(directions / np.linalg.norm(directions, axis=1)[:, None] * rng.uniform(0.5, 1.0, 20)[:, None])
