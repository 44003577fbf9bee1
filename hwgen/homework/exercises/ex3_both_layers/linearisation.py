"""The argument of the lecture with both layers moving: Hessian on the ball, Taylor-Lagrange, and the bound they give."""

from functools import cache, partial

import numpy as np

from hwgen.authors import Bindings, Range, Ratio, binds_at, cases, log_closed, ratios, value
from hwgen.homework.maths import Array
from hwgen.homework.oracles import activation, hessian

from .problem import BEYOND, BOUNDED, KEEN, LIGHT, LINEAR, SEEDS, SMOOTH, Problem, activation_of, exercise, preactivations, setting
from .steps import RANDOM, STEEP, hessian_along, step

# Radius 0, where both sides vanish, refutes strict inequalities and has no part in a largest ratio.
BALL: dict[str, Range] = {"seed": cases(*SEEDS, *KEEN, *LIGHT, *BEYOND), "R": cases(0.0, 0.1, 0.6, 2.2, -0.5)}
# The step is R long at most; the radius that is printed is that over the excess, and the claims are made where the step is within it.
EXCESS: dict[str, Range] = {"excess": cases(1.0, 1.4)}
RADIUS = value(lambda R, excess: R / excess)
BEST = "a bound that no network attains: it holds a little beyond"
STEPS: dict[str, Range] = {"seed": cases(*SEEDS, *KEEN, *LIGHT, *BEYOND), "where": cases(STEEP, RANDOM), "R": log_closed(0.04, 2.3)}


@cache
def peak(name: str) -> float:
    """The least z >= 0 at which |sigma''| is largest, to about 0.002."""
    nodes = np.linspace(0.0, 8.0, 8001)
    bend = np.abs(activation(name).second(nodes))
    return float(nodes[np.argmax(bend > (1 - 1e-6) * bend.max())])


def extreme(problem: Problem, seed: int, R: float) -> Array:
    """Parameters in the ball, (p, d + 1): the first outer weight moves outwards, its preactivation towards the largest |sigma''|."""
    here, z = setting(problem, seed), float(preactivations(problem, seed)[0])
    columns = np.column_stack([here.network.a, here.network.W])
    wanted = (np.copysign(peak(activation_of(problem, seed)), z) - z) / here.r
    along = float(np.clip(wanted, -0.8 * R, 0.8 * R))
    columns[0, 1:] += along * here.x / here.r
    columns[0, 0] += np.copysign(np.sqrt(R * R - along**2), columns[0, 0])
    return np.asarray(columns)


@exercise.claim(
    r"p, a, m, r, M_1, M_2, \Lambda, H",
    domain={"seed": cases(*SEEDS, *KEEN, *LIGHT, *LINEAR, *BEYOND), "R": log_closed(0.1, 2.3), **EXCESS},
    changed={"corner": 0.7},
    sharp=[
        binds_at("seed", *LINEAR)
        + ratios("seed", {5: 0.9119262, KEEN[0]: 0.9821687, KEEN[2]: 0.9895510, LIGHT[1]: 0.9328150}, within=1e-6),
        binds_at("seed", *LINEAR)
        + ratios("seed", {3: 0.8411363, KEEN[0]: 0.8769443, KEEN[2]: 0.9159430, LIGHT[1]: 0.8925170}, within=1e-6),
    ],
    points=40,
    in_words=[SMOOTH, BOUNDED],
    kept={r"\|h\|\le R": BEST},
)
def hessian_on_ball() -> Bindings:
    """The operator norm of the Hessian at parameters in the ball."""
    return {
        "R": RADIUS,
        "h": value(lambda problem, seed, R: extreme(problem, seed, R).ravel() - setting(problem, seed).theta),
        "H": value(lambda problem, seed, R: hessian(setting(problem, seed).field, extreme(problem, seed, R).ravel())),
    }


@exercise.claim(
    r"p, a, m, r, M_1, M_2, \Lambda, f, f_{\mathrm{lin}}, h, H_\bullet",
    domain=STEPS | EXCESS,
    changed={"prefactor": 0.25},
    sharp=[
        Ratio(largest=0.9999996, within=1e-6),
        ratios("seed", {1: 0.7307579, KEEN[1]: 0.8768504, KEEN[2]: 0.8149028, KEEN[3]: 0.935786800}, within=1e-6),
    ],
    source="Taylor-Lagrange",
    points=32,
    in_words=[SMOOTH, BOUNDED],
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
in_the_ball = partial(exercise.claim, r"D_R, \Lambda, R, p, a, m, r, M_1, M_2", domain=BALL, changed={"prefactor": 0.25}, points=32)


@in_the_ball(
    sharp=[
        ratios("seed", dict(zip(KEEN, (0.9399838, 0.8758145, 0.9442206, 0.9221777), strict=True)), within=1e-6),
        ratios("seed", {KEEN[2]: 0.91608448, KEEN[1]: 0.81417632, LIGHT[0]: 0.89774859}, within=1e-7),
    ],
    in_words=[SMOOTH, r"besides $\sigma''$, also $\sigma'$ is bounded"],
)
def both_ball() -> None:
    """The supremum over the ball against the bound through the Hessian, and a simpler one."""


@in_the_ball(
    sharp=[
        ratios("seed", dict(zip(KEEN, (0.9645766, 0.8913798, 0.9705201, 0.9507999), strict=True)), within=1e-6),
        ratios("seed", {KEEN[1]: 0.98253802, KEEN[3]: 0.96989670, LIGHT[0]: 0.87017297}, within=1e-7),
    ],
    in_words=[SMOOTH, BOUNDED],
)
def direct_ball() -> None:
    """The supremum over the ball against the bound neuron by neuron, and that one against the bound through the Hessian."""
