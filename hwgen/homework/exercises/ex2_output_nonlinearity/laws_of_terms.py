"""Questions 2(b) and 2(c): the laws of wide networks against their limits, each within what theory allows at that width."""

import math
from functools import cache

import numpy as np
import scipy

from hwgen.authors import Evidence
from hwgen.authors.numerics import middles, near, sampling, seed_of, wasserstein
from hwgen.homework.maths import Array, curvature, gap, gaussian, networks
from hwgen.homework.maths.activations import Activation
from hwgen.homework.maths.networks import Network

from .problem import Problem, activation, exercise, largest_curvature
from .studies import INPUT, limits, terms_of

NORM = float(np.linalg.norm(INPUT))
REASON = "normal approximation (Goldstein), spread of the squared gradient, Dvoretzky-Kiefer-Wolfowitz-Massart"


def initial(problem: Problem, name: str, width: int, count: int) -> list[Network]:
    """Independent networks at initialisation, by the seed of the statement."""
    rng, sigma = np.random.default_rng(seed_of(name)), activation(problem.activation)
    return [networks.drawn(rng, width, INPUT.size, sigma, law=problem.law_of_a, deviation=problem.spread) for _ in range(count)]


def limit_outputs(problem: Problem, count: int) -> Array:
    """The middle quantiles of the limit law of f."""
    return np.asarray(limits(problem)[1] * scipy.stats.norm.ppf(middles(count)))


@cache
def distances(problem: Problem, width: int) -> tuple[float, float]:
    """Bounds, in the handout's setting, on the Wasserstein-1 distance of f from its normal limit and on the mean of |l^2 - L|."""
    sigma, (square, deviation) = activation(problem.activation), limits(problem)
    third = gaussian.mean(gaussian.normal_panels(0.0), lambda g: np.abs(sigma.call(NORM * g)) ** 3) / 4
    slopes = gaussian.mean(gaussian.normal_panels(0.0), lambda g: sigma.first(NORM * g) ** 4) / 5
    return third / deviation**2 / math.sqrt(width), math.sqrt((NORM**4 * slopes - square**2) / width)


def steepest(link: Activation) -> float:
    """sup |phi'''| of a link that is flat far out, by maximisation."""
    return gap.maximum(lambda u: np.abs(link.third(u)), -8.0, 8.0)


@exercise.statement(changed={"law_of_a": "rademacher"})
def term_laws(problem: Problem) -> list[Evidence]:
    """The norms of the two terms at width 1024, the first one times the root of the width, nearly have their limit laws."""
    width, count, normal = 1024, 2000, exercise.problem
    (square, _), link = limits(normal), activation(normal.link)
    in_output, in_square = distances(normal, width)
    top, bend = NORM**2 * largest_curvature(activation(normal.activation)), largest_curvature(link)
    shortfall, error = curvature.mean_shortfall(activation(normal.activation), NORM, width)
    terms = np.array([terms_of(problem, network) for network in initial(problem, "term_laws", width, count)]).T
    u = limit_outputs(normal, count)
    # Clipping moves no two values apart, and keeps the range that sampling is measured by short.
    ceiling = 2 * bend * square
    first = wasserstein(math.sqrt(width) * terms[0], top * np.abs(link.first(u)))
    second = wasserstein(np.minimum(terms[1], ceiling), np.minimum(square * np.abs(link.second(u)), ceiling))
    allowed = (
        top * (bend * in_output + link.sup_first * (shortfall + error)) + sampling(count, top * link.sup_first),
        square * steepest(link) * in_output + bend * in_square + sampling(count, ceiling),
    )
    return [
        near(
            found,
            most,
            method=f"Wasserstein-1 distance of simulated norms of the {which} term to the limit law",
            cases=count,
            reason=REASON,
            seed=seed_of("term_laws"),
        )
        for which, found, most in zip(("first", "second"), (first, second), allowed, strict=True)
    ]
