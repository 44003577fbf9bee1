"""Question 2(c), beyond: the tangent kernel of g, and how far it moves over a ball."""

from functools import cache
from typing import Any

import numpy as np

from hwgen.homework.maths import differentiation, gap
from hwgen.model import Approx, Bindings, binds_at, cases, closed, value

from .norms_of_terms import CASES
from .problem import NARROW, SATURATED, SEEDS, WIDE, Array, Problem, activation, exercise, setting
from .remainder_of_f import move


def other_input(problem: Problem, case: Any) -> Array:
    """A second input, neither parallel nor orthogonal to the first."""
    x = setting(problem, case).x
    return np.asarray(0.8 * x + 0.5 * np.roll(x, 1) + 0.1)


@cache
def gradient_at(problem: Problem, case: Any, what: str, second: bool, R: float) -> Approx:
    """The gradient of f or g at one of the two inputs, after the step of `move` (none for R = 0), by differentiation."""
    here = setting(problem, case)
    x = other_input(problem, case) if second else here.x
    theta = here.network.first_layer() + (move(problem, case, R).h.ravel() if R else 0.0)
    found, error = differentiation.gradient(here.network.field_first(x, here.output if what == "g" else None), theta)
    return Approx(value=found, error=error)


def kernel(problem: Problem, case: Any, what: str) -> Approx:
    """The inner product of the gradients at the two inputs."""
    one, two = (gradient_at(problem, case, what, second, 0.0) for second in (False, True))
    size = float(np.sum(np.abs(one.value)) + np.sum(np.abs(two.value)))
    return Approx(value=float(one.value @ two.value), error=size * (one.error + two.error) + 1e-15)


@exercise.claim(r"K_g, K_f, \phi, u, v", domain={"case": cases(*SEEDS)}, changed={"skip": 0.7})
def output_kernel() -> Bindings:
    """The tangent kernel of the composition."""
    return {
        "K_g": value(lambda problem, case: kernel(problem, case, "g")),
        "K_f": value(lambda problem, case: kernel(problem, case, "f")),
        "u": value(lambda problem, case: setting(problem, case).network.output(setting(problem, case).x)),
        "v": value(lambda problem, case: setting(problem, case).network.output(other_input(problem, case))),
    }


def gradient_change(problem: Problem, case: Any, R: float) -> Approx:
    """How far the gradient of f moves in the step."""
    before, after = (gradient_at(problem, case, "f", False, radius) for radius in (0.0, R))
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


@exercise.claim("Q, y, b", domain={"y": closed(-1.5, 1.7), "b": closed(0.3, 2.2)}, changed={"link": "cubic"}, points=24)
def kernel_drift(problem: Problem) -> Bindings:
    """How far the squared slope of half a square moves."""

    link = activation("quadratic" if problem.link == "tanh" else problem.link)

    def most(y: float, T: float) -> float:
        return gap.maximum(lambda tau: np.abs(link.first(y + tau) ** 2 - link.first(y) ** 2), -T, T)

    return {"Q": value(most, error=1e-10)}
