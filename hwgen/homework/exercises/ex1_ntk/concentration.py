"""1(b): exact laws of averages and of the kernels of narrow networks, by enumeration; no bound is retyped here."""

import itertools
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from hwgen.authors import Bindings, Derived, Range, Ratio, binds_at, cases, closed, expectation, integers, probability, ratios, value
from hwgen.homework.maths import Array
from hwgen.homework.maths.concentration import binomial_law, multinomial_law
from hwgen.homework.maths.kernels import sign_arcs

from .problem import DRAWS, MIXED, Problem, configuration, exercise, inputs, limit_matrix, mean_product, scaling, slope_between, weights
from .tosses import DEPTHS, SHARES, beyond, mcdiarmid_ratios, union_ratios
from .widths import pairs

FEW = ("equal", "equal 2", "equal 5", "equal 8", "orthogonal", "single", 1, 2, 3, 4, 104)
NARROW: dict[str, Range] = {"draw": cases(*FEW), "p": integers(1, 5)}
# Networks whose law is enumerated, (draw, width): wide ones where the signs of equal inputs make it binomial.
NETWORKS = cases(
    *(("single", 4), ("single", 9), ("single", 400), ("equal 2", 5), ("equal 2", 100), ("equal", 9), ("equal 5", 25), ("equal 8", 400)),
    *(("equal 8", 6), ("orthogonal", 4), ("orthogonal", 12), (1, 5), (2, 4), (3, 6), (4, 3)),
)


def frequencies(problem: Problem, draw: Any, p: int) -> tuple[Array, Array]:
    """Exact law of the p-neuron averages of the products of activation derivatives: weights (m,), matrices (m, n, n)."""
    X = positions(problem, draw)
    if not X.any():
        return np.ones(1), np.zeros((1, len(X), len(X)))
    scales = scaling(problem, 2)
    arcs, directions = sign_arcs(X * scales)
    active = np.where(directions @ (X * scales).T > 0, 1.0, problem.leak)
    masses, shares = multinomial_law(arcs, p)
    return masses, problem.modulus**2 * np.einsum("mk,ki,kj->mij", shares, active, active)


def kernels(problem: Problem, draw: Any, p: int) -> tuple[Array, Array]:
    """Exact law of the kernel matrix of p neurons."""
    masses, means = frequencies(problem, draw, p)
    return masses, gram(problem, draw) * means


def positions(problem: Problem, draw: Any) -> Array:
    """Inputs of a draw, in the plane."""
    return configuration(problem, draw, 2)


def gram(problem: Problem, draw: Any) -> Array:
    """Inner products of the inputs of a draw."""
    X = positions(problem, draw)
    return X @ X.T


def limits(problem: Problem, draw: Any) -> Array:
    """The limiting kernel matrix of a draw, by quadrature."""
    return limit_matrix(problem, positions(problem, draw))


def chances(problem: Problem, X: Array) -> Array:
    """Means of the products of activation derivatives for every pair of rows, by quadrature."""
    return np.array([[mean_product(problem, slope_between(problem, x, y)) for y in X] for x in X])


def size(problem: Problem, draw: Any) -> int:
    """Number of inputs of a draw."""
    return len(positions(problem, draw))


def _average(problem: Problem, p: int, q: float) -> tuple[Array, Array]:
    masses, values = binomial_law(p, q)
    return masses, problem.length * (values - q) + q


COUNTED = "the tosses of a coin, counted"


def counted(derived: Callable[..., float], largest: Mapping[Any, float]) -> tuple[Derived | Ratio, ...]:
    """A larger side as its derivation gives it, and how near the smaller one comes to it, network by network."""
    return Derived(larger=value(derived)), *ratios("network", largest, within=1e-10, because=COUNTED)


@exercise.claim(
    r"p, q, t, \mathbb{P}",
    domain={"p": cases(4, 8, 16, 40), "q": cases(0.1, 0.3, 0.5, 0.7), "t": cases(-0.4, -0.01, 0.0, 0.004, 0.06, 0.125, 0.25, 0.4)},
    source="Hoeffding 1963, theorem 2",
    changed={"length": 2.0},
    sharp=[Ratio(largest=beyond(4, 0.25) / (2 * math.exp(-0.5)), within=1e-12, because=COUNTED)],
    kept={"t>0": "a deviation; right below 0 the bound is more than 1"},
    in_words=["are independent and lie in $[0,1]$"],
)
def hoeffding() -> Bindings:
    """Both tails of the mean of independent variables in [0, 1], against exact binomial tails."""
    return {r"\mathbb{P}": probability(_average, r"\bar\xi")}


def _averages(problem: Problem, draw: Any) -> Array:
    """Averages over the neurons, entry by entry: neurons counted one by one."""
    X, W = inputs(problem, draw), weights(problem, draw)
    counts = np.array([[sum(w @ x > 0 and w @ y > 0 for w in W) for y in X] for x in X])
    return np.asarray(counts / len(W))


@exercise.claim(
    r"K, \hat K, \Gamma, \bar\xi, q, \omega, n",
    domain={"draw": cases(*DRAWS.values, "long 2", "long 5", *MIXED)},
    source="inner products of vectors of the unit ball are at most 1",
    changed={"modulus": 1.3},
    sharp=[binds_at("draw", "equal 2", "equal 5", "equal 8"), binds_at("draw", "equal 2", "equal 5", "equal 8")],
)
def frobenius_step() -> Bindings:
    """From the largest deviation of an average to the Frobenius norm."""
    return {
        "x": value(inputs),
        r"\Gamma": value(lambda problem, draw: inputs(problem, draw) @ inputs(problem, draw).T),
        r"\bar\xi": value(_averages),
        "q": value(lambda problem, draw: chances(problem, inputs(problem, draw))),
        r"\omega": value(lambda problem, draw: np.abs(_averages(problem, draw) - chances(problem, inputs(problem, draw))).max()),
        "n": value(lambda problem, draw: len(inputs(problem, draw))),
    }


def of_all_entries(problem: Problem, network: tuple[Any, int], share: float) -> float:
    """The chances of all pairs of inputs, one by one: the mean of as many fair coins is so far off on one side, then on the other."""
    count, width = size(problem, network[0]), network[1]
    sides = [math.exp(-2 * (width * share) ** 2 / width) for _ in itertools.combinations_with_replacement(range(count), 2) for _ in (1, -1)]
    return math.fsum(sides)


# Where it is largest: nearer to 0 the event is certain, in whatever norm.
AT_EACH_SHARE = [
    Ratio(largest=ratio, within=1e-10, where={"network": network, "share": share}, because=COUNTED)
    for (network, share), ratio in union_ratios().items()
]


@exercise.claim(
    domain={
        "network": cases(*NETWORKS.values, ("long 1", 400), *((draw, 12) for draw in MIXED)),
        "share": cases(-0.25, -0.01, 0.0, 0.01, *SHARES),
    },
    source="union of n(n+1)/2 events",
    changed={"modulus": 1.5},
    sharp=[(Derived(larger=value(of_all_entries)), *AT_EACH_SHARE)],
    exact="a number of pairs, counted, times the same exponential",
    kept={r"\epsilon>0": "a distance; right below 0 the bound is more than 1"},
)
def union_bound() -> Bindings:
    """The Frobenius error of narrow networks, by exact enumeration, against the sum of Hoeffding's bounds over counted pairs."""
    return {
        "x": value(lambda problem, network: positions(problem, network[0])),
        "p": value(lambda network: network[1]),
        r"\epsilon": value(lambda problem, network, share: share * size(problem, network[0])),
        "n": value(lambda problem, network: size(problem, network[0])),
        "N": value(lambda problem, network: pairs(size(problem, network[0]))),
        "K": value(lambda problem, network: limits(problem, network[0])),
        r"\mathbb{P}": probability(lambda problem, network: kernels(problem, *network), r"\hat K"),
    }


def _one_neuron(problem: Problem) -> tuple[Array, Array]:
    masses, matrices = kernels(problem, "single", 1)
    return masses, matrices[:, 0, 0]


@exercise.claim(
    r"\epsilon, C, K, \mathbb{P}",
    domain={"eps": closed(0.1, 0.45), "C": closed(1, 50)},
    false=True,
    quotes=r"\mathbb{P}(|\hat K-K|\le\epsilon) \ge 1-e^{-\epsilon^2/C}",
)
def one_input() -> Bindings:
    """The printed statement for one unit input and one neuron, with C times log(1/delta)/eps^2 = 1."""
    return {"K": value(lambda problem: float(limits(problem, "single")[0, 0])), r"\mathbb{P}": probability(_one_neuron, r"\hat K")}


def of_fair_coins(problem: Problem, draw: Any, p: int) -> float:
    """The mean square error if every frequency were that of heads of a fair coin, over all its tosses; by eigenvalues."""
    masses, shares = binomial_law(p, 0.5)
    return float(np.sum(np.linalg.eigvalsh(gram(problem, draw)) ** 2) * (masses @ (shares - 0.5) ** 2))


@exercise.claim(
    r"p, n, \Gamma, q, K, \mathbb{E}",
    domain=NARROW | {"draw": cases(*FEW, "long 1", "long 2", *MIXED)},
    source="variance of a binomial mean",
    changed={"modulus": 0.8},
    sharp=[
        (*binds_at("draw", "equal", "equal 2", "equal 5", p=3), Derived(larger=value(of_fair_coins))),
        binds_at("p", 1, 2, 4, draw="equal 8"),
    ],
    points=65,
)
def frobenius_moment() -> Bindings:
    """The mean square of the Frobenius error, by exact enumeration of the patterns of narrow networks."""
    return {
        "x": value(positions),
        "q": value(lambda problem, draw: chances(Problem(), positions(problem, draw))),
        "K": value(limits),
        r"\mathbb{E}": expectation(kernels, r"\hat K"),
    }


def _mean_square(problem: Problem, draw: Any) -> float:
    """Mean square of the Frobenius error of a single neuron's kernel for the weights of the handout, by enumeration."""
    masses, matrices = kernels(Problem(radius=problem.radius), draw, 1)
    return float(masses @ np.sum((matrices - limits(Problem(radius=problem.radius), draw)) ** 2, axis=(1, 2)))


def of_all_changes(problem: Problem, network: tuple[Any, int], depth: float) -> float:
    """Bounded differences: what one neuron changes the error by at most is looked for among its patterns, against seeing none."""
    products, width = gram(problem, network[0]), network[1]
    patterns = np.array(list(itertools.product((0.0, 1.0), repeat=len(products))))
    change = float(np.sqrt(np.einsum("ki,kj,ij->k", patterns, patterns, products**2).max())) / width
    distance = depth * change * math.sqrt(width)
    return math.exp(-2 * distance**2 / math.fsum([change**2] * width))


@exercise.claim(
    domain={"network": cases(*NETWORKS.values, ("zero", 4), ("tiny", 4)), "depth": cases(-0.5, -0.01, 0.0, *DEPTHS)},
    source="McDiarmid 1989",
    changed={"modulus": 1.5},
    kept={"t>0": "a distance; right below 0 the bound is nearly 1"},
    sharp=[counted(of_all_changes, mcdiarmid_ratios())],
)
def mcdiarmid() -> Bindings:
    """The Frobenius error of narrow networks, by exact enumeration, against the bounded-differences inequality."""
    return {
        "p": value(lambda network: network[1]),
        "t": value(
            lambda problem, network, depth: depth * (float(np.linalg.norm(gram(problem, network[0]))) or 1.0) / math.sqrt(network[1])
        ),
        "V": value(lambda problem, network: _mean_square(problem, network[0])),
        r"\Gamma": value(lambda problem, network: gram(problem, network[0])),
        "K": value(lambda problem, network: limits(problem, network[0])),
        r"\mathbb{P}": probability(lambda problem, network: kernels(problem, *network), r"\hat K"),
    }
