"""Integrals and extrema of many functions at once, each over its own interval, to the same errors as one at a time.

A body takes abscissae (functions, points) and returns values of that shape. Nothing here knows formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hwgen.evidence.calculus import EPS, GRIDS, approaches, diverges

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
    known &= ~_divergent(body, np.where(known, low, 0.0), np.where(known, high, 0.0))
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


def _divergent(body: Body, low: Floats, high: Floats) -> Any:
    """Which of the functions fall too slowly at an end, (functions,); NaN stands where there is nothing to look at."""
    ends = [approaches(float(one), float(other)) for one, other in zip(low, high, strict=True)]
    found = np.zeros(len(low), dtype=bool)
    for index in range(2):
        pairs = [one[index] if index < len(one) else ((np.nan, np.nan), (np.nan, np.nan)) for one in ends]
        places, weights = np.moveaxis(np.array(pairs), -1, 0)
        with np.errstate(all="ignore"):
            sizes = weights * np.abs(body(places))
        found |= [diverges(float(before), float(after)) for before, after in sizes]
    return found


def least(body: Body, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The least values on [low, high] and bounds on their errors, all (functions,): each searched from two grids, as one at a time."""
    (first, error), (second, other) = (_searched(body, low, high, count) for count in GRIDS)
    value, least_error = np.minimum(first, second), np.where(first <= second, error, other)
    known = low <= high
    return np.where(known, value, np.nan), np.where(known, least_error + 10 * np.abs(first - second), np.nan)


def _searched(body: Body, low: Floats, high: Floats, count: int) -> tuple[Floats, Floats]:
    """A grid, then ever finer ones around its best points. No value where the best point runs off to infinity."""
    ends = _folded(low, high)

    def at(t: Floats) -> Floats:
        return body(_unfolded(t, low[:, None], high[:, None]))

    grid = np.linspace(*ends, count, axis=-1)
    values = at(grid)
    rows = np.arange(len(low))
    best = np.argmin(np.where(np.isnan(values), np.inf, values), axis=1)
    sides = np.maximum(best - 1, 0), np.minimum(best + 1, count - 1)
    value = _refined(at, values[rows, best], (grid[rows, sides[0]], grid[rows, sides[1]]))
    near = np.array([values[rows, one] for one in (sides[0], best, sides[1])])
    spread = np.where(np.isinf(low) | np.isinf(high), np.ptp(near, axis=0), np.ptp(values, axis=1))
    # A refined search stops within sqrt(eps) of a smooth extremum, whose value is then known to about eps.
    error = 1e-10 * np.maximum(np.abs(value), spread)
    astray = np.isnan(values).any(axis=1)
    edge = ((best == 0) & np.isinf(low)) | ((best == count - 1) & np.isinf(high))
    if edge.any():
        inner = at(np.where(best > 0, ends[1] - 1e-4, ends[0] + 1e-4)[:, None])[:, 0]
        error = np.where(edge, error + np.abs(inner - value), error)
        astray |= edge & (np.abs(inner - value) > 1e-3 * np.maximum(np.abs(value), 1.0))
    return np.where(astray, np.nan, value), np.where(astray, np.nan, error)


def _refined(at: Body, value: Floats, around: tuple[Floats, Floats]) -> Floats:
    """The least of the values and of those on ever finer grids around them."""
    rows = np.arange(len(value))
    for _ in range(ROUNDS):
        finer = np.linspace(*around, PARTS + 1, axis=-1)
        near = at(finer)
        best = np.argmin(np.where(np.isnan(near), np.inf, near), axis=1)
        value = np.fmin(value, near[rows, best])
        around = finer[rows, np.maximum(best - 1, 0)], finer[rows, np.minimum(best + 1, PARTS)]
    return value


def _folded(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """A bounded interval for each [low, high]; a half-line keeps its end."""
    left = np.where(np.isinf(low), -1 + 1e-6, np.where(np.isinf(high), 0.0, low))
    right = np.where(np.isinf(high), 1 - 1e-6, np.where(np.isinf(low), 0.0, high))
    return left, right


def _unfolded(t: Floats, low: Floats, high: Floats) -> Floats:
    """From the bounded interval onto [low, high]."""
    line, right, left = np.isinf(low) & np.isinf(high), np.isinf(high), np.isinf(low)
    found: Floats = np.select(np.broadcast_arrays(line, right, left), [t / (1 - t * t), low + t / (1 - t), high + t / (1 + t)], t)
    return found
