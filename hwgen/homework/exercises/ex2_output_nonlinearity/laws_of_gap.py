"""Question 2(c), beyond: the law of the largest departure at finite width, against its limit."""

import math
from typing import Any

import numpy as np
import scipy

from hwgen.authors import COLOURS, DASHES, MARKERS, Estimate, Evidence
from hwgen.authors.numerics import mean_of, middles, near, sampling, seed_of, wasserstein
from hwgen.homework.maths import Array, gap, networks
from hwgen.homework.maths.networks import Network

from . import laws_of_terms
from .problem import Problem, activation, exercise, largest_curvature
from .studies import INPUT, RADIUS, Arrays, limits

WIDTHS = 2 ** np.arange(3, 11)
SAMPLES = 960
SHOWN = (0, 2, 7)
REPEATS = 400


def largest(network: Network, link: str) -> float:
    """The largest departure found in the ball, as in the figure against width."""
    outer = activation(link)
    return max(gap.along_ray(network, INPUT, RADIUS, outer)[0], gap.climbed(network, INPUT, RADIUS, outer))


def quantiles(problem: Problem, link: str) -> Array:
    """Sorted values of the gap function at the middle quantiles of the limit law of f."""
    square, deviation = limits(problem)
    levels = scipy.stats.norm.ppf(middles(SAMPLES))
    return np.sort([gap.gap(activation(link), deviation * float(z), RADIUS * math.sqrt(square)) for z in levels])


@exercise.study
def gap_laws(problem: Problem) -> Arrays:
    """Samples of the largest departure in a ball, sorted, by link and width, and the quantiles of the limit laws."""
    sigma = activation(problem.activation)
    found = []
    for width in WIDTHS:
        rng = np.random.default_rng([5, int(width)])
        drawn = [networks.drawn(rng, int(width), 2, sigma, law=problem.law_of_a, deviation=problem.spread) for _ in range(SAMPLES)]
        found.append([np.sort([largest(network, link) for network in drawn]) for link in ("tanh", "quadratic")])
    tanh, quadratic = np.asarray(found).transpose(1, 0, 2)
    return {
        "width": WIDTHS,
        "tanh": tanh,
        "quadratic": quadratic,
        "limit": quantiles(problem, "tanh"),
        "constant": np.array([RADIUS**2 * limits(problem)[0] / 2]),
    }


WIDTH, NETWORKS = 1024, 600


def allowed(problem: Problem) -> float:
    """How far in Wasserstein-1 distance an empirical law of NETWORKS suprema at width WIDTH can be from the limit, for tanh and erf.

    The remainder of f; the normal approximation of f_0 in mean and the spread of the gradient's length, each through a Lipschitz
    constant of the gap function; and the sampling, over the range of the gap function.
    """
    link, square = activation(problem.link), limits(problem)[0]
    reach = RADIUS * math.sqrt(square)
    y, tau = np.meshgrid(np.linspace(-6, 6, 601), np.linspace(-reach, reach, 81))
    in_y = float(np.max(np.abs(link.first(y + tau) - link.first(y) - link.second(y) * tau)))
    in_reach = float(np.max(np.abs(link.first(y + tau) - link.first(y))))
    output, gradient = laws_of_terms.distances(problem, WIDTH)
    remainder = largest_curvature(activation(problem.activation)) * RADIUS**2 * laws_of_terms.NORM**2 / 2 / math.sqrt(WIDTH)
    drawing = sampling(NETWORKS, float(np.ptp(quantiles(problem, "tanh"))))
    return remainder + in_y * output + in_reach * RADIUS * gradient / math.sqrt(square) + drawing


@exercise.statement(changed={"law_of_a": "rademacher"})
def gap_law(problem: Problem) -> list[Evidence]:
    """The law of the largest departure at width 1024 is near its limit, by Wasserstein-1 distance."""
    found = [largest(network, problem.link) for network in laws_of_terms.initial(problem, "gap_law", WIDTH, NETWORKS)]
    limit = np.quantile(quantiles(exercise.problem, "tanh"), middles(NETWORKS))
    return [
        near(
            wasserstein(found, limit),
            allowed(exercise.problem),
            method="Wasserstein-1 distance between the empirical law of the largest values found and the limit law",
            cases=NETWORKS,
            reason=f"the remainder of f; {laws_of_terms.REASON}",
            seed=seed_of("gap_law"),
        )
    ]


def distances(study: Arrays) -> tuple[Array, Array]:
    """Wasserstein-1 distances of the two samples to their limits, by width."""
    return np.mean(np.abs(study["tanh"] - study["limit"]), axis=1), np.mean(np.abs(study["quadratic"] - study["constant"]), axis=1)


def resampled(sample: Array, limit: Array) -> float:
    """The standard error of the distance of a sample to a limit: the networks are drawn again from the sample, with replacement."""
    chosen = np.random.default_rng(8).integers(SAMPLES, size=(REPEATS, SAMPLES))
    again = np.sort(sample[chosen], axis=1)
    return float(np.mean(np.abs(again - limit), axis=1).std(ddof=1))


def _distance(study: Arrays, width: int) -> Estimate:
    index = list(study["width"]).index(width)
    error = resampled(study["tanh"][index], study["limit"])
    return Estimate(value=float(distances(study)[0][index]), error=error, statistical=True)


@exercise.constant(of=[gap_laws])
def law_distance_narrow(study: Arrays) -> Estimate:
    """Wasserstein-1 distance to the limit law for tanh at width 8."""
    return _distance(study, 8)


@exercise.constant(of=[gap_laws])
def law_distance_wide(study: Arrays) -> Estimate:
    """Wasserstein-1 distance to the limit law for tanh at width 1024."""
    return _distance(study, 1024)


def _alone(study: Arrays) -> Array:
    """Distances to the limit law, for tanh, of samples of that law itself, of the same size."""
    levels = middles(SAMPLES)
    drawn = np.sort(np.random.default_rng(6).uniform(size=(REPEATS, SAMPLES)), axis=1)
    return np.asarray(np.mean(np.abs(np.interp(drawn, levels, study["limit"]) - study["limit"]), axis=1))


@exercise.constant(of=[gap_laws])
def law_distance_alone(study: Arrays) -> Estimate:
    """Wasserstein-1 distance to the limit law for tanh of a sample of that law: what sampling alone makes of it."""
    return mean_of(_alone(study))


exercise.settings(law_samples=(SAMPLES, "How many networks of each width."))


@exercise.constant(of=[gap_laws])
def law_edge(study: Arrays) -> Estimate:
    """The right end of the limit law for tanh."""
    return Estimate(value=float(study["limit"][-1]), error=1e-5)


@exercise.figure(of=[gap_laws], height=2.2)
def laws_of_gap(figure: Any, study: Arrays) -> None:
    """Distribution functions of the largest departure by width, and their distance to the limit law."""
    left, right = figure.subplots(1, 2)
    levels = middles(SAMPLES)
    for place, index in enumerate(SHOWN):
        label = f"$p={int(study['width'][index])}$"
        left.plot(study["tanh"][index], levels, color=COLOURS[place], ls=DASHES[place + 1], label=label)
    left.plot(study["limit"], levels, color="black", lw=0.8, label="limit")
    left.set(xlabel=r"$S_R$ for $\phi=\tanh$", ylabel="distribution function", xlim=(0, 0.6))
    left.legend(loc="lower right")
    x = study["width"]
    for place, (key, limit, found) in enumerate(
        zip(("tanh", "quadratic"), (study["limit"], study["constant"]), distances(study), strict=True)
    ):
        error = [2 * resampled(row, limit) for row in study[key]]
        name = (r"$\phi=\tanh$", r"$\phi(u)=u^2/2$")[place]
        right.errorbar(x, found, error, fmt=MARKERS[place], color=COLOURS[place], elinewidth=0.7, label=name)
    right.plot(x, distances(study)[1][-1] * np.sqrt(x[-1] / x), color="0.45", ls="--", lw=0.8)
    right.axhline(_alone(study).mean(), color=COLOURS[0], ls="-.", lw=0.8)
    right.set(xscale="log", yscale="log", xlabel="width $p$", ylabel="distance to the limit law")
    right.set_xscale("log", base=2)
    right.legend(loc="upper right")
