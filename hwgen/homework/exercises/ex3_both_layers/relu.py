"""ReLU, which no bound on a second derivative covers: what crossing the kink gains, its price, and the constant of the limit."""

import math
from functools import cache
from typing import Any

import numpy as np
import scipy

from hwgen.authors import Approx, Bindings, Binds, Derived, cases, closed, expectation, value, variable
from hwgen.homework.maths import Array, gaussian
from hwgen.homework.maths.gaussian import Rule
from hwgen.homework.oracles import activated, activation

from .problem import SCALES, Problem, exercise

LAW = "independent with one symmetric law on $[-m,m]$, not concentrated at $0$"
# The rule of `neuron_law` integrates functions that are smooth up to the kink to this, relative.
KINKED = 1e-8


@exercise.claim(r"z, u, \sigma", domain={"z": closed(-1.5, 2.5), "u": closed(-3, 3.1)}, changed={"kinked": "softplus"}, points=80)
def relu_remainder() -> Bindings:
    """What moving a preactivation adds, for ReLU: nothing before its sign changes."""
    return {r"\sigma": activated(lambda problem: activation(problem.kinked))}


@exercise.claim(
    r"a, z, u, \mu",
    domain={"a": closed(-1.5, 1.6), "z": closed(-2, 2.1), "u": closed(-3, 3.1), "price": closed(0, 2.5)},
    identity="a square completed, in which no part of the setting occurs",
)
def relu_price() -> None:
    """A gain less its price, up to a square."""


def outer_law(problem: Problem, m: float) -> Rule:
    """The law of a, exact for the moments of |a| up to the fifteenth."""
    weights, size = (np.array([1.0]), np.array([1.0])) if problem.law_of_a == "rademacher" else gaussian.uniform(0.0, 1.0, count=8)
    reach = 2 * m if problem.law_of_a == "wide" else m
    return np.concatenate([weights, weights]) / 2, reach * np.concatenate([size, -size])


@cache
def neuron_law(problem: Problem, m: float, r: float, price: float) -> tuple[Array, ...]:
    """(weights, a, z): for each a a Gauss rule on both sides of 0 up to where its gain ends, and one place for the rest of z."""
    deviation = problem.spread * r
    columns: list[tuple[float, float, float]] = []
    for weight, a in zip(*outer_law(problem, m), strict=True):
        reach = abs(float(a)) / (2 * price) if price > 0 else 1.0  # without a price a gain has no end
        # Of |z| nothing is left beyond ten deviations; over many of them the density takes more nodes.
        end = min(reach, gaussian.REACH * deviation)
        lengths, nodes = gaussian.uniform(0.0, 1.0, count=6 if end < 2 * deviation else 40)
        places = end * nodes
        chances = end * lengths * np.exp(-((places / deviation) ** 2) / 2) / (math.sqrt(2 * math.pi) * deviation)
        rest = 0.5 - float(np.sum(chances))
        for sign in (1.0, -1.0):
            columns += [(weight * chance, a, sign * place) for chance, place in zip(chances, places, strict=True)]
            columns.append((weight * rest, a, sign * (reach + deviation)))
    weights, outer, inner = np.array(columns).T
    return weights, outer, inner


def gain_by_erf(problem: Problem, m: float, r: float, price: float) -> float:
    """The mean gain of a neuron less its price, for each a by the error function."""
    weights, a = outer_law(problem, m)
    end = np.abs(a) / (2 * price)
    ahead = scipy.special.erf(end / (math.sqrt(2) * r))
    behind = math.sqrt(2 / math.pi) * r * -np.expm1(-((end / r) ** 2) / 2)
    return float(weights @ (np.abs(a) * (end * ahead - behind)))


def gain_at_flat_density(problem: Problem, m: float, r: float, price: float) -> float:
    """What it would be if |z| had everywhere the density that it has at 0, for each a the area of a triangle."""
    weights, a = outer_law(problem, m)
    nodes, lengths = gaussian.uniform(0.0, 1.0, count=3)[::-1]
    end = np.abs(a) / (2 * price)
    areas = [size * one * float(lengths @ (one * (1 - nodes))) for size, one in zip(np.abs(a), end, strict=True)]
    return float(weights @ np.array(areas)) * 2 * (1 / math.sqrt(2 * math.pi) / r)


@exercise.claim(
    r"\mathbb{E}, r, \mu",
    domain={**SCALES, "price": cases(0.2, 0.8, 1.7, 3.5, 7.0, 12.0, 0.0, -1.0)},
    changed={"spread": 0.6},
    in_words=[LAW],
    sharp=[Derived(smaller=value(gain_by_erf), larger=value(gain_at_flat_density, error=1e-10))],
    points=10,
)
def relu_mean() -> Bindings:
    """The mean gain of a neuron less its price, at the best step."""
    return {r"\mathbb{E}": expectation(neuron_law, "a", "z", error=KINKED)}


@exercise.claim(
    r"a, \mu",
    domain={"a": closed(-1.5, 1.6), "price": closed(0, 2.5)},
    identity="an integral of a polynomial, in which no part of the setting occurs",
)
def relu_gain() -> None:
    """What the neurons near the kink gain, for a flat density."""


def dual_limit(problem: Problem, m: float, r: float, R: float) -> Approx:
    """The least value of mu R^2 r^2 / 2 + half the mean gain of a neuron whose |z| has its density at 0 everywhere."""
    found = least_dual(problem, m, r, R)
    return Approx(value=float(found.fun), error=1e-9 * float(found.fun))


def least_dual(problem: Problem, m: float, r: float, R: float) -> Any:
    """That minimum, as scipy finds it, over the logarithm of mu."""
    weights, a = outer_law(problem, m)
    size = np.abs(a)
    nodes, lengths = gaussian.uniform(0.0, 1.0, count=4)[::-1]
    density = 2 / (math.sqrt(2 * math.pi) * problem.spread * r)

    def value_at(logarithm: float) -> float:
        price = math.exp(logarithm)
        reach = size / (2 * price)
        mean = lengths @ (size**2 / (2 * price) - size * reach * nodes[:, None])
        return price * R**2 * r**2 / 2 + float(weights @ (reach * mean)) * density / 2

    return scipy.optimize.minimize_scalar(value_at, bounds=(-6, 4), method="bounded", options={"xatol": 1e-7})


BUDGET = SCALES | {"R": closed(0.5, 2.0)}
OF_THE_LIMIT: dict[str, Any] = {"changed": {"spread": 0.6}, "points": 24, "in_words": [LAW]}


@exercise.claim(
    r"\mu_*, \mathbb{E}, R, r", domain=BUDGET, coarse={3e-6: "a minimum fixes its place to the root of its own accuracy"}, **OF_THE_LIMIT
)
def relu_multiplier() -> Bindings:
    """The multiplier at which the dual is least; a minimum fixes its place to the root of its own accuracy."""
    least = value(lambda problem, m, r, R: math.exp(float(least_dual(problem, m, r, R).x)), error=1e-6)
    return {r"\mu_*": least, r"\mathbb{E}": expectation(outer_law, "a")}


@exercise.claim(r"P, \mathbb{E}, R, r", domain=BUDGET, **OF_THE_LIMIT)
def relu_constant() -> Bindings:
    """The constant of the limit, from the least value of the dual."""
    return {"P": value(dual_limit), r"\mathbb{E}": expectation(outer_law, "a")}


@exercise.claim(
    r"P, \mu_*, \mathbb{E}, R, r",
    kept={r"\mu_*>0": "the multiplier of an inequality; right below 0 the bound holds as well, and far off"},
    domain={"price": closed(-1.4, 2.0), **SCALES, "R": closed(0.5, 2.0)},
    sharp=[Binds(at={"price": (16 * math.sqrt(math.pi / 2)) ** (-1 / 3), "m": 1.0, "r": 1.0, "R": 1.0})],
    **OF_THE_LIMIT,
)
def relu_balance() -> Bindings:
    """What the dual allows at any multiplier is at least its least value, the constant of the limit."""
    return {"P": value(dual_limit), r"\mu_*": variable("price"), r"\mathbb{E}": expectation(outer_law, "a")}


def few(seed: int) -> tuple[Array, Array, float, float]:
    """(a, z, budget, r) of three neurons with positive weights near their kink."""
    rng = np.random.default_rng([37, seed])
    return rng.uniform(0.4, 1.6, 3), rng.uniform(-0.9, 0.9, 3), float(rng.uniform(0.8, 1.8)), (1.3, 0.6, 1.7, 0.9, 1.1)[seed % 5]


@cache
def best_crossing(seed: int) -> tuple[float, float]:
    """(X, mu): the largest gain over all sets of neurons that cross, and the multiplier at the best one.

    For a set S, Cauchy and Schwarz give the sum of a_j (v_j - |z_j|) at most reach |a_S| less the sum of a_j |z_j|.
    """
    a, z, reach, _ = few(seed)
    found = []
    for mask in range(1, 2**a.size):
        crossing = (mask >> np.arange(a.size)) % 2 == 1
        norm = float(np.linalg.norm(a[crossing]))
        found.append((reach * norm - float(a[crossing] @ np.abs(z[crossing])), norm / reach))
    return max(found)


@exercise.claim(
    domain={"seed": cases(*range(12)), "price": cases(1.0, 0.6, 1.5, 2.4, 0.02, 0.0, -0.02, -0.3)},
    identity="an inequality between sums for given weights and preactivations, in which no part of the setting occurs",
    sharp=[Binds(at={"seed": 0, "price": 1.0})],
)
def relu_dual() -> Bindings:
    """The largest gain within a budget, bounded by Lagrange's dual; at the best multiplier exactly, where the neurons left out stay out."""
    return {
        "X": value(lambda seed: best_crossing(seed)[0]),
        r"\mu": value(lambda seed, price: price * best_crossing(seed)[1]),
        "a": value(lambda seed: few(seed)[0]),
        "z": value(lambda seed: few(seed)[1]),
        "R": value(lambda seed: few(seed)[2] / few(seed)[3]),
        "r": value(lambda seed: few(seed)[3]),
    }
