"""Three rates and two quotients against the width: studies for ReLU and for one layer, the numbers printed, the figure."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from hwgen.authors import COLOURS, DASHES, Estimate, digits
from hwgen.authors.numerics import mean_of
from hwgen.homework.maths import Array, gap, kinks

from .against_width import RADIUS, WIDTHS, Arrays, X, both_square, both_tanh, drawn, fitted, over_widths, points
from .limit_of_supremum import shared, steepest
from .problem import Problem, exercise
from .relu import dual_limit

WIDER = 2 ** np.arange(6, 21, 2)
FROM = 2**10


@exercise.study
def first_tanh(problem: Problem) -> dict[str, Array]:
    """Supremum over the unit ball in the first layer and the norm of the Hessian there, against width, for the hyperbolic tangent."""

    def measure(rng: np.random.Generator, width: int) -> tuple[float, float]:
        network = drawn(problem, rng, width, "tanh")
        curvatures = np.abs(network.a * network.activation.second(network.preactivations(X)))
        return gap.remainder_bracket(network, X, RADIUS)[0], float(X @ X) * float(np.max(curvatures)) / math.sqrt(width)

    found, norms = over_widths("first_tanh", WIDTHS, measure)
    return {"width": WIDTHS.astype(float), "attained": found, "hessian": norms}


@exercise.study
def first_relu(problem: Problem) -> dict[str, Array]:
    """Supremum over the unit ball in the first layer against width, for ReLU: attained and allowed."""
    r = float(np.linalg.norm(X))

    def measure(rng: np.random.Generator, width: int) -> Sequence[float]:
        a = rng.choice([-1.0, 1.0], width) if problem.law_of_a == "rademacher" else rng.uniform(-1, 1, width)
        z = problem.spread * r * rng.standard_normal(width)
        return list(np.array(kinks.bracket(a, z, RADIUS * r)) / math.sqrt(width))

    low, high = over_widths("first_relu", WIDER, measure)
    return {"width": WIDER.astype(float), "attained": low, "allowed": high}


def quotient(study: Arrays) -> Array:
    """The supremum over half the norm of the Hessian, R = 1."""
    return np.asarray(2 * study["attained"] / (RADIUS**2 * study["hessian"]))


@exercise.constant(of=[first_relu])
def relu_slack(study: Arrays) -> Estimate:
    """Per cent, rounded up to tenths, by which the dual bound for ReLU exceeds the attained value at most, from width 1024 on."""
    wide = study["width"] >= FROM
    return Estimate(value=math.ceil(1000 * (float(np.max((study["allowed"] / study["attained"])[:, wide])) - 1)) / 10, error=0.0)


exercise.power_law("relu_{}", "the supremum for ReLU", of=[first_relu], x="width", y="attained")
exercise.settings(relu_exponent=(int(math.log2(WIDER[-1])), "Binary logarithm of the largest width for ReLU."))


@exercise.constant(of=[first_relu])
def relu_level(study: Arrays) -> Estimate:
    """p^(1/6) times the supremum for ReLU over its limit, at the largest width."""
    return mean_of((study["attained"] * study["width"] ** (1 / 6))[:, -1] / dual_limit(Problem(), 1.0, 1.0, RADIUS).value)


@exercise.constant(of=[first_tanh])
def first_quotient(study: Arrays) -> Estimate:
    """One layer: the supremum over half the norm of the Hessian, at the largest width."""
    return mean_of(quotient(study)[:, -1])


@exercise.constant(of=[both_tanh])
def both_quotient(study: Arrays) -> Estimate:
    """Both layers: the supremum over half the norm of the Hessian, at the largest width."""
    return mean_of(quotient(study)[:, -1])


@exercise.figure(of=[first_relu, both_square, both_tanh, first_tanh], height=2.5)
def rates(figure: Any, relu: Arrays, square: Arrays, tanh: Arrays, one: Arrays) -> None:
    """The supremum over the unit ball against width for three activations; over half the norm of the Hessian, for one layer and for two."""
    left, right = figure.subplots(1, 2, width_ratios=(1.35, 1))
    guides = ((relu, "ReLU", 2, -1 / 6, 0.0), (square, "$z^2/2$", 1, -0.5, 0.5), (tanh, r"$\tanh$", 0, -0.5, 0.0))
    for study, label, number, power, logarithms in guides:
        width, values = study["width"], study["attained"]
        points(left, width, values, number, f"{label}, slope ${digits(fitted(study).estimate)}$")
        guide = width**power * np.log(width) ** logarithms
        left.plot(width, guide * values[:, -1].mean() / guide[-1], linestyle=DASHES[number], color=COLOURS[number], linewidth=0.8)
    left.set(xscale="log", yscale="log", xlabel="width $p$", ylabel=r"$\sup|f-f_{\mathrm{lin}}|$")
    left.legend(loc="upper right")
    left.set_ylim(4e-3, 1.0)
    points(right, tanh["width"], quotient(tanh), 0, "both layers")
    points(right, one["width"], quotient(one), 3, "first layer")
    found = shared("tanh", 1.0, 1.0, RADIUS).value / (steepest(Problem(), "tanh", 1.0, 1.0).value * RADIUS**2 / 2)
    right.axhline(found, color=COLOURS[0], linestyle=DASHES[0], linewidth=0.8)
    right.axhline(1.0, color=COLOURS[3], linestyle=DASHES[1], linewidth=0.8)
    right.set(xscale="log", xlabel="width $p$", ylabel=r"quotient", ylim=(0.86, 1.05))
    right.legend(loc="lower right")
