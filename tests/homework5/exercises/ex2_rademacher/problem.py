"""The setting of Exercise 2: inputs of a few draws, and the complexity by going through all signs."""

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from hwgen.authors import Exercise, cases

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """The handout's setting by default; every other value of a field is a changed problem."""

    bias: float = 0.0  # what a sign has more than one half as its chance to be +1
    power: float = 2.0  # of the norm whose ball holds w
    length: float = 1.0  # of the inputs that are called orthonormal


exercise = Exercise("ex2_rademacher", title="Rademacher complexity of linear predictors", problem=Problem())

DRAWS = cases("equal 2", "equal 4", "orthogonal 2", "orthogonal 3", "orthogonal 5", "orthonormal 4", 1, 2, 3, 4, 5, 6)


def inputs(problem: Problem, draw: Any) -> Array:
    """Inputs (n, d): n equal ones, n orthogonal ones of different or of unit norms, or n random ones for a number."""
    if isinstance(draw, int):
        return np.random.default_rng([8, draw]).standard_normal((2 + draw % 4, 3)) * 0.7
    kind, count = draw.split()
    n = int(count)
    if kind == "equal":
        return np.tile([0.6, 0.8, 0.5], (n, 1))
    basis = np.linalg.qr(np.random.default_rng([9, n]).standard_normal((n + 1, n + 1)))[0][:n]
    return basis * (np.linspace(0.5, 1.5, n)[:, None] if kind == "orthogonal" else problem.length)


def signs(problem: Problem, n: int) -> tuple[Array, Array]:
    """The law of n independent signs: weights (2^n,) and all vectors of signs (2^n, n)."""
    every = np.array(list(itertools.product([1.0, -1.0], repeat=n)))
    return np.prod(0.5 + problem.bias * every, axis=1), every


def law(problem: Problem, draw: Any) -> tuple[Array, Array]:
    """The law of the signs of a draw."""
    return signs(problem, len(inputs(problem, draw)))


def complexity(problem: Problem, draw: Any, B: float) -> float:
    """The mean over all signs of the largest mean of sign times prediction, attained as Hölder's inequality says; of no predictor none."""
    X = inputs(problem, draw)
    if B < 0 or not len(X):
        return math.nan
    weights, every = signs(problem, len(X))
    sums = every @ X
    q = problem.power / (problem.power - 1)
    lengths = np.linalg.norm(sums, q, axis=1, keepdims=True)
    best = B * np.sign(sums) * (np.abs(sums) / np.where(lengths > 0, lengths, 1.0)) ** (q - 1)
    return float(weights @ np.mean(every * (best @ X.T), axis=1))
