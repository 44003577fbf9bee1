"""Question 2(c), first half: how far f is from its linearisation over a ball, how its gradient moves, and how g - g_lin splits."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, Derived, Range, binds_at, cases, closed, value
from hwgen.homework.maths import Array, activations, gap
from hwgen.homework.oracles import gradient, length

from . import norms_of_terms
from .problem import (
    ANY_WEIGHTS,
    BOUNDED,
    CASES,
    SATURATED,
    SEEDS,
    SUNKEN,
    UNEVEN,
    Problem,
    differentiated,
    exercise,
    is_saturated,
    saturated,
    setting,
)

RADIUS = closed(0.4, 2.3)
# Steps that are up to this many times as long as those in the ball of radius R; claims on the ball fail for another power of the width.
BALL: dict[str, Range] = {"case": ANY_WEIGHTS, "R": RADIUS, "stretch": cases(1.0, 1.05)}
ON_BALL: dict[str, Any] = {"domain": BALL, "changed": {"prefactor": 0.0}, "in_words": BOUNDED}


@dataclass(frozen=True, kw_only=True, eq=False)
class Move:
    """A step h of the first layer (p d,), its u_j = <h_j, x> (p,), and the values of f and g after it."""

    h: Array
    u: Array
    f: float
    g: float


@cache
def move(problem: Problem, case: Any, R: float) -> Move:
    """A random step in the ball of radius R; for a saturated case every h_j is a multiple of x and |h| = R."""
    here = setting(problem, case)
    rng = np.random.default_rng([7, len(case) if is_saturated(case) else case + 1])
    direction = rng.standard_normal(here.network.W.shape)
    if is_saturated(case):
        # Of the uneven one the last neuron alone moves, whose outer weight is too large.
        each = np.eye(here.network.width)[-1] if case == UNEVEN else rng.standard_normal(here.network.width)
        direction = np.outer(each, here.x)
    size = 1.0 if is_saturated(case) else rng.uniform(0.5, 0.95)
    h = R * size * direction / np.linalg.norm(direction)
    f = here.network.with_first(here.network.first_layer() + h.ravel()).output(here.x)
    return Move(h=h.ravel(), u=h @ here.x, f=f, g=float(here.output(f)))


def linear_part(problem: Problem, case: Any, R: float, function: str) -> Approx:
    """<grad, h> for f or g, the gradient by differentiation."""
    found, h = differentiated(problem, case, f"gradient {function}"), move(problem, case, R).h
    return Approx(value=float(found.value @ h), error=float(np.sum(np.abs(h))) * found.error + 1e-15)


def linearised(problem: Problem, case: Any, R: float, function: str) -> Approx:
    """f_lin or g_lin after the step."""
    part, here = linear_part(problem, case, R, function), setting(problem, case)
    start = float(here.output(here.f)) if function == "g" else here.f
    return Approx(value=start + part.value, error=part.error + 1e-15)


@exercise.claim(
    r"\sigma, z, u, M_2",
    domain={"case": CASES, "z": closed(-2.5, 2.5), "u": closed(-1.7, 1.9)},
    changed={"activation": "relu"},
    sharp=[binds_at("case", SATURATED, SUNKEN)],
    source="Taylor-Lagrange",
    points=60,
    in_words=BOUNDED,
)
def neuron_remainder() -> None:
    """Taylor's formula for the activation of one neuron."""


def of_bowls(problem: Problem, case: Any, R: float, stretch: float) -> float:
    """How far f would depart if every neuron had the largest curvature everywhere, and outer weight 1."""
    bowl = activations.polynomial("bowl", 0.0, 0.0, float(norms_of_terms.curvature(problem, case).value))
    u = move(problem, case, stretch * R).u
    return float(np.sum(gap.departure(bowl, setting(problem, case).z, u)) / len(u) ** 0.5)


STEEPEST = Derived(larger=value(of_bowls, error=1e-11))


@exercise.claim(r"f, f_{\mathrm{lin}}, M_2, p, r, a, u, R", sharp=[(*saturated(), STEEPEST), saturated(stretch=1.0)], **ON_BALL)
def linearisation_error() -> Bindings:
    """The distance of f from its linearisation, over the ball."""
    return {
        "h": value(lambda problem, case, R, stretch: move(problem, case, stretch * R).h),
        "f": value(lambda problem, case, R, stretch: move(problem, case, stretch * R).f),
        r"f_{\mathrm{lin}}": value(lambda problem, case, R, stretch: linearised(problem, case, stretch * R, "f")),
        "u": value(lambda problem, case, R, stretch: move(problem, case, stretch * R).u),
    }


def gradient_length(problem: Problem, case: Any) -> Approx:
    """The norm of the gradient of f, by differentiation."""
    return length(differentiated(problem, case, "gradient f"))


def along(problem: Problem, case: Any, R: float, where: str) -> Approx:
    """A step: along the gradient to the sphere of radius R, or just beyond, or against it, or the random one."""
    found = differentiated(problem, case, "gradient f")
    if where == "random":
        return Approx(value=move(problem, case, R).h, error=0.0)
    times = {"beyond": 1.05, "against": -1.0}.get(where, 1.0)
    return Approx(value=times * R * found.value / np.linalg.norm(found.value), error=1e-13)


def by_minors(problem: Problem, case: Any, R: float, where: str) -> float:
    """The product of the lengths of the gradient and the step, by their inner product and their minors, as Lagrange has it."""
    slope, step = differentiated(problem, case, "gradient f").value, along(problem, case, R, where).value
    minors = np.outer(slope, step) - np.outer(step, slope)
    return math.sqrt(float(slope @ step) ** 2 + float(np.sum(minors**2)) / 2)


@exercise.claim(
    r"\nabla f, h, R, \ell",
    domain={"case": cases(*SEEDS), "R": RADIUS, "where": cases("random", "gradient", "against", "beyond")},
    identity="the Cauchy-Schwarz inequality holds for every network and every ball",
    sharp=[(*binds_at("where", "gradient", "against"), Derived(larger=value(by_minors))), binds_at("where", "gradient", "against")],
)
def linear_range() -> Bindings:
    """The linear part of f sweeps an interval and no more."""
    return {"h": value(along)}


def excess(problem: Problem, case: Any, R: float) -> Approx:
    """f - f_lin after the step."""
    part = linearised(problem, case, R, "f")
    return Approx(value=move(problem, case, R).f - part.value, error=part.error)


@exercise.claim(
    r"g, g_{\mathrm{lin}}, \phi, f_0, \tau, \xi",
    domain={"case": CASES, "R": RADIUS},
    changed={"skip": 0.7},
    points=24,
    in_words=[r"differentiable at $\theta^0$"],
)
def gap_split() -> Bindings:
    """The departure of g splits into that of the link along the linearised network and a small change of argument."""
    return {
        "g": value(lambda problem, case, R: move(problem, case, R).g),
        r"g_{\mathrm{lin}}": value(lambda problem, case, R: linearised(problem, case, R, "g")),
        r"\tau": value(lambda problem, case, R: linear_part(problem, case, R, "f")),
        r"\xi": value(excess),
    }


def gradient_change(problem: Problem, case: Any, R: float) -> Approx:
    """How far the gradient of f moves in the step, by differentiation at both ends."""
    before, here = differentiated(problem, case, "gradient f"), setting(problem, case)
    after = gradient(here.network.field_first(here.x), here.network.first_layer() + move(problem, case, R).h)
    return Approx(value=float(np.linalg.norm(after.value - before.value)), error=len(before.value) * (before.error + after.error))


@exercise.claim("J, M_2, R, r, p, a", sharp=[saturated(stretch=1.0)], points=26, **ON_BALL)
def gradient_drift() -> Bindings:
    """How far the gradient of f moves over the ball."""
    return {
        "h": value(lambda problem, case, R, stretch: move(problem, case, stretch * R).h),
        "J": value(lambda problem, case, R, stretch: gradient_change(problem, case, stretch * R)),
    }
