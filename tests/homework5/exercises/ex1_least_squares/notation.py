"""What the symbols of Exercise 1 mean. The step is a share of 1 / sigma_1^2, so that the bound 2 / sigma_1^2 is a share of 2."""

from typing import Any

import numpy as np

from hwgen.authors import function, value

from . import problem
from .problem import Array, Problem, descend, matrix, target


def step(draw: Any, share: float) -> float:
    """The step of that share."""
    return float(share / problem.singular_values(draw)[0] ** 2)


def iterate(problem: Problem, draw: Any, share: float, k: int) -> Array:
    """x_k, by running gradient descent."""
    A = matrix(draw)
    return descend(problem, A, target(draw), np.full(A.shape[1], problem.offset), step(draw, share), int(k))[-1]


def factor(problem: Problem, eta: float, draw: Any) -> float:
    """The norm of I - eta A^T A on the range of A^T, an orthonormal basis of which comes from the QR decomposition."""
    basis = np.linalg.qr(matrix(draw).T)[0]
    A = matrix(draw) @ basis
    curvature = A.T @ A + problem.ridge * np.eye(len(A))
    return float(np.linalg.norm(np.eye(len(A)) - eta * curvature, 2))


problem.exercise.notation(
    __name__,
    {
        "A": value(problem.matrix),
        "b": value(problem.target),
        "u": value(problem.left),
        "v": value(problem.right),
        r"\sigma": value(problem.singular_values),
        r"\sigma_1": value(lambda draw: problem.singular_values(draw)[0]),
        r"\sigma_r": value(lambda draw: problem.singular_values(draw)[-1]),
        "r": value(lambda draw: len(problem.singular_values(draw))),
        r"\eta": value(step),
        r"\rho": function(factor, of=["draw"]),
        "x_k": value(iterate, error=1e-11),
        r"x^\star": value(problem.interpolator, error=1e-11),
    },
)
