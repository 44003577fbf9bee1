"""Questions 2(b) and 2(c): the laws of wide networks against their limits, each within what theory allows at that width."""

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import scipy

from hwgen.authors import COLOURS, DASHES, MARKERS, Estimate, Evidence, effort
from hwgen.authors.numerics import mean_of, middles, near, sampling, seed_of, wasserstein
from hwgen.homework.drawings import panels
from hwgen.homework.maths import Array, Arrays, curvature, gap, gaussian
from hwgen.homework.maths.networks import Network
from hwgen.homework.oracles import activation, drawn, largest

from .against_width import INPUT, LINKS, RADIUS, limits, terms_of
from .problem import Problem, exercise

NORM = float(np.linalg.norm(INPUT))
REASON = "normal approximation (Goldstein), spread of the squared gradient, Dvoretzky-Kiefer-Wolfowitz-Massart"


@cache
def allowed_in_terms(problem: Problem, width: int) -> tuple[float, float]:
    """Bounds, in the handout's setting, on the Wasserstein-1 distance of f from its normal limit and on the mean of |l^2 - L|."""
    sigma, (square, deviation) = activation(problem.activation), limits(problem)
    third = gaussian.mean(gaussian.normal_panels(0.0), lambda g: np.abs(sigma.call(NORM * g)) ** 3) / 4
    slopes = gaussian.mean(gaussian.normal_panels(0.0), lambda g: sigma.first(NORM * g) ** 4) / 5
    return third / deviation**2 / math.sqrt(width), math.sqrt((NORM**4 * slopes - square**2) / width)


@exercise.statement(changed={"law_of_a": "rademacher"}, words=[r"T_1=|\phi"])
def term_laws(problem: Problem) -> list[Evidence]:
    """The norms of the two terms at width 1024, the first one times the root of the width, nearly have their limit laws."""
    width, count, normal, seed = 1024, 2000, exercise.problem, seed_of("term_laws")
    (square, deviation), link = limits(normal), activation(normal.link)
    in_output, in_square = allowed_in_terms(normal, width)
    top, bend = NORM**2 * largest(activation(normal.activation).second), largest(link.second)
    (shortfall,), (error,) = curvature.mean_shortfalls(activation(normal.activation), NORM, np.array([width]))
    terms = np.array([terms_of(problem, network) for network in drawn(problem, seed, width, count, dimension=1)]).T
    u = deviation * scipy.special.ndtri(middles(count))  # the limit law of f
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
            seed=seed,
        )
        for which, found, most in zip(("first", "second"), (first, second), allowed, strict=True)
    ]


# --- the largest departure from the linearisation ---

WIDTHS = 2 ** np.arange(3, 11)
SAMPLES, SEARCHED = 960, 96
SHOWN = (0, 2, 7)
REPEATS = 400


def largest_gaps(networks: Sequence[Network], *links: str) -> Array:
    """The largest departures found in the ball, as in the figure against width; (links, networks)."""
    return gap.largest(networks, INPUT, RADIUS, [activation(link) for link in links])


def quantiles(problem: Problem, link: str) -> Array:
    """Sorted values of the gap function at the middle quantiles of the limit law of f."""
    square, deviation = limits(problem)
    levels = scipy.special.ndtri(middles(effort.times(SAMPLES)))
    return np.sort([gap.gap(activation(link), deviation * float(z), RADIUS * math.sqrt(square)) for z in levels])


@exercise.study
def gap_laws(problem: Problem) -> Arrays:
    """Samples of the largest departure in a ball, sorted, by link and width, and the quantiles of the limit laws.

    Axes: column is network; value is quantile; width is p.
    """
    found = []
    for width in WIDTHS:
        networks = drawn(problem, [5, width], int(width), effort.times(SAMPLES))
        found.append(np.sort(largest_gaps(networks, "tanh", "quadratic"), axis=1))
    tanh, quadratic = np.asarray(found).transpose(1, 0, 2)
    return {
        "width": WIDTHS,
        "tanh": tanh,
        "quadratic": quadratic,
        "limit": quantiles(problem, "tanh"),
        "constant": np.array([RADIUS**2 * limits(problem)[0] / 2]),
    }


@exercise.study
def more_starts(problem: Problem) -> Arrays:
    """Means of the largest departures on narrow networks, from as many starts as elsewhere, and from four times as many.

    Axes: width is p; link is φ.
    """
    widths = WIDTHS[WIDTHS <= gap.NARROW]
    some = [drawn(problem, [5, width], int(width), effort.times(SEARCHED)) for width in widths]
    names = ["tanh", "quadratic"]
    few = [largest_gaps(one, *names) for one in some]
    # The starts from elsewhere are among them, and have been climbed from.
    many = [np.maximum(found, gap.beyond(one, INPUT, RADIUS, [*map(activation, names)], 4)) for one, found in zip(some, few, strict=True)]
    means = {name: np.mean(found, axis=2) for name, found in (("few", few), ("many", many))}
    return {"width": widths, **means, "link": np.array(names)}


@exercise.constant(of=[more_starts])
def starts_change(study: Arrays) -> Estimate:
    """Per cent, rounded up to tenths, by which four times as many starts raise the means at most."""
    return Estimate(value=math.ceil(1000 * float(np.max(study["many"] / study["few"] - 1))) / 10, error=0.0)


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
    output, gradient = allowed_in_terms(problem, WIDTH)
    remainder = largest(activation(problem.activation).second) * RADIUS**2 * NORM**2 / 2 / math.sqrt(WIDTH)
    drawing = sampling(effort.times(NETWORKS), float(np.ptp(quantiles(problem, "tanh"))))
    return remainder + in_y * output + in_reach * RADIUS * gradient / math.sqrt(square) + drawing


@exercise.statement(changed={"law_of_a": "rademacher"}, words=[r"continuous mapping $\Delta_\phi"])
def gap_law(problem: Problem) -> list[Evidence]:
    """The law of the largest departure at width 1024 is near its limit, by Wasserstein-1 distance."""
    seed, most = seed_of("gap_law"), allowed(exercise.problem)
    (found,) = largest_gaps(drawn(problem, seed, WIDTH, effort.times(NETWORKS)), problem.link)
    limit = np.quantile(quantiles(exercise.problem, "tanh"), middles(len(found)))
    method = "Wasserstein-1 distance between the empirical law of the largest values found and the limit law"
    return [near(wasserstein(found, limit), most, method=method, cases=len(found), reason=f"the remainder of f; {REASON}", seed=seed)]


def distances(study: Arrays) -> tuple[Array, Array]:
    """Wasserstein-1 distances of the two samples to their limits, by width."""
    return np.mean(np.abs(study["tanh"] - study["limit"]), axis=1), np.mean(np.abs(study["quadratic"] - study["constant"]), axis=1)


def resampled(sample: Array, limit: Array) -> float:
    """The standard error of the distance of a sample to a limit: the networks are drawn again from the sample, with replacement."""
    chosen = np.random.default_rng(8).integers(sample.size, size=(REPEATS, sample.size))
    again = np.sort(sample[chosen], axis=1)
    return float(np.mean(np.abs(again - limit), axis=1).std(ddof=1))


def _alone(study: Arrays) -> Array:
    """Distances to the limit law, for tanh, of samples of that law itself, of the same size."""
    levels = middles(effort.times(SAMPLES))
    drawn = np.sort(np.random.default_rng(6).uniform(size=(REPEATS, levels.size)), axis=1)
    return np.asarray(np.mean(np.abs(np.interp(drawn, levels, study["limit"]) - study["limit"]), axis=1))


exercise.settings(
    law_samples=(effort.scaled(SAMPLES), "How many networks of each width."),
    narrow_width=(gap.NARROW, "The width up to which an ascent has more starts than the ends of the ray."),
    single_starts=(gap.SINGLES, "How many of them are steps of one neuron."),
    drawn_starts=(gap.DRAWN, "How many of them are drawn."),
)


@exercise.numbers(
    of=[gap_laws],
    law_distance_narrow="Wasserstein-1 distance to the limit law for tanh at width 8.",
    law_distance_wide="Wasserstein-1 distance to the limit law for tanh at width 1024.",
    law_distance_alone="Wasserstein-1 distance to the limit law for tanh of a sample of that law: what sampling alone makes of it.",
    law_edge="The right end of the limit law for tanh.",
)
def law_numbers(study: Arrays) -> dict[str, Estimate]:
    """Distances to the limit law, and where it ends."""

    def distance(width: int) -> Estimate:
        index = list(study["width"]).index(width)
        error = resampled(study["tanh"][index], study["limit"])
        return Estimate(value=float(distances(study)[0][index]), error=error, statistical=True)

    return {
        "law_distance_narrow": distance(8),
        "law_distance_wide": distance(1024),
        "law_distance_alone": mean_of(_alone(study)),
        "law_edge": Estimate(value=float(study["limit"][-1]), error=1e-5),
    }


@exercise.figure(of=[gap_laws], height=2.25)
def laws_of_gap(figure: Any, study: Arrays) -> None:
    """Distribution functions of the largest departure by width, and their distance to the limit law."""
    left, right = panels(figure)
    levels = middles(effort.times(SAMPLES))
    tanh, quadratic = LINKS.index("tanh"), LINKS.index("quadratic")
    for place, index in enumerate(SHOWN):
        label = f"$p={int(study['width'][index])}$"
        left.plot(study["tanh"][index], levels, color=COLOURS[tanh], ls=DASHES[place + 1], label=label)
    left.plot(study["limit"], levels, color="black", lw=0.8, label="limit")
    left.set(xlabel=r"$|g-g_{\mathrm{lin}}|$ for $\phi=\tanh$", ylabel="distribution function", xlim=(0, 0.65))
    left.legend(loc="lower right")
    x = study["width"]
    looks = ((tanh, r"$\phi=\tanh$", 5, 0.5, "right"), (quadratic, r"$\phi(v)=v^2/2$", 6, 2.2, "center"))
    for (index, name, at, above, side), limit, found in zip(looks, (study["limit"], study["constant"]), distances(study), strict=True):
        error = [2 * resampled(row, limit) for row in study[LINKS[index]]]
        right.errorbar(x, found, error, fmt=MARKERS[index], color=COLOURS[index], elinewidth=0.7)
        right.text(x[at], above * found[at], name, color=COLOURS[index], ha=side)
    right.plot(x, distances(study)[1][-1] * np.sqrt(x[-1] / x), color="0.45", ls="--", lw=0.8)
    right.axhline(_alone(study).mean(), color=COLOURS[tanh], ls="-.", lw=0.8)
    right.set(xscale="log", yscale="log", xlabel="width $p$", ylabel="distance to the limit law")
    right.set_xscale("log", base=2)


exercise.named(
    narrow_width=r"p \le {}",
    single_starts="{} best steps",
    drawn_starts="{} drawn ones",
    starts_change="{} per cent",
    law_distance_narrow="from {}",
    law_distance_wide="to {}",
    law_distance_alone="below {}",
    law_samples=("{} draws", "{} networks"),
)
