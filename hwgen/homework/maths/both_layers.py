r"""Training both layers of :math:`f=p^{-1/2}\sum_ja_j\sigma(z_j)`: the two-by-two block, the remainder of a neuron, suprema.

A step moves a_j by alpha_j and z_j by u_j; its squared length is at least :math:`\sum_j\alpha_j^2+u_j^2/r^2`, with equality when every
w_j moves along x. Suprema are bracketed: a knapsack that attains its value, and Lagrange's dual. Owns no law of the weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hwgen.homework.maths import Array, maximisation
from hwgen.homework.maths.activations import Activation
from hwgen.homework.maths.networks import Network

PARTS = 24
ANGLES = 120
NEURONS = 48
SIDE = 32
# The first step of the multiplier, relative; how close its value comes to the least one, and after how many looks it is left.
FIRST, CLOSE, LOOKS = 0.01, 1e-6, 20
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
    # The two directions that differ in the sign of alpha only have the same u: the larger remainder is that where both parts agree.
    angle = math.pi / 2 * np.linspace(-1, 1, angles // 2 + 1)
    start, slope = network.activation.call(z[kept, None]), network.activation.first(z[kept, None])
    found = np.empty((2, kept.size, PARTS + 1))
    for part in range(PARTS + 1):
        rho = R * math.sqrt(part / PARTS)
        u = r * rho * np.sin(angle)
        increment = network.activation.call(z[kept, None] + u) - start
        outer, inner = network.a[kept, None] * (increment - slope * u), np.abs(rho * np.cos(angle) * increment)
        found[:, :, part] = np.max(inner + outer, axis=1), np.max(inner - outer, axis=1)
    return np.maximum.accumulate(found, axis=2)


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
    none = np.full(size, -np.inf)
    for row in table:
        # What is left of the budget is negative, and counts from the end, where the row would take more than there is.
        best = np.max(np.concatenate([best, none])[left] + row, axis=1)
    return float(best[-1])


def peaks(table: Array) -> tuple[Array, Array]:
    """Of each row on an even grid the maximum of the parabola through the largest value and its neighbours, and where that one is."""
    best, last = table.argmax(axis=1), table.shape[1] - 1
    row = np.arange(len(table))
    left, middle, right = table[row, np.maximum(best - 1, 0)], table[row, best], table[row, np.minimum(best + 1, last)]
    bend = np.where((best > 0) & (best < last), 2 * middle - left - right, 0.0)
    return np.asarray(middle + (right - left) ** 2 / np.where(bend > 0, 8 * bend, np.inf)), best


def dual(network: Network, x: Array, R: float, near: float) -> float:
    r"""The larger one, of both signs, of :math:`\min_\lambda\lambda R^2+\sum_j\max(0,\max_{\alpha,u}\pm F_j-\lambda(\alpha^2+u^2/r^2))`.

    For lambda within a tenth of `near`. The maximum over alpha is exact, that over u = R r sin(angle) is the `peaks` of 2 SIDE + 1
    angles, which may fall short of it by about NEGLECTED (relative).
    """
    r, z, signs = float(np.linalg.norm(x)), network.preactivations(x), (1.0, -1.0)
    angle = math.pi / 2 * np.linspace(-1, 1, 2 * SIDE + 1)
    u = R * r * np.sin(angle)
    useful: list[list[_Gains]] = []
    for rows in np.array_split(np.arange(z.size), -(-z.size // ROWS)):
        start = network.activation.call(z[rows, None])
        increment = network.activation.call(z[rows, None] + u) - start
        straight = network.a[rows, None] * (increment - network.activation.first(z[rows, None]) * u)
        increment = np.abs(increment)
        both = [_Gains(A=sign * straight, B=increment, squares=(u / r) ** 2, cap=R * np.cos(angle)) for sign in signs]
        # A neuron that gains nothing at the smallest multiplier gains nothing at any.
        useful.append([one.those(one.excess(0.9 * near)[0] > 0) for one in both])
    return max(_least(_Gains.together(some), R, near) for some in zip(*useful, strict=True))


def _least(gains: _Gains, R: float, near: float) -> float:
    """The least value, a convex function of the multiplier, to within CLOSE (relative): by the crossing of tangents on either side."""
    best, multiplier, step = math.inf, near, FIRST * near
    ends: dict[bool, tuple[float, float, float]] = {}
    for _ in range(LOOKS):
        excess, spent = gains.excess(multiplier)
        value, slope = multiplier * R * R + float(np.sum(excess)), R * R - float(np.sum(spent))
        best, falls = min(best, value), slope < 0
        ends[falls] = (multiplier, value, slope)
        if falls:
            gains = gains.those(excess > 0)  # one that gains nothing here gains nothing at a larger multiplier
        if len(ends) == 2:
            (left, low, down), (right, high, up) = ends[True], ends[False]
            multiplier = (high - low + down * left - up * right) / (down - up)
            if best - (low + down * (multiplier - left)) <= CLOSE * best:
                break
        elif 0.9 * near < multiplier < 1.1 * near:
            multiplier = min(max(multiplier + (step if falls else -step), 0.9 * near), 1.1 * near)
            step *= 3
        else:
            break
    return best


@dataclass(frozen=True, kw_only=True)
class _Gains:
    """The remainder A + alpha B of neurons (rows) at steps u / r of these squares, where alpha is at most `cap`."""

    A: Array
    B: Array
    squares: Array
    cap: Array

    @classmethod
    def together(cls, some: Sequence[_Gains]) -> _Gains:
        A, B = np.concatenate([one.A for one in some]), np.concatenate([one.B for one in some])
        return cls(A=A, B=B, squares=some[0].squares, cap=some[0].cap)

    def those(self, which: Array) -> _Gains:
        return replace(self, A=self.A[which], B=self.B[which])

    def excess(self, multiplier: float) -> tuple[Array, Array]:
        """The most that each gains beyond the cost of its budget, if anything, and the budget of that.

        Without a step the excess is 0 and stationary: no parabola between angles says more of a neuron that is best left where it is.
        """
        alpha = np.minimum(self.B / (2 * multiplier), self.cap)
        most, step = peaks(self.A + alpha * (self.B - multiplier * alpha) - multiplier * self.squares)
        spent = alpha[np.arange(len(step)), step] ** 2 + self.squares[step]
        moved = step != SIDE
        return np.where(moved, most, 0.0), np.where(moved, spent, 0.0)


def attained(network: Network, x: Array, R: float, *, neurons: int = NEURONS, angles: int = ANGLES) -> float:
    r"""A value that :math:`\sqrt p\,|f-f_{\mathrm{lin}}|` attains on the ball of radius R."""
    return max(knapsack(table) for table in gains(network, x, R, neurons=neurons, angles=angles))


def bracket(network: Network, x: Array, R: float, *, neurons: int = NEURONS, angles: int = ANGLES) -> tuple[float, float]:
    r"""A value that :math:`\sqrt p\,|f-f_{\mathrm{lin}}|` attains on the ball of radius R, and what Lagrange's dual allows."""
    low = attained(network, x, R, neurons=neurons, angles=angles)
    return low, dual(network, x, R, low / R**2)
