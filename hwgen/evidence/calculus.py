"""Integrals and extrema of functions of one real variable in floating point, with an estimate of what they miss.

Nothing here knows formulas.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from hwgen.model import Approx

EPS = float(np.finfo(float).eps)
GRID = 401


def integral(body: Callable[[float], float], low: float, high: float) -> Approx:
    # Five levels at least: on coarser ones the estimate of the error is no bound.
    # Not scipy.integrate.quad: QUADPACK in SciPy 1.17 ends the process (bus error) on some integrands that are not finite.
    from scipy.integrate import tanhsinh

    if math.isnan(low) or math.isnan(high):
        return Approx(value=math.nan, error=math.nan)

    def at(u: Any) -> Any:
        return np.reshape([body(float(one)) for one in np.ravel(u)], np.shape(u))

    with np.errstate(all="ignore"):
        found = tanhsinh(at, low, high, atol=1e-14, rtol=1e-13, minlevel=5, maxlevel=9)
    value, error = float(found.integral), float(found.error)
    return Approx(value=value, error=2 * error + 100 * EPS * abs(value)) if math.isfinite(value) else Approx(value=math.nan, error=math.nan)


def least(body: Callable[[float], float], low: float, high: float) -> Approx:
    """The least value on [low, high]: a grid, then a bounded search around its best point."""
    from scipy.optimize import minimize_scalar

    if not low <= high:
        return Approx(value=math.nan, error=math.nan)
    infinite = math.isinf(low) or math.isinf(high)

    def to_real(t: float) -> float:
        return t / (1 - t * t) if infinite else t

    ends = (-1 + 1e-6, 1 - 1e-6) if infinite else (low, high)
    grid = np.linspace(*ends, GRID)
    values = np.array([body(to_real(float(t))) for t in grid])
    if np.isnan(values).any():
        return Approx(value=math.nan, error=math.nan)
    best = int(np.argmin(values))
    around = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, GRID - 1)])
    found = (
        minimize_scalar(lambda t: body(to_real(t)), bounds=around, method="bounded", options={"xatol": 1e-11})
        if around[0] < around[1]
        else None
    )
    value = min(float(values[best]), float(found.fun)) if found is not None else float(values[best])
    # The search stops within sqrt(eps) of a smooth extremum, whose value is then known to about eps.
    return Approx(value=value, error=1e-10 * max(abs(value), float(np.ptp(values))))
