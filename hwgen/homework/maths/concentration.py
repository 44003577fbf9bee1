"""Exact laws of means of few-valued variables, and the widths and radii that Hoeffding's and McDiarmid's inequalities promise.

Pure functions: a law is (weights, values) with weights summing to 1; nothing here draws at random.
"""

import itertools
import math

import numpy as np
import scipy
from numpy.typing import ArrayLike

from hwgen.homework.maths import Array


def binomial_law(p: int, q: float) -> tuple[Array, Array]:
    r"""Law of the mean of p independent Bernoulli(q) variables: :math:`P(k/p) = \binom pk q^k (1-q)^{p-k}`.

    p >= 1, q in [0, 1]. Returns (weights (p+1,), values k/p (p+1,)), weights to a relative error of about 1e-13 p.
    """
    k = np.arange(p + 1.0)
    logarithm = (
        scipy.special.gammaln(p + 1)
        - scipy.special.gammaln(k + 1)
        - scipy.special.gammaln(p - k + 1)
        + scipy.special.xlogy(k, q)
        + scipy.special.xlogy(p - k, 1 - q)
    )
    weights = np.exp(logarithm)
    return weights / weights.sum(), k / p


def multinomial_law(weights: ArrayLike, p: int) -> tuple[Array, Array]:
    r"""Law of the frequencies of k outcomes in p independent draws: every composition of p with its multinomial probability.

    weights : (k,) probabilities. Returns (probabilities (m,), frequencies (m, k)), m = C(p + k - 1, k - 1); keep m below 1e5.
    """
    outcome = np.asarray(weights, float)
    bars = np.array(list(itertools.combinations(range(p + outcome.size - 1), outcome.size - 1)), dtype=float)
    walls = np.pad(bars, ((0, 0), (1, 1)), constant_values=((0, 0), (-1, p + outcome.size - 1)))
    counts = np.diff(walls, axis=1) - 1
    logarithm = (
        scipy.special.gammaln(p + 1) - scipy.special.gammaln(counts + 1).sum(axis=1) + scipy.special.xlogy(counts, outcome).sum(axis=1)
    )
    return np.exp(logarithm), counts / p


def hoeffding_width(n: int, eps: float, delta: float) -> float:
    r"""Width :math:`\frac{n^2}{2\epsilon^2}\log\frac{n(n+1)}\delta` that makes the union bound over entries equal to delta.

    n >= 1, eps > 0, delta in (0, 1]. Neurons.
    """
    return n * n / (2 * eps * eps) * math.log(n * (n + 1) / delta)


def hoeffding_radius(n: int, p: ArrayLike, delta: float) -> Array:
    r"""Frobenius error :math:`n\sqrt{\log(n(n+1)/\delta)/(2p)}` that the union bound promises with probability 1 - delta.

    p : (...,) widths. Inverse of `hoeffding_width` in eps.
    """
    return np.asarray(n * np.sqrt(math.log(n * (n + 1) / delta) / (2 * np.asarray(p, float))))


def error_variance(gram: ArrayLike, q: ArrayLike) -> float:
    r"""The sum :math:`V = \sum_{ij} G_{ij}^2 q_{ij}(1-q_{ij})`: p times the mean square Frobenius error of the kernel of p neurons.

    gram, q : (n, n). Units of x to the fourth.
    """
    return float(np.sum(np.asarray(gram, float) ** 2 * np.asarray(q, float) * (1 - np.asarray(q, float))))


def mcdiarmid_radius(variance: float, gram_norm: float, p: ArrayLike, delta: float) -> Array:
    r"""Frobenius error :math:`\sqrt{V/p} + \|G\|_F\sqrt{\log(1/\delta)/(2p)}` promised with probability 1 - delta.

    variance : V of `error_variance`; gram_norm : Frobenius norm of the Gram matrix; p : (...,) widths. Source: McDiarmid (1989).
    """
    width = np.asarray(p, float)
    return np.asarray(np.sqrt(variance / width) + gram_norm * np.sqrt(math.log(1 / delta) / (2 * width)))


def exceeds(s: ArrayLike) -> Array:
    r""":math:`P(|G|>s)=\mathrm{erfc}(s/\sqrt2)`, s >= 0; relative error below 1e-14."""
    return np.asarray(scipy.special.erfc(np.asarray(s, float) / math.sqrt(2)))


def largest_below(s: ArrayLike, p: int) -> Array:
    r""":math:`P(S_p\le s)=P(|G|\le s)^p`, through the logarithm so that neither tail loses digits."""
    return np.asarray(np.exp(p * np.log1p(-exceeds(s))))


# How far beside its level the law of a maximum has ends of intervals.
BESIDE = 1e-3


def largest_law(p: int, at: float, *, cells: int = 24) -> tuple[Array, Array]:
    """A discrete law of S_p that gives every interval between multiples of `at` / 4 its exact probability: (weights, midpoints).

    at > 0; the first `cells` intervals, then one for the rest; besides, narrow ones around `at`, so that a threshold beside it shows.
    """
    edges = np.union1d(at / 4 * np.arange(cells + 1.0), at * np.array([1 - BESIDE, 1 + BESIDE]))
    below = largest_below(edges[1:], p)
    weights = np.diff(np.concatenate([[0.0], below, [1.0]]))
    return weights, np.concatenate([(edges[1:] + edges[:-1]) / 2, [edges[-1] + at]])


def coupled(first: tuple[Array, Array], second: tuple[Array, Array]) -> tuple[Array, Array, Array]:
    """A joint law with the two given marginals, both increasing functions of one uniform variable: (weights, first, second)."""
    ends = [np.minimum(np.cumsum(weights), 1.0) for weights, _ in (first, second)]
    edges = np.concatenate([[0.0], np.union1d(ends[0][:-1], ends[1][:-1]), [1.0]])
    middles = (edges[1:] + edges[:-1]) / 2
    values = [law[1][np.minimum(np.searchsorted(end, middles), law[1].size - 1)] for law, end in zip((first, second), ends, strict=True)]
    return np.diff(edges), values[0], values[1]
