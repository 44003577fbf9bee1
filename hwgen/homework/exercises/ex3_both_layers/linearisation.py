"""The argument of the lecture with both layers moving: Hessian on the ball, Taylor-Lagrange, and the bound they give."""

from functools import cache
from typing import Any

import numpy as np

from hwgen.authors import Bindings, Derived, Range, cases, log_closed, value
from hwgen.homework.maths import Array
from hwgen.homework.oracles import activation, hessian

from .derivations import attained, by_rows, on_ball
from .problem import ALL_SIZES, BEYOND, BOUNDED, KEEN, LIGHT, LINEAR, ON_BALL, SEEDS, SMOOTH, Problem, activation_of, exercise, setting
from .steps import RANDOM, STEEP, hessian_along, step

# Radius 0, where both sides vanish, refutes strict inequalities and has no part in a largest ratio.
BALL: dict[str, Range] = {"seed": cases(*ON_BALL), "R": cases(0.0, 0.1, 0.6, 2.2, -0.02, -0.5)}
# The step is R long at most; the radius that is printed is that over the excess, and the claims are made where the step is within it.
EXCESS: dict[str, Range] = {"excess": cases(1.0, 1.4)}
RADIUS = value(lambda R, excess: R / excess)
BEST = "a bound that no network attains: it holds a little beyond"
STEPS: dict[str, Range] = {"seed": cases(*ALL_SIZES), "where": cases(STEEP, RANDOM), "R": log_closed(0.04, 2.3)}


@cache
def peak(name: str) -> float:
    """The least z >= 0 at which |sigma''| is largest, to about 0.002."""
    nodes = np.linspace(0.0, 8.0, 8001)
    bend = np.abs(activation(name).second(nodes))
    return float(nodes[np.argmax(bend > (1 - 1e-6) * bend.max())])


def extreme(problem: Problem, seed: int, R: float) -> Array:
    """Parameters in the ball, (p, d + 1): the first outer weight moves outwards, its preactivation towards the largest |sigma''|."""
    here = setting(problem, seed)
    z, columns = float(here.z[0]), np.column_stack([here.network.a, here.network.W])
    wanted = (np.copysign(peak(activation_of(problem, seed)), z) - z) / here.r
    along = float(np.clip(wanted, -0.8 * R, 0.8 * R))
    columns[0, 1:] += along * here.x / here.r
    columns[0, 0] += np.copysign(np.sqrt(R * R - along**2), columns[0, 0])
    return np.asarray(columns)


def by_lecture(problem: Problem, seed: int, R: float) -> float:
    """The bound on the supremum over the ball by the argument of the lecture: each outer weight is at most m + R."""
    return on_ball(problem, seed, R, wider=R)


@exercise.claim(
    r"p, a, m, r, M_1, M_2, \Lambda, H",
    domain={"seed": cases(*SEEDS, *KEEN, *LIGHT, *LINEAR, *BEYOND), "R": log_closed(0.1, 2.3), **EXCESS},
    changed={"corner": 0.7},
    sharp=[
        # Twice what a neuron adds at most with a step of unit length.
        attained(lambda problem, seed, R, excess: 2 * on_ball(problem, seed, 1.0, wider=R / excess)),
        attained(lambda problem, seed, R, excess: by_rows(problem, seed, R / excess)),
    ],
    points=40,
    in_words=BOUNDED,
    kept={r"\|h\|\le R": BEST},
)
def hessian_on_ball() -> Bindings:
    """The operator norm of the Hessian at parameters in the ball."""
    return {
        "R": RADIUS,
        "h": value(lambda problem, seed, R: extreme(problem, seed, R).ravel() - setting(problem, seed).theta),
        "H": value(lambda problem, seed, R: hessian(setting(problem, seed).field, extreme(problem, seed, R).ravel())),
    }


def curved_most(problem: Problem, seed: int, R: float, where: str) -> float:
    """Half the largest modulus of an eigenvalue at the intermediate point, times the squared length of the step."""
    vector = step(problem, seed, R, where).vector
    return float(np.abs(np.linalg.eigvalsh(hessian_along(problem, seed, R, where).value)).max() * (vector @ vector) / 2)


@exercise.claim(
    r"p, a, m, r, M_1, M_2, \Lambda, f, f_{\mathrm{lin}}, h, H_\bullet",
    domain=STEPS | EXCESS,
    changed={"prefactor": 0.25},
    sharp=[
        Derived(larger=value(curved_most)),
        Derived(larger=value(lambda problem, seed, R, excess: by_lecture(problem, seed, R / excess))),
    ],
    source="Taylor-Lagrange",
    in_words=BOUNDED,
    kept={r"\max_{j}|a_j|\le m": BEST},
)
def taylor_lagrange() -> Bindings:
    """From Taylor's formula on the segment down to the bound, with the intermediate point found as a root."""
    return {
        "R": RADIUS,
        "h": value(lambda problem, seed, R, where: step(problem, seed, R, where).vector),
        r"H_\bullet": value(hessian_along),
    }


# What is claimed of the supremum over the ball.
IN_THE_BALL: dict[str, Any] = {
    "prints": r"D_R, \Lambda, R, p, a, m, r, M_1, M_2",
    "domain": BALL,
    "changed": {"prefactor": 0.25},
}


@exercise.claim(
    sharp=[attained(by_lecture, R=0.6), attained(lambda problem, seed, R: R * R / 2 * by_rows(problem, seed, R), R=0.6)],
    in_words=[*SMOOTH, r"besides $\sigma''$, also $\sigma'$ is bounded"],
    **IN_THE_BALL,
)
def both_ball() -> None:
    """The supremum over the ball against the bound through the Hessian, and a simpler one."""


@exercise.claim(sharp=[attained(on_ball, R=0.6), attained(by_lecture, R=0.6)], in_words=BOUNDED, **IN_THE_BALL)
def direct_ball() -> None:
    """The supremum over the ball against the bound neuron by neuron, and that one against the bound through the Hessian."""
