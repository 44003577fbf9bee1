"""Suprema found by dense candidates and an ascent: of functions of one variable, and over balls. What is found is attained, never more.

Owns no function to maximise.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import scipy

from hwgen.homework.maths import Array

CANDIDATES = 480
STARTS = 8


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
    climbs = [(sign, k) for sign in (1.0, -1.0) for k in first + np.argmax(sign * values, axis=1)]
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
