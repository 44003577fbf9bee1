"""1(b): widths found as roots of what the union bound sums over counted pairs; no solved formula is retyped here."""

import functools
import itertools
import math
from collections.abc import Callable

import scipy

from hwgen.authors import Bindings, Binds, Derived, Range, Ratio, closed, integers, value

from .problem import Problem, exercise

# Wider than the page promises: its hypotheses cut from it what is claimed.
ANY_N: dict[str, Range] = {"n": integers(0, 60), "delta": closed(-0.5, 3), "eps": closed(-0.2, 2)}
CORNER = "at n = 2 and delta = 1, the corner of its hypotheses"
CHANCE = {r"\delta\le 1": "a probability, though the width is the same function of other numbers"}


@functools.cache
def pairs(n: int) -> int:
    """Unordered pairs of n indices, repetition allowed, counted one by one."""
    return sum(1 for i, j in itertools.product(range(n), repeat=2) if i <= j)


def root_width(problem: Problem, n: int, eps: float, delta: float) -> float:
    """The width at which the failure probabilities of all entries, each to be within its share of eps, add up to delta; if there is one."""
    if min(n, eps, delta) <= 0:
        return math.nan
    share = eps / (n * problem.radius**2)
    return _root_of_width(lambda p: math.log(pairs(n)) + math.log(2) - 2 * p * share**2 - math.log(delta))


def _root_of_width(excess: Callable[[float], float]) -> float:
    """Sought in the logarithm of the width, as widths from less than one neuron to far more than any machine has occur."""
    return math.exp(scipy.optimize.brentq(lambda logp: excess(math.exp(logp)), -30.0, 60.0, xtol=1e-14, rtol=1e-14))


@exercise.claim(r"n, \epsilon, \delta, p^\star", source="solving the union bound for p", kept=CHANCE, domain=ANY_N, changed={"radius": 1.5})
def hoeffding_width() -> None:
    """The width at which the union bound equals delta, found as a root."""


@exercise.claim(
    r"n, \epsilon, \delta, p^\star, p",
    domain=ANY_N | {"surplus": closed(-0.5, 2)},
    source="monotone in p",
    sharp=[Binds(at={"n": 7, "surplus": 0.0})],
    changed={"radius": 1.5},
)
def down_to_delta() -> Bindings:
    """From the union bound down to delta, for every width from the root on."""
    return {"p": value(lambda problem, n, eps, delta, surplus: (1 + surplus) * root_width(problem, n, eps, delta))}


@exercise.claim(
    r"n, \epsilon, \delta, p^\star",
    source="n + 1 <= n^2 for n >= 2",
    sharp=[Ratio(largest=math.log(6) / math.log(8), within=1e-12, because=CORNER)],
    kept={r"\delta\le 1": "a probability; for n = 2 every number below 2/sqrt(3) would do"},
    domain=ANY_N,
    changed={"radius": 1.5},
)
def omega() -> None:
    """The explicit width is at most 3/2 of n^2 log(n/delta) / eps^2, for n >= 2."""


def of_all_triples(problem: Problem, n: int, eps: float, delta: float) -> float:
    """The width at which the failures of n^3 events add up to 1, found as a root, for each of 1/delta times."""
    triples = sum(1 for _ in itertools.product(range(n), repeat=3))
    share = eps / (n * problem.radius**2)
    return _root_of_width(lambda p: math.log(triples) - 2 * p * share**2) / delta


@exercise.claim(
    r"n, \epsilon, \delta, p^\star",
    domain=ANY_N,
    source="log(n(n+1)t) < 3t log(n) holds at t = 1/delta = 1, and the right-hand side grows faster in t",
    kept={r"\delta\le 1": "a probability; for n = 2 every number below 3/2 would do"},
    sharp=[(Derived(larger=value(of_all_triples)), Ratio(largest=math.log(6) / math.log(8), within=1e-12, because=CORNER))],
    changed={"radius": 1.5},
)
def other_reading() -> None:
    """The explicit width is at most 3/2 of n^2 (log n) / (delta eps^2) as well, for n >= 2."""


def bounded_differences_root(problem: Problem, n: int, eps: float, delta: float) -> float:
    """Root in p of: mean error n/(2 sqrt p), plus the t for which p bounded differences n/p leave probability delta, minus eps."""
    if min(n, eps, delta) <= 0 or delta > 1:
        return math.nan
    span = n * problem.radius**2

    def excess(p: float) -> float:
        deviation = scipy.optimize.brentq(
            lambda t: -2 * t**2 / (p * (span / p) ** 2) - math.log(delta), 0.0, 1e4 * span / math.sqrt(p), xtol=1e-300, rtol=1e-14
        )
        return math.log(span / (2 * math.sqrt(p)) + float(deviation)) - math.log(eps)

    return _root_of_width(excess)


@exercise.claim(
    r"n, \epsilon, \delta, p_\bullet", domain=ANY_N | {"delta": closed(-0.3, 1.5)}, source="solving for p", changed={"radius": 1.5}
)
def mcdiarmid_width() -> Bindings:
    """The width at which the mean error and the deviation from it add up to eps, found as a root."""
    return {r"p_\bullet": value(bounded_differences_root)}
