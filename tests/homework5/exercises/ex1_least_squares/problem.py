"""The setting of Exercise 1: random problems with more unknowns than equations, gradient descent run on them, and what it should find."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from hwgen.authors import Exercise

Array = np.ndarray[Any, Any]
DIMENSION = 6


@dataclass(frozen=True, kw_only=True)
class Problem:
    """The handout's setting by default; every other value of a field is a changed problem."""

    momentum: float = 0.0
    offset: float = 0.0  # every entry of the starting point
    ridge: float = 0.0  # of a penalty ridge |x|^2 / 2, added to the loss
    tilt: float = 0.0  # how far a direction leaves the kernel of A


exercise = Exercise("ex1_least_squares", title="Gradient descent on least squares", problem=Problem())


def singular_values(draw: Any) -> Array:
    """Two to four singular values, in falling order; all equal for the draw "flat"."""
    if draw == "flat":
        return np.full(3, 1.2)
    number = draw[1] if isinstance(draw, tuple) else draw
    rng = np.random.default_rng(number)
    return np.sort(rng.uniform(0.4, 2.0, 2 + number % 3))[::-1]


def decomposition(draw: Any) -> tuple[Array, Array, Array]:
    """Singular vectors on the left as rows u_i, singular values, singular vectors on the right as rows v_i."""
    s = singular_values(draw)
    rng = np.random.default_rng([5, len(s), int(1000 * s[0])])
    u = np.linalg.qr(rng.standard_normal((len(s), len(s))))[0]
    v = np.linalg.qr(rng.standard_normal((DIMENSION, len(s))))[0].T
    return u, s, v


def left(draw: Any) -> Array:
    """The vectors u_i, as rows."""
    return decomposition(draw)[0]


def right(draw: Any) -> Array:
    """The vectors v_i, as rows."""
    return decomposition(draw)[2]


def matrix(draw: Any) -> Array:
    """A, with fewer rows than columns and full rank."""
    u, s, v = decomposition(draw)
    return u.T @ np.diag(s) @ v


def target(draw: Any) -> Array:
    """b: random, or along the first or the last left singular vector for a draw ("first", seed) or ("last", seed)."""
    u = left(draw)
    if isinstance(draw, tuple):
        return 1.5 * u[0 if draw[0] == "first" else -1]
    return np.random.default_rng([6, len(u), len(str(draw))]).standard_normal(len(u))


def interpolator(problem: Problem, draw: Any) -> Array:
    """The x of least norm with Ax = b, from the conditions of Lagrange: x + A^T l = 0 and Ax = b."""
    A, b = matrix(draw), target(draw)
    n, d = A.shape
    conditions = np.block([[np.eye(d), A.T], [A, -problem.ridge * np.eye(n)]])
    return np.linalg.solve(conditions, np.concatenate([np.zeros(d), b]))[:d]


def descend(problem: Problem, A: Array, b: Array, start: Array, step: float, k: int) -> Array:
    """The iterates x_0, …, x_k of gradient descent on |Ax - b|^2 / 2, one a row."""
    xs = [start, start]
    for _ in range(k):
        xs.append(xs[-1] - step * A.T @ (A @ xs[-1] - b) + problem.momentum * (xs[-1] - xs[-2]))
    return np.array(xs[1:])
