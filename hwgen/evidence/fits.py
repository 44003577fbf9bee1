"""Power laws fitted to data: a slope with its standard error and its drift."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hwgen.model import Estimate, Fit

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, kw_only=True)
class PowerLaw:
    """A fitted slope of log y against log x and its drift, each with its standard error; all dimensionless."""

    slope: float
    error: float
    drift: float
    drift_error: float

    @property
    def estimate(self) -> Estimate:
        """The slope with its standard error."""
        return Estimate(value=self.slope, error=self.error, statistical=True)

    @property
    def drifting(self) -> Estimate:
        """The drift with its standard error."""
        return Estimate(value=self.drift, error=self.drift_error, statistical=True)


def power_law(x: ArrayLike, y: ArrayLike) -> PowerLaw:
    """Least-squares slope of log y against log x, and its drift: the slope over the wider half of the range minus that over the narrower.

    x : (k,) > 0, increasing, k >= 4; y : (k,) > 0, or (replicates, k) of independent replicates, averaged before the logarithm.
    The middle of an odd number of abscissae belongs to both halves. The standard errors come from the replicates (jackknife), as
    the halves share them; those of a single row from its residuals.
    Raises ValueError if a value is not positive or there are fewer than four abscissae.
    """
    abscissa, ordinate = np.log(np.asarray(x, float)), np.atleast_2d(np.asarray(y, float))
    if abscissa.size < 4 or not np.all(ordinate.mean(axis=0) > 0):
        raise ValueError("a power law needs at least four abscissae and positive means")
    mean = np.log(ordinate.mean(axis=0))
    slope, drift = _slope(abscissa, mean), _drift(abscissa, mean)
    replicates = ordinate.shape[0]
    if replicates > 1:
        left_out = np.log((ordinate.sum(axis=0) - ordinate) / (replicates - 1))
        return PowerLaw(
            slope=slope, error=_jackknife(_slope, abscissa, left_out), drift=drift, drift_error=_jackknife(_drift, abscissa, left_out)
        )
    spread = _residual_spread(abscissa, mean)
    return PowerLaw(
        slope=slope,
        error=spread / _length(abscissa),
        drift=drift,
        drift_error=spread * math.hypot(*(1 / _length(abscissa[half]) for half in _halves(abscissa))),
    )


def fitted(fit: Fit, arrays: Sequence[Mapping[str, Any]]) -> Estimate:
    """The part of a power law that a constant declares, from the arrays of its studies."""
    x, y = (axis(*arrays) if callable(axis) else arrays[0][axis] for axis in (fit.x, fit.y))
    law = power_law(x, y if fit.row is None else y[fit.row])
    return law.estimate if fit.part == "slope" else law.drifting


def mean_of(values: Array) -> Estimate:
    """The mean of independent values, with its standard error."""
    return Estimate(value=float(values.mean()), error=float(values.std(ddof=1)) / math.sqrt(len(values)), statistical=True)


def _slope(x: Array, y: Array) -> float:
    centred = x - x.mean()
    return float(centred @ y / (centred @ centred))


def _halves(x: Array) -> tuple[slice, slice]:
    """The wider and the narrower half."""
    half = (x.size + 1) // 2
    return slice(x.size - half, None), slice(half)


def _drift(x: Array, y: Array) -> float:
    wide, narrow = (_slope(x[half], y[half]) for half in _halves(x))
    return wide - narrow


def _jackknife(part: Callable[[Array, Array], float], x: Array, left_out: Array) -> float:
    """The standard error of a part of the law, from its values with each replicate left out in turn."""
    values = np.array([part(x, row) for row in left_out])
    # (n - 1)/n times the sum of squares about their mean: values with one left out are n - 1 times too near to each other.
    return float(np.sqrt((len(values) - 1) * np.var(values)))


def _residual_spread(x: Array, y: Array) -> float:
    """The standard deviation of the residuals of one row from its line."""
    residuals = y - y.mean() - _slope(x, y) * (x - x.mean())
    return math.sqrt(float(residuals @ residuals) / (x.size - 2))


def _length(x: Array) -> float:
    return float(np.linalg.norm(x - x.mean()))
