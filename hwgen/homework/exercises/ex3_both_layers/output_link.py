"""A non-linearity at the output when both layers move: the gap at finite width, its limit, and what networks give on a ray."""

import itertools
import math

import numpy as np

from hwgen.authors import Approx, Bindings, Derived, Estimate, cases, closed, function, value
from hwgen.authors.numerics import mean_of
from hwgen.homework.maths import Array, Arrays, both_layers, gap
from hwgen.homework.maths.maximisation import supremum_over_ball
from hwgen.homework.oracles import NORM, SIGMA, activation, drawn, length

from .against_width import PRINTED, RADIUS, WIDTHS, X, gradient_limit, over_widths
from .gradient_and_biases import INPUT
from .problem import KEEN, SEEDS, Problem, exercise, gradient, setting
from .steps import reached

RAY = 24
HALF_SQUARE = r"For $\phi(v)=v^2/2$"


def gap_from_limit(problem: Problem, seed: int, R: float) -> Approx:
    """How far the supremum is from R^2 / 2 times the squared gradient, by the remainders of the neurons, maximised from other starts."""
    here = setting(problem, seed)
    network, z, scale = here.network, here.z, math.sqrt(here.p)
    sigma, value_of = network.activation, network.output(here.x)
    squared = float(np.sum(sigma.call(z) ** 2 + (here.r * network.a * sigma.first(z)) ** 2)) / here.p

    def departure(points: Array) -> Array:
        alpha, u = points[:, 0::2], here.r * points[:, 1::2]
        straight = (alpha * sigma.call(z) + network.a * sigma.first(z) * u).sum(axis=1) / scale
        rest = both_layers.remainder(sigma, network.a, z, alpha, u).sum(axis=1) / scale
        return np.asarray((straight + rest) ** 2 / 2 + value_of * rest)

    found = supremum_over_ball(departure, here.p, R, seed=seed + 100)
    return Approx(value=abs(found - R**2 * squared / 2), error=1e-8 * found)


def at_corners(problem: Problem, seed: int, R: float) -> Approx:
    """How far half the square can be from half the square of the linear part, at the ends of what f departs by and of that part."""
    apart, linear = reached(problem, seed, R), R * float(np.linalg.norm(gradient(problem, seed).value))
    first, ends = setting(problem, seed).f, itertools.product((linear, -linear), (apart.value, -apart.value))
    found = max(abs(((one + other) ** 2 - one**2) / 2 + first * other) for one, other in ends)
    return Approx(value=found, error=1e-8 * found)


@exercise.claim(
    r"S_R, D_R, R, \ell, f_0",
    domain={"seed": cases(*SEEDS, KEEN[1]), "R": closed(0.4, 1.6)},
    changed={"link": "cubic"},
    sharp=[Derived(smaller=value(gap_from_limit), larger=value(at_corners))],
    points=30,
    in_words=[HALF_SQUARE],
)
def both_output_gap() -> Bindings:
    """Half the square of a network whose two layers move: the distance from the linearisation at finite width."""
    return {
        "S_R": value(lambda problem, seed, R: reached(problem, seed, R, link=problem.link)),
        r"\ell": value(lambda problem, seed: length(gradient(problem, seed))),
        "f_0": value(lambda problem, seed: setting(problem, seed).f),
    }


@exercise.claim(
    r"\Delta_\phi, L_2, R, v, r, \sigma, m, \mathbb{E}",
    domain=INPUT | {"R": closed(0.5, 1.6), "v": closed(-1, 1)},
    changed={"link": "tanh"},
    points=14,
    in_words=[HALF_SQUARE, "For the random initialisation of Exercise 3 with $m>0$"],
)
def both_output_limit() -> Bindings:
    """The limit of the gap for half the square, both layers moving."""
    largest = function(lambda problem, v, reach: gap.gap(activation(problem.link), v, reach), error=1e-9)
    return {r"\Delta_\phi": largest, "r": NORM, r"\sigma": SIGMA}


@exercise.study
def output_ray(problem: Problem) -> dict[str, Array]:
    """The largest |g - g_lin| on the ray through the gradient in both layers, g half the square of f, for the hyperbolic tangent.

    Axes: row is network; width is p.
    """
    link, depth = activation("quadratic"), RADIUS * np.linspace(-1, 1, 2 * RAY + 1)[:, None]

    def measure(rng: np.random.Generator, width: int) -> tuple[float]:
        (network,) = drawn(problem, rng, width, 1, name="tanh")
        slopes = np.reshape(network.gradient_both(X), (width, -1))
        size = float(np.linalg.norm(slopes))
        a = network.a + depth * slopes[:, 0] / size
        z = network.preactivations(X) + depth * (slopes[:, 1:] @ X) / size
        f, f0 = np.sum(a * network.activation.call(z), axis=1) / math.sqrt(width), network.output(X)
        return (float(np.max(np.abs(link.call(f) - link.call(f0) - link.first(f0) * depth[:, 0] * size))),)

    return over_widths("output_ray", WIDTHS, measure, "attained")


@exercise.numbers(
    of=[output_ray],
    both_output_level="The mean of the largest value on the ray, at the largest width.",
    both_output_value="Its limit, half the limit of the squared gradient, m = r = R = 1.",
)
def ray_numbers(study: Arrays) -> dict[str, Estimate]:
    """What the largest width shows beside the limit."""
    limit = Estimate(value=gradient_limit() * RADIUS**2 / 2, error=PRINTED / 10)
    return {"both_output_level": mean_of(study["attained"][:, -1]), "both_output_value": limit}


exercise.named(both_output_level="attains {}", both_output_value="limit is {}")
