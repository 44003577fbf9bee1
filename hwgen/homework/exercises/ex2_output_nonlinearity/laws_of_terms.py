"""Questions 2(b) and 2(c): the laws of wide networks against their limits, each within what theory allows at that width."""

import math
from functools import cache

import numpy as np
import scipy

from hwgen.authors import Evidence
from hwgen.authors.numerics import middles, near, sampling, seed_of, wasserstein
from hwgen.homework.maths import curvature, gaussian
from hwgen.homework.oracles import activation, drawn, largest

from .against_width import INPUT, limits, terms_of
from .problem import Problem, exercise

NORM = float(np.linalg.norm(INPUT))
REASON = "normal approximation (Goldstein), spread of the squared gradient, Dvoretzky-Kiefer-Wolfowitz-Massart"


@cache
def distances(problem: Problem, width: int) -> tuple[float, float]:
    """Bounds, in the handout's setting, on the Wasserstein-1 distance of f from its normal limit and on the mean of |l^2 - L|."""
    sigma, (square, deviation) = activation(problem.activation), limits(problem)
    third = gaussian.mean(gaussian.normal_panels(0.0), lambda g: np.abs(sigma.call(NORM * g)) ** 3) / 4
    slopes = gaussian.mean(gaussian.normal_panels(0.0), lambda g: sigma.first(NORM * g) ** 4) / 5
    return third / deviation**2 / math.sqrt(width), math.sqrt((NORM**4 * slopes - square**2) / width)


@exercise.statement(changed={"law_of_a": "rademacher"})
def term_laws(problem: Problem) -> list[Evidence]:
    """The norms of the two terms at width 1024, the first one times the root of the width, nearly have their limit laws."""
    width, count, normal = 1024, 2000, exercise.problem
    (square, deviation), link = limits(normal), activation(normal.link)
    in_output, in_square = distances(normal, width)
    top, bend = NORM**2 * largest(activation(normal.activation).second), largest(link.second)
    shortfall, error = curvature.mean_shortfall(activation(normal.activation), NORM, width)
    terms = np.array([terms_of(problem, network) for network in drawn(problem, seed_of("term_laws"), width, count)]).T
    u = deviation * scipy.stats.norm.ppf(middles(count))  # the limit law of f
    # Clipping moves no two values apart, and keeps the range that sampling is measured by short.
    ceiling = 2 * bend * square
    first = wasserstein(math.sqrt(width) * terms[0], top * np.abs(link.first(u)))
    second = wasserstein(np.minimum(terms[1], ceiling), np.minimum(square * np.abs(link.second(u)), ceiling))
    allowed = (
        top * (bend * in_output + link.sup_first * (shortfall + error)) + sampling(count, top * link.sup_first),
        square * largest(link.third) * in_output + bend * in_square + sampling(count, ceiling),
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
