"""Integrals and extrema of many functions at once, each over its own interval, to the same errors as one at a time.

A body takes abscissae (functions, points) and returns values and their errors, both of that shape. Nothing here knows formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hwgen.analysis.calculus import GRIDS, approaches, diverges
from hwgen.analysis.ends import LOOKS, inside, inwards, with_end
from hwgen.analysis.seen import Seen
from hwgen.arithmetic.rounding import EPS
from hwgen.model import Approx

Floats = NDArray[np.float64]
Body = Callable[[Floats], tuple[Floats, Floats]]
Values = Callable[[Floats], Floats]
Limits = tuple[Floats, Floats]  # and the errors of these
# Each round of the search keeps two of so many parts around the best point; together they leave 1e-12 of the interval.
PARTS = 32
ROUNDS = 8


def integrals(body: Body, first: Limits, last: Limits) -> tuple[Floats, Floats]:
    """The integrals between limits and bounds on their errors, all (functions,); NaN where there is none."""
    # The same rule as for one function: see calculus.integral for its levels.
    from scipy.integrate import tanhsinh

    (low, _), (high, _), seen = first, last, Seen()
    known = ~(np.isnan(low) | np.isnan(high))
    known &= ~_divergent(lambda u: body(u)[0], np.where(known, low, 0.0), np.where(known, high, 0.0))
    count = len(low)

    def at(u: Any, number: Any) -> Any:
        # Functions that have converged are left out by the rule; NaN stands for their abscissae, so that no oracle is asked.
        places = np.ravel(number).astype(int)
        full = np.full((count, u.size // len(places)), np.nan)
        full[places] = np.reshape(u, (len(places), -1))
        values, errors = body(full)
        seen.note(full, values, errors)
        return np.reshape(values[places], np.shape(u))

    ends = np.where(known, low, 0.0), np.where(known, high, 0.0)
    found = tanhsinh(at, *ends, args=(np.arange(float(count)),), atol=1e-14, rtol=1e-13, minlevel=5, maxlevel=9)
    value = np.where(known & np.isfinite(found.integral), found.integral, np.nan)
    gross, inherited = seen.areas()
    inherited = inherited + _moved(body, *first, least=False) + _moved(body, *last, least=False)
    return value, np.where(np.isnan(value), np.nan, 2 * found.error + 100 * EPS * gross + inherited)


def _divergent(body: Values, low: Floats, high: Floats) -> Any:
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


def _moved(body: Body, end: Floats, error: Floats, least: bool) -> Floats:
    """What the errors of ends do: to integrals, or to least values that are attained there."""
    if not np.any(np.isfinite(end) & (error > 0)):
        return np.zeros(len(end))
    values, _ = body(np.array([end - error, end, end + error]).T)
    beside = np.abs(values[:, ::2] - values[:, 1:2]) if least else np.abs(values[:, ::2]) * error[:, None]
    found: Floats = np.max(np.where(np.isfinite(beside) & (error > 0)[:, None], beside, 0.0), axis=1)
    return found


def least(body: Body, first: Limits, last: Limits, left_out: tuple[bool, bool] = (False, False)) -> tuple[Floats, Floats]:
    """The least values between limits and bounds on their errors, all (functions,): each searched from two grids, as one at a time."""
    (low, _), (high, _), seen = first, last, Seen()

    def values(u: Floats) -> Floats:
        found, errors = body(u)
        seen.note(u, found, errors)
        return found

    known = low <= high
    start, stop = np.array([inside(*pair, left_out) for pair in zip(low, high, strict=True)]).T
    (one, error), (other, apart) = _searched(values, start, stop)
    value, missed = np.minimum(one, other), np.where(one <= other, error, apart) + 10 * np.abs(one - other)
    value, missed = _beside(body, value, missed + seen.doubt(value), low, high, left_out)
    missed = missed + _moved(body, *first, least=True) + _moved(body, *last, least=True)
    return np.where(known, value, np.nan), np.where(known, missed, np.nan)


def _beside(body: Body, value: Floats, error: Floats, low: Floats, high: Floats, left_out: tuple[bool, bool]) -> tuple[Floats, Floats]:
    """Least values with what lies beside the ends that are left out."""
    steps = np.array([inwards(*pair, left_out) for pair in zip(low, high, strict=True)])
    found = [Approx(value=one, error=apart) for one, apart in zip(value.tolist(), error.tolist(), strict=True)]
    for end, step in zip((low, high), steps.T, strict=True):
        if step.any():
            near, _ = body(end[:, None] + step[:, None] * np.array(LOOKS))
            found = [with_end(one, *row) if inward else one for one, row, inward in zip(found, near.tolist(), step, strict=True)]
    return np.array([one.value for one in found]), np.array([one.error for one in found])


def _searched(body: Values, low: Floats, high: Floats) -> list[tuple[Floats, Floats]]:
    """From each grid, then ever finer ones around its best points. No value where the best point runs off to infinity."""
    ends, rows = _folded(low, high), np.arange(len(low))

    def at(parts: Sequence[Floats]) -> list[Floats]:
        # One call for the places of all grids: what a call costs beside its numbers is paid once.
        found = body(_unfolded(np.concatenate(parts, axis=1), low[:, None], high[:, None]))
        return np.split(found, np.cumsum([part.shape[1] for part in parts])[:-1], axis=1)

    grids = [np.linspace(*ends, count, axis=-1) for count in GRIDS]
    heights = at(grids)
    best = [np.argmin(np.where(np.isnan(one), np.inf, one), axis=1) for one in heights]
    sides = [(np.maximum(one - 1, 0), np.minimum(one + 1, grid.shape[1] - 1)) for one, grid in zip(best, grids, strict=True)]
    around = [(grid[rows, before], grid[rows, after]) for grid, (before, after) in zip(grids, sides, strict=True)]
    values = _refined(at, [one[rows, place] for one, place in zip(heights, best, strict=True)], around)
    found = []
    for value, height, place, (before, after) in zip(values, heights, best, sides, strict=True):
        near = np.array([height[rows, one] for one in (before, place, after)])
        spread = np.where(np.isinf(low) | np.isinf(high), np.ptp(near, axis=0), np.ptp(height, axis=1))
        # A refined search stops within sqrt(eps) of a smooth extremum, whose value is then known to about eps.
        error = 1e-10 * np.maximum(np.abs(value), spread)
        astray = np.isnan(height).any(axis=1)
        edge = ((place == 0) & np.isinf(low)) | ((place == height.shape[1] - 1) & np.isinf(high))
        if edge.any():
            (inner,) = at([np.where(place > 0, ends[1] - 1e-4, ends[0] + 1e-4)[:, None]])
            apart = np.abs(inner[:, 0] - value)
            error = np.where(edge, error + apart, error)
            astray |= edge & (apart > 1e-3 * np.maximum(np.abs(value), 1.0))
        found.append((np.where(astray, np.nan, value), np.where(astray, np.nan, error)))
    return found


def _refined(at: Callable[[Sequence[Floats]], list[Floats]], values: list[Floats], around: list[tuple[Floats, Floats]]) -> list[Floats]:
    """Of each grid the least of the values and of those on ever finer grids around them."""
    rows = np.arange(len(values[0]))
    for _ in range(ROUNDS):
        finer = [np.linspace(*ends, PARTS + 1, axis=-1) for ends in around]
        for number, (places, near) in enumerate(zip(finer, at(finer), strict=True)):
            best = np.argmin(np.where(np.isnan(near), np.inf, near), axis=1)
            values[number] = np.fmin(values[number], near[rows, best])
            around[number] = places[rows, np.maximum(best - 1, 0)], places[rows, np.minimum(best + 1, PARTS)]
    return values


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
