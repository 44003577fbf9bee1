"""Question 2(c), beyond: how far the gradient of f moves over a ball."""

from functools import cache
from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, binds_at, closed, value
from hwgen.homework.maths import differentiation

from .norms_of_terms import CASES
from .problem import NARROW, SATURATED, WIDE, Problem, exercise, setting
from .remainder_of_f import move


@cache
def gradient_at(problem: Problem, case: Any, R: float) -> Approx:
    """The gradient of f after the step of `move` (none for R = 0), by differentiation."""
    here = setting(problem, case)
    theta = here.network.first_layer() + (move(problem, case, R).h.ravel() if R else 0.0)
    found, error = differentiation.gradient(here.network.field_first(here.x), theta)
    return Approx(value=found, error=error)


def gradient_change(problem: Problem, case: Any, R: float) -> Approx:
    """How far the gradient of f moves in the step."""
    before, after = (gradient_at(problem, case, radius) for radius in (0.0, R))
    return Approx(value=float(np.linalg.norm(after.value - before.value)), error=len(before.value) * (before.error + after.error))


@exercise.claim(
    "J, M_2, R, r, p",
    domain={"case": CASES, "R": closed(0.4, 2.3)},
    changed={"prefactor": 0.0},
    sharp=[binds_at("case", SATURATED, NARROW, WIDE)],
    points=24,
)
def gradient_drift() -> Bindings:
    """How far the gradient of f moves over the ball."""
    return {"J": value(gradient_change)}
