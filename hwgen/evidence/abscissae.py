"""Integrals and extrema of many functions at once, each over its own interval, to the same errors as one at a time.

A body takes abscissae (functions, points) and returns values of that shape. Nothing here knows formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hwgen.evidence.calculus import EPS, GRID

Floats = NDArray[np.float64]
Body = Callable[[Floats], Floats]
# Each round of the search keeps two of so many parts around the best point; together they leave 1e-12 of the interval.
PARTS = 32
ROUNDS = 8


def integrals(body: Body, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The integrals from low to high and bounds on what the quadrature misses, all (functions,); NaN where there is none."""
    # The same rule as for one function: see calculus.integral for its levels.
    from scipy.integrate import tanhsinh

    known = ~(np.isnan(low) | np.isnan(high))
    count = len(low)

    def at(u: Any, number: Any) -> Any:
        # Functions that have converged are left out by the rule; NaN stands for their abscissae, so that no oracle is asked.
        places = np.ravel(number).astype(int)
        full = np.full((count, u.size // len(places)), np.nan)
        full[places] = np.reshape(u, (len(places), -1))
        return np.reshape(body(full)[places], np.shape(u))

    ends = np.where(known, low, 0.0), np.where(known, high, 0.0)
    found = tanhsinh(at, *ends, args=(np.arange(float(count)),), atol=1e-14, rtol=1e-13, minlevel=5, maxlevel=9)
    value = np.where(known & np.isfinite(found.integral), found.integral, np.nan)
    return value, np.where(np.isnan(value), np.nan, 2 * found.error + 100 * EPS * np.abs(value))


def least(body: Body, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The least values on [low, high] and bounds on their errors, all (functions,): a grid, then a search around its best points."""
    infinite = np.isinf(low) | np.isinf(high)

    def to_real(t: Floats) -> Floats:
        return np.where(infinite[:, None], t / (1 - t * t), t)

    ends = np.where(infinite, -1 + 1e-6, low), np.where(infinite, 1 - 1e-6, high)
    grid = np.linspace(*ends, GRID, axis=-1)
    values = body(to_real(grid))
    rows = np.arange(len(low))
    best = np.argmin(np.where(np.isnan(values), np.inf, values), axis=1)
    value = values[rows, best]
    around = grid[rows, np.maximum(best - 1, 0)], grid[rows, np.minimum(best + 1, GRID - 1)]
    for _ in range(ROUNDS):
        finer = np.linspace(*around, PARTS + 1, axis=-1)
        near = body(to_real(finer))
        best = np.argmin(np.where(np.isnan(near), np.inf, near), axis=1)
        value = np.fmin(value, near[rows, best])
        around = finer[rows, np.maximum(best - 1, 0)], finer[rows, np.minimum(best + 1, PARTS)]
    known = ~np.isnan(values).any(axis=1) & (low <= high)
    value = np.where(known, value, np.nan)
    return value, np.where(known, 1e-10 * np.maximum(np.abs(value), np.ptp(values, axis=1)), np.nan)
