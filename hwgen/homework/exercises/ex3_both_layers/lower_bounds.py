"""The rate cannot be improved: what a single neuron gives when its outer weight moves both ways."""

import math

import numpy as np

from hwgen.model import Approx, Binding, Bindings, binds_at, cases, closed, integers, ratios, value

from .problem import LINEAR, SEEDS, SQUARE, Problem, activated, activation, activation_of, exercise, gradient, preactivation, setting
from .steps import reached


def shifted(problem: Problem, seed: int, R: float, part: float) -> float:
    """The shift u of a preactivation, a part of the largest one that is used."""
    return part * R * setting(problem, seed).r / math.sqrt(2)


def alone(problem: Problem, seed: int, j: int, R: float, u: float, sign: int) -> Approx:
    """f - f_lin when neuron j (modulo p) alone moves: its preactivation by u, its outer weight by R / sqrt(2) in the sense of `sign`."""
    here, slope = setting(problem, seed), gradient(problem, seed)
    rows = np.zeros((here.p, 1 + here.x.size))
    rows[j % here.p, 0], rows[j % here.p, 1:] = sign * R / math.sqrt(2), u * here.x / here.r**2
    taken = rows.ravel()
    values = here.field(np.stack([here.theta + taken, here.theta]))
    return Approx(value=float(values[0] - values[1] - slope.value @ taken), error=float(np.abs(taken).sum()) * slope.error + 1e-15)


@exercise.claim(
    r"u, R, p, \sigma, z_j, \Delta_+, \Delta_-, D_R",
    domain={"seed": cases(*SEEDS, *LINEAR), "j": integers(0, 1), "R": closed(0.4, 2.3), "part": closed(-1, 1)},
    changed={"prefactor": 0.8},
    sharp=[binds_at("seed", *LINEAR, part=1.0)],
)
def rate_from_below(problem: Problem) -> Bindings:
    """The supremum is at least what one neuron gives when its outer weight moves."""

    def reach(sign: int) -> Binding:
        return value(lambda seed, j, R, part: alone(problem, seed, j, R, shifted(problem, seed, R, part), sign))

    return {
        "u": value(shifted),
        r"\sigma": activated(lambda problem, seed: activation(activation_of(problem, seed)), of=["seed"], orders=1),
        "z_j": value(lambda problem, seed, j: preactivation(problem, seed, j % setting(problem, seed).p)),
        r"\Delta_+": reach(1),
        r"\Delta_-": reach(-1),
    }


@exercise.claim(
    "D_R, R, r, p, z",
    domain={"seed": cases(*SEEDS, *SQUARE), "R": closed(0.4, 2.3)},
    changed={"prefactor": 0.8},
    sharp=[ratios("seed", {0: 0.7763356, SQUARE[0]: 0.1615758, SQUARE[2]: 0.5948080, SQUARE[3]: 0.7589429}, within=1e-6)],
    points=24,
)
def square_from_below() -> Bindings:
    """For half the square, the supremum is more than what the largest preactivation gives."""
    return {"D_R": value(lambda problem, seed, R: reached(problem, seed, R, name=problem.square))}
