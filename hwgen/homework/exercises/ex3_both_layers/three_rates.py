"""Three rates and two quotients against the width: studies for ReLU and for one layer, the numbers printed, the figure."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from hwgen.authors import COLOURS, DASHES, Estimate, digits
from hwgen.authors.numerics import mean_of, power_law
from hwgen.homework.drawings import means
from hwgen.homework.maths import Array, gap, kinks
from hwgen.homework.oracles import drawn

from .against_width import RADIUS, WIDTHS, Arrays, X, both_square, both_tanh, over_widths
from .limit_of_supremum import shared, steepest
from .problem import Problem, exercise
from .relu import dual_limit

WIDER = 2 ** np.arange(6, 21, 2)
FROM = 2**10


@exercise.study
def first_tanh(problem: Problem) -> dict[str, Array]:
    """Supremum over the unit ball in the first layer and the norm of the Hessian there, against width, for the hyperbolic tangent."""

    def measure(rng: np.random.Generator, width: int) -> tuple[float, float]:
        (network,) = drawn(problem, rng, width, 1, name="tanh")
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


exercise.power_law("relu_{}", "the supremum for ReLU", of=[first_relu], x="width", y="attained")
exercise.settings(relu_exponent=(int(math.log2(WIDER[-1])), "Binary logarithm of the largest width for ReLU."))


@exercise.numbers(
    of=[first_relu, both_tanh, first_tanh],
    relu_slack="Per cent, rounded up to tenths, by which the dual bound for ReLU exceeds the attained value at most, from width 1024 on.",
    relu_level="p^(1/6) times the supremum for ReLU over its limit, at the largest width.",
    first_quotient="One layer: the supremum over half the norm of the Hessian, at the largest width.",
    both_quotient="Both layers: the supremum over half the norm of the Hessian, at the largest width.",
)
def rate_numbers(relu: Arrays, both: Arrays, first: Arrays) -> dict[str, Estimate]:
    """What the largest width shows, and what duality leaves open."""
    slack = float(np.max((relu["allowed"] / relu["attained"])[:, relu["width"] >= FROM])) - 1
    level = relu["attained"][:, -1] * relu["width"][-1] ** (1 / 6)
    return {
        "relu_slack": Estimate(value=math.ceil(1000 * slack) / 10, error=0.0),
        "relu_level": mean_of(level / dual_limit(Problem(), 1.0, 1.0, RADIUS).value),
        "first_quotient": mean_of(quotient(first)[:, -1]),
        "both_quotient": mean_of(quotient(both)[:, -1]),
    }


@exercise.figure(of=[first_relu, both_square, both_tanh, first_tanh], height=2.5)
def rates(figure: Any, relu: Arrays, square: Arrays, tanh: Arrays, one: Arrays) -> None:
    """The supremum over the unit ball against width for three activations; over half the norm of the Hessian, for one layer and for two."""
    left, right = figure.subplots(1, 2, width_ratios=(1.35, 1))
    guides = ((relu, "ReLU", 2, -1 / 6, 0.0), (square, "$z^2/2$", 1, -0.5, 0.5), (tanh, r"$\tanh$", 0, -0.5, 0.0))
    for study, label, number, power, logarithms in guides:
        width, values = study["width"], study["attained"]
        means(left, width, values, number, label=f"{label}, slope ${digits(power_law(width, values).estimate)}$")
        guide = width**power * np.log(width) ** logarithms
        left.plot(width, guide * values[:, -1].mean() / guide[-1], linestyle=DASHES[number], color=COLOURS[number], linewidth=0.8)
    left.set(xscale="log", yscale="log", xlabel="width $p$", ylabel=r"$\sup|f-f_{\mathrm{lin}}|$")
    left.legend(loc="upper right")
    left.set_ylim(4e-3, 1.0)
    means(right, tanh["width"], quotient(tanh), 0, label="both layers")
    means(right, one["width"], quotient(one), 3, label="first layer")
    found = shared("tanh", 1.0, 1.0, RADIUS).value / (steepest(Problem(), "tanh", 1.0, 1.0).value * RADIUS**2 / 2)
    right.axhline(found, color=COLOURS[0], linestyle=DASHES[0], linewidth=0.8)
    right.axhline(1.0, color=COLOURS[3], linestyle=DASHES[1], linewidth=0.8)
    right.set(xscale="log", xlabel="width $p$", ylabel=r"quotient", ylim=(0.86, 1.05))
    right.legend(loc="lower right")
