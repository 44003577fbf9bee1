r"""The largest of p independent standard normal variables in absolute value, by its exact law.

Owns no asymptotics; :math:`S_p=\max_{j\le p}|G_j|` is dimensionless.
"""

import math

import numpy as np
import scipy
from numpy.typing import ArrayLike

from hwgen.homework.maths import Array


def exceeds(s: ArrayLike) -> Array:
    r""":math:`P(|G|>s)=\mathrm{erfc}(s/\sqrt2)`, s >= 0; relative error below 1e-14."""
    return np.asarray(scipy.special.erfc(np.asarray(s, float) / math.sqrt(2)))


def largest_below(s: ArrayLike, p: int) -> Array:
    r""":math:`P(S_p\le s)=P(|G|\le s)^p`, through the logarithm so that neither tail loses digits."""
    return np.asarray(np.exp(p * np.log1p(-exceeds(s))))


def largest_quantile(p: ArrayLike, level: float) -> Array:
    r"""The s with :math:`P(S_p\le s)` = level, for p >= 1 and level in (0, 1)."""
    return np.asarray(math.sqrt(2) * scipy.special.erfcinv(-np.expm1(math.log(level) / np.asarray(p, float))))


def largest_law(p: int, at: float, *, cells: int = 24) -> tuple[Array, Array]:
    """A discrete law of S_p that gives every interval between multiples of `at` / 4 its exact probability: (weights, midpoints).

    at > 0; the first `cells` intervals, then one for the rest.
    """
    edges = at / 4 * np.arange(cells + 1.0)
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
