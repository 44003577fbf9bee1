r"""Training both layers of :math:`f=p^{-1/2}\sum_ja_j\sigma(z_j)`: the two-by-two block, the remainder of a neuron, suprema.

A step moves a_j by alpha_j and z_j by u_j; its squared length is at least :math:`\sum_j\alpha_j^2+u_j^2/r^2`, with equality when every
w_j moves along x. Suprema are bracketed: a knapsack that attains its value, and Lagrange's dual. Owns no law of the weights.
"""

import math
from typing import Any

import numpy as np
import scipy
from numpy.typing import ArrayLike

from hwgen.homework.maths import Array, maximisation
from hwgen.homework.maths.activations import Activation
from hwgen.homework.maths.networks import Network

PARTS = 24
ANGLES = 120
NEURONS = 48
SIDE = 32
# Steps of the angle in a quarter of all directions, to see which neurons are worth a closer look: twice as many in a half.
ROUGH = 8
NEGLECTED = 2e-3
# Neurons taken at a time, so that what is computed for them stays in the cache.
ROWS = 128


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


def gains(network: Network, x: Array, R: float, *, neurons: int = NEURONS, angles: int = ANGLES) -> Array:
    r"""Largest remainder of either sign of each neuron for the budgets :math:`\alpha^2+u^2/r^2\le R^2k/`PARTS; (2, k, PARTS + 1).

    Only the `neurons` neurons that gain most for their budget are kept. Attained, on a grid of `angles` directions: below the
    maxima by at most about (pi / angles)^2 / 2 relative.
    """
    r, z = float(np.linalg.norm(x)), network.preactivations(x)
    kept = np.argsort(_efficiency(network, z, r, R))[::-1][:neurons]
    angle = 2 * math.pi * np.arange(angles) / angles
    lengths = R * np.sqrt(np.arange(PARTS + 1) / PARTS)[:, None]
    F = remainder(
        network.activation, network.a[kept, None, None], z[kept, None, None], lengths * np.cos(angle), r * lengths * np.sin(angle)
    )
    return np.maximum.accumulate(np.stack([F.max(axis=2), (-F).max(axis=2)]), axis=2)


def square_supremum(network: Network, x: Array, R: float) -> float:
    r""":math:`\sqrt p\,\sup|f-f_{\mathrm{lin}}|` over the ball of radius R for :math:`\sigma(z)=z^2/2`.

    Here |F| is at most :math:`\frac12(|a|+\alpha)u^2+\alpha|z|u`, with equality for one sign of the step, of degree two and three in it,
    so it grows faster than its budget and one neuron takes all of that: the maximum over j and over alpha = R sin t, u = R r cos t.
    Neurons whose |z| is so far below the largest one gain less than its neuron at t = pi / 4. Short of it by 1e-4 relative at most.
    """
    r, z = float(np.linalg.norm(x)), np.abs(network.preactivations(x))
    a = np.abs(network.a)
    near = z >= np.max(z) - (float(np.max(a)) + R) * r
    a, z = a[near, None], z[near, None]

    def height(t: Any) -> Any:
        alpha, u = R * np.sin(np.atleast_1d(t)), R * r * np.cos(np.atleast_1d(t))
        return np.squeeze(np.max((a + alpha) * u**2 / 2 + alpha * z * u, axis=0))

    return maximisation.highest(height, np.linspace(0, math.pi / 2, ANGLES + 1))[0]


def _efficiency(network: Network, z: Array, r: float, R: float) -> Array:
    """The largest of a neuron's remainders for three budgets, each over its budget, in a few directions: a rough order, (p,)."""
    best, start, slope = np.zeros(z.size), network.activation.call(z), network.activation.first(z)
    for rho in R * np.array([0.25, 0.5, 1.0]):
        for angle in math.pi / 2 * np.linspace(-1, 1, ROUGH + 1):
            u = r * rho * math.sin(angle)
            increment = network.activation.call(z + u) - start
            # The larger modulus is that for the sign of alpha with which both parts of the remainder agree.
            F = np.abs(network.a * (increment - slope * u)) + rho * math.cos(angle) * np.abs(increment)
            best = np.maximum(best, F / rho**2)
    return best


def hessian_norm(network: Network, x: Array) -> float:
    r""":math:`\max_j\Lambda(a_j\sigma''(z_j)r^2,\sigma'(z_j)r)/\sqrt p`, the operator norm of the Hessian in both layers."""
    r, z = float(np.linalg.norm(x)), network.preactivations(x)
    sizes = block_norm(network.a * network.activation.second(z) * r * r, network.activation.first(z) * r)
    return float(np.max(sizes)) / math.sqrt(network.width)


def knapsack(table: Array) -> float:
    """The largest sum of one entry per row whose columns add up to at most the last column; rows start with 0."""
    size = table.shape[1]
    best, left = np.zeros(size), np.arange(size)[:, None] - np.arange(size)
    for row in table:
        # What is left of the budget is negative where the row would take more than there is.
        best = np.max(np.where(left >= 0, best[left], -np.inf) + row, axis=1)
    return float(best[-1])


def peaks(table: Array) -> Array:
    """The maximum of each row of values on an even grid, of the parabola through the largest one and its two neighbours."""
    best = np.argmax(table, axis=1)
    row = np.arange(len(table))
    left, middle, right = (table[row, np.clip(best + step, 0, table.shape[1] - 1)] for step in (-1, 0, 1))
    bend = np.where((best > 0) & (best < table.shape[1] - 1), 2 * middle - left - right, 0.0)
    return np.asarray(middle + (right - left) ** 2 / np.where(bend > 0, 8 * bend, np.inf))


def dual(network: Network, x: Array, R: float, sign: float, near: float) -> float:
    r""":math:`\min_\lambda\lambda R^2+\sum_j\max(0,\max_{\alpha,u}\pm F_j-\lambda(\alpha^2+u^2/r^2))` for lambda within a tenth of `near`.

    The maximum over alpha is exact, that over u = R r sin(angle) is the `peaks` of 2 SIDE + 1
    angles, which may fall short of it by about NEGLECTED (relative).
    """
    r, z = float(np.linalg.norm(x)), network.preactivations(x)
    angle = math.pi / 2 * np.linspace(-1, 1, 2 * SIDE + 1)
    v, cap = R * np.sin(angle), R * np.cos(angle)

    def excess(A: Array, B: Array, multiplier: float) -> Array:
        alpha = np.minimum(B / (2 * multiplier), cap)
        return peaks(A + B * alpha - multiplier * (alpha**2 + v**2))

    useful = []
    for rows in np.array_split(np.arange(z.size), -(-z.size // ROWS)):
        start = z[rows, None]
        increment = network.activation.call(start + r * v) - network.activation.call(start)
        A, B = sign * network.a[rows, None] * (increment - network.activation.first(start) * (r * v)), np.abs(increment)
        # A neuron that gains nothing at the smallest multiplier gains nothing at any.
        gainful = excess(A, B, 0.9 * near) > 0
        useful.append((A[gainful], B[gainful]))
    A, B = (np.concatenate(part) for part in zip(*useful, strict=True))
    # Every multiplier gives a valid bound, so a rough minimum will do.
    found = scipy.optimize.minimize_scalar(
        lambda t: t * R * R + float(np.sum(np.maximum(excess(A, B, t), 0))),
        bounds=(0.9 * near, 1.1 * near),
        method="bounded",
        options={"xatol": 2e-3 * near},
    )
    return float(found.fun)


def attained(network: Network, x: Array, R: float, *, neurons: int = NEURONS, angles: int = ANGLES) -> float:
    r"""A value that :math:`\sqrt p\,|f-f_{\mathrm{lin}}|` attains on the ball of radius R."""
    return max(knapsack(table) for table in gains(network, x, R, neurons=neurons, angles=angles))


def bracket(network: Network, x: Array, R: float, *, neurons: int = NEURONS, angles: int = ANGLES) -> tuple[float, float]:
    r"""A value that :math:`\sqrt p\,|f-f_{\mathrm{lin}}|` attains on the ball of radius R, and what Lagrange's dual allows."""
    low = attained(network, x, R, neurons=neurons, angles=angles)
    return low, max(dual(network, x, R, sign, low / R**2) for sign in (1.0, -1.0))
