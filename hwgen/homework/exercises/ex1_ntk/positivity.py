"""1(c): eigenvalues by linear algebra, thresholds as roots, and the mean nullity of narrow networks by enumeration."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from hwgen.homework.exercises.ex1_ntk.concentration import NARROW, gram, kernels, limits, size
from hwgen.homework.exercises.ex1_ntk.problem import DRAWS, Array, Problem, estimate, exercise, inputs, limit, limit_matrix, weights
from hwgen.homework.exercises.ex1_ntk.widths import root_width
from hwgen.homework.maths.spectra import numerical_nullity, smallest_eigenvalue
from hwgen.model import (
    Approx,
    Bindings,
    Binds,
    Ratio,
    binds_at,
    cases,
    expectation,
    function,
    integers,
    log_closed,
    ratios,
    value,
    variable,
)

THRESHOLD = {"n": integers(1, 60, log=True), "delta": log_closed(1e-6, 1), "least": log_closed(0.01, 0.5)}


def _least(problem: Problem, draw: Any) -> Approx:
    return Approx(value=smallest_eigenvalue(limit(problem, draw)), error=1e-13)


def _combination(problem: Problem, draw: Any) -> Array:
    """Coefficients of a quadratic form, one for each input of a draw; for equal inputs, a null direction."""
    if str(draw).startswith("equal"):
        return np.concatenate([[1.0, -1.0], np.zeros(len(inputs(problem, draw)) - 2)])
    return np.random.default_rng([11, draw if isinstance(draw, int) else len(draw)]).standard_normal(len(inputs(problem, draw)))


def _outer(problem: Problem, draw: Any) -> Array:
    """Outer weights of either sign, one for each neuron of a draw, the first of them negative."""
    signs = -((-1.0) ** (np.arange(len(weights(problem, draw))) // 2))
    return np.asarray(problem.modulus * signs)


@exercise.claim(
    domain={"draw": DRAWS},
    source="definition of the empirical kernel",
    changed={"leak": 0.5},
    sharp=[Binds(at={"draw": "equal"})],
    points=18,
)
def quadratic_form(problem: Problem) -> Bindings:
    """The quadratic form of the kernel matrix of a few neurons, and the gradients summed neuron by neuron."""
    return {
        "b": value(functools.partial(_combination, problem)),
        r"\hat K": value(functools.partial(estimate, problem)),
        "p": value(lambda draw: len(weights(problem, draw))),
        "a": value(functools.partial(_outer, problem)),
        "w": value(functools.partial(weights, problem)),
        "x": value(functools.partial(inputs, problem)),
        r"\sigma": function(lambda z: np.where(z > 0, z, problem.leak * z), lambda z: np.where(z > 0, 1.0, problem.leak)),
    }


@exercise.claim(
    domain={"draw": DRAWS},
    source="Weyl 1912",
    identity="holds for every pair of symmetric matrices, whatever the setting that they come from",
    sharp=[Binds(at={"draw": "one"}), Binds(at={"draw": "one"})],
    points=18,
)
def weyl(problem: Problem) -> Bindings:
    """The smallest eigenvalue moves by at most the norm of the difference."""
    return {
        "K": value(functools.partial(limit, problem)),
        r"\hat K": value(functools.partial(estimate, problem)),
        r"\lambda_0": value(functools.partial(_least, problem)),
        r"\lambda_{\min}": function(smallest_eigenvalue, error=1e-13),
    }


def _threshold(problem: Problem, allowed: float, n: int, delta: float, least: float) -> float:
    """The width at which the union bound equals delta when the kernel may move by `allowed` times its smallest eigenvalue."""
    return root_width(problem, n, allowed * least, delta)


@exercise.claim(domain=THRESHOLD, source="Weyl and Hoeffding", changed={"fraction": 0.7})
def half_width(problem: Problem) -> Bindings:
    """The width that keeps half of the smallest eigenvalue, found as a root."""
    return {
        "n": variable("n"),
        r"\delta": variable("delta"),
        r"\lambda_0": variable("least"),
        r"p_{1/2}": value(functools.partial(_threshold, problem, 1 - problem.fraction), error=1e-12),
    }


@exercise.claim(domain=THRESHOLD, source="Weyl and Hoeffding", changed={"radius": 1.5})
def positive_width(problem: Problem) -> Bindings:
    """The width that keeps the smallest eigenvalue positive, found as a root."""
    return {
        "n": variable("n"),
        r"\delta": variable("delta"),
        r"\lambda_0": variable("least"),
        r"p_0": value(functools.partial(_threshold, problem, 1.0), error=1e-12),
    }


@exercise.claim(
    domain={"draw": DRAWS},
    source="Rayleigh quotient of a basis vector",
    changed={"modulus": 1.3},
    sharp=[Binds(at={"draw": "orthogonal"}), Binds(at={"draw": "one"})],
    points=18,
)
def least_at_most(problem: Problem) -> Bindings:
    """The smallest eigenvalue is at most half the smallest squared norm."""
    return {
        r"\lambda_0": value(functools.partial(_least, problem)),
        r"r_{\min}": value(lambda draw: float(np.linalg.norm(inputs(problem, draw), axis=1).min())),
    }


def _two(problem: Problem, angle: float) -> Array:
    return limit_matrix(problem, np.array([[1.0, 0.0], [np.cos(angle), np.sin(angle)]]))


@exercise.claim(
    domain={"angle": log_closed(1e-3, np.pi / 2)},
    source="eigenvalues of a symmetric 2 by 2 matrix with equal diagonal",
    changed={"spread": 2.0},
    sharp=[Ratio(largest=0.9999995, within=1e-8)],
)
def two_inputs(problem: Problem) -> Bindings:
    """The smallest eigenvalue of two unit inputs, by linear algebra on the quadrature kernel, and how it vanishes with their angle."""
    return {
        r"\vartheta": variable("angle"),
        "K": value(functools.partial(_two, problem), error=1e-13),
        r"\lambda_{\min}": function(smallest_eigenvalue, error=1e-13),
    }


def _null_law(problem: Problem, draw: Any, p: int) -> tuple[Array, Array]:
    weights, matrices = kernels(problem, draw, p)
    return weights, np.array([float(numerical_nullity(matrix)) for matrix in matrices])


@exercise.claim(
    domain=NARROW | {"draw": cases("single", "orthogonal", 1, 2, 3, 4, 104, 105), "p": integers(2, 5)},
    source="expected dimension of the common null space",
    changed={"modulus": 1.3},
    sharp=[
        (*binds_at("p", 2, 3, 5, draw="single"), *ratios("draw", {4: 0.2704114160, 105: 0.4744199565}, within=1e-9)),
        (*binds_at("p", 2, 3, 5, draw="single"), *ratios("draw", {"orthogonal": 0.8119792296, 105: 0.9916242237}, within=1e-9)),
        ratios("draw", {"single": 0.6795704571, "orthogonal": 0.9914156984, 105: 0.9999984289}, within=1e-9),
    ],
    points=32,
)
def expected_nullity(problem: Problem) -> Bindings:
    """The mean dimension of the null space of narrow networks' kernels, by exact enumeration."""
    return {
        "p": variable("p"),
        "n": value(functools.partial(size, problem)),
        r"\Gamma": value(functools.partial(gram, problem)),
        r"\lambda_0": value(lambda draw: Approx(value=smallest_eigenvalue(limits(problem, draw)), error=1e-13)),
        r"\mathbb{E}": expectation(functools.partial(_null_law, problem), r"\nu"),
    }
