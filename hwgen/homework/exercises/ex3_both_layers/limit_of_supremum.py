"""The limit of sqrt(p) D_R: the best division of the budget among ever more neurons, against the largest norm of a block."""

import math
from functools import cache
from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, Derived, Estimate, Range, binds_at, cases, closed, function, value, variable
from hwgen.homework.maths import differentiation, shares
from hwgen.homework.maths.both_layers import block
from hwgen.homework.oracles import activated, activation, suprema

from .blocks import spectral
from .derivations import best
from .linearisation import BEST
from .neuron_by_neuron import departure
from .problem import BEYOND, BOUNDED, CURVED, EXAMPLE, LINEAR, NEAREST, SCALES, SEEDS, SQUARE, Problem, activation_of, exercise, setting
from .steps import reached

# The place of a maximum is accurate to this, and with it what is computed there.
PLACE = 2e-6
PRINTED = 2e-5


def shared(name: str, m: float, r: float, R: float) -> Approx:
    """V, half-way between the value that equal shares attain and its upper bound."""
    low, high = shares.shared(activation(name), m, r, R)
    return Approx(value=(low + high) / 2, error=(high - low) / 2 + 1e-9 * high)


def steepest(problem: Problem, name: str, m: float, r: float) -> Approx:
    """The largest norm of a block, over all preactivations."""
    found, _ = shares.steepest(activation(name), m, r, corner=problem.corner)
    return Approx(value=found, error=1e-11 * found)


@exercise.claim(
    "D_R, p, a, m, V",
    domain={"seed": cases(*SEEDS, *LINEAR, *BEYOND), "R": closed(0.4, 2.0)},
    changed={"prefactor": 0.25},
    sharp=[binds_at("seed", *LINEAR)],
    points=24,
    in_words=BOUNDED,
    kept={r"\max_{j}|a_j|\le m": BEST},
)
def ball_value() -> Bindings:
    """At every width the supremum is at most what the best division of the budget gives."""
    return {
        "V": value(lambda problem, seed, R: shared(activation_of(problem, seed), setting(problem, seed).m, setting(problem, seed).r, R))
    }


# An affine activation, for which one block is all there is.
AFFINE = "slanted"
# What one neuron adds at most with a step of length R.
NEURON_MOST = Derived(larger=value(lambda m, r, R, name: best(m, *suprema(name), r, R)))


@exercise.claim(
    r"m, r, R, V, \Lambda^*, \Lambda, M_1, M_2",
    domain={**SCALES, "R": closed(0.5, 2.0), "name": cases("erf", "gentle", "sigmoid", "erf 0.6", AFFINE)},
    changed={"corner": 0.7},
    sharp=[binds_at("name", AFFINE), (*binds_at("name", AFFINE), NEURON_MOST)],
    coarse={3e-5: "the limit is enclosed between a division among neurons and its dual"},
    points=24,
    in_words=BOUNDED,
)
def value_between() -> Bindings:
    """The limit lies between the largest norm of a block and the bound neuron by neuron."""
    return {
        "V": value(lambda m, r, R, name: shared(name, m, r, R)),
        r"\Lambda^*": value(lambda problem, m, r, name: steepest(problem, name, m, r)),
        "M_1": value(lambda name: suprema(name)[0], error=1e-11),
        "M_2": value(lambda name: suprema(name)[1], error=1e-11),
    }


def curved(problem: Problem, seed: int) -> str:
    """The activation of a case: of constant second derivative in the cases SQUARE, and the NEAREST, where the bound is exact."""
    return "parabola" if seed in (*SQUARE, NEAREST) else activation_of(problem, seed)


@exercise.claim(
    r"\bar D_R, p, a, m, r, R, M_2",
    domain={"seed": cases(*SEEDS, *SQUARE, *BEYOND), "R": closed(0.4, 2.0)},
    changed={"prefactor": 0.25},
    sharp=[binds_at("seed", *SQUARE)],
    points=24,
    in_words=CURVED,
)
def first_layer_ball() -> Bindings:
    """The supremum over the ball when the outer weights stay."""
    return {
        r"\bar D_R": value(lambda problem, seed, R: reached(problem, seed, R, name=curved(problem, seed), outer=False)),
        "M_2": value(lambda problem, seed: suprema(curved(problem, seed))[1], error=1e-11),
    }


@cache
def steepest_step(name: str, m: float, r: float) -> tuple[float, float, float]:
    """(z, alpha, u) where the quadratic part of a neuron is largest over steps of unit length, from the eigenvector of the block."""
    sigma = activation(name)
    _, z = shares.steepest(sigma, m, r)
    values, vectors = np.linalg.eigh(block(m * float(sigma.second(z)) * r * r, float(sigma.first(z)) * r))
    vector = vectors[:, int(np.argmax(np.abs(values)))]
    return z, float(vector[0]), r * float(vector[1])


# z, alpha and u of the steepest step, and the activation with three derivatives.
STEEPEST: Bindings = {
    "z": value(lambda m, r: Approx(value=steepest_step(Problem().example, m, r)[0], error=PLACE)),
    r"\alpha": value(lambda m, r: Approx(value=steepest_step(Problem().example, m, r)[1], error=PLACE)),
    "u": value(lambda m, r: Approx(value=steepest_step(Problem().example, m, r)[2], error=PLACE)),
    "m": variable("m"),
    r"\sigma": activated(lambda problem: activation(problem.example), orders=4),
}
# Why the place of a maximum is known coarsely.
FLAT = "a maximum fixes its place to the root of its own accuracy"
THIRD = r"where $\sigma$ has a third derivative and $\sigma'(z^*)$, $\sigma''(z^*)$ are not zero"
AT_THE_STEEPEST: dict[str, Any] = {"domain": SCALES, "changed": {"example": "sine"}, "points": 16, "in_words": [THIRD]}


@exercise.claim(coarse={1e-4: FLAT}, **AT_THE_STEEPEST)
def steepest_stationary() -> Bindings:
    """At the largest norm of a block its quadratic form is stationary in the preactivation."""
    return STEEPEST


def third_order(problem: Problem, m: float, r: float) -> Approx:
    """The third-order coefficient of F along the steepest step: the odd part of its values, extrapolated to no length."""
    z, alpha, u = steepest_step(Problem().example, m, r)

    def odd(length: float) -> float:
        ahead, back = (departure(problem.example, m, z, sign * length * alpha, sign * length * u).value for sign in (1, -1))
        return float((ahead - back) / (2 * length**3))

    found, apart = differentiation.extrapolated([odd(length) for length in (0.04, 0.02, 0.01)], 4, 16)
    return Approx(value=found, error=apart / 15 + 1e-8)


@exercise.claim(coarse={2e-4: FLAT}, **AT_THE_STEEPEST)
def steepest_cubic() -> Bindings:
    """What the third order adds along the steepest step."""
    return {"C": value(third_order), **STEEPEST}


# What the page says of the hyperbolic tangent is tried beyond the scales that there are, and for angles beside the one that it names.
BROAD: dict[str, Range] = {"m": closed(-0.4, 2.0), "r": closed(-0.4, 1.6)}
LISTED: dict[str, Range] = {"m": cases(0.5, 1.1, 2.0, 0.045, 0.0, -0.4), "r": cases(1.6, 0.6, 1.1, 0.035, 0.0, -0.4)}
OF_TANH: dict[str, Any] = {"changed": {"example": "sigmoid"}, "in_words": [r"For $\sigma=\tanh$"]}


def tanh_angle(m: float, r: float, z: float) -> float:
    """The omega with sinh(omega) = m r |tanh z|, by a root of the hyperbolic sine."""
    return math.asinh(m * r * abs(math.tanh(z)))


@exercise.claim(r"m, r, z, \sigma, \Lambda", domain={**BROAD, "z": closed(-2.5, 2.5), "aside": cases(0.0, 0.03, -0.05)}, **OF_TANH)
def tanh_block() -> Bindings:
    """The norm of the steepest block of a hyperbolic tangent at each preactivation."""
    return {
        r"\sigma": EXAMPLE,
        r"\Lambda": function(spectral),
        "T": value(lambda z: abs(math.tanh(z))),
        r"\omega": value(lambda m, r, z, aside: tanh_angle(m, r, z) + aside),
    }


def steepest_angle(problem: Problem, m: float, r: float) -> Approx:
    """The omega at which the norm of the block is largest."""
    _, z = shares.steepest(activation(problem.example), m, r, corner=problem.corner)
    return Approx(value=tanh_angle(m, r, z), error=PLACE)


@exercise.claim(r"m, r, \omega", domain=SCALES, points=16, coarse={4e-6: FLAT}, **OF_TANH)
def tanh_angle_largest() -> Bindings:
    """Where the norm of the block of a hyperbolic tangent is largest."""
    return {r"\omega": value(steepest_angle)}


@exercise.claim(r"m, r, \Lambda^*, \omega", domain=LISTED, coarse={6e-6: FLAT}, **OF_TANH)
def tanh_steepest() -> Bindings:
    """The largest norm of a block of a hyperbolic tangent."""
    return {
        r"\Lambda^*": value(lambda problem, m, r: steepest(problem, problem.example, m, r)),
        r"\omega": value(lambda m, r: steepest_angle(Problem(), m, r)),
    }


@exercise.numbers(
    both_half_steepest="Half the largest norm of a block for the hyperbolic tangent, m = r = 1.",
    both_value="V for the hyperbolic tangent, m = r = R = 1.",
    both_excess="Per cent by which V exceeds half the largest norm of a block, m = r = R = 1.",
)
def unit_limits(problem: Problem) -> dict[str, Estimate]:
    """The limit of the supremum for the hyperbolic tangent, m = r = R = 1, beside half the largest norm of a block."""
    found, half = shared(problem.example, 1.0, 1.0, 1.0), steepest(problem, problem.example, 1.0, 1.0).value / 2
    return {
        "both_half_steepest": Estimate(value=half, error=PRINTED),
        "both_value": Estimate(value=found.value, error=max(found.error, PRINTED)),
        "both_excess": Estimate(value=100 * (found.value / half - 1), error=100 * found.error / half + 1e-4),
    }


exercise.stand_for(both_value="V", both_half_steepest=r"\frac12\Lambda^*")
