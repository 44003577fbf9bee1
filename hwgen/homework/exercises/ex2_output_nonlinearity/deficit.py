"""Question 2(b), beyond: how far the largest curvature among p neurons is below its supremum."""

import math

import numpy as np
import scipy

from hwgen.evidence.limits import near
from hwgen.homework.maths import curvature
from hwgen.model import Approx, Bindings, Estimate, Evidence, closed, value

from .problem import Problem, activation, exercise
from .studies import INPUT


def reach(eta: float, mu: float) -> float:
    """The u > 0 at which a parabola with that second derivative has risen by eta, by root finding."""
    return float(scipy.optimize.brentq(lambda u: mu * u * u / 2 - eta, 0.0, 1e3, xtol=1e-15, rtol=1e-14))


@exercise.claim(
    r"\eta, \mu, w",
    domain={"eta": closed(0.05, 0.9), "mu": closed(0.3, 5.0)},
    identity="the area under a parabola, whatever the network",
    points=24,
)
def deficit_window() -> Bindings:
    """The area between a parabola and its chord."""
    return {"w": value(reach)}


@exercise.claim("C, r", domain={"r": closed(0.4, 1.6)}, changed={"activation": "tanh"}, points=8)
def deficit_constant(problem: Problem) -> Bindings:
    """How often a neuron's curvature comes close to the largest one, for the error function."""

    def constant(r: float) -> Approx:
        found, error = curvature.edge_constant(activation(problem.activation), problem.spread * r)
        return Approx(value=found, error=error)

    return {"C": value(constant)}


def _percent(problem: Problem, width: int) -> Estimate:
    found, error = curvature.mean_shortfall(activation(problem.activation), problem.spread * float(INPUT @ INPUT) ** 0.5, width)
    # Three digits are enough on the page.
    return Estimate(value=100 * found, error=100 * max(error, 3e-4 * found))


@exercise.constant()
def deficit_narrow(problem: Problem) -> Estimate:
    """Mean shortfall of the maximum over 32 neurons, in per cent."""
    return _percent(problem, 2**5)


@exercise.constant()
def deficit_wide(problem: Problem) -> Estimate:
    """Mean shortfall of the maximum over 65536 neurons, in per cent."""
    return _percent(problem, 2**16)


# The relative correction to C eta^(3/2) is of order eta, hence the distance of the laws of order p^(-2/3).
CORRECTION = 1.0
TIMES = np.linspace(0.1, 5.0, 50)


@exercise.statement(changed={"spread": 0.5})
def deficit_law(problem: Problem) -> list[Evidence]:
    """The exact law of the deficit at width 4096 is that of the limit, as nearly as its first correction lets expect."""
    width, r = 2**12, 1.3
    constant = 4 / (3 * math.sqrt(math.pi) * r) * math.exp(-1 / (4 * r**2))
    sigma = activation(problem.activation)
    exact = np.array([(1 - curvature.exceedance(sigma, problem.spread * r, float(t) * width ** (-2 / 3))[0]) ** width for t in TIMES])
    distance = float(np.max(np.abs(exact - np.exp(-constant * TIMES**1.5))))
    return [
        near(
            distance,
            CORRECTION * width ** (-2 / 3),
            method="largest distance between the exact law of the maximum, by quadrature, and the limit law",
            cases=len(TIMES),
            reason="the order of the first correction",
        )
    ]
