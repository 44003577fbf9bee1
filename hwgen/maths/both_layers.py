r"""Training both layers of :math:`f=p^{-1/2}\sum_ja_j\sigma(z_j)`: the two-by-two block, the remainder of a neuron, suprema.

A step moves a_j by alpha_j and z_j by u_j; its squared length is at least :math:`\sum_j\alpha_j^2+u_j^2/r^2`, with equality when every
w_j moves along x. Suprema are bracketed: a knapsack that attains its value, and Lagrange's dual. Owns no law of the weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from hwgen.maths.activations import Activation
from hwgen.maths.networks import Network

Array = NDArray[Any]

PARTS = 24
ANGLES = 120
NEURONS = 48
SIDE = 40
CANDIDATES = 1200
STARTS = 4


def block(c: float, s: float, corner: float = 0.0) -> Array:
    r""":math:`\begin{pmatrix}q&s\\s&c\end{pmatrix}`, q = corner; with q = 0 the Hessian of one neuron where it does not vanish."""
    return np.array([[corner, s], [s, c]])


def block_norm(c: ArrayLike, s: ArrayLike) -> Array:
    r""":math:`\Lambda(c,s)=\frac12\big(|c|+\sqrt{c^2+4s^2}\big)`, the operator norm of `block(c, s)`; elementwise, in their units."""
    return np.asarray((np.abs(c) + np.hypot(c, 2 * np.asarray(s))) / 2)


def remainder(activation: Activation, a: Any, z: Any, alpha: Any, u: Any) -> Any:
    r""":math:`F=a[\sigma(z+u)-\sigma(z)-\sigma'(z)u]+\alpha[\sigma(z+u)-\sigma(z)]`: one neuron's part of sqrt(p) (f - f_lin)."""
    increment = activation.call(z + u) - activation.call(z)
    return a * (increment - activation.first(z) * u) + alpha * increment


def ball_bound(m: float, first: float, second: float, r: float, R: float) -> float:
    r""":math:`\frac{R^2}2\Lambda(mM_2r^2,M_1r)`: a bound on :math:`\sqrt p\,\sup|f-f_{\mathrm{lin}}|` over the ball of radius R."""
    return R * R / 2 * float(block_norm(m * second * r * r, first * r))


def gains(network: Network, x: Array, R: float) -> Array:
    r"""Largest remainder of either sign of each neuron for the budgets :math:`\alpha^2+u^2/r^2\le R^2k/`PARTS; (2, k, PARTS + 1).

    Only the NEURONS neurons of largest block norm are kept. Attained, on a grid of ANGLES directions: below the maxima by at most
    about (pi / ANGLES)^2 / 2 relative.
    """
    r, z = float(np.linalg.norm(x)), network.preactivations(x)
    sizes = block_norm(network.a * network.activation.second(z) * r * r, network.activation.first(z) * r)
    kept = np.argsort(sizes)[::-1][:NEURONS]
    angle = 2 * math.pi * np.arange(ANGLES) / ANGLES
    lengths = R * np.sqrt(np.arange(PARTS + 1) / PARTS)[:, None]
    F = remainder(
        network.activation, network.a[kept, None, None], z[kept, None, None], lengths * np.cos(angle), r * lengths * np.sin(angle)
    )
    return np.maximum.accumulate(np.stack([F.max(axis=2), (-F).max(axis=2)]), axis=2)


def knapsack(table: Array) -> float:
    """The largest sum of one entry per row whose columns add up to at most the last column; rows start with 0."""
    best = np.zeros(table.shape[1])
    for row in table:
        best = np.array([np.max(best[: k + 1][::-1] + row[: k + 1]) for k in range(best.size)])
    return float(best[-1])


def dual(network: Network, x: Array, R: float, sign: float, near: float) -> float:
    r""":math:`\min_\lambda\lambda R^2+\sum_j\max(0,\max_{\alpha,u}\pm F_j-\lambda(\alpha^2+u^2/r^2))` for lambda within a fifth of `near`.

    The maximum over alpha is exact, that over u runs over a grid of 2 SIDE + 1 values: what it neglects is of relative size 1 / SIDE^2.
    """
    r, z = float(np.linalg.norm(x)), network.preactivations(x)[:, None]
    v = R * np.linspace(-1, 1, 2 * SIDE + 1)
    increment = network.activation.call(z + r * v) - network.activation.call(z)
    A = sign * network.a[:, None] * (increment - network.activation.first(z) * (r * v))
    B, cap = np.abs(increment), np.sqrt(np.maximum(R * R - v * v, 0))

    def excess(multiplier: float, some: Any = slice(None)) -> Array:
        alpha = np.minimum(B[some] / (2 * multiplier), cap)
        return np.asarray(np.max(A[some] + B[some] * alpha - multiplier * (alpha**2 + v**2), axis=1))

    # A neuron that gains nothing at the smallest multiplier gains nothing at any.
    useful = np.flatnonzero(excess(0.8 * near) > 0)
    found = scipy.optimize.minimize_scalar(
        lambda t: t * R * R + float(np.sum(np.maximum(excess(t, useful), 0))), bounds=(0.8 * near, 1.2 * near), method="bounded"
    )
    return float(found.fun)


def bracket(network: Network, x: Array, R: float) -> tuple[float, float]:
    r"""A value that :math:`\sqrt p\,|f-f_{\mathrm{lin}}|` attains on the ball of radius R, and what Lagrange's dual allows."""
    tables = gains(network, x, R)
    attained = [knapsack(table) for table in tables]
    allowed = [dual(network, x, R, sign, max(attained) / R**2) for sign in (1.0, -1.0)]
    return max(attained), max(allowed)


def supremum(departure: Callable[[Array], Array], neurons: int, R: float, *, seed: int = 0) -> float:
    r"""The largest :math:`|F|` found on the ball, F a sum over neurons of functions of their (alpha, v): never above the supremum.

    departure : (k, 2 neurons) -> (k,). Starts share the budget R^2 unevenly, since maxima often move few neurons; the best
    STARTS of either sign climb. Short of the supremum by about 1e-9 relative where a start lies below a global maximum.
    """
    rng = np.random.default_rng(seed)
    lengths = R * np.sqrt(rng.dirichlet(np.full(neurons, 0.4), CANDIDATES))
    angle = rng.uniform(0, 2 * math.pi, lengths.shape)
    points = np.stack([lengths * np.cos(angle), lengths * np.sin(angle)], axis=2).reshape(CANDIDATES, -1)
    values = departure(points)
    order = np.argsort(values)
    climbs = [(1.0, k) for k in order[-STARTS:]] + [(-1.0, k) for k in order[:STARTS]]
    return max(_climbed(departure, sign, points[k], R) for sign, k in climbs)


def _climbed(departure: Callable[[Array], Array], sign: float, start: Array, R: float) -> float:
    offsets = 1e-6 * R * np.eye(start.size)

    def slope(v: Array) -> Array:
        ends = departure(np.vstack([v + offsets, v - offsets]))
        return np.asarray(-sign * (ends[: v.size] - ends[v.size :]) / (2e-6 * R))

    found = scipy.optimize.minimize(
        lambda v: -sign * float(departure(v[None])[0]),
        start,
        jac=slope,
        method="SLSQP",
        constraints={"type": "ineq", "fun": lambda v: R * R - v @ v, "jac": lambda v: -2 * v},
        options={"ftol": 1e-13, "maxiter": 200},
    )
    inside = found.x * min(1.0, R / max(float(np.linalg.norm(found.x)), 1e-300))
    return sign * float(departure(inside[None])[0])
