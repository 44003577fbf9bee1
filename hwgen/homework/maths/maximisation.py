"""Suprema found by dense candidates and an ascent: of functions of one variable, and over balls. What is found is attained, never more.

Owns no function to maximise.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import scipy

from hwgen.homework.maths import Array

# Each round keeps two of so many parts around the best node, until they are no longer than FINEST, in as many as floats can tell apart.
PARTS, ROUNDS, FINEST = 32, 14, 1e-11
CANDIDATES = 480
STARTS = 8
# An ascent begins at this part of the radius, where it sees the inside as well as the boundary, with a step of FIRST radians.
INSIDE, FIRST = 0.9, 0.3
# The steps tried at once along one direction, as parts of the one that the curvature suggests.
TRIALS = np.array([1.0, 0.5, 0.2, 0.05, 0.01, 1e-3, 2.5, 6.0])
# It ends after this many steps, or when this many gain no more than GAIN of the height; slopes are taken over OFFSET on either side.
MOST_STEPS, STILL, GAIN, OFFSET = 150, 3, 1e-14, 1e-6


def highest(height: Callable[[Any], Any], nodes: Array, tolerance: float = 1e-11) -> tuple[float, float]:
    """(value, place) of the maximum of a smooth function of one variable over increasing nodes, both ends included.

    height takes all nodes at once. The best node, then bounded minimisation between its neighbours, the place to within `tolerance`.
    """
    values = np.asarray(height(nodes), float)
    best = int(np.argmax(values))
    ends = nodes[max(best - 1, 0)], nodes[min(best + 1, len(nodes) - 1)]
    if ends[0] == ends[1]:
        return float(values[best]), float(nodes[best])
    found = scipy.optimize.minimize_scalar(lambda t: -float(height(t)), bounds=ends, method="bounded", options={"xatol": tolerance})
    return max((float(values[best]), float(nodes[best])), (-float(found.fun), float(found.x)))


def height_of(height: Callable[[Any], Any], nodes: Array) -> float:
    """The same maximum without its place, which is known far less well: by ever finer nodes around the best one, a round at once."""
    found = -math.inf
    for _ in range(ROUNDS):
        values = np.asarray(height(nodes), float)
        best = int(np.argmax(values))
        found = max(found, float(values[best]))
        low, high = nodes[max(best - 1, 0)], nodes[min(best + 1, len(nodes) - 1)]
        if high - low <= FINEST:
            break
        nodes = np.linspace(low, high, PARTS + 1)
    return found


def supremum_over_ball(departure: Callable[[Array], Array], neurons: int, R: float, *, each: int = 2, seed: int = 0) -> float:
    r"""The largest :math:`|F|` found on the ball, F a function of `each` (1 or 2) variables of every neuron: never above the supremum.

    departure : (k, each neurons) -> (k,). Starts share the budget R^2 unevenly, since maxima often move few neurons; of STARTS
    lots of them the best of either sign climbs. Short of the supremum by about 1e-9 relative where a start lies below a global maximum.
    """
    rng = np.random.default_rng(seed)
    lengths = R * np.sqrt(rng.dirichlet(np.full(neurons, 0.4), CANDIDATES))
    angle = rng.uniform(0, 2 * math.pi, lengths.shape)
    ways = (np.cos(angle), np.sin(angle)) if each == 2 else (np.sign(np.cos(angle)),)
    points = (lengths[:, :, None] * np.stack(ways, axis=2)).reshape(CANDIDATES, -1)
    values = np.reshape(departure(points), (STARTS, -1))
    first = np.arange(STARTS) * values.shape[1]
    signs = np.repeat([1.0, -1.0], STARTS)
    best = [k for sign in (1.0, -1.0) for k in first + np.argmax(sign * values, axis=1)]
    return _Climbs(departure, signs, R).highest(points[best])


class _Climbs:
    r"""Ascents of :math:`\pm F` from several starts at once, each by a quasi-Newton method (BFGS).

    A point of the ball is :math:`R\,(w_1,\dots,w_n)/\|w\|` for some w of n + 1 entries: no constraint is left, and the boundary, where
    the last entry is 0, is smooth like every other place. F is asked for all starts and trial steps in one call.
    """

    def __init__(self, departure: Callable[[Array], Array], signs: Array, R: float) -> None:
        self.departure, self.signs, self.R = departure, signs, R

    def highest(self, starts: Array) -> float:
        """The largest value that any of the ascents reaches."""
        w = np.column_stack([INSIDE * starts / self.R, np.full(len(starts), math.sqrt(1 - INSIDE**2))])
        height, slope = self._heights(w[:, None])[:, 0], self._slopes(w)
        inverse, still = _steepest(slope), np.zeros(len(w), int)
        for _ in range(MOST_STEPS):
            there, reached = self._stepped(w, height, inverse, slope)
            still = np.where(reached - height > GAIN * np.max(np.abs(height)), 0, still + 1)
            height = reached
            if np.all(still >= STILL):
                break
            steeper = self._slopes(there)
            inverse = _updated(inverse, there - w, slope - steeper, steeper)
            w, slope = there, steeper
        return float(np.max(height))

    def _heights(self, w: Array) -> Array:
        """(starts, k, n + 1) -> (starts, k)."""
        inside = self.R * w[..., :-1] / np.linalg.norm(w, axis=-1, keepdims=True)
        found = np.reshape(self.departure(inside.reshape(-1, inside.shape[-1])), w.shape[:2])
        return np.asarray(self.signs[:, None] * found)

    def _slopes(self, w: Array) -> Array:
        offsets = OFFSET * np.eye(w.shape[1])
        ends = self._heights(w[:, None] + np.concatenate([offsets, -offsets]))
        return np.asarray((ends[:, : len(offsets)] - ends[:, len(offsets) :]) / (2 * OFFSET))

    def _stepped(self, w: Array, height: Array, inverse: Array, slope: Array) -> tuple[Array, Array]:
        """Where the best of the trial steps leads, on the sphere, and how high that is; a start of which none is better stays."""
        way = np.einsum("kij,kj->ki", inverse, slope)
        way /= np.maximum(np.linalg.norm(way, axis=1), 1.0)[:, None]
        tried = w[:, None] + TRIALS[:, None] * way[:, None]
        tried /= np.linalg.norm(tried, axis=-1, keepdims=True)
        found = self._heights(tried)
        found = np.where(np.isfinite(found), found, -np.inf)
        best = np.argmax(found, axis=1)[:, None]
        reached = np.take_along_axis(found, best, axis=1)[:, 0]
        there = np.take_along_axis(tried, best[:, :, None], axis=1)[:, 0]
        better = reached > height
        return np.where(better[:, None], there, w), np.where(better, reached, height)


def _steepest(slope: Array) -> Array:
    """What stands for the inverse of the curvature before any is known: a first step of FIRST along the slope."""
    return np.asarray(np.eye(slope.shape[1]) * (FIRST / np.maximum(np.linalg.norm(slope, axis=1), 1e-300))[:, None, None])


def _updated(inverse: Array, step: Array, change: Array, slope: Array) -> Array:
    """The inverses after a step along which the slope changed; begun again where that shows no maximum ahead, or no step was taken."""
    along = np.einsum("ki,ki->k", step, change)
    curved = along > 1e-12 * np.linalg.norm(step, axis=1) * np.linalg.norm(change, axis=1)
    weight = np.where(curved, 1 / np.where(curved, along, 1.0), 0.0)
    turned = np.einsum("kij,kj->ki", inverse, change)
    mixed = step[:, :, None] * turned[:, None, :]
    both = (weight**2 * np.einsum("ki,ki->k", change, turned) + weight)[:, None, None] * step[:, :, None] * step[:, None, :]
    found = inverse - weight[:, None, None] * (mixed + np.swapaxes(mixed, 1, 2)) + both
    return np.where(curved[:, None, None], found, _steepest(slope))
