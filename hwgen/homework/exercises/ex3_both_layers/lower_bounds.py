"""The rate cannot be improved, nor kept without a bound on the slope: what one neuron gives when its outer weight moves both ways."""

import math

import numpy as np

from hwgen.authors import Approx, Bindings, Derived, binds_at, cases, closed, integers, value
from hwgen.homework.maths import both_layers
from hwgen.homework.oracles import activated, activation

from .derivations import best, steepest_in_ball
from .logarithm import DIVIDED, OPEN, OPEN_BALL, OPEN_LEAST, curved_of, open_supremum, unbounded_of
from .problem import CURVED, FLAT, KEEN, LIGHT, LINEAR, SEEDS, SQUARE, Problem, activation_of, exercise, setting
from .steps import departures, reached


def shifted(problem: Problem, seed: int, R: float, part: float) -> float:
    """The shift u of a preactivation, a part of the largest one that the claim allows."""
    return part * R * setting(problem, seed).r / math.sqrt(2)


def alone(problem: Problem, seed: int, j: int, R: float, part: float, sign: int) -> Approx:
    """f - f_lin when neuron j (modulo p) alone moves: its preactivation by that shift, its outer weight by R / sqrt(2) times `sign`."""
    here = setting(problem, seed)
    rows = np.zeros((here.p, 1 + here.x.size))
    rows[j % here.p] = sign * R / math.sqrt(2), *(shifted(problem, seed, R, part) * here.x / here.r**2)
    found = departures(problem, seed, rows.reshape(1, -1))
    return Approx(value=float(found.value[0]), error=found.error)


@exercise.claim(
    r"u, R, r, p, \sigma, z_j, Y_+, Y_-, D_R",
    domain={"seed": cases(*FLAT, *SEEDS, *LINEAR), "j": integers(0, 1), "R": cases(0.4, 1.1, 2.3), "part": closed(-1.8, 1.8)},
    changed={"prefactor": 0.8},
    sharp=[binds_at("seed", *FLAT, *LINEAR, part=1.0)],
)
def rate_from_below() -> Bindings:
    """The supremum is at least what one neuron gives when its outer weight moves."""
    return {
        "u": value(shifted),
        r"\sigma": activated(lambda problem, seed: activation(activation_of(problem, seed)), of=["seed"], orders=1),
        "z_j": value(lambda problem, seed, j: float(setting(problem, seed).z[j % setting(problem, seed).p])),
        "Y_+": value(lambda problem, seed, j, R, part: alone(problem, seed, j, R, part, 1)),
        "Y_-": value(lambda problem, seed, j, R, part: alone(problem, seed, j, R, part, -1)),
    }


def mixed(problem: Problem, seed: int, R: float) -> float:
    """The part of sqrt(p) (f - f_lin) that is odd in both steps of a neuron, R^2 shared equally, the largest over neurons."""
    here, half = setting(problem, seed, problem.square), R / math.sqrt(2)
    z = here.z
    ahead, back = (here.network.activation.call(z + sign * here.r * half) for sign in (1, -1))
    return float(np.max(np.abs(half * (ahead - back) / 2)))


def square_supremum(problem: Problem, seed: int, R: float) -> Approx:
    """sqrt(p) D_R for half the square, one neuron taking the whole step; what it is a difference of is rounded."""
    here = setting(problem, seed, problem.square)
    found = both_layers.square_supremum(here.network, here.x, R)
    return Approx(value=found, error=1e-7 * found + 1e-11)


@exercise.claim(
    "D_R, R, r, p, z",
    domain={"seed": cases(*SEEDS, *SQUARE), "R": closed(-0.3, 2.3)},
    changed={"prefactor": 0.8},
    in_words=[r"For $\sigma(z)=z^2/2$"],
    sharp=[Derived(smaller=value(mixed), larger=value(square_supremum))],
    points=24,
)
def square_from_below() -> Bindings:
    """For half the square, the supremum is more than what the largest preactivation gives."""
    return {"D_R": value(lambda problem, seed, R: reached(problem, seed, R, name=problem.square))}


# Steps of both signs against the preactivation.
BOTH_WAYS = ((-1.0, 1.3), (-1.0, -1.7), (-0.4, 2.1), (-0.4, -0.9), (-1.7, 0.8), (-1.7, -1.1))


@exercise.claim(
    r"\sigma, z, u, M_2",
    domain={"seed": cases(*SEEDS[:4], *SQUARE), "z": closed(-3, 3.1), "part": cases(-1.0, -0.4, -1.7, 0.6, 1.3)},
    changed={"unbounded": "cubic"},
    sharp=[tuple(one for part, z in BOTH_WAYS for one in binds_at("seed", *SQUARE, part=part, z=z))],
    source="Taylor-Lagrange",
    points=80,
    in_words=CURVED,
)
def step_from_below() -> Bindings:
    """An increment of the activation is at least linear, less what the second derivative can undo."""
    return {
        r"\sigma": activated(lambda problem, seed: activation(curved_of(problem, seed)), of=["seed"], orders=2),
        "u": value(lambda z, part: part * z),
        "M_2": value(lambda seed: activation(curved_of(Problem(), seed)).sup_second),
    }


@exercise.claim(
    r"D_R, R, r, p, \gamma, M_2",
    domain={"seed": cases(*SEEDS, *KEEN, *LIGHT), "R": closed(0.5, 1.4)},
    changed={"prefactor": 0.8},
    in_words=CURVED,
    sharp=[OPEN_LEAST],
    coarse={2e-3: DIVIDED},
    points=24,
)
def slope_from_below() -> Bindings:
    """The steepest neuron alone, for an activation of which only the second derivative is bounded."""
    return OPEN


def open_at_rate(problem: Problem, seed: int, R: float) -> float:
    """What one neuron adds at most, its outer weight and its slope what they can be in the ball."""
    here, second = setting(problem, seed), activation(unbounded_of(problem, seed)).sup_second
    return best(here.m + R, steepest_in_ball(problem, seed, R, unbounded_of(problem, seed)), second, here.r, R)


AT_RATE = Derived(smaller=value(open_supremum), larger=value(open_at_rate))


@exercise.claim(r"D_R, R, r, p, a, m, \Lambda, \sigma, \zeta_p, M_2", sharp=[AT_RATE], **OPEN_BALL)
def open_rate() -> Bindings:
    """The argument of the lecture, with what the slope can be in the ball."""
    return OPEN
