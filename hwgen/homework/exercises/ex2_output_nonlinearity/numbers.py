"""Exercise 2 against width, the numbers that the page prints: fitted powers with their drifts, limits, and the setting of the figures."""

from __future__ import annotations

import math

import numpy as np

from hwgen.evidence.fits import power_law
from hwgen.homework.exercises.ex2_output_nonlinearity.problem import Problem, exercise
from hwgen.homework.exercises.ex2_output_nonlinearity.studies import (
    GAP_NETWORKS,
    INPUT,
    LIMIT_ERROR,
    LIMIT_TANH_ERROR,
    NETWORKS,
    RADIUS,
    Array,
    Arrays,
    ball_gaps,
    hessian_terms,
    limits,
)
from hwgen.model import Estimate


def drift_of(x: Array, y: Array) -> Estimate:
    """The drift of a fitted slope between the halves of the range, with its standard error by jackknife over the networks."""
    count = len(y)
    left_out = [power_law(x, np.delete(y, index, axis=0)).drift for index in range(count)]
    return Estimate(value=power_law(x, y).drift, error=math.sqrt((count - 1) * float(np.var(left_out))), statistical=True)


@exercise.constant(of=[hessian_terms])
def slope_first_term(study: Arrays) -> Estimate:
    """Fitted power of the width in the first term."""
    return power_law(study["width"], study["first"]).estimate


@exercise.constant(of=[hessian_terms])
def drift_first_term(study: Arrays) -> Estimate:
    """Drift of that power between the halves of the range."""
    return drift_of(study["width"], study["first"])


@exercise.constant(of=[hessian_terms])
def slope_second_term(study: Arrays) -> Estimate:
    """Fitted power of the width in the second term."""
    return power_law(study["width"], study["second"]).estimate


@exercise.constant(of=[hessian_terms])
def drift_second_term(study: Arrays) -> Estimate:
    """Drift of that power between the halves of the range."""
    return drift_of(study["width"], study["second"])


@exercise.constant(of=[ball_gaps])
def slope_identity_ray(study: Arrays) -> Estimate:
    """Fitted power of the width for the identity, on the ray."""
    return power_law(study["width"], study["ray"][0]).estimate


@exercise.constant(of=[ball_gaps])
def drift_identity_ray(study: Arrays) -> Estimate:
    """Drift of that power."""
    return drift_of(study["width"], study["ray"][0])


@exercise.constant(of=[ball_gaps])
def slope_identity_ball(study: Arrays) -> Estimate:
    """Fitted power of the width for the identity, in the ball."""
    return power_law(study["width"], study["ball"][0]).estimate


@exercise.constant(of=[ball_gaps])
def drift_identity_ball(study: Arrays) -> Estimate:
    """Drift of that power."""
    return drift_of(study["width"], study["ball"][0])


@exercise.constant(of=[ball_gaps])
def slope_tanh_ball(study: Arrays) -> Estimate:
    """Fitted power of the width for the hyperbolic tangent, in the ball."""
    return power_law(study["width"], study["ball"][1]).estimate


@exercise.constant(of=[ball_gaps])
def drift_tanh_ball(study: Arrays) -> Estimate:
    """Drift of that power."""
    return drift_of(study["width"], study["ball"][1])


@exercise.constant(of=[ball_gaps])
def slope_quadratic_ball(study: Arrays) -> Estimate:
    """Fitted power of the width for the half square, in the ball."""
    return power_law(study["width"], study["ball"][2]).estimate


@exercise.constant(of=[ball_gaps])
def drift_quadratic_ball(study: Arrays) -> Estimate:
    """Drift of that power."""
    return drift_of(study["width"], study["ball"][2])


@exercise.constant()
def figure_tangent_limit(problem: Problem) -> Estimate:
    """L at the input of the figures."""
    found, _ = limits(problem)
    return Estimate(value=found, error=LIMIT_ERROR * found)


@exercise.constant()
def figure_deviation(problem: Problem) -> Estimate:
    """s at the input of the figures."""
    _, found = limits(problem)
    return Estimate(value=found, error=LIMIT_ERROR * found)


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


@exercise.constant()
def figure_radius(problem: Problem) -> Estimate:
    """R in the figure."""
    return Estimate(value=RADIUS, error=0.0)


@exercise.constant()
def figure_norm(problem: Problem) -> Estimate:
    """|x| in the figures."""
    return Estimate(value=float(np.linalg.norm(INPUT)), error=0.0)


@exercise.constant()
def networks_per_width(problem: Problem) -> Estimate:
    """How many networks of each width the figure of the two terms averages."""
    return Estimate(value=NETWORKS, error=0.0)


@exercise.constant()
def gap_networks_per_width(problem: Problem) -> Estimate:
    """How many networks of each width the figure of the departure averages."""
    return Estimate(value=GAP_NETWORKS, error=0.0)
