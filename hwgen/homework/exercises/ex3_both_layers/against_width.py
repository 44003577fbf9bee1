"""How the supremum over the ball and the gradient scale with the width: studies, the numbers printed, the figure."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, Binds, Estimate, closed, effort, function, value
from hwgen.authors.numerics import mean_of, seed_of
from hwgen.homework.drawings import bound, by_width, level, means, panels
from hwgen.homework.maths import Array, Arrays, both_layers, gaussian
from hwgen.homework.oracles import activation, drawn, hessian, part, suprema

from .problem import Problem, exercise

WIDTHS = 2 ** np.arange(6, 15)
REPLICATES, SQUARE_NETWORKS = 24, 600
# Neurons and directions tried for the values attained: enough for them to come within one per cent of the dual.
NEURONS, ANGLES = 160, 240
X = np.array([0.6, 0.8])
RADIUS = 1.0
# Numbers known to ten digits are printed to four.
PRINTED = 2e-5
# Bounds are rounded up past their errors, which are far below this.
BOUND = 5e-6


def height(problem: Problem, z: float) -> Any:
    """The example itself."""
    return activation(problem.example).call(z)


def slope(problem: Problem, z: float) -> Any:
    """Its derivative."""
    return activation(problem.example).first(z)


def bend(problem: Problem, z: float) -> Approx:
    """The second derivative of the example, by Cauchy's formula on its values."""
    return part(hessian(lambda t: activation(problem.example).call(t[:, 0]), np.array([z])), 0, 0)


@exercise.claim(
    r"z, \sigma, T, M_2",
    domain={"z": closed(-3, 3)},
    changed={"example": "sigmoid"},
    sharp=[Binds(at={"z": math.atanh(1 / math.sqrt(3))})],
    source="tanh'' = -2T(1 - T^2) with T = tanh z",
    in_words=[r"Let $\sigma=\tanh$"],
)
def tanh_largest(problem: Problem) -> Bindings:
    """The largest curvature of the hyperbolic tangent."""
    return {
        r"\sigma": function(height, slope, bend),
        "T": value(lambda z: math.tanh(abs(z))),
        "M_2": value(lambda problem: suprema(problem.example)[1], error=1e-11),
    }


Measure = Callable[[np.random.Generator, int], Sequence[float]]


def over_widths(name: str, widths: Array, measure: Measure, *quantities: str, networks: int = REPLICATES) -> dict[str, Array]:
    """The widths, and what is measured of each network, (networks, widths) by quantity: independent ones by the seed of that name."""
    numbers = range(effort.times(networks))
    found = [[measure(np.random.default_rng([seed_of(name), int(p), number]), int(p)) for p in widths] for number in numbers]
    return {"width": widths.astype(float), **dict(zip(quantities, np.moveaxis(np.array(found), -1, 0), strict=True))}


@exercise.study
def both_tanh(problem: Problem) -> dict[str, Array]:
    """Supremum over the unit ball in both layers for tanh, attained and allowed; the squared gradient and the norm of the Hessian.

    Axes: row is network; width is p.
    """

    def measure(rng: np.random.Generator, width: int) -> tuple[float, ...]:
        (network,) = drawn(problem, rng, width, 1, name="tanh")
        low, high = both_layers.bracket(network, X, RADIUS, neurons=NEURONS, angles=ANGLES)
        allowed = (1 + both_layers.NEGLECTED) * high
        scale, gradient = math.sqrt(width), float(np.sum(network.gradient_both(X) ** 2))
        return low / scale, allowed / scale, gradient, both_layers.hessian_norm(network, X)

    return over_widths("both_tanh", WIDTHS, measure, "attained", "allowed", "gradient", "hessian")


@exercise.study
def both_square(problem: Problem) -> dict[str, Array]:
    """Supremum over the unit ball against width, for half the square: that of one neuron, so many networks take seconds.

    Axes: row is network; width is p.
    """

    def measure(rng: np.random.Generator, width: int) -> tuple[float]:
        (network,) = drawn(problem, rng, width, 1, name="quadratic")
        return (both_layers.square_supremum(network, X, RADIUS) / math.sqrt(width),)

    return over_widths("both_square", WIDTHS, measure, "attained", networks=SQUARE_NETWORKS)


exercise.power_law("both_{}_tanh", "the supremum for the hyperbolic tangent", of=[both_tanh], x="width", y="attained")
exercise.settings(
    both_networks=(effort.scaled(REPLICATES), "Independent networks at each width."),
    square_networks=(effort.scaled(SQUARE_NETWORKS), "Independent networks at each width, for half the square."),
    both_radius=(RADIUS, "The radius of the ball in the figures."),
    dual_values=(2 * both_layers.SIDE + 1, "Values of the step of each preactivation from which the dual is computed."),
)
exercise.stand_for(both_radius="R")


@exercise.numbers(
    of=[both_tanh],
    both_least="sqrt(p) times the mean of the values attained, at the largest width.",
    both_most="sqrt(p) times the mean of what the dual allows there.",
    both_gradient_level="Mean squared gradient at the largest width.",
)
def levels(study: Arrays) -> dict[str, Estimate]:
    """What the largest width shows."""
    low, high = (math.sqrt(WIDTHS[-1]) * float(study[name][:, -1].mean()) for name in ("attained", "allowed"))
    return {
        "both_least": Estimate(value=low, error=PRINTED, rounds="down"),
        "both_most": Estimate(value=high, error=PRINTED, rounds="up"),
        "both_gradient_level": mean_of(study["gradient"][:, -1]),
    }


def tanh_bound(outer: float) -> float:
    """sqrt(p) times the bound for the hyperbolic tangent with r = R = 1, for outer weights up to `outer` in the Hessian."""
    return both_layers.ball_bound(outer, *suprema("tanh"), 1.0, RADIUS)


def gradient_limit() -> float:
    """The limit of the squared gradient for the hyperbolic tangent, m = r = 1, by quadrature."""
    sigma, rule = activation("tanh"), gaussian.normal()
    outer = gaussian.mean(gaussian.uniform(count=4), np.square)
    return gaussian.mean(rule, lambda g: sigma.call(g) ** 2) + outer * gaussian.mean(rule, lambda g: sigma.first(g) ** 2)


@exercise.numbers(
    both_bound_direct="sqrt(p) times the direct bound for the hyperbolic tangent, m = r = R = 1.",
    both_bound_lecture="sqrt(p) times the bound through the Hessian for the hyperbolic tangent, m = r = R = 1.",
    both_gradient_limit="The limit of the squared gradient for the hyperbolic tangent, m = r = 1, by quadrature.",
)
def unit_values(_problem: Problem) -> dict[str, Estimate]:
    """Bounds and a limit for the hyperbolic tangent, m = r = R = 1."""
    return {
        "both_bound_direct": Estimate(value=tanh_bound(1.0), error=BOUND, rounds="up"),
        "both_bound_lecture": Estimate(value=tanh_bound(1.0 + RADIUS), error=BOUND, rounds="up"),
        "both_gradient_limit": Estimate(value=gradient_limit(), error=PRINTED),
    }


exercise.stand_for(both_gradient_limit="L_2")
exercise.named(both_slope_tanh="slope is {}", both_drift_tanh="drift {}", both_least="between {}", both_most="and {}")
exercise.named(both_bound_direct=("are {}", "is {}"), both_bound_lecture=("at most {}", r"and {} / \sqrt p"))
exercise.named(both_networks="{} networks", square_networks="{} for z^2/2", both_gradient_level="is {}")


@exercise.figure(of=[both_tanh], height=1.35)
def both_widths(figure: Any, study: Arrays) -> None:
    """The supremum over the unit ball against width for the hyperbolic tangent, times its root, and the squared gradient."""
    left, right = panels(figure)
    width = study["width"]
    means(left, width, study["attained"] * np.sqrt(width), 0)
    bound(left, width[0], tanh_bound(1.0 + RADIUS), "bound", -0.03)
    left.set_ylim(0.5, 1.1)
    by_width(left, width, r"$\sqrt{p}\,|f-f_{\mathrm{lin}}|$")
    means(right, width, study["gradient"], 0)
    level(right, gradient_limit())
    right.text(math.sqrt(width[-2] * width[-3]), gradient_limit() - 0.01, "$L_2$", ha="center", va="top")
    right.set_ylim(0.5, 0.6)
    by_width(right, width, r"$\|\nabla f\|^2$")
