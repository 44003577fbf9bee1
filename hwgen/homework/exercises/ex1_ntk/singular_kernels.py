"""Part II of Exercise 1: when bounded differences win, kernels of crosses, small eigenvalues, singular kernels of narrow networks."""

import itertools
import math
from typing import Any

import numpy as np
import scipy

from hwgen.authors import Bindings, Estimate, binds_at, cases, closed, expectation, function, integers, probability, value
from hwgen.homework.maths import Array
from hwgen.homework.maths.concentration import multinomial_law
from hwgen.homework.maths.kernels import empirical_ntk, sign_arcs
from hwgen.homework.maths.spectra import numerical_nullity, smallest_eigenvalue

from .concentration import gram, limits, size
from .positivity import LEAST_IN_PLANE, nullities
from .problem import Problem, exercise, limit_matrix
from .widths import CHANCE, bounded_differences_root, root_width


def _crossing(problem: Problem, n: int) -> float:
    """The failure probability at which the two widths are equal, found as a root in its logarithm; there is none without inputs."""
    if n < 1:
        return math.nan

    def ahead(logarithm: float) -> float:
        delta = math.exp(-logarithm)
        return math.log(bounded_differences_root(problem, n, 1.0, delta)) - math.log(root_width(problem, n, 1.0, delta))

    return math.exp(-scipy.optimize.brentq(ahead, 1e-9, 200.0, xtol=1e-13, rtol=1e-14))


@exercise.claim(
    r"n, \delta_n",
    domain={"n": integers(0, 60)},
    source="equating the two widths",
    identity="the setting enters both widths by one factor",
    points=16,
)
def beats_union() -> Bindings:
    """The failure probability above which bounded differences need less width than the union bound, found as a root."""
    return {r"\delta_n": value(_crossing, error=1e-10)}


@exercise.constant()
def crossing_ten(problem: Problem) -> Estimate:
    """The failure probability at which the two widths are equal for ten inputs."""
    crossing = _crossing(problem, 10)
    return Estimate(value=crossing, error=1e-9 * crossing + 5e-7)


def cross(dimension: int) -> Array:
    """The unit vectors of the axes and their opposites, (2 d, d)."""
    return np.concatenate([np.eye(dimension), -np.eye(dimension)])


@exercise.claim(
    domain={"d": cases(1, 2, 3, 4), "seed": cases(0, 1, 2)},
    source="all angles are right or flat",
    changed={"modulus": 1.3},
    always="for every dimension d and every b",
)
def cross_kernel() -> Bindings:
    """The kernel of a cross is half the identity, as a quadratic form."""
    return {
        "K": value(lambda problem, d: limit_matrix(problem, cross(d)), error=1e-13),
        "b": value(lambda d, seed: np.random.default_rng([47, d, seed]).uniform(-2, 2, 2 * d)),
    }


def _definite(problem: Problem, size: Any) -> Array:
    """A positive definite kernel of n inputs in dimension d at width p, (n, d, p) = size: the first that is found, if there is one."""
    n, d, p = size
    for seed in range(400):
        rng = np.random.default_rng([41, seed])
        K = empirical_ntk(rng.standard_normal((n, d)), rng.standard_normal((p, d)), np.full(p, problem.modulus))
        if numerical_nullity(K) == 0 or n > p * d:
            return K
    raise ValueError(f"no positive definite kernel of {n} inputs found")


# (n, d, p), of which n is p d in some, less in others, and more in the last ones.
SIZES = [
    *((4, 2, 2), (6, 3, 2), (2, 2, 2), (3, 2, 4), (8, 4, 2), (1, 1, 1), (9, 3, 3), (6, 2, 3), (3, 3, 1), (8, 2, 4), (2, 1, 3)),
    *((3, 1, 2), (5, 2, 2)),
]


@exercise.claim(
    domain={"size": cases(*SIZES)},
    source="a Gram matrix of n vectors in dimension pd",
    identity="holds for every activation and every law of the weights",
    sharp=[binds_at("size", (6, 3, 2), (8, 4, 2), (9, 3, 3), (3, 3, 1), (1, 1, 1))],
    exact="a number of inputs and a rank, both counted",
)
def rank_bound() -> Bindings:
    """A positive definite kernel has at most as many inputs as parameters."""
    return {
        "n": value(lambda size: size[0]),
        "d": value(lambda size: size[1]),
        "p": value(lambda size: size[2]),
        r"\hat K": value(_definite),
        r"\lambda_{\min}": function(lambda K: 0.0 if numerical_nullity(K) else smallest_eigenvalue(K), error=1e-13),
        r"\operatorname{rank}": function(lambda K: len(K) - numerical_nullity(K)),
    }


def _definite_root(problem: Problem, draw: Any, delta: float) -> float:
    """The width at which an exponential that starts at n and falls at the rate of the bound reaches delta; if there is one."""
    rate = smallest_eigenvalue(limits(problem, draw)) / float(np.linalg.eigvalsh(gram(problem, draw))[-1])
    most = size(problem, draw)
    if delta <= 0 or rate < 1e-12:
        return math.nan
    return float(scipy.optimize.brentq(lambda p: math.log(most) - p * rate - math.log(delta), -1e3, 1e6, xtol=1e-300, rtol=1e-14))


@exercise.claim(
    r"n, \Gamma, \delta, \lambda_0, p_\circ",
    domain={"draw": cases("single", "orthogonal", 1, 2, 3, 104, 105, "equal 2"), "delta": closed(-0.2, 1.5)},
    source="Markov",
    kept=CHANCE,
    identity="a solved equation, which the setting enters by two eigenvalues alone",
    points=27,
)
def definite_width() -> Bindings:
    """The width at which the bound on the mean nullity, in its exponential form, is delta: found as a root."""
    return {r"\lambda_0": LEAST_IN_PLANE, r"p_\circ": value(_definite_root, error=1e-11)}


def independent(inputs: float | int) -> Array:
    """Two unit inputs at an angle, for a float; as many axes as an integer says."""
    return np.array([[1.0, 0.0], [math.cos(inputs), math.sin(inputs)]]) if isinstance(inputs, float) else np.eye(int(inputs))


def _unseen_law(problem: Problem, inputs: float | int, p: int) -> tuple[Array, Array]:
    """Exact law of the nullity for linearly independent inputs, by enumeration of activation patterns; axes see all of them alike."""
    X = independent(inputs)
    if isinstance(inputs, float):
        masses, directions = sign_arcs(X)
        patterns = np.where(directions @ X.T > 0, 1.0, problem.leak)
    else:
        patterns = np.array(list(itertools.product((1.0, problem.leak), repeat=len(X))))
        masses = np.full(len(patterns), 1 / len(patterns))
    weights, shares = multinomial_law(masses, p)
    return nullities(weights, np.einsum("mk,ki,kj->mij", shares, patterns, patterns) * (X @ X.T))


@exercise.claim(
    r"p, n, \mathbb{E}",
    domain={"inputs": cases(1, 2, 3, 4, 0.4, 1.1, 2.5), "p": integers(1, 4)},
    source="inputs that no neuron sees",
    changed={"leak": 0.5},
    in_words=["linearly independent inputs"],
)
def independent_inputs() -> Bindings:
    """The mean nullity for linearly independent inputs."""
    return {"n": value(lambda inputs: len(independent(inputs))), r"\mathbb{E}": expectation(_unseen_law, r"\nu")}


@exercise.claim(
    r"\vartheta, p, \mathbb{P}",
    domain={"angle": closed(-0.4, 3.6), "p": integers(1, 5)},
    source="inclusion and exclusion",
    changed={"leak": 1.0},
    points=20,
)
def two_singular() -> Bindings:
    """The probability that the kernel of two inputs is singular, by enumeration of all activation patterns."""
    return {r"\mathbb{P}": probability(lambda problem, angle, p: _unseen_law(problem, float(angle), p), r"\nu")}
