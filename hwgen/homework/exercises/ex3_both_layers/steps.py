"""Steps in the ball around a network's parameters, what the network does along them, and suprema over the ball; no relation itself."""

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import scipy

from hwgen.authors import Approx
from hwgen.homework import oracles
from hwgen.homework.maths import Array, differentiation
from hwgen.homework.maths.maximisation import supremum_over_ball
from hwgen.homework.oracles import activation

from .problem import Problem, gradient, hessian, setting

STEEP = "steep"
RANDOM = "random"
# Radius of Cauchy's circle along a step, relative to its length: the poles of tanh stay outside twice this circle.
CIRCLE = 0.12


@dataclass(frozen=True, kw_only=True, eq=False)
class Step:
    """A step (alpha_j, h_j) of the parameters, at most R long."""

    alpha: Array  # (p,)
    h: Array  # (p, d)
    u: Array  # (p,), <h_j, x>

    @property
    def vector(self) -> Array:
        """(alpha_1, h_1, alpha_2, …)."""
        return np.asarray(np.column_stack([self.alpha, self.h]).ravel())

    @property
    def length(self) -> float:
        """The norm of the whole step."""
        return float(np.linalg.norm(self.vector))

    @property
    def lengths(self) -> Array:
        """|h_j|."""
        return np.asarray(np.linalg.norm(self.h, axis=1))


@cache
def step(problem: Problem, seed: int, R: float, where: str = RANDOM) -> Step:
    """To the sphere along the eigenvector of the largest curvature, or a random step, mostly along x, to a random depth."""
    here = setting(problem, seed)
    if where == STEEP:
        values, vectors = np.linalg.eigh(hessian(problem, seed).value)
        steepest = vectors[:, int(np.argmax(np.abs(values)))]
        # An eigenvector has no sign of its own: its largest entry is positive here, on every machine.
        vector = R * steepest * np.sign(steepest[np.argmax(np.abs(steepest))])
    else:
        rng = np.random.default_rng([seed, round(1e6 * R)])
        rows = rng.standard_normal((here.p, 1 + here.x.size))
        rows[:, 1:] = rng.standard_normal((here.p, 1)) * here.x / here.r + 0.3 * rows[:, 1:]
        vector = float(rng.uniform(0.4, 1.0)) * R * rows.ravel() / np.linalg.norm(rows)
    columns = np.reshape(vector, (here.p, -1))
    return Step(alpha=columns[:, 0], h=columns[:, 1:], u=columns[:, 1:] @ here.x)


def moved(problem: Problem, seed: int, R: float, where: str) -> float:
    """f after the step."""
    here = setting(problem, seed)
    return float(here.field((here.theta + step(problem, seed, R, where).vector)[None])[0])


def linear(problem: Problem, seed: int, R: float, where: str) -> Approx:
    """f_lin after the step, from the differentiated gradient."""
    here, slope = setting(problem, seed), gradient(problem, seed)
    vector = step(problem, seed, R, where).vector
    return Approx(value=here.f + float(slope.value @ vector), error=float(np.abs(vector).sum()) * slope.error + 1e-15)


def departures(problem: Problem, seed: int, steps: Array) -> Approx:
    """f - f_lin after each of several steps, the rows of `steps`; the linear part from the differentiated gradient."""
    here, slope = setting(problem, seed), gradient(problem, seed)
    found = here.field(here.theta + steps) - here.f - steps @ slope.value
    return Approx(value=found, error=float(np.abs(steps).sum(axis=1).max()) * slope.error + 1e-15)


def curvature(problem: Problem, seed: int, R: float, where: str, tau: float) -> float:
    """The second derivative of the network along the step, at the part tau of it."""
    here, vector = setting(problem, seed), step(problem, seed, R, where).vector
    at = here.theta + tau * vector
    found, _ = differentiation.taylor_coefficients(here.field, at, vector[None], 2, CIRCLE)
    return 2 * float(found[0])


@cache
def intermediate(problem: Problem, seed: int, R: float, where: str) -> float:
    """A tau in (0, 1) at which half the curvature along the step is f - f_lin, found as a root."""
    target = 2 * (moved(problem, seed, R, where) - linear(problem, seed, R, where).value)
    nodes = np.linspace(0, 1, 41)
    values = np.array([curvature(problem, seed, R, where, float(tau)) - target for tau in nodes])
    change = np.flatnonzero(values[:-1] * values[1:] <= 0)[0]
    ends = nodes[change], nodes[change + 1]
    return float(scipy.optimize.brentq(lambda tau: curvature(problem, seed, R, where, tau) - target, *ends, xtol=1e-13))


@cache
def hessian_along(problem: Problem, seed: int, R: float, where: str) -> Approx:
    """The Hessian at the intermediate point."""
    here = setting(problem, seed)
    found = oracles.hessian(here.field, here.theta + intermediate(problem, seed, R, where) * step(problem, seed, R, where).vector)
    return replace(found, error=found.error + 1e-12)


@cache
def supremum(
    problem: Problem, seed: int, R: float, name: str = "", biased: bool = False, link: str = "identity", outer: bool = True
) -> float:
    """The largest |g - g_lin| found over the ball, on the values of g = link(f): steps of w_j along x, and of b_j in proportion.

    Without `outer`, of the first layer alone. Not a number if R < 0, as there is no such ball.
    """
    if R <= 0:
        return 0.0 if R == 0 else math.nan
    here, phi = setting(problem, seed, name), activation(link)
    field, theta = (here.biased, here.theta_biased) if biased else (here.field, here.theta)
    slope, _ = differentiation.gradient(field, theta)
    start = float(field(theta[None])[0])
    value, tangent = phi.call(start), phi.first(start)
    x = np.append(here.x, 1.0) if biased else here.x
    along = x / math.sqrt(float(x @ x))

    def departure(points: Array) -> Array:
        rows = np.reshape(points, (len(points), here.p, 1 + outer))
        steps = np.empty((len(points), here.p, 1 + along.size))
        steps[:, :, 0], steps[:, :, 1:] = outer * rows[:, :, 0], rows[:, :, -1:] * along
        away = steps.reshape(len(points), -1)
        return np.asarray(phi.call(field(theta + away)) - value - tangent * (away @ slope))

    return supremum_over_ball(departure, here.p, R, each=1 + outer, seed=seed)


def reached(problem: Problem, seed: int, R: float, **which: Any) -> Approx:
    """The supremum with the accuracy of the linear part; the maximisation itself errs downwards only."""
    found = supremum(problem, seed, R, **which)
    return Approx(value=found, error=1e-9 * found + 1e-12)
