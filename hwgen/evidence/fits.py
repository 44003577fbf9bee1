"""Power laws fitted to data: a slope with its standard error and its drift."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hwgen.model import Estimate


@dataclass(frozen=True, kw_only=True)
class PowerLaw:
    """A fitted slope of log y against log x (dimensionless): its standard error, and its drift between the halves of the range."""

    slope: float
    error: float
    drift: float

    @property
    def estimate(self) -> Estimate:
        """The slope with its standard error."""
        return Estimate(value=self.slope, error=self.error, statistical=True)


def power_law(x: ArrayLike, y: ArrayLike) -> PowerLaw:
    """Least-squares slope of log y against log x.

    x : (k,) > 0, k >= 4; y : (k,) > 0, or (replicates, k) of independent replicates, averaged before the logarithm.
    The standard error comes from the replicates (jackknife) if there are several, otherwise from the residuals.
    drift = slope on the last half of the range minus slope on its first half.
    Raises ValueError if a value is not positive or there are fewer than four abscissae.
    """
    abscissa, ordinate = np.log(np.asarray(x, float)), np.atleast_2d(np.asarray(y, float))
    if abscissa.size < 4 or not np.all(ordinate.mean(axis=0) > 0):
        raise ValueError("a power law needs at least four abscissae and positive means")
    mean = np.log(ordinate.mean(axis=0))
    slope, half = _slope(abscissa, mean), (abscissa.size + 1) // 2
    drift = _slope(abscissa[-half:], mean[-half:]) - _slope(abscissa[:half], mean[:half])
    replicates = ordinate.shape[0]
    if replicates > 1:
        left_out = (ordinate.sum(axis=0) - ordinate) / (replicates - 1)
        slopes = np.array([_slope(abscissa, np.log(one)) for one in left_out])
        error = math.sqrt((replicates - 1) * float(np.var(slopes)))
    else:
        residuals = mean - mean.mean() - slope * (abscissa - abscissa.mean())
        spread = float(np.sum((abscissa - abscissa.mean()) ** 2))
        error = math.sqrt(float(residuals @ residuals) / (abscissa.size - 2) / spread)
    return PowerLaw(slope=slope, error=error, drift=drift)


def _slope(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any]) -> float:
    centred = x - x.mean()
    return float(centred @ y / (centred @ centred))
