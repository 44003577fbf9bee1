"""Integrals and extrema of functions of one real variable in floating point, with an estimate of what they miss.

Nothing here knows formulas.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from hwgen.analysis.seen import Seen
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.rounding import EPS, UNDEFINED
from hwgen.model import Approx

GRIDS = (401, 287)


def integral(body: Callable[[float], Approx], low: float, high: float) -> Approx:
    """The integral from low to high; its error holds what the quadrature misses, and what is not known of the body."""
    # Five levels at least: on coarser ones the estimate of the error is no bound.
    # Not scipy.integrate.quad: QUADPACK in SciPy 1.17 ends the process (bus error) on some integrands that are not finite.
    from scipy.integrate import tanhsinh

    if math.isnan(low) or math.isnan(high):
        return UNDEFINED
    seen = Seen()

    def at(u: Any) -> Any:
        found = [body(float(one)) for one in np.ravel(u)]
        values = np.array([one.value for one in found])
        seen.note(np.ravel(u), values, [one.error for one in found])
        return np.reshape(values, np.shape(u))

    with np.errstate(all="ignore"):
        if any(diverges(*(weight * abs(body(u).value) for u, weight in places)) for places in approaches(low, high)):
            raise ShapeError("an integral that does not settle at its ends; write its value, or ends where the integrand is bounded")
        found = tanhsinh(at, low, high, atol=1e-14, rtol=1e-13, minlevel=5, maxlevel=9)
    value, missed = float(found.integral), float(found.error)
    if not math.isfinite(value):
        return UNDEFINED
    gross, inherited = (float(area[0]) for area in seen.areas())
    return Approx(value=value, error=2 * missed + 100 * EPS * gross + inherited)


# An integrand is looked at this near to a finite end, and this far out towards an infinite one.
NEAR, NEARER = 1e-9, 1e-12
SLOWEST = 0.9


def approaches(low: float, high: float) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """For each end two places on the way to it with their weights: their distances from it, or from zero where the end is infinite."""
    step = high - low if math.isfinite(high - low) else 1.0
    found = []
    for sign, end in ((1.0, low), (-1.0, high)):
        if math.isinf(end):
            found.append(((-sign / NEAR, 1 / NEAR), (-sign / NEARER, 1 / NEARER)))
        else:
            found.append(((end + sign * NEAR * step, NEAR), (end + sign * NEARER * step, NEARER)))
    return [pair for pair in found if len({low, high, pair[0][0], pair[1][0]}) == 4]


def diverges(before: float, after: float) -> bool:
    """Whether an integrand of these weighted sizes at the two places falls no faster than 1/u, whose integral does not exist.

    What is not finite, or zero, tells nothing.
    """
    return math.isfinite(after) and before > 0 and after >= SLOWEST * before


def least(body: Callable[[float], Approx], low: float, high: float) -> Approx:
    """The least value on [low, high], searched from two grids; its error is estimated, and holds how far the two differ."""
    if not low <= high:
        return UNDEFINED
    seen = Seen()
    to_real, ends = _folded(low, high)
    endless = (math.isinf(low), math.isinf(high))

    def at(t: float) -> float:
        found = body(to_real(t))
        seen.note([t], [found.value], [found.error])
        return float(found.value)

    found = [_searched(at, ends, count, endless) for count in GRIDS]
    if any(math.isnan(one.value) for one in found):
        return UNDEFINED
    best = min(found, key=lambda one: one.value)
    # What a coarser grid misses, a finer one may miss too: then nothing is known to better than their difference.
    missed = best.error + 10 * abs(found[0].value - found[1].value)
    return Approx(value=best.value, error=missed + float(seen.doubt(np.array([best.value]))[0]))


def _searched(body: Callable[[float], float], ends: tuple[float, float], count: int, endless: tuple[bool, bool]) -> Approx:
    """A grid, then a bounded search around its best point. No value where the best point runs off to infinity."""
    from scipy.optimize import minimize_scalar

    grid = np.linspace(*ends, count)
    values = np.array([body(float(t)) for t in grid])
    if np.isnan(values).any():
        return UNDEFINED
    best = int(np.argmin(values))
    around = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, count - 1)])
    value = float(values[best])
    if around[0] < around[1]:
        value = min(value, float(minimize_scalar(body, bounds=around, method="bounded", options={"xatol": 1e-11}).fun))
    near = [float(values[k]) for k in (max(best - 1, 0), best, min(best + 1, count - 1))]
    spread = max(near) - min(near) if any(endless) else float(np.ptp(values))
    # The search stops within sqrt(eps) of a smooth extremum, whose value is then known to about eps.
    error = 1e-10 * max(abs(value), spread)
    if (best == 0 and endless[0]) or (best == count - 1 and endless[1]):
        inner = body(ends[1] - 1e-4) if best else body(ends[0] + 1e-4)
        error += abs(inner - value)
        if abs(inner - value) > 1e-3 * max(abs(value), 1.0):
            return UNDEFINED
    return Approx(value=value, error=error)


def _folded(low: float, high: float) -> tuple[Callable[[float], float], tuple[float, float]]:
    """A map from a bounded interval onto [low, high], and that interval; a half-line keeps its end."""
    if math.isinf(low) and math.isinf(high):
        return lambda t: t / (1 - t * t), (-1 + 1e-6, 1 - 1e-6)
    if math.isinf(high):
        return lambda t: low + t / (1 - t), (0.0, 1 - 1e-6)
    if math.isinf(low):
        return lambda t: high + t / (1 + t), (-1 + 1e-6, 0.0)
    return lambda t: t, (low, high)
