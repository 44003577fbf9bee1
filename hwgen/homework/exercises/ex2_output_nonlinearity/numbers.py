"""Exercise 2 against width, the numbers that the page prints: fitted powers with their drifts, limits, and the setting of the figures."""

import math

import numpy as np

from hwgen.authors import Estimate
from hwgen.homework.maths import curvature

from .problem import Problem, activation, exercise
from .studies import GAP_NETWORKS, INPUT, LIMIT_TANH_ERROR, NETWORKS, RADIUS, Arrays, ball_gaps, hessian_terms

exercise.power_law("{}_first_term", "the first term against the width", of=[hessian_terms], x="width", y="first")
exercise.power_law("{}_second_term", "the second term against the width", of=[hessian_terms], x="width", y="second")
exercise.power_law("{}_identity_ray", "the departure for the identity, on the ray", of=[ball_gaps], x="width", y="ray", row=0)
exercise.power_law("{}_identity_ball", "the departure for the identity, in the ball", of=[ball_gaps], x="width", y="ball", row=0)
exercise.power_law("{}_tanh_ball", "the departure for the hyperbolic tangent, in the ball", of=[ball_gaps], x="width", y="ball", row=1)
exercise.power_law("{}_quadratic_ball", "the departure for the half square, in the ball", of=[ball_gaps], x="width", y="ball", row=2)
exercise.settings(
    figure_radius=(RADIUS, "R in the figure."),
    figure_norm=(float(np.linalg.norm(INPUT)), "|x| in the figures."),
    networks_per_width=(NETWORKS, "How many networks of each width the figure of the two terms averages."),
    gap_networks_per_width=(GAP_NETWORKS, "How many networks of each width the figure of the departure averages."),
)


def shortfall(problem: Problem, width: int) -> Estimate:
    """How far the mean of the largest |a sigma''(z)| of that many neurons is below its supremum, in per cent, by its exact law."""
    found, error = curvature.mean_shortfall(activation(problem.activation), problem.spread * float(INPUT @ INPUT) ** 0.5, width)
    # Three digits are enough on the page.
    return Estimate(value=100 * found, error=100 * max(error, 3e-4 * found))


@exercise.constant()
def deficit_narrow(problem: Problem) -> Estimate:
    """Mean shortfall of the maximum over 32 neurons, in per cent."""
    return shortfall(problem, 2**5)


@exercise.constant()
def deficit_wide(problem: Problem) -> Estimate:
    """Mean shortfall of the maximum over 65536 neurons, in per cent."""
    return shortfall(problem, 2**16)


@exercise.constant(of=[ball_gaps])
def limit_quadratic_gap(study: Arrays) -> Estimate:
    """The limit of the gap for the half square, in the figure."""
    return Estimate(value=float(study["limits"][2]), error=1e-5 * float(study["limits"][2]))


@exercise.constant(of=[ball_gaps])
def limit_tanh_gap(study: Arrays) -> Estimate:
    """The mean of the limit law of the gap for the hyperbolic tangent, in the figure."""
    return Estimate(value=float(study["limits"][1]), error=LIMIT_TANH_ERROR)


@exercise.constant(of=[ball_gaps])
def duality_gap(study: Arrays) -> Estimate:
    """The largest relative distance between the two bounds of Lagrange duality, rounded up."""
    return Estimate(value=math.ceil(1000 * float(np.max(np.abs(1 - study["ball"][0] / study["above"])))) / 1000, error=0.0)
