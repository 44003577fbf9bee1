"""The relations of Exercise 1. What their symbols mean stands in notation.py: gradient descent itself is run."""

from typing import Any

import numpy as np

from hwgen.authors import Bindings, Binds, Range, cases, closed, integers, log_closed, value

from .notation import factor
from .problem import DIMENSION, Array, Problem, exercise, matrix, right, singular_values, target

DRAWS = cases(1, 2, 3, 4, 5, "flat")
SECTION = 1e-11
AIMED = cases(1, 2, 3, ("last", 1), ("last", 2), ("last", 3), ("first", 1), ("first", 3), "flat")
# Wider than the page promises: its hypotheses cut from it what is claimed.
STEPS: dict[str, Range] = {"share": closed(-0.3, 1.95), "k": integers(-2, 7)}
DOWNHILL = {r"\eta>0": "a step goes downhill; one uphill is as well described"}
# Hypotheses in the words of the page.
RANK, SOLUTION = "have rank $n<d$", "with $Az=b$"
ANY = "for all positive singular values"


@exercise.claim(r"A, b, x^\star, r, \sigma, u, v", domain={"draw": DRAWS}, changed={"ridge": 0.5}, in_words=[RANK])
def interpolator() -> None:
    """The interpolator of least norm, from the conditions of Lagrange, against its closed form and its singular expansion."""


@exercise.claim(r"A, z, x^\star", domain={"draw": DRAWS, "size": closed(0.2, 3)}, changed={"tilt": 0.5}, in_words=[RANK, SOLUTION])
def pythagoras() -> Bindings:
    """Any other interpolator z is longer."""
    return {"z": value(_another, error=1e-11)}


def _another(problem: Problem, draw: Any, size: float) -> Array:
    """Another solution: one by the pseudo-inverse, and a direction in the kernel of A, from the projection along the right vectors."""
    v, random = right(draw), np.random.default_rng([7, len(str(draw))]).standard_normal(DIMENSION)
    direction = size * (random - v.T @ (v @ random)) + problem.tilt * v.sum(axis=0)
    return np.asarray(np.linalg.pinv(matrix(draw)) @ target(draw) + direction)


@exercise.claim(r"x_k, k, r, \eta, \sigma, u, v, b", domain={"draw": DRAWS} | STEPS, changed={"momentum": 0.4}, kept=DOWNHILL)
def iterates() -> None:
    """The iterates of gradient descent from zero."""


@exercise.claim(
    r"k, q, \eta, s",
    domain={"s": closed(-1, 2), "eta": log_closed(0.05, 0.45), "k": integers(0, 7)},
    identity="the sum of a geometric progression",
)
def induction() -> Bindings:
    """One more step, in one direction; proofs.py proves it."""
    return {"q": value(lambda s, eta: 1 - eta * s**2, error=1e-15)}


@exercise.claim(
    r"x_k, x^\star, v, i, k, \eta, \sigma",
    domain={"draw": cases(1, 2, 4, 5, "flat"), "i": integers(1, 3)} | STEPS,
    changed={"offset": 0.5},
    kept=DOWNHILL,
)
def error() -> None:
    """What is left of each coordinate after k steps."""


@exercise.claim(r"A, b, x_k, k, r, \eta, \sigma, u", domain={"draw": DRAWS} | STEPS, changed={"momentum": 0.4}, kept=DOWNHILL)
def loss() -> None:
    """The loss along the iterates."""


@exercise.claim(
    r"\rho, \eta, \sigma_1, \sigma_r",
    domain={"draw": DRAWS, "share": closed(-0.4, 2.6)},
    changed={"ridge": 0.3},
)
def contraction() -> None:
    """The norm of one step on the range of A^T is decided by the outermost singular values."""


@exercise.claim(
    r"x_k, x^\star, \rho, \eta, k",
    domain={"draw": AIMED} | STEPS | {"k": integers(0, 7)},
    changed={"offset": 0.5},
    sharp=[(Binds(at={"draw": ("last", 1), "share": 0.5}), Binds(at={"draw": ("first", 3), "share": 1.9}), Binds(at={"draw": "flat"}))],
    always="for every step, at every iterate",
)
def rate() -> None:
    """The linear rate, attained along the outermost singular vectors."""


def _best_step(problem: Problem, draw: Any) -> float:
    """The step of the least factor, by golden section, to SECTION: the factor has a corner there, so that no digit is lost."""
    low, high, golden = 0.0, 2 / singular_values(draw)[0] ** 2, (5**0.5 - 1) / 2
    while high - low > SECTION:
        left, right_ = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, right_) if factor(problem, left, draw) < factor(problem, right_, draw) else (left, high)
    return (low + high) / 2


@exercise.claim(r"\eta^\star, \sigma_1, \sigma_r", domain={"draw": cases(1, 2, 3, 4, 5, 7, "flat")}, changed={"ridge": 0.3}, always=ANY)
def best_step() -> Bindings:
    """The step of the best rate, found by golden section; proofs.py proves it."""
    return {r"\eta^\star": value(_best_step, error=100 * SECTION)}


@exercise.claim(r"\rho, \eta^\star, \sigma_1, \sigma_r", domain={"draw": cases(1, 2, 3, 4, 5, 7)}, changed={"ridge": 0.3}, always=ANY)
def best_rate() -> Bindings:
    """The best rate."""
    return {r"\eta^\star": value(_best_step, error=100 * SECTION)}


@exercise.claim(
    r"x_k, x^\star, \eta, \sigma_r, k",
    domain={"draw": AIMED} | STEPS | {"k": integers(0, 7)},
    false=True,
    quotes=r"\|x_k-x^\star\| \le (1-\eta\sigma_r^2)^k\|x^\star\|",
)
def rate_for_every_step() -> None:
    """The rate of small steps, said of all of them."""
