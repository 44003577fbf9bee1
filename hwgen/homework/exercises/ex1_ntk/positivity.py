"""1(c): eigenvalues by linear algebra, thresholds as roots, and the mean nullity of narrow networks by enumeration."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, Derived, binds_at, cases, closed, expectation, function, integers, ratios, value, variable
from hwgen.homework.maths import Array
from hwgen.homework.maths.differentiation import extrapolated
from hwgen.homework.maths.kernels import empirical_ntk
from hwgen.homework.maths.spectra import numerical_nullity, smallest_eigenvalue

from .concentration import NARROW, kernels, limits, positions, size
from .problem import DRAWS, MIXED, Problem, estimate, exercise, inputs, limit, weights
from .widths import ANY_N, CHANCE, root_width

THRESHOLD = {"n": ANY_N["n"], "delta": ANY_N["delta"], "least": closed(-0.1, 0.5)}


def least(problem: Problem, draw: Any) -> Approx:
    """The smallest eigenvalue of the limiting kernel of a draw."""
    return Approx(value=smallest_eigenvalue(limit(problem, draw)), error=1e-13)


# That of the same inputs in the plane.
LEAST_IN_PLANE = value(lambda problem, draw: Approx(value=smallest_eigenvalue(limits(problem, draw)), error=1e-13))


def _combination(problem: Problem, draw: Any) -> Array:
    """Coefficients of a quadratic form, one for each input of a draw; for equal inputs, a null direction."""
    if str(draw).startswith("equal"):
        return np.concatenate([[1.0, -1.0], np.zeros(len(inputs(problem, draw)) - 2)])
    return np.random.default_rng([11, draw if isinstance(draw, int) else len(draw)]).standard_normal(len(inputs(problem, draw)))


def _outer(problem: Problem, draw: Any) -> Array:
    """Outer weights of either sign, the first of them negative, and of more sizes than the page has: their squares count."""
    order = np.arange(len(weights(problem, draw)))
    return -problem.modulus * (-1.0) ** (order // 2) * (1 + 0.25 * (order % 3))


@exercise.claim(
    r"b, p, a, w, x, \sigma",
    domain={"draw": DRAWS},
    source="definition of the empirical kernel",
    changed={"leak": 0.5},
    sharp=[binds_at("draw", "equal")],
    always="for all inputs, weights and b",
)
def quadratic_form() -> Bindings:
    """The quadratic form of the kernel matrix of a few neurons, and the gradients summed neuron by neuron."""
    return {
        "b": value(_combination),
        "p": value(lambda problem, draw: len(weights(problem, draw))),
        "a": value(_outer),
        r"\hat K": value(lambda problem, draw: empirical_ntk(inputs(problem, draw), weights(problem, draw), _outer(problem, draw))),
        "w": value(weights),
        "x": value(inputs),
        r"\sigma": function(lambda problem, z: np.where(z > 0, z, problem.leak * z), lambda problem, z: np.where(z > 0, 1.0, problem.leak)),
    }


def lowest(matrix: Array) -> Approx:
    """The smallest eigenvalue of a positive semi-definite matrix: its trace less the norm of what the trace exceeds it by."""
    trace = float(np.trace(matrix))
    return Approx(value=trace - float(np.linalg.norm(trace * np.eye(len(matrix)) - matrix, 2)), error=1e-13 * trace)


ESTIMATED = Derived(larger=value(lambda problem, draw: lowest(estimate(problem, draw))))


def less(norm: Callable[[Array], float]) -> Derived:
    """The smallest eigenvalue of the limit, less that norm of the error."""

    def left(problem: Problem, draw: Any) -> Approx:
        found, error = lowest(limit(problem, draw)), estimate(problem, draw) - limit(problem, draw)
        return Approx(value=found.value - float(norm(error)), error=found.error + 1e-13)

    return Derived(smaller=value(left))


@exercise.claim(
    r"K, \hat K, \lambda_0, \lambda_{\min}",
    domain={"draw": DRAWS},
    source="Weyl 1912",
    identity="holds for every pair of symmetric matrices, whatever the setting that they come from",
    sharp=[
        # The norms by other roads: the largest modulus of an eigenvalue, and the trace of the square.
        (*binds_at("draw", "one"), ESTIMATED, less(lambda error: float(np.abs(np.linalg.eigvalsh(error)).max()))),
        (*binds_at("draw", "one"), less(lambda error: math.sqrt(float(np.trace(error @ error))))),
    ],
    always="for all pairs of symmetric matrices, as K and its estimate are by definition",
)
def weyl() -> None:
    """The smallest eigenvalue moves by at most the norm of the difference."""


@exercise.claim(r"n, \delta, \lambda_0, p_{1/2}", domain=THRESHOLD, source="Weyl and Hoeffding", changed={"fraction": 0.7}, kept=CHANCE)
def half_width() -> Bindings:
    """The width that keeps half of the smallest eigenvalue, found as a root."""
    return {
        r"\lambda_0": variable("least"),
        r"p_{1/2}": value(lambda problem, n, delta, least: root_width(problem, n, (1 - problem.fraction) * least, delta)),
    }


@exercise.claim(r"n, \delta, \lambda_0, p_0", domain=THRESHOLD, source="Weyl and Hoeffding", changed={"radius": 1.5}, kept=CHANCE)
def positive_width() -> Bindings:
    """The width that keeps the smallest eigenvalue positive, found as a root."""
    return {r"\lambda_0": variable("least"), r"p_0": value(lambda problem, n, delta, least: root_width(problem, n, least, delta))}


@exercise.claim(
    r"\lambda_0, r_{\min}",
    domain={"draw": cases(*DRAWS.values, "long 1")},
    source="Rayleigh quotient of a basis vector",
    changed={"modulus": 1.3},
    sharp=[binds_at("draw", "orthogonal"), binds_at("draw", "one")],
)
def least_at_most() -> Bindings:
    """The smallest eigenvalue is at most half the smallest squared norm."""
    return {r"r_{\min}": value(lambda problem, draw: float(np.linalg.norm(inputs(problem, draw), axis=1).min()))}


def nullities(masses: Array, matrices: Array) -> tuple[Array, Array]:
    """The law of the nullity, from that of the matrix: the same masses (m,), and (m,) whole numbers."""
    return masses, np.array([float(numerical_nullity(matrix)) for matrix in matrices])


def by_induction(problem: Problem, draw: Any, p: int, norm: float, parts: int = 1) -> float:
    """The dimension left after p matrices of this norm, each of which takes its part of what there is, in this many steps."""
    left, part = float(size(problem, draw)), lowest(limits(problem, draw)).value / norm
    for _ in range(p * parts):
        left -= left * part / parts
    return left


def by(norm: Callable[[Array], float]) -> Derived:
    """The same with that norm of the inputs' Gram matrix, from the inputs."""
    return Derived(larger=value(lambda problem, draw, p: by_induction(problem, draw, p, norm(positions(problem, draw)))))


def without_end(problem: Problem, draw: Any, p: int) -> Approx:
    """With the number of inputs for the norm, in ever smaller steps, of which the errors in their size are taken out twice."""
    found, apart = extrapolated([by_induction(problem, draw, p, size(problem, draw), parts) for parts in (256, 512, 1024)], 2, 4)
    return Approx(value=found, error=apart)


# Largest at p = 2; orthogonal inputs of norms 1 and 0.6 have lambda_0 = 0.18.
LARGEST, AT_TWO = {"single": 0.5**2 * math.e, "orthogonal": 0.91**2 * math.exp(0.18)}, "in closed form at p = 2"
NULLITY = expectation(lambda problem, draw, p: nullities(*kernels(problem, draw, p)), r"\nu")
SINGLE = binds_at("p", 2, 3, 5, draw="single")


@exercise.claim(
    r"p, n, \Gamma, \lambda_0, \mathbb{E}",
    domain=NARROW | {"draw": cases("single", "orthogonal", 1, 2, 3, 4, 104, 105, "long 1", *MIXED, "equal 2"), "p": integers(2, 5)},
    source="expected dimension of the common null space",
    changed={"modulus": 1.3},
    sharp=[
        # With the largest singular value of the inputs, squared; with their number.
        (*SINGLE, by(lambda X: float(np.linalg.svd(X, compute_uv=False)[0]) ** 2)),
        (*SINGLE, by(len)),
        (Derived(larger=value(without_end)), *ratios("draw", LARGEST, within=1e-9, because=AT_TWO)),
    ],
)
def expected_nullity() -> Bindings:
    """The mean dimension of the null space of narrow networks' kernels, by exact enumeration."""
    return {"x": value(positions), r"\lambda_0": LEAST_IN_PLANE, r"\mathbb{E}": NULLITY}
