"""Exercise 2 against width: both terms of the Hessian of g, and the departure of g from its linearisation over a ball.

Studies, the numbers that the page prints of them (powers, drifts, limits, the setting), and their drawings.
"""

import math
from typing import Any

import numpy as np

from hwgen.authors import COLOURS, Estimate, digits, effort
from hwgen.authors.numerics import mean_of, power_law
from hwgen.homework.drawings import bound, by_width, exceeds, fitted, level, means, panels
from hwgen.homework.maths import Arrays, curvature, gap, gaussian
from hwgen.homework.maths.networks import Network
from hwgen.homework.oracles import activation, drawn, largest, law_of_a

from .problem import Problem, exercise

INPUT = np.array([1.2, -0.5])
RADIUS = 1.5
# In every figure a link has the marks and the colour of its place here.
LIMITS = np.array(["mean of first", "mean of second", "deviation of f"])
LINKS = ("identity", "tanh", "quadratic")
NETWORKS, TERM_WIDTHS = 480, 2 ** np.arange(5, 15)
GAP_NETWORKS = 24
# Seen as the change under a rule three times finer, for tanh, whose gap function has kinks in y; that of v^2/2 is constant.
LIMIT_ERROR = 2e-5


def limits(problem: Problem) -> tuple[float, float]:
    """(L, s): the limit of the squared gradient at INPUT and the deviation of the output, by quadrature."""
    sigma, r, rule = activation(problem.activation), float(np.linalg.norm(INPUT)), gaussian.normal()
    square = gaussian.mean(law_of_a(problem), np.square)
    slopes = gaussian.mean(rule, lambda z: sigma.first(problem.spread * r * z) ** 2)
    outputs = gaussian.mean(rule, lambda z: sigma.call(problem.spread * r * z) ** 2)
    return r**2 * square * slopes, math.sqrt(square * outputs)


@exercise.study
def hessian_terms(problem: Problem) -> Arrays:
    """The operator norms of the two terms of the Hessian of g at initialisation.

    Axes: row is network; width is p.
    """
    terms = np.array([terms_at(problem, int(width)) for width in TERM_WIDTHS])
    deviation, slope, bend = limit_of_terms(problem)
    first, second = terms.transpose(2, 1, 0)
    return {"width": TERM_WIDTHS, "first": first, "second": second, "limits": np.array([slope, bend, deviation]), "limit": LIMITS}


def terms_at(problem: Problem, width: int) -> list[tuple[float, float]]:
    """The two norms for independent networks of that width, drawn one by one: together they would fill the memory."""
    rng = np.random.default_rng([2, width])
    return [terms_of(problem, *drawn(problem, rng, width, 1, dimension=1)) for _ in range(effort.times(NETWORKS))]


def terms_of(problem: Problem, network: Network) -> tuple[float, float]:
    """(|phi'(f)| |H|, |phi''(f)| |grad f|^2) from the blocks, whose norms question 2(b) judges; the input is |INPUT|, in dimension 1."""
    link, x = activation(problem.link), np.array([np.linalg.norm(INPUT)])
    z, r2, f = network.preactivations(x), float(x @ x), network.output(x)
    largest = r2 * float(np.max(np.abs(network.a * network.activation.second(z)))) / math.sqrt(network.width)
    return abs(float(link.first(f))) * largest, abs(float(link.second(f))) * float(np.sum(network.gradient_first(x) ** 2))


def limit_of_terms(problem: Problem) -> tuple[float, float, float]:
    """(s, mean of |phi'(sZ)| r^2 M, mean of |phi''(sZ)| L)."""
    link, (square, deviation) = activation(problem.link), limits(problem)
    top = float(INPUT @ INPUT) * largest(activation(problem.activation).second)
    # |phi''| has kinks at the inflections of phi, of which the links drawn here have one, at 0.
    rule = gaussian.normal_panels(0.0)
    slope = gaussian.mean(rule, lambda z: np.abs(link.first(deviation * z)))
    return deviation, top * slope, square * gaussian.mean(rule, lambda z: np.abs(link.second(deviation * z)))


@exercise.study
def ball_gaps(problem: Problem) -> Arrays:
    """The largest departure of g from its linearisation on a ray and in a ball of fixed radius, for three links.

    Axes: row is network; width is p; link is φ.
    """
    widths = 2 ** np.arange(6, 13)
    found = np.array([[gaps_of(one) for one in drawn(problem, [2, width], int(width), effort.times(GAP_NETWORKS))] for width in widths])
    square, deviation = limits(problem)
    rule = gaussian.normal_panels(0.0, per_panel=8)
    bound = largest(activation(problem.activation).second) * RADIUS**2 * float(INPUT @ INPUT) / 2 / np.sqrt(widths)
    means = [gap.mean_gap(activation(link), deviation, RADIUS * math.sqrt(square), rule) for link in LINKS]
    ray, ball, above = found.transpose(3, 2, 1, 0)
    return {"width": widths, "ray": ray, "ball": ball, "above": above, "limits": np.array(means), "bound": bound, "link": np.array(LINKS)}


def gaps_of(network: Network) -> list[tuple[float, float, float]]:
    """For each link: the supremum on the ray through the gradient, the largest found in the ball, and what the supremum is at most.

    For the identity the last two come from duality, whose bound is the remainder of f in the bound for the other links.
    """
    attained, remainder = gap.remainder_bracket(network, INPUT, RADIUS)
    found, links = [], [*map(activation, LINKS)]
    for link, (ray, _) in zip(links, gap.along_ray_by(network, INPUT, RADIUS, links), strict=True):
        ball = attained if link.name == "identity" else gap.climbed(network, INPUT, RADIUS, link)
        found.append((ray, max(ray, ball), gap.allowed(network, INPUT, RADIUS, link, remainder)))
    return found


exercise.power_law("{}_first_term", "the first term against the width", of=[hessian_terms], x="width", y="first")
exercise.power_law("{}_second_term", "the second term against the width", of=[hessian_terms], x="width", y="second")
exercise.settings(
    figure_radius=(RADIUS, "R in the figure."),
    figure_norm=(float(np.linalg.norm(INPUT)), "|x| in the figures."),
    networks_per_width=(effort.scaled(NETWORKS), "How many networks of each width the figure of the two terms averages."),
    gap_networks_per_width=(effort.scaled(GAP_NETWORKS), "How many networks of each width the figure of the departure averages."),
)
exercise.stand_for(figure_radius="R", figure_norm="r")
exercise.named(slope_first_term="the slopes {}", slope_second_term="{} against", drift_first_term="drifts {}", drift_second_term=", {})")


@exercise.numbers(
    deficit_narrow="Mean shortfall of the maximum over 32 neurons, in per cent.",
    deficit_wide="Mean shortfall of the maximum over the neurons of the widest network of the figure, in per cent.",
    slope_maximum="Slope that the mean of the maximum alone gives the first term over the widths of the figure.",
)
def deficits(problem: Problem) -> dict[str, Estimate]:
    """How far the mean of the largest |a sigma''(z)| of so many neurons is below its supremum, by its exact law."""
    sigma, deviation = activation(problem.activation), problem.spread * float(np.linalg.norm(INPUT))
    found, errors = curvature.mean_shortfalls(sigma, deviation, TERM_WIDTHS)
    slope = power_law(TERM_WIDTHS, (1 - found) / np.sqrt(TERM_WIDTHS)).slope
    # Three digits are enough on the page.
    narrow, wide = (Estimate(value=100 * float(found[k]), error=100 * max(float(errors[k]), 3e-4 * float(found[k]))) for k in (0, -1))
    return {"deficit_narrow": narrow, "deficit_wide": wide, "slope_maximum": Estimate(value=slope, error=max(5e-5, float(np.sum(errors))))}


@exercise.table(of=[ball_gaps])
def gap_slopes(study: Arrays) -> list[list[str]]:
    """Power laws and levels of the largest departures found, the means of their limits, and by how much a bound exceeds them at most."""
    x, ball, above, last = study["width"], study["ball"], study["above"], slice(-1, None)
    tanh, quadratic = (digits(Estimate(value=float(one), error=LIMIT_ERROR)) for one in study["limits"][1:])
    rows = (
        (r"$\phi(v)=v$", ball[0], "0", exceeds(above[0], ball[0])),
        (r"$\phi(v)=v$, segment", study["ray"][0], "0", "--"),
        # What the theorem leaves open for the other links is little on wide networks only.
        (r"$\phi=\tanh$", ball[1], tanh, exceeds(above[1, :, last], ball[1, :, last])),
        (r"$\phi(v)=v^2/2$", ball[2], quadratic, exceeds(above[2, :, last], ball[2, :, last])),
    )
    header = ["largest $|g-g_{\\mathrm{lin}}|$", "slope", "drift", f"mean at $p={x[-1]}$", "its limit", "bound above by"]
    return [header, *([*fitted(name, x, y), f"${digits(mean_of(y[:, -1]))}$", f"${limit}$", most] for name, y, limit, most in rows)]


@exercise.numbers(
    of=[ball_gaps, hessian_terms],
    mean_of_gap="Mean of the limit of the largest departure from the linearisation for tanh, in the setting of the figures.",
    mean_of_half_norm="Mean of the limit of R^2 / 2 times the norm of the Hessian of g at initialisation, in that setting.",
)
def means_of_limits(gaps: Arrays, terms: Arrays) -> dict[str, Estimate]:
    """What the departure from the linearisation tends to in the mean, and what the Hessian at one point would make of it."""
    found = {"mean_of_gap": gaps["limits"][LINKS.index("tanh")], "mean_of_half_norm": RADIUS**2 / 2 * terms["limits"][1]}
    return {name: Estimate(value=float(value), error=LIMIT_ERROR) for name, value in found.items()}


exercise.named(deficit_narrow="is {} per cent", deficit_wide="{} at the largest", slope_maximum="makes the slope {}")
exercise.named(mean_of_gap="means {}", mean_of_half_norm="and {}", networks_per_width="{} networks", gap_networks_per_width="{} networks")


# The fourth colour is too light for letters.
DARK = {0: COLOURS[0], 3: "#A0527D"}


@exercise.figure(of=[hessian_terms], height=1.3)
def terms_of_hessian(figure: Any, study: Arrays) -> None:
    """The two terms of the Hessian of g against width, the first times its root, with the means of their limits."""
    left, right = panels(figure)
    x = study["width"]
    slope, bend, _ = study["limits"]
    means(left, x, study["first"] * np.sqrt(x), 0)
    means(right, x, study["second"], 1)
    left.set_ylim(0.82 * slope, 1.08 * slope)
    right.set_ylim(0.82 * bend, 1.18 * bend)
    for axes, limit, name in ((left, slope, r"$\sqrt{p}\,T_1$"), (right, bend, "$T_2$")):
        level(axes, limit)
        by_width(axes, x, name)


@exercise.figure(of=[ball_gaps], height=1.5)
def gap_against_width(figure: Any, study: Arrays) -> None:
    """The largest departure of g from its linearisation against width: where it levels off, and where it decays."""
    left, right = panels(figure)
    x = study["width"]
    for link, name, side in (("quadratic", r"$\phi(v)=v^2/2$", 1), ("tanh", r"$\phi=\tanh$", -1)):
        index = LINKS.index(link)
        means(left, x, study["ball"][index], index)
        level(left, study["limits"][index])
        left.text(x[2], study["limits"][index] + 0.035 * side, name, color=COLOURS[index], va="bottom" if side > 0 else "top")
    left.set_ylim(0, 0.45)
    for index, values, name, above in ((0, study["ball"][0], "in the ball", -0.12), (3, study["ray"][0], "on the segment", 0.1)):
        scaled = values * np.sqrt(x)
        means(right, x, scaled, index, mfc="white" if index == 3 else None)
        right.text(x[3], scaled.mean(axis=0)[3] + above, name, color=DARK[index], va="top" if above < 0 else "bottom")
    bound(right, x[0], study["bound"][0] * np.sqrt(x[0]), "bound", 0.07)
    right.set_ylim(-0.2, 2.5)
    right.set_yticks([0, 1, 2])
    by_width(left, x, r"$|g-g_{\mathrm{lin}}|$")
    by_width(right, x, r"$\sqrt{p}\,|f-f_{\mathrm{lin}}|$")
