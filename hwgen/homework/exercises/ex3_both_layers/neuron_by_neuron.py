"""The direct proof: the distance from the linearisation as a sum over neurons, and what one neuron adds to it at most."""

import math
from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, Derived, Range, binds_at, cases, closed, function, log_closed, value
from hwgen.homework.maths import Array, differentiation
from hwgen.homework.maths.both_layers import block
from hwgen.homework.oracles import activation, suprema

from .blocks import spectral
from .derivations import most, on_ball
from .linearisation import BEST, EXCESS, RADIUS, STEPS
from .problem import BOUNDED, KEEN, OF_BLOCKS, SEEDS, Problem, activation_of, exercise, setting
from .steps import STEEP, departures, step

TOP = "top"


@exercise.claim(r"f, f_{\mathrm{lin}}, p, a, z, \alpha, u, \sigma", domain=STEPS, **OF_BLOCKS)
def both_decomposition() -> Bindings:
    """The distance from the linearisation is a sum over the neurons, exactly."""
    return {"u": value(lambda problem, seed, R, where: step(problem, seed, R, where).u)}


@exercise.claim(
    r"p, a, m, r, M_1, M_2, \Lambda, f, f_{\mathrm{lin}}, \alpha, \eta, F",
    domain=STEPS | EXCESS,
    changed={"prefactor": 0.25},
    sharp=[
        binds_at("seed", *KEEN[1:3], where=STEEP),
        Derived(larger=value(lambda problem, seed, R, where: on_ball(problem, seed, step(problem, seed, R, where).length))),
        binds_at("seed", 4, *KEEN, where=STEEP),
    ],
    in_words=BOUNDED,
    kept={r"\max_{j}|a_j|\le m": BEST},
)
def both_sum() -> Bindings:
    """Adding up the bounds of the neurons, over a step that is in the ball if the excess is 1."""
    lengths = value(lambda problem, seed, R, where: step(problem, seed, R, where).lengths)
    return {"R": RADIUS, r"\eta": lengths, "F": value(contributions)}


def contributions(problem: Problem, seed: int, R: float, where: str) -> Approx:
    """What each neuron adds to sqrt(p) (f - f_lin): the departure of the real network when that neuron alone moves."""
    here = setting(problem, seed)
    alone = np.kron(np.eye(here.p), np.ones(1 + here.x.size)) * step(problem, seed, R, where).vector
    found, scale = departures(problem, seed, alone), here.p**0.5
    return Approx(value=scale * found.value, error=scale * found.error)


NEURON: dict[str, Range] = {
    "seed": cases(*SEEDS),
    "direction": cases(TOP, 0.4, 1.5, 1.6, 2.4),
    "length": log_closed(0.05, 2.0),
    "share": closed(-2, 2),
    "tilt": closed(-1.6, 1.6),
    "z": closed(-2.5, 2.5),
}


def angle(problem: Problem, seed: int, direction: Any) -> float:
    """The angle of (alpha, |h|): as given, or that of the eigenvector on which the neuron's quadratic form is largest."""
    if direction != TOP:
        return float(direction)
    here, (first, second) = setting(problem, seed), suprema(activation_of(problem, seed))
    vector = np.linalg.eigh(block(here.m * second * here.r**2, first * here.r))[1][:, 1]
    return math.atan2(abs(vector[1]), abs(vector[0]))


def outer_step(problem: Problem, seed: int, direction: Any, length: float) -> float:
    """alpha."""
    return length * math.cos(angle(problem, seed, direction))


def inner_length(problem: Problem, seed: int, direction: Any, length: float) -> float:
    """|h|."""
    return length * math.sin(angle(problem, seed, direction))


def shift(problem: Problem, seed: int, direction: Any, length: float, tilt: float) -> float:
    """<h, x> for an h that makes an angle of cosine `tilt` with x; none does beyond 1."""
    return tilt * setting(problem, seed).r * inner_length(problem, seed, direction, length)


def outer(problem: Problem, seed: int, share: float) -> float:
    """A weight, in its range if |share| <= 1."""
    return share * setting(problem, seed).m


def departure(name: str, a: float, z: float, alpha: float, u: float, corner: float = 0.0) -> Approx:
    """The distance of one neuron, with `corner` a^2 / 2 besides, from its linearisation in (a, z), by Cauchy's formula on its values."""
    sigma = activation(name)

    def neuron(points: Array) -> Array:
        return np.asarray(points[:, 0] * sigma.call(points[:, 1]) + corner * points[:, 0] ** 2 / 2)

    slope, error = differentiation.gradient(neuron, np.array([a, z]))
    found = neuron(np.array([[a + alpha, z + u]]))[0] - neuron(np.array([[a, z]]))[0] - slope @ [alpha, u]
    return Approx(value=float(found), error=error * (abs(alpha) + abs(u)) + 1e-15)


def taylor(problem: Problem, seed: int, direction: Any, length: float, tilt: float) -> float:
    """What the two steps of a neuron add at most, by Taylor's integrals."""
    steps = outer_step(problem, seed, direction, length), shift(problem, seed, direction, length, tilt)
    return float(most(setting(problem, seed).m, *suprema(activation_of(problem, seed)), *steps))


@exercise.claim(
    r"F, a, \sigma, z, u, \alpha, \eta, \Lambda, m, M_1, M_2, r",
    domain=NEURON,
    changed={"corner": 0.7},
    sharp=[Derived(larger=value(taylor)), binds_at("tilt", 1.0), binds_at("direction", TOP)],
    points=80,
    in_words=BOUNDED,
    kept={r"|a|\le m": BEST},
)
def both_remainder(problem: Problem) -> Bindings:
    """What one neuron adds, bounded by a quadratic form in the lengths of its two steps."""

    def added(seed: int, share: float, z: float, direction: Any, length: float, tilt: float) -> Approx:
        steps = outer_step(problem, seed, direction, length), shift(problem, seed, direction, length, tilt)
        return departure(activation_of(problem, seed), outer(problem, seed, share), z, *steps, problem.corner)

    return {"F": value(added), "a": value(outer), "u": value(shift), r"\alpha": value(outer_step), r"\eta": value(inner_length)}


@exercise.claim(
    r"c, \beta, \eta, \alpha, \Lambda",
    domain={"c": closed(-1, 3), "beta": closed(-1, 3), "eta": closed(-2, 2), "mix": cases(1.0, -1.3, 0.4, 2.2)},
    changed={"corner": 0.7},
    sharp=[binds_at("mix", 1.0)],
    source="completing the square",
    kept={r"\beta>0": "the modulus of a slope; all but c = beta = 0 would do"},
)
def square_completed() -> Bindings:
    """The quadratic form of the block falls short of its norm by a square."""
    return {
        r"\alpha": value(lambda c, beta, eta, mix: mix * beta * eta / float(spectral(Problem(), c, beta))),
        r"\Lambda": function(spectral),
    }
