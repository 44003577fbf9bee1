"""Exercise 2 against width, the studies: both terms of the Hessian of g, and the departure of g from its linearisation over a ball.

Owns what is computed once and stored; the numbers and drawings made of it are elsewhere.
"""

import math
from collections.abc import Mapping

import numpy as np

from hwgen.homework.maths import Array, gap, gaussian, networks
from hwgen.homework.maths.networks import Network

from .problem import Problem, activation, exercise, largest_curvature

Arrays = Mapping[str, Array]

INPUT = np.array([1.2, -0.5])
RADIUS = 1.5
LINKS = ("identity", "tanh", "quadratic")
NETWORKS = 48
GAP_NETWORKS = 24
# Quadrature and maximisation errors of the limits below are under this, relative.
LIMIT_ERROR = 1e-6
# Seen as the change under a rule three times finer; the gap function of tanh has kinks in y.
LIMIT_TANH_ERROR = 2e-5


def networks_at(problem: Problem, width: int, count: int) -> list[Network]:
    """Independent networks of that width at initialisation; the seed is the width."""
    rng = np.random.default_rng([2, width])
    sigma = activation(problem.activation)
    return [networks.drawn(rng, width, 2, sigma, law=problem.law_of_a, deviation=problem.spread) for _ in range(count)]


def limits(problem: Problem) -> tuple[float, float]:
    """(L, s): the limit of the squared gradient at INPUT and the deviation of the output, by quadrature."""
    sigma, r, rule = activation(problem.activation), float(np.linalg.norm(INPUT)), gaussian.normal()
    square = gaussian.mean(gaussian.rademacher() if problem.law_of_a == "rademacher" else gaussian.uniform(), np.square)
    slopes = gaussian.mean(rule, lambda z: sigma.first(problem.spread * r * z) ** 2)
    outputs = gaussian.mean(rule, lambda z: sigma.call(problem.spread * r * z) ** 2)
    return r**2 * square * slopes, math.sqrt(square * outputs)


@exercise.study
def hessian_terms(problem: Problem) -> Arrays:
    """The operator norms of the two terms of the Hessian of g at initialisation."""
    widths = 2 ** np.arange(5, 17)
    terms = np.array([[terms_of(problem, network) for network in networks_at(problem, int(width), NETWORKS)] for width in widths])
    deviation, slope, bend = limit_of_terms(problem)
    return {"width": widths, "first": terms[:, :, 0].T, "second": terms[:, :, 1].T, "limits": np.array([slope, bend, deviation])}


def terms_of(problem: Problem, network: Network) -> tuple[float, float]:
    """(|phi'(f)| |H|, |phi''(f)| |grad f|^2) from the blocks; the blocks' norms are judged in question 2(b)."""
    link, z, r2 = activation(problem.link), network.preactivations(INPUT), float(INPUT @ INPUT)
    f = network.output(INPUT)
    largest = r2 * float(np.max(np.abs(network.a * network.activation.second(z)))) / math.sqrt(network.width)
    return abs(float(link.first(f))) * largest, abs(float(link.second(f))) * float(np.sum(network.gradient_first(INPUT) ** 2))


def limit_of_terms(problem: Problem) -> tuple[float, float, float]:
    """(s, mean of |phi'(sZ)| r^2 M, mean of |phi''(sZ)| L)."""
    link, (square, deviation) = activation(problem.link), limits(problem)
    top = float(INPUT @ INPUT) * largest_curvature(activation(problem.activation))
    # |phi''| has kinks at the inflections of phi, of which the links drawn here have one, at 0.
    rule = gaussian.normal_panels(0.0)
    slope = gaussian.mean(rule, lambda z: np.abs(link.first(deviation * z)))
    return deviation, top * slope, square * gaussian.mean(rule, lambda z: np.abs(link.second(deviation * z)))


@exercise.study
def ball_gaps(problem: Problem) -> Arrays:
    """The largest departure of g from its linearisation on a ray and in a ball of fixed radius, for three links."""
    widths = 2 ** np.arange(6, 13)
    found = np.array(
        [[[gaps_of(network, link) for link in LINKS] for network in networks_at(problem, int(width), GAP_NETWORKS)] for width in widths]
    )
    square, deviation = limits(problem)
    rule = gaussian.normal_panels(0.0, per_panel=8)
    bound = largest_curvature(activation(problem.activation)) * RADIUS**2 * float(INPUT @ INPUT) / 2 / np.sqrt(widths)
    means = [gap.mean_gap(activation(link), deviation, RADIUS * math.sqrt(square), rule) for link in LINKS]
    ray, ball, above = found.transpose(3, 2, 1, 0)
    return {"width": widths, "ray": ray, "ball": ball, "above": above[0], "limits": np.array(means), "bound": bound}


def gaps_of(network: Network, link: str) -> tuple[float, float, float]:
    """(supremum on the ray through the gradient, largest found in the ball, upper bound): the last two by duality for the identity.

    For the other links no upper bound is computed, and the last is infinite.
    """
    outer = activation(link)
    ray, _ = gap.along_ray(network, INPUT, RADIUS, outer)
    if link == "identity":
        return ray, *gap.remainder_bracket(network, INPUT, RADIUS)
    return ray, max(ray, gap.climbed(network, INPUT, RADIUS, outer)), math.inf
