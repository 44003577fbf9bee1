"""Without a bound on the activation's derivative: two-sided bounds through its largest value, and the law of that value."""

import math
from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, Derived, Range, Ratio, binds_at, cases, closed, integers, probability, ratios, value
from hwgen.homework.maths import Array
from hwgen.homework.maths.concentration import coupled, largest_law
from hwgen.homework.oracles import activated, activation

from . import derivations
from .linearisation import BEST
from .neuron_by_neuron import departure
from .problem import ALL_SIZES, CURVED, SEEDS, SQUARE, Problem, exercise, setting
from .steps import reached

HEIGHTS = (1.0, 0.6, 1.5, 0.8)


def unbounded_of(problem: Problem, seed: int) -> str:
    """A multiple of the activation whose derivative has no bound."""
    return f"{problem.unbounded} {HEIGHTS[seed % 4]}"


def curved_of(problem: Problem, seed: int) -> str:
    """The same, but a multiple of half the square for the cases SQUARE, of which the second derivative is constant."""
    return f"{problem.square} {HEIGHTS[seed % 4]}" if seed in SQUARE else unbounded_of(problem, seed)


LAW_OF_W = r"$w_j\sim\mathcal N(0,I_d)$, $j\ge1$, are one independent sequence for all widths"
LAW: dict[str, Range] = {"p": integers(1, 40, log=True), "r": closed(0.5, 1.8)}
OF_THE_LARGEST: dict[str, Any] = {"changed": {"spread": 1.5}, "in_words": [LAW_OF_W]}
# A neuron and its two steps.
NEURON: dict[str, Range] = {"a": closed(-1.4, 1.4), "alpha": closed(-1.2, 1.2), "z": closed(-3, 3), "u": closed(-2, 2)}

# At these the three parts of what is added have one sign, either one.
STEPS = (
    {"a": 1.4, "alpha": 0.3, "z": 0.7, "u": 1.9},
    {"a": -1.4, "alpha": -0.3, "z": 0.7, "u": 1.9},
    {"a": 0.2, "alpha": 1.1, "z": 2.1, "u": 0.6},
)


@exercise.claim(
    r"F, M_2, \sigma, a, \alpha, z, u",
    domain=NEURON | {"seed": cases(*SEEDS[:4], *SQUARE)},
    changed={"unbounded": "cubic"},
    sharp=[tuple(one for step in STEPS for one in binds_at("seed", *SQUARE, **step))],
    points=80,
    in_words=CURVED,
)
def open_remainder() -> Bindings:
    """What one neuron adds, for an activation of which only the second derivative is bounded."""
    return {
        "F": value(lambda problem, seed, a, z, alpha, u: departure(curved_of(problem, seed), a, z, alpha, u)),
        "M_2": value(lambda seed: activation(curved_of(Problem(), seed)).sup_second),
        r"\sigma": activated(lambda problem, seed: activation(curved_of(problem, seed)), of=["seed"]),
    }


@exercise.claim(
    r"\eta, \alpha",
    domain={"eta": closed(0.2, 2.5), "slope": cases(1 / math.sqrt(2), -1 / math.sqrt(2), 0.2, 0.5, 1.4, 2.9, -1.1)},
    identity="an inequality between the two lengths of a step, in which no part of the setting occurs",
    always="for all steps",
    sharp=[binds_at("slope", 1 / math.sqrt(2), -1 / math.sqrt(2))],
)
def cubic_share() -> Bindings:
    """The largest cubic term for a step of given length."""
    return {r"\alpha": value(lambda eta, slope: slope * eta)}


def steepest(problem: Problem, seed: int) -> float:
    """The largest |sigma'| at initialisation."""
    name = unbounded_of(problem, seed)
    return float(np.max(np.abs(activation(name).first(setting(problem, seed, name).z))))


# What the symbols mean for the activation of a case whose derivative has no bound.
OPEN: Bindings = {
    "D_R": value(lambda problem, seed, R: reached(problem, seed, R, name=unbounded_of(problem, seed))),
    "M_2": value(lambda problem, seed: activation(unbounded_of(problem, seed)).sup_second),
    r"\gamma": value(steepest),
    r"\sigma": activated(lambda problem, seed: activation(unbounded_of(problem, seed)), of=["seed"], orders=2),
    r"\zeta_p": value(lambda problem, seed: float(np.abs(setting(problem, seed, unbounded_of(problem, seed)).z).max())),
}


def open_supremum(problem: Problem, seed: int, R: float) -> Approx:
    """sqrt(p) times that supremum, by dividing R^2 among the neurons."""
    return derivations.bracketed(problem, seed, R, unbounded_of(problem, seed))


def open_least(problem: Problem, seed: int, R: float) -> float:
    """What the steepest neuron gains at least."""
    second = activation(unbounded_of(problem, seed)).sup_second
    return derivations.least(steepest(problem, seed), second, setting(problem, seed).r, R)


def open_most(problem: Problem, seed: int, R: float) -> float:
    """What a neuron adds at most whose slope is at most the steepest one at the start."""
    here, second = setting(problem, seed), activation(unbounded_of(problem, seed)).sup_second
    return derivations.best(here.m, steepest(problem, seed), second, here.r, R) + derivations.cubic(second, here.r, R)


# What is claimed of the supremum over the ball.
DIVIDED = "the supremum is found by dividing the ball among the neurons, to what the dual may neglect"
OPEN_BALL: dict[str, Any] = {
    "coarse": {2e-3: DIVIDED},
    "domain": {"seed": cases(*ALL_SIZES), "R": closed(0.5, 1.4)},
    "changed": {"prefactor": 0.2},
    "in_words": CURVED,
    "kept": {r"\max_{j}|a_j|\le m": BEST},
    "points": 24,
}
# Not less than by the steepest neuron alone.
OPEN_LEAST = Derived(smaller=value(open_least), larger=value(open_supremum))


@exercise.claim(r"D_R, \Lambda, \gamma, a, m, M_2, r, p, R", sharp=[OPEN_LEAST, Derived(larger=value(open_most))], **OPEN_BALL)
def open_ball() -> Bindings:
    """The supremum over the ball between two bounds that hold for every initial first layer."""
    return OPEN


@exercise.claim(r"\sigma, a, \alpha, z, u", domain=NEURON, changed={"square": "cubic"}, in_words=[r"For $\sigma(z)=z^2/2$"])
def square_remainder() -> Bindings:
    """What one neuron adds for the square, exactly."""
    return {r"\sigma": activated(lambda problem: activation(problem.square), orders=2)}


def joint_law(problem: Problem, p: int, r: float, t: float) -> tuple[Array, Array, Array]:
    """The law of (zeta_p, G), exact on intervals whose ends are multiples of r t / 4 and of t / 4: (weights, zeta_p, G).

    A t <= 0 is below all of it.
    """
    at = abs(t) or 1.0
    weights, largest, single = coupled(largest_law(p, at), largest_law(1, at))
    return weights, problem.spread * r * largest, single


# P(|G| > t) over exp(-t^2/2) at t = 3.5.
MILLS = math.erfc(3.5 / math.sqrt(2)) * math.exp(3.5**2 / 2)
BY_ERFC = "by independence and the complementary error function"


@exercise.claim(
    r"\mathbb{P}, p, r, t",
    domain=LAW | {"t": closed(-1, 3.5)},
    sharp=[binds_at("p", 1), (*binds_at("p", 1, 6, 17, t=0.0), *ratios("t", {3.5: MILLS}, within=1e-9, because=BY_ERFC))],
    **OF_THE_LARGEST,
)
def largest_tail() -> None:
    """The largest preactivation exceeds a level: union bound, then a Gaussian tail."""


def level(p: int, delta: float) -> float:
    """The t at which p exp(-t^2/2) is delta, if there is one."""
    if not 0 < delta <= p:
        return math.nan
    return math.sqrt(2 * (math.log(p) - math.log(delta)))


def attained(p: int, delta: float) -> float:
    """The part of delta that the probability is, by independence and the complementary error function."""
    return (1 - (1 - math.erfc(level(p, delta) / math.sqrt(2))) ** p) / delta


# A delta that is tried at the smallest and at the largest width.
FIRM = 0.8125
ATTAINED = [Ratio(largest=attained(p, FIRM), within=1e-9, where={"p": p, "delta": FIRM}, because=BY_ERFC) for p in (1, 40)]


@exercise.claim(
    r"\mathbb{P}, p, r, \delta",
    domain=LAW | {"delta": closed(-0.5, 3)},
    sharp=[(*binds_at("p", 1, delta=1.0), *ATTAINED)],
    **OF_THE_LARGEST,
)
def largest_at_confidence() -> Bindings:
    """The level that the largest preactivation exceeds with probability at most delta."""
    return {r"\mathbb{P}": probability(lambda problem, p, r, delta: joint_law(problem, p, r, level(p, delta))[:2], r"\zeta_p")}


# A width at which the largest level is tried.
RARE: dict[str, Any] = {"p": 6, "t": 2.2}


def missed(p: int, t: float) -> tuple[float, float]:
    """The parts that are left by independence and by the tail bound, each of the next side, by the complementary error function."""
    tail, bound = math.erfc(t / math.sqrt(2)), math.sqrt(2 / math.pi) * t / (1 + t**2) * math.exp(-(t**2) / 2)
    return math.exp(p * (math.log1p(-tail) + tail)), math.exp(p * (bound - tail))


@exercise.claim(
    r"\mathbb{P}, p, r, t",
    domain=LAW | {"p": integers(2, 40, log=True), "t": closed(-0.8, 2.2)},
    kept={"t>0": "elsewhere the bound says nothing, as the last side is 1 or more"},
    sharp=[(Ratio(largest=one, within=1e-9, where=RARE, because=BY_ERFC),) for one in missed(**RARE)],
    **OF_THE_LARGEST,
)
def largest_from_below() -> None:
    """The largest preactivation stays below a level: independence, then the lower Gaussian tail bound."""
