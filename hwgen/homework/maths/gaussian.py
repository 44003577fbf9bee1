"""Quadrature rules for the laws of the weights: a rule is (weights, values), a product of rules (weights, values, values, …).

Weights have shape (k,), are positive and sum to 1 up to rounding, so that `weights @ h(values)` is the mean of h.
Owns no integrand.
"""

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from hwgen.homework.maths import Array

Rule = tuple[Array, Array]

# The normal law has mass 2e-23 outside [-REACH, REACH].
REACH = 10.0


def normal(*, step: float = 0.05) -> Rule:
    r"""Trapezoidal rule for :math:`G\sim N(0,1)`: nodes :math:`kh`, weights :math:`h\varphi(kh)`.

    step : h in (0, 0.5]. Returns (weights (k,), nodes (k,)).
    For an integrand analytic in :math:`|\mathrm{Im}|<b` and bounded by B there, the error is at most about
    :math:`2Be^{-2\pi b'/h+b'^2/2}` for every :math:`b'<b`: with h = 0.05 and b = 1/2 below 1e-26, under rounding.
    Not for integrands with kinks: use `normal_panels`. Raises ValueError if step is outside its range.
    Source: Trefethen and Weideman (2014), theorem 5.1.
    """
    if not 0 < step <= 0.5:
        raise ValueError(f"step is {step}; expected a number in (0, 0.5]")
    count = math.ceil(REACH / step)
    nodes = step * np.arange(-count, count + 1.0)
    return step * np.exp(-(nodes**2) / 2) / math.sqrt(2 * math.pi), nodes


def normal_panels(*breaks: float, per_panel: int = 24) -> Rule:
    """N(0, 1) by Gauss-Legendre on panels of length at most 1/2 between -REACH, the `breaks` and REACH.

    For integrands that are smooth between the breaks (kinks of relu at 0, say). Returns (weights (k,), nodes (k,)).
    """
    edges = sorted({-REACH, REACH, *(edge for edge in breaks if abs(edge) < REACH)})
    panels = [np.linspace(a, b, 1 + math.ceil(2 * (b - a))) for a, b in itertools.pairwise(edges)]
    rules = [uniform(a, b, per_panel) for panel in panels for a, b in itertools.pairwise(panel)]
    lengths = np.concatenate([np.diff(panel) for panel in panels])
    nodes = np.concatenate([values for _, values in rules])
    weights = np.concatenate([length * weight for length, (weight, _) in zip(lengths, rules, strict=True)])
    return weights * np.exp(-(nodes**2) / 2) / math.sqrt(2 * math.pi), nodes


def uniform(low: float = -1.0, high: float = 1.0, count: int = 32) -> Rule:
    """The uniform law on [low, high] by Gauss-Legendre: exact for polynomials of degree up to 2 count - 1."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return weights / 2, (low + high) / 2 + (high - low) / 2 * nodes


def rademacher() -> Rule:
    """The signs -1 and 1 with probability one half each: exact."""
    return np.array([0.5, 0.5]), np.array([-1.0, 1.0])


def product(*rules: Rule) -> tuple[Array, ...]:
    """Independent variables: (weights (k1 k2 …,), values of the first, values of the second, …), each (k1 k2 …,)."""
    weights = np.ones(1)
    for weight, _ in rules:
        weights = np.outer(weights, weight).ravel()
    grids = np.meshgrid(*(values for _, values in rules), indexing="ij")
    return (weights, *(grid.ravel() for grid in grids))


def mean(rule: Rule, integrand: Callable[[Any], Any]) -> float:
    """The mean of `integrand(values)` under the rule."""
    return float(rule[0] @ np.asarray(integrand(rule[1]), float))
