"""Wide networks: three rates and two quotients against the width, with their figure, and each limit at one width."""

import math
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from hwgen.authors import COLOURS, DASHES, Estimate, Evidence, digits
from hwgen.authors.numerics import mean_of, near, seed_of
from hwgen.homework.drawings import exceeds, fitted, means, panels
from hwgen.homework.maths import Array, Arrays, both_layers, gap, kinks
from hwgen.homework.maths.networks import Network
from hwgen.homework.oracles import activation, drawn, suprema

from .against_width import RADIUS, WIDTHS, X, both_square, both_tanh, over_widths
from .limit_of_supremum import shared, steepest
from .problem import SEEDS, Problem, exercise, setting
from .relu import dual_limit
from .scarce_neurons import gainful, scarce, shared_gains, steep
from .steps import supremum

WIDER = 2 ** np.arange(6, 21, 2)
# Neurons of one network that may move; with half as many the same values are attained, to seven digits.
MOVED = 128


@exercise.study
def first_tanh(problem: Problem) -> dict[str, Array]:
    """Supremum over the unit ball in the first layer and the norm of the Hessian there, against width, for the hyperbolic tangent.

    Axes: row is network; width is p.
    """

    def measure(rng: np.random.Generator, width: int) -> tuple[float, float, float]:
        (network,) = drawn(problem, rng, width, 1, name="tanh")
        curvatures = np.abs(network.a * network.activation.second(network.preactivations(X)))
        low, high = gap.remainder_bracket(network, X, RADIUS, moved=MOVED)
        return low, high, float(X @ X) * float(np.max(curvatures)) / math.sqrt(width)

    return over_widths("first_tanh", WIDTHS, measure, "attained", "allowed", "hessian")


def relu_bracket(problem: Problem, rng: np.random.Generator, width: int) -> Array:
    """The supremum over the ball in the first layer of one ReLU network: attained, and allowed by the dual."""
    r = float(np.linalg.norm(X))
    a = rng.choice([-1.0, 1.0], width) if problem.law_of_a == "rademacher" else rng.uniform(-1, 1, width)
    z = problem.spread * r * rng.standard_normal(width)
    return np.array(kinks.bracket(a, z, RADIUS * r)) / math.sqrt(width)


@exercise.study
def first_relu(problem: Problem) -> dict[str, Array]:
    """Supremum over the unit ball in the first layer against width, for ReLU: attained and allowed.

    Axes: row is network; width is p.
    """
    return over_widths("first_relu", WIDER, lambda rng, width: list(relu_bracket(problem, rng, width)), "attained", "allowed")


def quotient(study: Arrays) -> Array:
    """The largest value found over half the norm of the Hessian, R = 1."""
    return np.asarray(2 * study["attained"] / (RADIUS**2 * study["hessian"]))


@exercise.table(of=[both_tanh, both_square, first_relu])
def rate_slopes(tanh: Arrays, square: Arrays, relu: Arrays) -> list[list[str]]:
    """Power laws of the suprema for three activations, by how much a bound exceeds them at most, and their levels over the limits."""
    logarithm = np.sqrt(np.log(WIDTHS))
    limits = (shared("tanh", 1.0, 1.0, RADIUS).value, RADIUS**2 / math.sqrt(2), dual_limit(Problem(), 1.0, 1.0, RADIUS).value)
    orders = (WIDTHS**-0.5, WIDTHS**-0.5 * logarithm, WIDER ** (-1 / 6))
    first, second, third = (
        f"${digits(mean_of(study['attained'][:, -1] / order[-1] / limit))}$"
        for study, order, limit in zip((tanh, square, relu), orders, limits, strict=True)
    )
    at, wider = (f"$2^{{{int(width).bit_length() - 1}}}$" for width in (WIDTHS[-1], WIDER[-1]))
    return [
        ["largest $|f-f_{\\mathrm{lin}}|$", "slope", "drift", "bound above by", "mean over limit", "at $p$"],
        [*fitted(r"$\tanh$", WIDTHS, tanh["attained"]), exceeds(tanh["allowed"], tanh["attained"]), first, at],
        [*fitted("$z^2/2$", WIDTHS, square["attained"]), "exact", second, at],
        [*fitted(r"$z^2/2$, over $\sqrt{\log p}$", WIDTHS, square["attained"] / logarithm), "--", "--", "--"],
        [*fitted("ReLU", WIDER, relu["attained"]), exceeds(relu["allowed"], relu["attained"]), third, wider],
    ]


@exercise.numbers(
    of=[both_tanh, first_tanh],
    first_quotient="One layer: the largest value found over half the norm of the Hessian, at the largest width.",
    both_quotient="Both layers: the largest value found over half the norm of the Hessian, at the largest width.",
    first_missed="One layer: by how many per cent, rounded up, the dual is above the largest value found at the largest width.",
)
def rate_numbers(both: Arrays, first: Arrays) -> dict[str, Estimate]:
    """What the largest width shows."""
    above = float(np.max(first["allowed"][:, -1] / first["attained"][:, -1])) - 1
    return {
        "first_quotient": mean_of(quotient(first)[:, -1]),
        "both_quotient": mean_of(quotient(both)[:, -1]),
        "first_missed": Estimate(value=math.ceil(10000 * above) / 100, error=0.0),
    }


exercise.named(first_quotient="{} for one layer", both_quotient="{} for two")


@exercise.figure(of=[first_relu, both_square, both_tanh, first_tanh], height=2.25)
def rates(figure: Any, relu: Arrays, square: Arrays, tanh: Arrays, one: Arrays) -> None:
    """The supremum over the unit ball against width for three activations; over half the norm of the Hessian, for one layer and for two."""
    left, right = panels(figure, width_ratios=(1.35, 1))
    guides = (
        (relu, "ReLU; $p^{-1/6}$", 2, -1 / 6, 0.0),
        (square, r"$z^2/2$; $\sqrt{\log p/p}$", 1, -0.5, 0.5),
        (tanh, r"$\tanh$; $p^{-1/2}$", 0, -0.5, 0.0),
    )
    for study, label, number, power, logarithms in guides:
        width, values = study["width"], study["attained"]
        means(left, width, values, number, label=label)
        guide = width**power * np.log(width) ** logarithms
        left.plot(width, guide * values[:, -1].mean() / guide[-1], linestyle=DASHES[number], color=COLOURS[number], linewidth=0.8)
    left.set(xscale="log", yscale="log", xlabel="width $p$", ylabel=r"largest $|f-f_{\mathrm{lin}}|$")
    left.legend(loc="upper right")
    left.set_ylim(4e-3, 1.0)
    means(right, tanh["width"], quotient(tanh), 0, label="both layers")
    means(right, one["width"], quotient(one), 3, label="first layer")
    found = shared("tanh", 1.0, 1.0, RADIUS).value / (steepest(Problem(), "tanh", 1.0, 1.0).value * RADIUS**2 / 2)
    for limit, colour, dashes in ((found, 0, 0), (1.0, 3, 1)):
        right.axhline(limit, color=COLOURS[colour], linestyle=DASHES[dashes], linewidth=0.8)
    right.text(tanh["width"][-1], found + 0.006, f"limit {found:.5g}", color=COLOURS[0], ha="right", va="bottom")
    right.set(xscale="log", xlabel="width $p$", ylabel=r"quotient", ylim=(0.86, 1.09))
    right.legend(loc="lower right")


# --- limits, at one width ---

WIDTH = 2**20
# Parts of the limit by which the suprema at this width may miss it: a quarter of what separates V from R^2 Lambda^*/2 for tanh.
NEAR = 0.004
SEPARATED = "a quarter of what separates the limit from half the norm of the Hessian"
# In one layer nothing separates them; there so many neurons move alike: fewer would move too far, more of them are too far from the best.
PARTS = 64
SCARCE = "what a network of this width misses at most, but for a probability of 10^-12: so many of its neurons are nearly the best"
NEURONS, ANGLES = 100, 80
# What either maximisation may miss, relative to the maximum.
ONE_NEURON = 1e-9


def wide(problem: Problem, name: str, width: int = WIDTH) -> Network:
    """One network of that width at initialisation, with outer weights of the problem's law on [-1, 1] or [-2, 2]."""
    law = replace(problem, law_of_a="uniform") if problem.law_of_a == "wide" else problem
    (found,) = drawn(law, seed_of(name), width, 1, name=problem.example)
    return found if law is problem else replace(found, a=2 * found.a)


def missed(name: str, attained: float, limit: float, what: str, *, within: float, reason: str) -> Evidence:
    """How far what is attained is from the limit, relative to it."""
    method = f"{what} at one width, relative to the limit"
    return near(abs(attained / limit - 1), within, method=method, cases=1, reason=reason, seed=seed_of(name))


@exercise.statement(changed={"law_of_a": "wide"}, words=[r"\Lambda^*$ as $p\to\infty$"])
def two_layer_limit(problem: Problem) -> list[Evidence]:
    """The supremum over the ball in both layers and the norm of the Hessian, for a tanh network of width 2^18, have nearly their limits."""
    network, normal = wide(problem, "two_layer_limit", WIDTH // 4), Problem()
    tables = both_layers.gains(network, X, RADIUS, neurons=NEURONS, angles=ANGLES)
    attained = max(both_layers.knapsack(table) for table in tables)
    norm = math.sqrt(network.width) * both_layers.hessian_norm(network, X)
    steepened = float(steepest(normal, normal.example, 1.0, 1.0).value)
    allowed = scarce(network.width, 1, partial(steep, activation(normal.example), float(np.linalg.norm(X)), steepened, mixed=True))
    limit, found = float(shared(normal.example, 1.0, 1.0, RADIUS).value), "the largest value found for both layers"
    return [
        missed("two_layer_limit", attained, limit, found, within=NEAR, reason=SEPARATED),
        missed("two_layer_limit", norm, steepened, "the norm of the Hessian in both layers", within=allowed, reason=SCARCE),
    ]


def evenly_shared(network: Network, parts: int) -> float:
    """sqrt(p) times what the best `parts` neurons add to |f - f_lin| when each preactivation moves by the same length."""
    r = float(np.linalg.norm(X))
    gains = shared_gains(network.activation, network.a, network.preactivations(X), r, RADIUS, parts)
    return max(float(np.sum(np.sort(kind)[-parts:])) for kind in gains)


@exercise.statement(changed={"law_of_a": "wide"}, words=[r"\frac12mM_2R^2r^2"])
def one_layer_limit(problem: Problem) -> list[Evidence]:
    """The supremum over the ball in the first layer and the norm of the Hessian there, at width 2^20, have nearly their limits for tanh."""
    network, sigma = wide(problem, "one_layer_limit"), activation(Problem().example)
    z, r = network.preactivations(X), float(np.linalg.norm(X))
    norms = suprema(Problem().example)[1] * r * r
    norm, limit = r * r * float(np.max(np.abs(network.a * sigma.second(z)))), norms * RADIUS**2 / 2
    attained, found = evenly_shared(network, PARTS), f"what {PARTS} neurons of the first layer attain"
    few = scarce(WIDTH, PARTS, partial(gainful, sigma, r, RADIUS, limit, PARTS))
    one = scarce(WIDTH, 1, partial(steep, sigma, r, norms, mixed=False))
    return [
        missed("one_layer_limit", attained, limit, found, within=few, reason=SCARCE),
        missed("one_layer_limit", norm, norms, "the norm of the Hessian in the first layer", within=one, reason=SCARCE),
    ]


@exercise.statement(changed={"law_of_a": "rademacher"}, words=["p^{-1/3}X"])
def relu_limit(problem: Problem) -> list[Evidence]:
    """The supremum over the ball for ReLU at width 2^20, mean of four networks, times p^(1/6), has nearly its limit."""
    seeds = [[seed_of("relu_limit"), number] for number in range(4)]
    scaled = WIDTH ** (1 / 6) * np.mean([relu_bracket(problem, np.random.default_rng(seed), WIDTH) for seed in seeds], axis=0)
    apart = float(np.abs(scaled / dual_limit(Problem(), 1.0, 1.0, RADIUS).value - 1).max())
    method = "mean of the values attained and of those that the dual allows, relative to the limit"
    reason = "twice p^(-1/3), the order of the fluctuation of one network"
    return [near(apart, 2 * WIDTH ** (-1 / 3), method=method, cases=len(seeds), reason=reason, seed=seed_of("relu_limit"))]


@exercise.statement(changed={"square": "sine"}, words=["one neuron"])
def one_neuron(problem: Problem) -> list[Evidence]:
    """For half the square an ascent over the steps of all neurons finds what the best single one gains, and no more."""
    shortfall = max(single_short_of(problem, seed, R) for seed in SEEDS for R in (0.5, 1.0, 2.0))
    method = "the supremum over all steps and over those of one neuron, relative to the latter"
    return [near(shortfall, ONE_NEURON, method=method, cases=3 * len(SEEDS), reason="what either maximisation may miss")]


def single_short_of(problem: Problem, seed: int, R: float) -> float:
    """How far the supremum over the ball is from what the best single neuron gains for half the square, relative to it."""
    here = setting(problem, seed, problem.square)
    single = both_layers.square_supremum(here.network, here.x, R)
    return abs(math.sqrt(here.p) * supremum(problem, seed, R, problem.square) / single - 1)
